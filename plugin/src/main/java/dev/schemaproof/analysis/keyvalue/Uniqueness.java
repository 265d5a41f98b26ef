package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is unique in a key-value store: only the key of a table is. A value is unique where the key is made of nothing else, as the second
 * insert then meets the first one's item.
 */
public final class Uniqueness {

    private final StoreFacts store;

    public Uniqueness(StoreFacts store) {
        this.store = store;
    }

    /** Whether the items' own key, or that of items that stand for the values, lets no two rows have the same values. */
    public boolean kept(ItemDesign item, Collection<String> attributes) {
        return decidedBy(item, attributes) || guarded(item, attributes);
    }

    /** Whether rows with the same values have the same key. */
    private static boolean decidedBy(ItemDesign item, Collection<String> attributes) {
        return variables(item)
                .map(variable -> variable.path().canonical())
                .allMatch(path -> path.own()
                        ? attributes.contains(path.attribute())
                        : item.entity()
                                .reference(path.roles().get(0))
                                .filter(reference -> attributes.containsAll(reference.names()))
                                .isPresent());
    }

    private static Stream<Part.Variable> variables(ItemDesign item) {
        return item.key().templates().stream().flatMap(template -> template.variables().stream());
    }

    /** Whether the items of another entity, which refers to this one, have a key of the values alone. */
    private boolean guarded(ItemDesign item, Collection<String> attributes) {
        return store.tables().stream()
                .flatMap(table -> table.items().stream())
                .anyMatch(guard -> guard.entity().references().values().stream()
                        .filter(reference -> reference.entity().value().equals(item.name()))
                        .anyMatch(reference -> standsFor(guard, reference.role().value(), attributes)));
    }

    private static boolean standsFor(ItemDesign guard, String role, Collection<String> attributes) {
        return variables(guard).findAny().isPresent()
                && variables(guard)
                        .map(variable -> variable.path().canonical())
                        .allMatch(path -> path.roles().equals(List.of(role)) && attributes.contains(path.attribute()));
    }
}
