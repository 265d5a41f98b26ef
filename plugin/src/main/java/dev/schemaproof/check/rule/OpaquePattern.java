package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** A part of an access pattern that can't be looked into, so that it isn't known what it reads. */
public final class OpaquePattern implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.access().patterns().stream()
                .filter(access -> access.shape().sound())
                .flatMap(access -> access.shape().blind().stream()
                        .map(blind -> finding(
                                        blind.at(),
                                        access.pattern().name().value(),
                                        "what " + blind.what() + " reads is not judged")
                                .withHelp(
                                        "nothing to mend if it is meant: `verify` asks the planner of a database about all of `"
                                                + access.pattern().name() + "`")));
    }
}
