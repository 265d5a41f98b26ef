package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.atomic.CompoundText;
import dev.schemaproof.check.Rule;
import dev.schemaproof.check.draft.Flow;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One text for several facts, such as {@code city_state}. Breaks the first normal form. */
public final class CompoundAttribute implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.atomicity().compounds().stream()
                .filter(compound -> facts.contractInto(
                                compound.entity(), compound.attribute().name().value())
                        .isEmpty())
                .map(this::finding);
    }

    private Finding finding(CompoundText compound) {
        var attribute = compound.attribute();
        var type = Flow.line(Flow.attribute(attribute.type().value(), attribute.optional()));
        return finding(
                        attribute.name().at(),
                        compound.entity().name() + "." + attribute.name(),
                        "`" + attribute.name() + "` seems to hold "
                                + compound.parts().size() + " facts in one text: " + Words.listed(compound.parts()))
                .withHelp("give each fact an attribute of its own, so that it can be searched, sorted and checked:\n"
                        + "attributes:\n"
                        + compound.parts().stream()
                                .map(part -> "  " + Flow.text(part) + ": " + type + "\n")
                                .collect(Collectors.joining())
                        + "in place of `" + attribute.name() + "`; or, if it is one fact, say so:\n"
                        + Allowance.of(attribute));
    }
}
