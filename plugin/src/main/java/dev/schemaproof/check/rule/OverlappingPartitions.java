package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.Partitioning.Bound;
import dev.schemaproof.model.Partitioning.Partition;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two partitions that both take some row. */
public final class OverlappingPartitions extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        return Division.of(entity).stream().flatMap(division -> {
            var found = new ArrayList<Finding>();
            var partitioning = division.partitioning();
            defaults(entity, partitioning, found);
            lists(entity, partitioning, facts, found);
            hashes(entity, partitioning, found);
            ranges(entity, PartitionRange.of(entity, partitioning, facts).toList(), found);
            return found.stream();
        });
    }

    private void defaults(Entity entity, Partitioning partitioning, List<Finding> found) {
        var defaults = partitioning.partitions().values().stream()
                .filter(partition -> partition.bound() instanceof Bound.Default)
                .toList();
        defaults.stream()
                .skip(1)
                .forEach(second -> found.add(finding(
                                second.bound().at(),
                                entity.name().value(),
                                "partitions `" + defaults.get(0).name() + "` and `" + second.name()
                                        + "` are both the default")
                        .withHelp("give one of them a bound, or remove it")
                        .withRelated(defaults.get(0).bound().at(), "the first default")));
    }

    private void lists(Entity entity, Partitioning partitioning, Facts facts, List<Finding> found) {
        var reader = new BoundReader(facts);
        Map<Object, Partition> takers = new HashMap<>();
        for (var partition : partitioning.partitions().values()) {
            if (partition.bound() instanceof Bound.In list) {
                for (var text : list.values()) {
                    var value = reader.value(text, partitioning.on().get(0), entity);
                    var earlier = value.identity().map(identity -> takers.putIfAbsent(identity, partition));
                    earlier.filter(taker -> !taker.equals(partition))
                            .ifPresent(
                                    taker -> found.add(overlap(entity, text.at(), taker, partition, "both take " + text)
                                            .withHelp("remove it from one of the two")));
                }
            }
        }
    }

    private void hashes(Entity entity, Partitioning partitioning, List<Finding> found) {
        var byModulus = new TreeMap<Long, Map<Long, Partition>>();
        for (var partition : partitioning.partitions().values()) {
            if (partition.bound() instanceof Bound.Hash hash && hash.remainder() < hash.modulus()) {
                var earlier = byModulus
                        .computeIfAbsent(hash.modulus(), modulus -> new HashMap<>())
                        .putIfAbsent(hash.remainder(), partition);
                if (earlier != null) {
                    found.add(overlap(entity, hash.at(), earlier, partition, "both take remainder " + hash.remainder())
                            .withHelp("give each a remainder of its own"));
                }
            }
        }
        byModulus.forEach((modulus, partitions) -> byModulus.headMap(modulus).forEach((factor, larger) -> {
            if (modulus % factor == 0) {
                partitions.forEach((remainder, partition) -> {
                    var taker = larger.get(remainder % factor);
                    if (taker != null) {
                        var what = "both take remainder " + remainder + " of " + modulus + ", which is "
                                + remainder % factor + " of " + factor;
                        found.add(overlap(entity, partition.bound().at(), taker, partition, what)
                                .withHelp("give each a remainder of its own"));
                    }
                });
            }
        }));
    }

    private void ranges(Entity entity, List<PartitionRange> all, List<Finding> found) {
        var ranges = new ArrayList<>(all.stream()
                .filter(range -> BoundValue.compare(range.from(), range.to()).orElse(-1) < 0)
                .toList());
        if (!isSortable(ranges)) {
            pairs(entity, ranges, found);
            return;
        }
        ranges.sort((one, other) -> BoundValue.compare(one.from(), other.from()).orElseThrow());
        for (var i = 1; i < ranges.size(); i++) {
            var lower = ranges.get(i - 1);
            var upper = ranges.get(i);
            if (BoundValue.compare(upper.from(), lower.to()).orElse(0) < 0) {
                var at = ((Bound.Range) upper.partition().bound()).from().get(0).at();
                found.add(overlap(entity, at, lower.partition(), upper.partition(), "overlap")
                        .withHelp("let `" + upper.partition().name() + "` begin where `"
                                + lower.partition().name() + "` ends, at "
                                + Words.plain(((Bound.Range) lower.partition().bound()).to())));
            }
        }
    }

    /** What can be told of ranges that can't all be compared. */
    private void pairs(Entity entity, List<PartitionRange> ranges, List<Finding> found) {
        for (var i = 1; i < ranges.size(); i++) {
            var later = ranges.get(i);
            ranges.subList(0, i).stream()
                    .filter(earlier -> overlap(earlier, later))
                    .findFirst()
                    .ifPresent(earlier -> found.add(overlap(
                                    entity,
                                    ((Bound.Range) later.partition().bound())
                                            .from()
                                            .get(0)
                                            .at(),
                                    earlier.partition(),
                                    later.partition(),
                                    "overlap")
                            .withHelp("let each begin where another ends")));
        }
    }

    /** Whether both take some value: surely so where they begin or end alike, as no partition is empty. */
    private static boolean overlap(PartitionRange one, PartitionRange other) {
        return BoundValue.compare(one.from(), other.from()).orElse(1) == 0
                || BoundValue.compare(one.to(), other.to()).orElse(1) == 0
                || BoundValue.compare(one.from(), other.to()).orElse(1) < 0
                        && BoundValue.compare(other.from(), one.to()).orElse(1) < 0;
    }

    /** Whether each can be compared with each: all values of a column can be told, and are of one kind. */
    private static boolean isSortable(List<PartitionRange> ranges) {
        var width = ranges.stream().mapToInt(range -> range.from().size()).max().orElse(0);
        return IntStream.range(0, width).allMatch(i -> {
            var values = ranges.stream()
                    .flatMap(range -> Stream.of(range.from().get(i), range.to().get(i)))
                    .filter(value -> value.rank() == BoundValue.Rank.VALUE)
                    .toList();
            return values.stream().allMatch(value -> value.isSortable())
                    && values.stream()
                                    .map(value -> value.order().orElseThrow().getClass())
                                    .distinct()
                                    .count()
                            < 2;
        });
    }

    private Finding overlap(Entity entity, Location at, Partition one, Partition other, String how) {
        return finding(
                        at,
                        entity.name().value(),
                        "partitions `" + one.name() + "` and `" + other.name() + "` of `" + entity.name() + "` " + how)
                .withRelated(one.bound().at(), "the other partition");
    }
}
