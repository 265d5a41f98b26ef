package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.Partitioning.Bound;
import dev.schemaproof.model.Partitioning.Partition;
import dev.schemaproof.model.SourceText;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A partition by range with the values that bound it, as far as they can be told.
 *
 * @param from inclusive
 * @param to exclusive
 */
record PartitionRange(Partition partition, List<BoundValue> from, List<BoundValue> to) {

    /** The partitions by range that have a value, or a limit, for each part of the partition key. */
    static Stream<PartitionRange> of(Entity entity, Partitioning partitioning, Facts facts) {
        var key = partitioning.on();
        return partitioning.partitions().values().stream()
                .flatMap(partition -> partition.bound() instanceof Bound.Range range
                                && range.from().size() == key.size()
                                && range.to().size() == key.size()
                        ? Stream.of(new PartitionRange(
                                partition,
                                values(range.from(), key, entity, facts),
                                values(range.to(), key, entity, facts)))
                        : Stream.empty())
                .filter(range -> Stream.concat(range.from().stream(), range.to().stream())
                        .noneMatch(value -> value.rank() == BoundValue.Rank.NULL));
    }

    private static List<BoundValue> values(List<SourceText> texts, List<Index.Part> key, Entity entity, Facts facts) {
        var reader = new BoundReader(facts);
        return IntStream.range(0, texts.size())
                .mapToObj(i -> reader.value(texts.get(i), key.get(i), entity))
                .toList();
    }
}
