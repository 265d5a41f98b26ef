package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.model.Entity;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The items of other rows whose keys are made of what a row holds. */
final class Dependents {

    private Dependents() {}

    /**
     * A key that changes with another row.
     *
     * @param item the items that have it
     * @param template the key
     * @param way what of it changes, as a path from the items: the value itself, or a reference on the way to it
     */
    record Dependent(ItemDesign item, KeyTemplate template, AttributePath way) {}

    /** A key that is made of one of the entity's attributes, by items that refer to it. */
    static Optional<Dependent> find(
            Paths paths, List<TableDesign> tables, Entity entity, Collection<String> attributes) {
        return tables.stream()
                .flatMap(table -> table.items().stream())
                .flatMap(item -> item.templates().stream()
                        .flatMap(template -> template.variables().stream()
                                .flatMap(variable -> touched(paths, item, variable, entity, attributes).stream()
                                        .map(way -> new Dependent(item, template, way)))))
                .findFirst();
    }

    /** What of the entity's attributes the variable depends on, beyond the row that has the item. */
    private static Optional<AttributePath> touched(
            Paths paths,
            ItemDesign item,
            KeyTemplate.Part.Variable variable,
            Entity entity,
            Collection<String> attributes) {
        var path = variable.path().canonical();
        for (var i = 1; i <= path.roles().size(); i++) {
            var reached = paths.entityAt(item.entity(), path.roles().subList(0, i));
            if (reached.filter(entity::equals).isEmpty()) {
                continue;
            }
            var names = i == path.roles().size()
                    ? List.of(path.attribute())
                    : entity.reference(path.roles().get(i))
                            .map(reference -> reference.names())
                            .orElseGet(List::of);
            var touched = names.stream().filter(attributes::contains).findFirst();
            if (touched.isPresent()) {
                return Optional.of(new AttributePath(path.roles().subList(0, i), touched.get()));
            }
        }
        return Optional.empty();
    }
}
