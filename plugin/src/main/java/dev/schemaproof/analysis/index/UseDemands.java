package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.access.Condition;
import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Either;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.Condition.RowRange;
import dev.schemaproof.analysis.access.EntityUse;
import dev.schemaproof.analysis.access.QueryBlock;
import dev.schemaproof.analysis.access.QueryBlock.Sort;
import dev.schemaproof.analysis.access.Term;
import dev.schemaproof.analysis.index.SortedColumn.Sorting;
import dev.schemaproof.analysis.normal.AttributeSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a use of an entity asks of a B-tree: all that is compared with one value first, then the order that is wanted or a
 * range. Where both are wanted and can't be had together, where there are several ranges, and where an {@code IN} that
 * bounds the rows would break their order, the use leaves a choice.
 */
final class UseDemands {

    /** A condition that leaves more than this share of all rows doesn't need an index. */
    private static final double HALF = 0.5;

    private static final Set<String> BYTE_ORDERS = Set.of("C", "POSIX", "ucs_basic");

    private final EntityUse use;
    private final TableColumns columns;
    private final QueryBlock block;
    private final List<Condition> available;
    private final Predicate<Set<Integer>> single;
    private final boolean walkable;

    /**
     * Takes a use.
     *
     * @param available the conditions whose values are known when it is its turn
     * @param single whether there is one combination of rows of these uses
     * @param walkable whether its rows may be read in order until there are enough
     */
    UseDemands(
            EntityUse use,
            TableColumns columns,
            QueryBlock block,
            List<Condition> available,
            Predicate<Set<Integer>> single,
            boolean walkable) {
        this.use = use;
        this.columns = columns;
        this.block = block;
        this.available = available;
        this.single = single;
        this.walkable = walkable;
    }

    /** One request, or one for each alternative of an OR; none where the conditions leave nothing to index. */
    List<Request> requests() {
        var request = request(available, true);
        if (request.isPresent()) {
            return List.of(request.get());
        }
        for (var condition : available) {
            if (condition instanceof Either either) {
                var arms =
                        either.arms().stream().map(arm -> request(arm, false)).toList();
                if (arms.stream().allMatch(Optional::isPresent)) {
                    return arms.stream().flatMap(Optional::stream).distinct().toList();
                }
            }
        }
        return List.of();
    }

    private Optional<Request> request(List<Condition> conditions, boolean ordered) {
        var equal = positions(conditions, Kind.EQUAL);
        var several = positions(conditions, Kind.ANY_OF);
        several.addAll(positions(conditions.stream().filter(this::narrows).toList(), Kind.NULL));
        several.removeAll(equal);
        var bounded = new TreeSet<>(equal);
        bounded.addAll(several);
        var ranges = ranges(conditions, bounded);
        var order = ordered ? order(conditions) : List.<SortedColumn>of();
        var demands = new LinkedHashSet<Demand>();
        if (!order.isEmpty() && keepsOrder(equal, several, ranges, order)) {
            demands.add(demand(equal, order));
            if (boundsAll(several, ranges, order.get(0).column())) {
                return Optional.of(new Request(List.copyOf(demands)));
            }
        }
        ranges.forEach(range -> demands.add(demand(bounded, range)));
        if (ranges.isEmpty() && !bounded.isEmpty() && (demands.isEmpty() || !several.isEmpty())) {
            demands.add(demand(bounded, List.of()));
        }
        return demands.isEmpty() ? Optional.empty() : Optional.of(new Request(List.copyOf(demands)));
    }

    /** Whether the order leaves out no condition that could bound as well, or ends early. */
    private boolean boundsAll(Set<Integer> several, List<List<SortedColumn>> ranges, int first) {
        return several.stream().allMatch(column -> column == first)
                && (block.limited()
                        || ranges.isEmpty()
                        || ranges.stream().anyMatch(range -> range.get(0).column() == first));
    }

    /** Whether reading in this order bounds what is read, or ends early. */
    private boolean keepsOrder(
            Set<Integer> equal, Set<Integer> several, List<List<SortedColumn>> ranges, List<SortedColumn> order) {
        var first = order.get(0).column();
        return !equal.isEmpty()
                || several.contains(first)
                || ranges.stream().anyMatch(range -> range.get(0).column() == first)
                || several.isEmpty() && ranges.isEmpty() && walkable;
    }

    private static Demand demand(Set<Integer> equal, List<SortedColumn> suffix) {
        var positions = equal.stream().mapToInt(Integer::intValue).toArray();
        return new Demand(
                AttributeSet.of(positions),
                suffix.stream()
                        .filter(sorted -> !equal.contains(sorted.column()))
                        .toList());
    }

    private Set<Integer> positions(List<Condition> conditions, Kind kind) {
        var found = new TreeSet<Integer>();
        for (var condition : conditions) {
            if (condition instanceof Comparison comparison && comparison.kind() == kind) {
                found.add(position(comparison));
            }
        }
        return found;
    }

    private int position(Comparison comparison) {
        return columns.position(comparison.term(), comparison.basis().attributes());
    }

    /** Each range on something that isn't bounded anyway. */
    private List<List<SortedColumn>> ranges(List<Condition> conditions, Set<Integer> bounded) {
        var found = new LinkedHashSet<List<SortedColumn>>();
        var weak = new ArrayList<List<SortedColumn>>();
        for (var condition : conditions) {
            if (condition instanceof Comparison comparison && !bounded.contains(position(comparison))) {
                var position = position(comparison);
                switch (comparison.kind()) {
                    case RANGE -> found.add(List.of(SortedColumn.range(position)));
                    case PREFIX ->
                        found.add(List.of(
                                comparesBytes(comparison.term())
                                        ? SortedColumn.range(position)
                                        : new SortedColumn(position, false, Sorting.BYTES)));
                    case NOT_NULL -> {
                        if (narrows(comparison)) {
                            weak.add(List.of(SortedColumn.range(position)));
                        }
                    }
                    default -> {}
                }
            } else if (condition instanceof RowRange row) {
                var suffix = row.terms().stream()
                        .map(term -> columns.position(term, row.basis().attributes()))
                        .distinct()
                        .filter(position -> !bounded.contains(position))
                        .map(SortedColumn::ascending)
                        .toList();
                if (!suffix.isEmpty()) {
                    found.add(
                            suffix.size() == 1
                                    ? List.of(SortedColumn.range(suffix.get(0).column()))
                                    : suffix);
                }
            }
        }
        if (found.isEmpty() && bounded.isEmpty()) {
            found.addAll(weak);
        }
        return List.copyOf(found);
    }

    private boolean narrows(Condition condition) {
        if (!(condition instanceof Comparison comparison)) {
            return false;
        }
        var nulls = comparison.term().expression()
                ? 0
                : use.entity()
                        .attribute(comparison.term().text())
                        .map(attribute -> attribute.values().nulls().orElse(0))
                        .orElse(0.0);
        return (comparison.kind() == Kind.NULL ? nulls : 1 - nulls) <= HALF;
    }

    private boolean comparesBytes(Term term) {
        return !term.expression()
                && use.entity()
                        .attribute(term.text())
                        .flatMap(attribute -> attribute.collation())
                        .filter(collation -> BYTE_ORDERS.contains(collation.value()))
                        .isPresent();
    }

    /** The order that is wanted of this use, as far as it isn't of one value anyway; none where its rows don't keep it. */
    private List<SortedColumn> order(List<Condition> conditions) {
        var own = block.streaming()
                && block.order().stream()
                        .allMatch(key -> key.use().isPresent() && key.use().getAsInt() == use.id());
        var joined = conditions.stream()
                .filter(condition -> condition instanceof Comparison comparison
                        && (comparison.kind() == Kind.EQUAL || comparison.kind() == Kind.ANY_OF))
                .allMatch(condition -> single.test(condition.needs()));
        if (!own || !joined) {
            return List.of();
        }
        var constant = positions(conditions, Kind.EQUAL);
        var keys = new ArrayList<Sort>();
        var seen = new TreeSet<>(constant);
        for (var key : block.order()) {
            if (seen.add(columns.position(key.term()))) {
                keys.add(key);
            }
        }
        return keys.stream().map(key -> sorted(key, keys.size() == 1)).toList();
    }

    private SortedColumn sorted(Sort key, boolean alone) {
        var sorting = key.anyNulls()
                ? alone ? Sorting.ANY_NULLS : Sorting.NULLS_GREATEST
                : key.nullsFirst() == key.descending() ? Sorting.NULLS_GREATEST : Sorting.NULLS_LEAST;
        return new SortedColumn(columns.position(key.term()), key.descending(), sorting);
    }
}
