package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.normal.AttributeSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The smallest set of indexes that serves all requests, of those the one with the fewest bytes a key, and of those the one
 * with the fewest columns that are updated.
 *
 * @param indexes beyond those that are there anyway
 * @param servedAnyway the positions of the requests that need none of them
 * @param bound why no fewer will do
 * @param complete whether all was looked at: else there may be a set that is cheaper, and if {@code bound} is less than the number
 *     of indexes, one that is smaller
 */
public record SmallestIndexes(List<Chosen> indexes, List<Integer> servedAnyway, LowerBound bound, boolean complete) {

    public SmallestIndexes {
        indexes = List.copyOf(indexes);
        servedAnyway = List.copyOf(servedAnyway);
    }

    /**
     * An index of the set.
     *
     * @param key its columns in order
     * @param requests the positions of all requests that it serves
     */
    public record Chosen(List<SortedColumn> key, List<Integer> requests) {

        public Chosen {
            key = List.copyOf(key);
            requests = List.copyOf(requests);
        }
    }

    /** Whether no smaller set exists. */
    public boolean smallest() {
        return bound.size() == indexes.size();
    }

    /**
     * Finds the set, within the work that {@link IndexSearch#WORK} allows where requests leave a choice.
     *
     * @param fixed the indexes that are there anyway: what they serve needs no others
     */
    public static SmallestIndexes of(List<Request> requests, List<List<SortedColumn>> fixed, ColumnCosts costs) {
        return of(requests, fixed, costs, IndexSearch.WORK);
    }

    /** The same within a given number of steps. */
    public static SmallestIndexes of(
            List<Request> requests, List<List<SortedColumn>> fixed, ColumnCosts costs, long work) {
        var open = new ArrayList<Integer>();
        var anyway = new ArrayList<Integer>();
        for (var i = 0; i < requests.size(); i++) {
            (fixed.stream().anyMatch(requests.get(i)::isServedBy) ? anyway : open).add(i);
        }
        var indexes = new ArrayList<Chosen>();
        var bounds = new ArrayList<LowerBound>();
        var complete = true;
        var left = work;
        var lookup = new ServiceLookup(requests, open);
        for (var part : RequestParts.of(requests, open)) {
            var search = new IndexSearch(requests, part, costs, left);
            var found = search.run();
            left -= found.work();
            complete &= found.complete();
            bounds.add(found.bound());
            for (var chain : found.chains()) {
                var key = key(chain);
                indexes.add(new Chosen(key, lookup.servedBy(key)));
            }
        }
        return new SmallestIndexes(indexes, anyway, sum(bounds), complete);
    }

    private static LowerBound sum(List<LowerBound> bounds) {
        var members = new ArrayList<LowerBound.Member>();
        var parts = new ArrayList<LowerBound>();
        for (var bound : bounds) {
            if (bound instanceof LowerBound.Antichain antichain) {
                members.addAll(antichain.members());
            } else {
                parts.add(bound);
            }
        }
        var plain = new LowerBound.Antichain(members);
        if (parts.isEmpty()) {
            return plain;
        }
        if (!members.isEmpty()) {
            parts.add(0, plain);
        }
        return parts.size() == 1 ? parts.get(0) : new LowerBound.Sum(parts);
    }

    /** The columns that meet all demands of a chain, as many as the last one has. */
    private static List<SortedColumn> key(List<Demand> chain) {
        var key = new ArrayList<SortedColumn>();
        var columns = AttributeSet.none();
        for (var demand : chain) {
            demand.equal()
                    .minus(columns)
                    .positions()
                    .mapToObj(SortedColumn::ascending)
                    .forEach(key::add);
            columns = columns.union(demand.equal());
            for (var i = 0; i < demand.suffix().size(); i++) {
                var sorted = demand.suffix().get(i);
                if (!columns.contains(sorted.column())) {
                    key.add(i == 0 ? definite(sorted, sorted.descending()) : following(demand.suffix(), i, key));
                    columns = columns.with(sorted.column());
                }
            }
        }
        return key;
    }

    /** Turned against its neighbour in the index as it is in the suffix. */
    private static SortedColumn following(List<SortedColumn> suffix, int i, List<SortedColumn> key) {
        var turns = suffix.get(i).descending() != suffix.get(i - 1).descending();
        return definite(suffix.get(i), key.get(key.size() - 1).descending() != turns);
    }

    private static SortedColumn definite(SortedColumn sorted, boolean descending) {
        var sorting = sorted.sorting() == SortedColumn.Sorting.ANY_NULLS
                ? SortedColumn.Sorting.NULLS_GREATEST
                : sorted.sorting();
        return new SortedColumn(sorted.column(), descending, sorting);
    }
}
