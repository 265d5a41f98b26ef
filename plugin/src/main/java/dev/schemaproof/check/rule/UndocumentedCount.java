package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.redundancy.CountedChildren;
import dev.schemaproof.check.Rule;
import dev.schemaproof.check.draft.ContractDraft;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** An attribute that keeps the number of referring rows, without a contract. */
public final class UndocumentedCount implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.redundancies().counts().stream()
                .filter(count -> facts.contractInto(
                                count.entity(), count.attribute().name().value())
                        .isEmpty())
                .map(count -> finding(
                                count.attribute().name().at(),
                                count.entity().name() + "." + count.attribute().name(),
                                "`" + count.attribute().name() + "` seems to count rows of `"
                                        + count.child().name() + "` without a contract")
                        .withHelp(cure(count, facts))
                        .withRelated(count.by().role().at(), "counted by this reference"));
    }

    private static String cure(CountedChildren count, Facts facts) {
        var from = "{count: " + count.child().name() + ", by: " + count.by().role() + "}";
        return "remove it and count when reading; or, if it counts something else, say so:\n"
                + "independent: [{of: " + count.attribute().name() + ", reason: ...}]\n"
                + "or, if the count is wanted, answer the four questions (`from` is a guess: " + count.reason() + "):\n"
                + ContractDraft.of(count.entity(), count.attribute(), from, facts);
    }
}
