package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.atomic.ListAttribute.Form;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** An array, or a JSON list, of keys of another entity: references that nothing checks. Breaks the first normal form. */
public final class ReferenceArray implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return ListCure.lists(facts)
                .filter(list -> list.form() != Form.DELIMITED && list.refers())
                .flatMap(list -> list.of().stream()
                        .map(other -> finding(
                                        list.attribute().name().at(),
                                        list.entity().name() + "."
                                                + list.attribute().name(),
                                        "`" + list.attribute().name() + "` seems to list keys of `" + other.name()
                                                + "`, which no foreign key can check")
                                .withHelp(ListCure.help(list, facts))
                                .withRelated(other.name().at(), "the entity")));
    }
}
