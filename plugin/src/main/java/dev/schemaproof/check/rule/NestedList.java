package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.atomic.ListAttribute.Form;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** An array, or JSON that seems to be a list, where each element is a fact of its own. Breaks the first normal form. */
public final class NestedList implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return ListCure.lists(facts)
                .filter(list -> list.form() != Form.DELIMITED && !list.refers())
                .map(list -> finding(
                                list.attribute().name().at(),
                                list.entity().name() + "." + list.attribute().name(),
                                "`" + list.attribute().name() + "` "
                                        + list.of()
                                                .map(other -> "seems to hold rows of `" + other.name() + "`")
                                                .orElse(
                                                        list.form() == Form.ARRAY
                                                                ? "holds a list"
                                                                : "seems to hold a list")
                                        + " in one value: " + list.because())
                        .withHelp(ListCure.help(list, facts)));
    }
}
