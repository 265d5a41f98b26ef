package dev.schemaproof.analysis.index;

import java.util.BitSet;
import java.util.stream.IntStream;

/** What columns cost as a part of an index, by position. */
public final class ColumnCosts {

    /** More bytes than that don't fit into an entry of a B-tree, and count as that many. */
    public static final int MOST_BYTES = 8192;

    private static final int CHANGED_BITS = 16;

    private final int[] bytes;
    private final BitSet changed;

    /**
     * The costs of columns.
     *
     * @param bytes the size of a value of each column
     * @param changed the positions of the columns that access patterns update
     */
    public ColumnCosts(int[] bytes, BitSet changed) {
        this.bytes = bytes.clone();
        this.changed = (BitSet) changed.clone();
    }

    /** Every column costs the same. */
    public static ColumnCosts even(int columns) {
        return new ColumnCosts(IntStream.range(0, columns).map(i -> 1).toArray(), new BitSet());
    }

    /** The size of a value of the column. */
    public int bytesOf(int column) {
        return bytes[column];
    }

    /** Whether an access pattern updates the column. */
    public boolean isChanged(int column) {
        return changed.get(column);
    }

    /** A number that compares what demands cost, and sums of them: bytes first, then columns that are updated. */
    long of(Demand demand) {
        return demand.columns()
                .positions()
                .mapToLong(column ->
                        ((long) Math.min(bytes[column], MOST_BYTES) << CHANGED_BITS) + (changed.get(column) ? 1 : 0))
                .sum();
    }
}
