package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Partitioning.Bound;
import dev.schemaproof.model.RelationalStore;
import java.util.stream.Stream;

/** A partition whose range ends where it begins, or before. */
public final class EmptyPartition extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        return Division.of(entity).stream()
                .flatMap(division -> PartitionRange.of(entity, division.partitioning(), facts))
                .filter(range -> isEmpty(range) || isEmptyForHours(range))
                .map(range -> {
                    var bound = (Bound.Range) range.partition().bound();
                    return finding(
                                    bound.to().get(0).at(),
                                    entity.name().value(),
                                    "partition `" + range.partition().name() + "` begins at "
                                            + Words.plain(bound.from()) + " and ends before " + Words.plain(bound.to())
                                            + (isEmpty(range)
                                                    ? ", so that no row fits"
                                                    : ", so that no row fits for some hours of each day"))
                            .withHelp(
                                    "let `to` be greater than `from`, which is the first value that the partition takes")
                            .withRelated(bound.from().get(0).at(), "where it begins");
                });
    }

    private static boolean isEmpty(PartitionRange range) {
        var compared = BoundValue.compare(range.from(), range.to());
        return compared.isPresent() && compared.getAsInt() >= 0;
    }

    /** Whether it depends on the hour at which the tables are made. */
    private static boolean isEmptyForHours(PartitionRange range) {
        var from = range.from().get(0);
        var to = range.to().get(0);
        return from.isTimeOfDay() && to.order().isPresent() || from.order().isPresent() && to.isTimeOfDay();
    }
}
