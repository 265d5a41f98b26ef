package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.contract.ContractAnalysis;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A contract that counts rows by a reference which does not lead to the entity that holds the count. */
public final class UnrelatedCount implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.contracts().unrelated().stream().map(this::finding);
    }

    private Finding finding(ContractAnalysis.UnrelatedCount count) {
        var parent = count.parent().name();
        return finding(
                        count.by().at(),
                        count.contract(),
                        "`" + count.by() + "` refers to `" + count.reference().entity()
                                + "`, but the count is kept in `" + parent + "`")
                .withHelp(
                        count.roles().isEmpty()
                                ? "add a reference to `" + parent + "`, or count another entity"
                                : "write `by: " + count.roles().stream().collect(Collectors.joining("` or `by: "))
                                        + "`")
                .withRelated(count.reference().role().at(), "the reference is declared here");
    }
}
