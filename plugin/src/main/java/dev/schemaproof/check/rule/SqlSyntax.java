package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.sql.SqlProblem;
import java.util.stream.Stream;

/** SQL that can't be read, so that nothing can be said about it. */
public final class SqlSyntax implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.sql()
                .all()
                .flatMap(reading -> reading.parsed().problems().stream()
                        .filter(SqlProblem::certain)
                        .map(problem -> {
                            var finding = finding(problem.at(), reading.subject(), problem.summary());
                            return problem.help().map(finding::withHelp).orElse(finding);
                        }));
    }
}
