package dev.schemaproof.check.rule;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Deferral;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Whatever makes attributes of a table unique: its primary key, a unique key or a unique index.
 *
 * @param words in a sentence: {@code unique key `one`}
 * @param attributes in order
 * @param collations those that differ from their attribute's own, by attribute
 * @param include attributes that its index carries
 * @param whole whether it is about all rows and about attributes alone
 * @param deferral when it is checked
 * @param edit how it is written, of attributes in a list in brackets: {@code key: [id]}
 * @param at where it stands
 */
record TableKey(
        String words,
        List<Located<String>> attributes,
        Map<String, String> collations,
        List<Located<String>> include,
        boolean whole,
        Deferral deferral,
        UnaryOperator<String> edit,
        Location at) {

    /** The keys of an entity and its unique indexes, in order of declaration. */
    static List<TableKey> of(Entity entity) {
        var keys = constraints(entity);
        for (var index : entity.indexes().values()) {
            if (index.unique()) {
                keys.add(index(index));
            }
        }
        return keys;
    }

    /** The primary key, if there is one, and the unique keys. */
    static List<TableKey> constraints(Entity entity) {
        var keys = new ArrayList<TableKey>();
        var primary = entity.relational().keyDesign();
        if (!entity.key().isEmpty()) {
            keys.add(new TableKey(
                    "the key",
                    entity.key(),
                    Map.of(),
                    primary.include(),
                    true,
                    primary.deferral(),
                    list -> "key: " + list,
                    entity.key().get(0).at()));
        }
        for (var unique : entity.uniques()) {
            keys.add(new TableKey(
                    "unique key "
                            + unique.name()
                                    .map(name -> "`" + name + "`")
                                    .orElse("[" + Words.plain(unique.names()) + "]"),
                    unique.attributes(),
                    Map.of(),
                    unique.design().include(),
                    true,
                    unique.design().deferral(),
                    list -> unique.name().map(name -> name + ": " + list).orElse("unique: [" + list + "]"),
                    unique.at()));
        }
        return keys;
    }

    private static TableKey index(Index index) {
        var attributes = index.on().stream()
                .flatMap(part -> part.attribute().stream()
                        .map(name -> new Located<>(name, part.text().at())))
                .toList();
        return new TableKey(
                "unique index `" + index.name() + "`",
                attributes,
                collations(index.on()),
                index.include(),
                index.where().isEmpty() && attributes.size() == index.on().size(),
                Deferral.NOT_DEFERRABLE,
                list -> index.name() + ": {on: " + list + ", unique: true}",
                index.name().at());
    }

    private static Map<String, String> collations(List<Index.Part> parts) {
        var collations = new HashMap<String, String>();
        parts.forEach(part -> part.attribute()
                .ifPresent(name -> part.collation().ifPresent(collation -> collations.put(name, collation.value()))));
        return collations;
    }

    /** The attributes' names. */
    List<String> names() {
        return Located.values(attributes);
    }

    /** The collation by which it compares an attribute, where the model says one. */
    Optional<String> collationOf(Entity entity, String attribute) {
        return Optional.ofNullable(collations.get(attribute)).or(() -> ownCollation(entity, attribute));
    }

    /** The collation of an attribute itself, where the model says one. */
    static Optional<String> ownCollation(Entity entity, String attribute) {
        return entity.attribute(attribute).flatMap(found -> found.collation().map(Located::value));
    }
}
