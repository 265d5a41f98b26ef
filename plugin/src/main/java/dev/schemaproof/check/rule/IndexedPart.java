package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.SqlType;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Exclusion;
import dev.schemaproof.model.Index.Method;
import dev.schemaproof.model.Index.Part;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Partitioning.Strategy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part of a table that an access method has to sort or to find.
 *
 * @param owner what it is a part of, in a sentence
 * @param name the attribute or expression
 * @param part as the model says it; absent for a key, which names attributes only
 * @param method the access method
 * @param type its type, where it is known
 */
record IndexedPart(String owner, String name, Optional<Part> part, Method method, Optional<SqlType> type, Location at) {

    /** All of an entity: of indexes, keys, exclusion constraints and partition keys. */
    static Stream<IndexedPart> of(Entity entity, Facts facts) {
        var indexes = entity.indexes().values().stream()
                .flatMap(index -> parts("index `" + index.name() + "`", index.method(), index.on(), entity, facts));
        var exclusions = entity.relational().exclusions().values().stream()
                .flatMap(exclusion -> parts(
                        "exclusion constraint `" + exclusion.name() + "`",
                        exclusion.method(),
                        exclusion.elements().stream()
                                .map(Exclusion.Element::part)
                                .toList(),
                        entity,
                        facts));
        var keys = TableKey.constraints(entity).stream()
                .flatMap(
                        key -> key.attributes().stream().flatMap(name -> attribute(key, name, entity, facts).stream()));
        var divisions = Division.of(entity).stream()
                .flatMap(division -> parts(
                        "the partition key",
                        division.partitioning().by().value() == Strategy.HASH ? Method.HASH : Method.BTREE,
                        division.partitioning().on(),
                        entity,
                        facts));
        return Stream.of(indexes, exclusions, keys, divisions).flatMap(stream -> stream);
    }

    private static Stream<IndexedPart> parts(
            String owner, Method method, List<Part> parts, Entity entity, Facts facts) {
        return parts.stream()
                .map(part -> new IndexedPart(
                        owner,
                        part.text().value().strip(),
                        Optional.of(part),
                        method,
                        facts.typing().of(entity, part),
                        part.text().at()));
    }

    private static Optional<IndexedPart> attribute(TableKey key, Located<String> name, Entity entity, Facts facts) {
        return entity.attribute(name.value())
                .map(attribute -> new IndexedPart(
                        key.words(),
                        name.value(),
                        Optional.empty(),
                        Method.BTREE,
                        facts.typing().of(entity, attribute),
                        name.at()));
    }
}
