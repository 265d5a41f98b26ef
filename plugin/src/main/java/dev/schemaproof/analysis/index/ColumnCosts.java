package dev.schemaproof.analysis.index;

/**
 * What columns cost as a part of an index, by position.
 *
 * @param bytes of one value, at most {@link #MOST_BYTES}
 * @param changed whether an access pattern updates it
 */
public record ColumnCosts(int[] bytes, boolean[] changed) {

    /** More bytes than that don't fit into an entry of a B-tree. */
    public static final int MOST_BYTES = 8192;

    private static final int CHANGED_BITS = 16;

    public ColumnCosts {
        bytes = bytes.clone();
        changed = changed.clone();
    }

    /** Every column costs the same. */
    public static ColumnCosts even(int columns) {
        var bytes = new int[columns];
        java.util.Arrays.fill(bytes, 1);
        return new ColumnCosts(bytes, new boolean[columns]);
    }

    /** A number that compares what demands cost, and sums of them: bytes first, then columns that are updated. */
    long of(Demand demand) {
        return demand.columns()
                .positions()
                .mapToLong(column ->
                        ((long) Math.min(bytes[column], MOST_BYTES) << CHANGED_BITS) + (changed[column] ? 1 : 0))
                .sum();
    }
}
