package dev.schemaproof.analysis.normal;

import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The dependencies that keep to SQL's idea of a key.
 *
 * <p>In a unique constraint, a unique index and an exclusion constraint any number of rows may have no value, so that
 * attributes that may be absent are a key only with {@code NULLS NOT DISTINCT} (PostgreSQL 15 and newer), and otherwise only among
 * the rows that have all values. A partial index is a key among its rows. A deferrable key is one whenever a transaction
 * commits, which is all that a dependency says. An index over an expression tells nothing about the attributes in it.
 */
final class KeyDependencies {

    private static final String EQUAL = "=";

    private final Entity entity;
    private final AttributeNames names;
    private final Set<String> present;
    private final List<SourcedDependency> certain = new ArrayList<>();
    private final List<ConditionalDependency> conditional = new ArrayList<>();

    private KeyDependencies(Entity entity, AttributeNames names, Set<String> present) {
        this.entity = entity;
        this.names = names;
        this.present = present;
    }

    /**
     * Those of an entity.
     *
     * @param present the attributes that have a value in every row
     */
    static KeyDependencies of(Entity entity, AttributeNames names, Set<String> present) {
        var keys = new KeyDependencies(entity, names, present);
        keys.collect();
        return keys;
    }

    /** Those that hold among all rows. */
    List<SourcedDependency> certain() {
        return certain;
    }

    /** Those that hold among some rows. */
    List<ConditionalDependency> conditional() {
        return conditional;
    }

    private void collect() {
        if (!entity.key().isEmpty()) {
            add(
                    entity.keyNames(),
                    false,
                    Optional.empty(),
                    new Origin.PrimaryKey(entity.keyNames(), entity.key().get(0).at()));
        }
        for (var unique : entity.uniques()) {
            add(
                    unique.names(),
                    unique.design().nullsNotDistinct(),
                    Optional.empty(),
                    new Origin.Unique(unique.name().map(Located::value), unique.names(), unique.at()));
        }
        for (var index : entity.indexes().values()) {
            if (index.unique()) {
                attributesOf(index.on())
                        .ifPresent(key -> add(
                                key,
                                index.nullsNotDistinct(),
                                index.where().map(where -> where.value()),
                                new Origin.UniqueIndex(
                                        index.name().value(), key, index.name().at())));
            }
        }
        for (var exclusion : entity.relational().exclusions().values()) {
            if (exclusion.elements().stream()
                    .allMatch(element -> EQUAL.equals(element.operator().value()))) {
                attributesOf(exclusion.elements().stream()
                                .map(Exclusion.Element::part)
                                .toList())
                        .ifPresent(key -> add(
                                key,
                                false,
                                exclusion.where().map(where -> where.value()),
                                new Origin.Exclusion(
                                        exclusion.name().value(),
                                        key,
                                        exclusion.name().at())));
            }
        }
    }

    private void add(List<String> key, boolean nullsAreEqual, Optional<String> where, Origin origin) {
        var set = names.setOf(key).filter(attributes -> !attributes.isEmpty());
        if (set.isEmpty()) {
            return;
        }
        var dependency = new FunctionalDependency(set.get(), names.all());
        var conditions = new ArrayList<String>();
        where.ifPresent(conditions::add);
        if (!nullsAreEqual) {
            key.stream()
                    .distinct()
                    .filter(attribute -> !present.contains(attribute))
                    .forEach(attribute -> conditions.add(attribute + " IS NOT NULL"));
        }
        if (conditions.isEmpty()) {
            certain.add(new SourcedDependency(dependency, origin));
        } else {
            conditional.add(new ConditionalDependency(dependency, String.join(" AND ", conditions), origin));
        }
    }

    private static Optional<List<String>> attributesOf(List<Index.Part> parts) {
        var attributes =
                parts.stream().flatMap(part -> part.attribute().stream()).toList();
        return attributes.size() == parts.size() ? Optional.of(attributes) : Optional.empty();
    }
}
