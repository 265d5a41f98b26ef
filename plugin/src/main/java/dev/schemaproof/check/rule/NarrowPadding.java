package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.KeyFormat;
import dev.schemaproof.analysis.keyvalue.KeyTemplate;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** A number in a sort key with fewer places than its type has digits, so that a long one would sort before a short one. */
public final class NarrowPadding implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> store.tables().stream())
                .flatMap(table -> table.items().stream())
                .flatMap(this::check);
    }

    private Stream<Finding> check(ItemDesign item) {
        return Stream.concat(Stream.of(item.key()), item.indexes().values().stream())
                .flatMap(pair -> pair.sort().stream())
                .distinct()
                .flatMap(template -> template.variables().stream())
                .filter(variable -> variable.format() instanceof KeyFormat.Padded padded
                        && padded.places() < variable.path().type().digits())
                .map(variable -> finding(item, variable));
    }

    private Finding finding(ItemDesign item, KeyTemplate.Part.Variable variable) {
        var places = ((KeyFormat.Padded) variable.format()).places();
        var name = variable.path().attribute().name();
        var digits = variable.path().type().digits();
        return finding(
                        variable.at(),
                        item.name() + "." + variable.path(),
                        "`" + variable.path() + "` may have " + digits + " digits, and those with more than " + places
                                + " sort before shorter ones")
                .withHelp("write `{" + variable.path() + ":%0" + digits + "d}`, or say that it stays shorter: `check: "
                        + name + " between 0 and " + "9".repeat(places) + "`");
    }
}
