package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.redundancy.CopiedAttribute;
import dev.schemaproof.check.Rule;
import dev.schemaproof.check.draft.ContractDraft;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/**
 * An attribute that repeats one of an entity referred to, without a contract. Where the reference is a part of the key,
 * it is a {@link PartialDependency}.
 */
public final class UndocumentedCopy implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.redundancies().copies().stream()
                .filter(copy -> !PartialDependency.isOne(copy, facts))
                .filter(copy -> facts.contractInto(
                                copy.entity(), copy.attribute().name().value())
                        .isEmpty())
                .map(copy -> finding(
                                copy.attribute().name().at(),
                                copy.entity().name() + "." + copy.attribute().name(),
                                "`" + copy.attribute().name() + "` repeats `" + copy.path() + "` without a contract")
                        .withHelp(cure(copy, facts))
                        .withRelated(copy.original().name().at(), "repeats this"));
    }

    /** What can be done about a copy. */
    static String cure(CopiedAttribute copy, Facts facts) {
        return "remove it and read `" + copy.path()
                + "` through the reference; or, if it says something of its own, say so:\n"
                + "independent: [{of: " + copy.attribute().name() + ", reason: ...}]\n"
                + "or, if the copy is wanted, answer the four questions:\n"
                + ContractDraft.of(copy.entity(), copy.attribute(), "{copy: " + copy.path() + "}", facts);
    }
}
