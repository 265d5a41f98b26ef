package dev.schemaproof.check.rule;

import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.Partitioning.Partition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table that is divided, or a partition that is.
 *
 * @param partition the partition; empty for the table itself
 * @param partitioning how it is divided
 */
record Division(Optional<Partition> partition, Partitioning partitioning) {

    /** The entity's table and its partitions, as far as they are divided, from the outside to the inside. */
    static List<Division> of(Entity entity) {
        return entity.relational().partitioning().stream()
                .flatMap(partitioning -> from(Optional.empty(), partitioning))
                .toList();
    }

    private static Stream<Division> from(Optional<Partition> partition, Partitioning partitioning) {
        return Stream.concat(
                Stream.of(new Division(partition, partitioning)),
                partitioning.partitions().values().stream()
                        .flatMap(inner ->
                                inner.partitioning().stream().flatMap(deeper -> from(Optional.of(inner), deeper))));
    }

    /** What is divided, in a sentence about the entity. */
    String words(Entity entity) {
        return partition.map(part -> "partition `" + part.name() + "`").orElse("`" + entity.name() + "`");
    }

    /** The attributes of the partition key, without its expressions. */
    List<String> attributes() {
        return partitioning.on().stream()
                .map(Index.Part::attribute)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The first part of the partition key that is an expression. */
    Optional<Index.Part> expression() {
        return partitioning.on().stream().filter(Index.Part::expression).findFirst();
    }
}
