package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.index.SortedColumn.Sorting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The cheapest of the smallest sets of indexes, by trying every order of all columns in every direction and sorting, and every
 * way to cover the requests with their beginnings.
 */
final class ExhaustiveIndexes {

    /** How many, of how many bytes a key together, with how many columns that are updated; compared in this order. */
    record Optimum(int indexes, long bytes, long changed) implements Comparable<Optimum> {

        private static final Optimum NONE = new Optimum(0, 0, 0);

        private Optimum plus(Optimum other) {
            return new Optimum(indexes + other.indexes, bytes + other.bytes, changed + other.changed);
        }

        @Override
        public int compareTo(Optimum other) {
            return Arrays.compare(
                    new long[] {indexes, bytes, changed}, new long[] {other.indexes, other.bytes, other.changed});
        }

        static Optimum of(List<SortedColumn> key, ColumnCosts costs) {
            var bytes = key.stream()
                    .mapToLong(sorted -> costs.bytesOf(sorted.column()))
                    .sum();
            var changed = key.stream()
                    .filter(sorted -> costs.isChanged(sorted.column()))
                    .count();
            return new Optimum(1, bytes, changed);
        }

        static Optimum of(SmallestIndexes answer, ColumnCosts costs) {
            return answer.indexes().stream()
                    .map(index -> of(index.key(), costs))
                    .reduce(NONE, Optimum::plus);
        }
    }

    private final List<Request> requests;
    private final int columns;
    private final ColumnCosts costs;
    private final List<TreeSet<Sorting>> sortings = new ArrayList<>();
    private final Map<Integer, Optimum> cheapest = new HashMap<>();

    ExhaustiveIndexes(List<Request> requests, int columns, ColumnCosts costs) {
        this.requests = requests;
        this.columns = columns;
        this.costs = costs;
        for (var column = 0; column < columns; column++) {
            var position = column;
            var wanted = new TreeSet<Sorting>();
            requests.stream()
                    .flatMap(request -> request.alternatives().stream())
                    .flatMap(demand -> demand.suffix().stream())
                    .filter(sorted -> sorted.column() == position)
                    .map(SortedColumn::sorting)
                    .map(sorting -> sorting == Sorting.ANY_NULLS ? Sorting.NULLS_GREATEST : sorting)
                    .forEach(wanted::add);
            if (wanted.isEmpty()) {
                wanted.add(Sorting.NULLS_GREATEST);
            }
            sortings.add(wanted);
        }
    }

    /** The optimum beside the fixed indexes. */
    Optimum find(List<List<SortedColumn>> fixed) {
        extend(new ArrayList<>());
        var open = 0;
        for (var i = 0; i < requests.size(); i++) {
            var request = requests.get(i);
            if (fixed.stream().noneMatch(key -> serves(key, request))) {
                open |= 1 << i;
            }
        }
        return cover(open, new HashMap<>());
    }

    private void extend(List<SortedColumn> key) {
        if (!key.isEmpty()) {
            var mask = 0;
            for (var i = 0; i < requests.size(); i++) {
                if (serves(key, requests.get(i))) {
                    mask |= 1 << i;
                }
            }
            if (mask != 0) {
                cheapest.merge(mask, Optimum.of(key, costs), (one, other) -> one.compareTo(other) <= 0 ? one : other);
            }
        }
        for (var column = 0; column < columns; column++) {
            var position = column;
            if (key.stream().noneMatch(sorted -> sorted.column() == position)) {
                for (var sorting : sortings.get(column)) {
                    extendBy(key, new SortedColumn(column, false, sorting));
                    if (!key.isEmpty()) {
                        extendBy(key, new SortedColumn(column, true, sorting));
                    }
                }
            }
        }
    }

    private void extendBy(List<SortedColumn> key, SortedColumn next) {
        key.add(next);
        extend(key);
        key.remove(key.size() - 1);
    }

    private static boolean serves(List<SortedColumn> key, Request request) {
        return request.alternatives().stream().anyMatch(demand -> IndexSetChecker.serves(key, demand));
    }

    private Optimum cover(int open, Map<Integer, Optimum> known) {
        if (open == 0) {
            return Optimum.NONE;
        }
        var found = known.get(open);
        if (found == null) {
            var first = Integer.lowestOneBit(open);
            for (var entry : cheapest.entrySet()) {
                if ((entry.getKey() & first) != 0) {
                    var all = cover(open & ~entry.getKey(), known).plus(entry.getValue());
                    found = found == null || all.compareTo(found) < 0 ? all : found;
                }
            }
            known.put(open, found);
        }
        return found;
    }
}
