package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.Coverage.Order;
import dev.schemaproof.analysis.access.QueryBlock.Sort;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sort that is left to do, as nothing gives the rows of a query in the order that is wanted of them.
 *
 * @param block the query
 * @param keys the order, in the words of SQL: {@code p.created_at desc}
 * @param why why it doesn't come for free
 * @param reason the same as a clause
 */
public record LeftSort(QueryBlock block, String keys, Why why, String reason) {

    /** What keeps an order from coming for free. */
    public enum Why {
        /** An index gives the order for each of several rows that lead to it, and what it gives is to be merged. */
        MERGE,
        /** An index gives the first keys of the order only. */
        PREFIX,
        /** Rows are grouped or compared first. */
        GROUPED,
        /** The keys are not of one table. */
        SEVERAL_TABLES,
        /** The way to the rows has another order, or none. */
        OTHER_ORDER
    }

    /** The sorts that are left to do when uses are found in these ways. */
    static List<LeftSort> of(PatternShape shape, List<Coverage> coverages) {
        return shape.blocks().stream()
                .filter(block -> !block.order().isEmpty())
                .flatMap(block -> of(shape, block, coverages))
                .toList();
    }

    private static Stream<LeftSort> of(PatternShape shape, QueryBlock block, List<Coverage> coverages) {
        var own = coverages.stream()
                .filter(coverage -> coverage.use().block() == block.id())
                .toList();
        // One use is enough: its columns may be equal to those by which the query orders
        if (own.isEmpty()
                || own.stream().allMatch(coverage -> coverage.singleRow() && isFoundFrom(shape, block, coverage))
                || block.streaming() && own.stream().anyMatch(coverage -> coverage.order() == Order.FULL)) {
            return Stream.empty();
        }
        var keys = block.order().stream().map(key -> words(shape, key)).collect(Collectors.joining(", "));
        if (!block.streaming()) {
            return Stream.of(new LeftSort(block, keys, Why.GROUPED, "it orders what it groups"));
        }
        var owners = block.order().stream().map(Sort::use).collect(Collectors.toSet());
        if (owners.size() > 1 || owners.contains(OptionalInt.empty())) {
            return Stream.of(
                    new LeftSort(block, keys, Why.SEVERAL_TABLES, "no index of one table holds what it orders by"));
        }
        var owner = owners.iterator().next().getAsInt();
        return own.stream()
                .filter(coverage -> coverage.use().id() == owner)
                .map(coverage -> of(shape, block, keys, coverage));
    }

    /** Whether its one row is found without what a nested query gives, which may be any number of rows. */
    private static boolean isFoundFrom(PatternShape shape, QueryBlock block, Coverage coverage) {
        return coverage.seeks().get(0).index().terms().stream()
                .allMatch(term -> coverage.use().conditions().stream()
                        .anyMatch(condition -> condition instanceof Comparison comparison
                                && comparison.kind() == Kind.EQUAL
                                && comparison.term().equals(term)
                                && comparison.needs().stream()
                                        .allMatch(id -> shape.uses().get(id).block() <= block.id())));
    }

    private static LeftSort of(PatternShape shape, QueryBlock block, String keys, Coverage coverage) {
        var table = "`" + coverage.use().entity().table().value() + "`";
        if (!coverage.orderedFor().isEmpty()) {
            return new LeftSort(
                    block,
                    keys,
                    Why.MERGE,
                    table + " come in this order for each row of " + tables(shape, coverage.orderedFor()) + " only");
        }
        return coverage.order() == Order.PREFIX
                ? new LeftSort(block, keys, Why.PREFIX, table + " come in the order of the first of these only")
                : new LeftSort(block, keys, Why.OTHER_ORDER, table + " do not come in this order");
    }

    private static String tables(PatternShape shape, Set<Integer> uses) {
        return uses.stream()
                .sorted()
                .map(id -> "`" + shape.uses().get(id).entity().table().value() + "`")
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    private static String words(PatternShape shape, Sort key) {
        var owner = key.use().isPresent() && !key.term().expression()
                ? shape.uses().get(key.use().getAsInt()).name() + "."
                : "";
        return owner + key.term() + (key.descending() ? " desc" : "");
    }

    /** In a clause: {@code sorted by `p.created_at desc`, as `posts` come in this order for each row of `follows` only}. */
    @Override
    public String toString() {
        return "sorted by `" + keys + "`, as " + reason;
    }
}
