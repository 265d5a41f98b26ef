package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.index.Demand;
import dev.schemaproof.analysis.index.SortedColumn;
import dev.schemaproof.analysis.normal.AttributeSet;
import java.util.List;

/**
 * One way in which a key can serve a read.
 *
 * @param equal the columns that are compared with one value; empty where all rows are wanted
 * @param suffix the wanted order, or the column that a range bounds, or one that must be there
 * @param last whether nothing may follow the suffix in the sort key, as the text in it may sort behind the delimiter
 * @param numeric whether the suffix is one number that only a numeric sort key puts in order
 */
record Form(AttributeSet equal, List<Integer> suffix, boolean last, boolean numeric) {

    Form {
        suffix = List.copyOf(suffix);
    }

    static Form equal(AttributeSet equal) {
        return new Form(equal, List.of(), false, false);
    }

    AttributeSet columns() {
        return suffix.stream().reduce(equal, AttributeSet::with, AttributeSet::union);
    }

    /** Whether nothing may be added to a key that serves it. */
    boolean closed() {
        return last || numeric;
    }

    /** As a question to the search for indexes, with columns that exist only there. */
    Demand demand(AttributeSet marks) {
        return new Demand(
                equal.union(marks), suffix.stream().map(SortedColumn::ascending).toList());
    }

    /**
     * Whether a key of text serves it.
     *
     * @param key the columns of partition and sort key
     * @param partition how many of them make the partition
     * @param whole whether one partition with all rows will do for any equality
     */
    boolean isServedBy(List<Integer> key, int partition, boolean whole) {
        if (numeric || partition > equal.size() || partition == 0 && !equal.isEmpty() && !whole) {
            return false;
        }
        if (last && key.size() != equal.size() + suffix.size()) {
            return false;
        }
        var sorted = key.stream().map(SortedColumn::ascending).toList();
        return demand(AttributeSet.none()).isServedBy(sorted);
    }
}
