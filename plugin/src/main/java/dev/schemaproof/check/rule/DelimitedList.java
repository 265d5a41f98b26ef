package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.atomic.ListAttribute.Form;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** A text that seems to hold a list with separators. Breaks the first normal form. */
public final class DelimitedList implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return ListCure.lists(facts)
                .filter(list -> list.form() == Form.DELIMITED)
                .map(list -> finding(
                                list.attribute().name().at(),
                                list.entity().name() + "." + list.attribute().name(),
                                "`" + list.attribute().name() + "` seems to hold a list in one text: " + list.because())
                        .withHelp(ListCure.help(list, facts)));
    }
}
