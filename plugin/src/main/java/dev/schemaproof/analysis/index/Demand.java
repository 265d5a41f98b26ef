package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.index.SortedColumn.Sorting;
import dev.schemaproof.analysis.normal.AttributeSet;
import java.util.List;

/**
 * What a pattern asks of a B-tree: it has to begin with the columns that are compared for equality, in any order, and go on
 * with the suffix, in its order, all directions as given or all of them turned around.
 *
 * @param equal the columns that are compared for equality
 * @param suffix the wanted order, or the one column that a range bounds
 */
public record Demand(AttributeSet equal, List<SortedColumn> suffix) {

    /**
     * A demand.
     *
     * @throws IllegalArgumentException when a column is named twice, or one of several suffix columns doesn't say where absent
     *     values stand, for which the theory doesn't hold
     */
    public Demand {
        suffix = List.copyOf(suffix);
        var seen = equal;
        for (var sorted : suffix) {
            if (seen.contains(sorted.column())) {
                throw new IllegalArgumentException("column " + sorted.column() + " is named twice");
            }
            if (suffix.size() > 1 && sorted.sorting() == Sorting.ANY_NULLS) {
                throw new IllegalArgumentException(
                        "column " + sorted.column() + " doesn't say where absent values stand");
            }
            seen = seen.with(sorted.column());
        }
    }

    /** The number of columns that it asks for. */
    public int width() {
        return equal.size() + suffix.size();
    }

    /** All columns that it asks for. */
    public AttributeSet columns() {
        return suffix.stream().map(SortedColumn::column).reduce(equal, AttributeSet::with, AttributeSet::union);
    }

    /** Whether an index on these columns does what is asked for; more columns behind those don't hurt. */
    public boolean isServedBy(List<SortedColumn> key) {
        var begin = equal.size();
        if (key.size() < width()) {
            return false;
        }
        for (var i = 0; i < begin; i++) {
            if (!equal.contains(key.get(i).column())) {
                return false;
            }
        }
        for (var i = 0; i < suffix.size(); i++) {
            var wanted = suffix.get(i);
            var given = key.get(begin + i);
            var turned = wanted.descending() != given.descending();
            var turnedFirst = suffix.get(0).descending() != key.get(begin).descending();
            if (wanted.column() != given.column()
                    || !wanted.sorting().follows(given.sorting())
                    || turned != turnedFirst) {
                return false;
            }
        }
        return true;
    }
}
