package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** A key template of a DynamoDB item from which no key can be made. */
public final class BrokenKeyTemplate implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> store.problems().stream())
                .map(problem -> {
                    var finding = finding(problem.at(), problem.subject(), problem.summary());
                    return problem.help().map(finding::withHelp).orElse(finding);
                });
    }
}
