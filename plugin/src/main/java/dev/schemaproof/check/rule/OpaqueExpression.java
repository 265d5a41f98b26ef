package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** An expression that may well be SQL, but whose meaning can't be seen here. */
public final class OpaqueExpression implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.sql()
                .all()
                .flatMap(
                        reading -> reading.parsed().problems().stream()
                                .filter(problem -> !problem.certain())
                                .map(
                                        problem -> finding(
                                                        problem.at(),
                                                        reading.subject(),
                                                        "this expression can't be looked into: " + problem.summary())
                                                .withHelp(
                                                        "put brackets around its parts, or simplify it; `schema:verify` shows whether PostgreSQL takes it as it is")));
    }
}
