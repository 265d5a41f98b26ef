package dev.schemaproof.prove.data;

import java.util.List;

/**
 * What the planner is told about a table.
 *
 * @param table its name
 * @param rows how many rows it is planned for
 * @param columns in order
 */
public record TableStatistics(String table, long rows, List<ColumnStatistics> columns) {

    /** A page of PostgreSQL, as every distributed build has it. */
    public static final int PAGE = 8192;

    private static final int PAGE_HEADER = 24;
    private static final int LINE_POINTER = 4;
    private static final int TUPLE_HEADER = 24;
    /** The header before the bits that say which values are absent. */
    private static final int TUPLE_BITS = 23;

    private static final int ALIGNMENT = 8;
    /** Values beyond this are moved out of the table and leave a pointer. */
    private static final int TOAST_THRESHOLD = 2000;

    private static final int TOAST_POINTER = 18;
    private static final int INDEX_TUPLE_HEADER = 8;
    private static final int TUPLE_ID = 6;
    private static final double BTREE_FILL = 0.9;
    /** How full pages are that split wherever an entry comes: the logarithm of 2 (Yao, On Random 2-3 Trees, 1978). */
    private static final double SCATTERED_FILL = 0.69;

    private static final double OTHER_FILL = 0.75;
    /** A hash index makes all new buckets of a doubling at once below this, and a quarter of them at a time above. */
    private static final long BUCKETS_AT_ONCE = 512;
    /** How many rows one summary of a BRIN index stands for: 128 pages. */
    private static final int BRIN_PAGES = 128;

    private static final int BRIN_TUPLE = 32;

    public TableStatistics {
        columns = List.copyOf(columns);
    }

    /** One of several parts of the table, with as many rows as each of them. */
    public TableStatistics part(String name, long parts) {
        return parts == 1 && name.equals(table)
                ? this
                : new TableStatistics(name, Math.max(1, rows / Math.max(1, parts)), columns);
    }

    /** The number of pages that the rows take. */
    public long pages() {
        double tuple = LINE_POINTER + tuple();
        long perPage = Math.max(1, (long) ((PAGE - PAGE_HEADER) / tuple));
        return Math.max(1, (rows + perPage - 1) / perPage);
    }

    /** The average length of a row, with what is left empty so that values begin where they must. */
    private double tuple() {
        boolean nulls = columns.stream().anyMatch(column -> column.nulls() > 0);
        double length = nulls ? aligned(TUPLE_BITS + Math.ceil(columns.size() / 8.0)) : TUPLE_HEADER;
        // What the length of every row is a multiple of; as long as no value varies, it is known itself
        int unit = ALIGNMENT;
        boolean known = true;
        for (ColumnStatistics column : columns) {
            double width = column.width() > TOAST_THRESHOLD ? TOAST_POINTER : column.width();
            double gap = gap(length, known, unit, column.alignment());
            length += (gap + width) * (1 - column.nulls());
            int after = column.fixed() ? Math.min(ALIGNMENT, Integer.lowestOneBit(column.width())) : 1;
            after = Math.min(after, Math.max(unit, column.alignment()));
            unit = column.nulls() > 0 ? Math.min(unit, after) : after;
            known &= column.fixed() && column.nulls() == 0;
        }
        return length + gap(length, known, unit, ALIGNMENT);
    }

    /** What is left empty on average before something that begins at a multiple of its alignment. */
    private static double gap(double length, boolean known, int unit, int alignment) {
        return known ? (alignment - length % alignment) % alignment : alignment <= unit ? 0 : (alignment - unit) / 2.0;
    }

    /**
     * The number of pages that an index takes when it was just built.
     *
     * @param method its access method
     * @param width the width of an entry in bytes
     * @param distinct how many different entries there are; a B-tree writes equal ones only once
     */
    public long indexPages(String method, double width, double distinct) {
        return indexPages(method, width, distinct, (double) rows, true);
    }

    /**
     * The number of pages that an index takes.
     *
     * @param method its access method
     * @param width the width of an entry in bytes
     * @param distinct how many different entries there are; a B-tree writes equal ones only once
     * @param entries how many entries there are, fewer than rows if it is for some of them
     * @param ascending whether entries come in the index's own order; otherwise a B-tree has split its pages for them
     */
    public long indexPages(String method, double width, double distinct, double entries, boolean ascending) {
        double usable = PAGE - PAGE_HEADER;
        return switch (method) {
            case "brin" -> 3 + pages() / BRIN_PAGES * BRIN_TUPLE / PAGE;
            case "hash" -> hashPages(entries, Math.min(entries, distinct));
            case "btree" -> {
                double entry = aligned(INDEX_TUPLE_HEADER + width) + LINE_POINTER;
                double perEntry = Math.max(1, entries / distinct);
                double bytes = perEntry < 2 ? entries * entry : entries * TUPLE_ID + entries / perEntry * entry;
                // Equal entries that fill pages of their own are packed as if they came in order
                boolean packed = ascending || perEntry * TUPLE_ID > usable;
                yield 1 + pagesOf(bytes, usable * (packed ? BTREE_FILL : SCATTERED_FILL));
            }
            default ->
                1
                        + pagesOf(
                                entries * (aligned(INDEX_TUPLE_HEADER + width) + (double) LINE_POINTER),
                                usable * OTHER_FILL);
        };
    }

    /**
     * Linear hashing (Litwin, 1980): buckets are split one after the other, so that those whose turn has not come hold twice as
     * much and overflow, while the file has room for all of them.
     */
    private static long hashPages(double entries, double distinct) {
        int entry = INDEX_TUPLE_HEADER + ALIGNMENT + LINE_POINTER;
        double perPage = Math.floor((PAGE - PAGE_HEADER) / (double) entry);
        double buckets = Math.max(2, Math.ceil(entries / Math.floor(PAGE * OTHER_FILL / entry)));
        double lower = Long.highestOneBit((long) buckets);
        double split = buckets - lower;
        double room = split == 0 ? lower : 2 * lower;
        if (buckets > BUCKETS_AT_ONCE) {
            room = lower + Math.ceil(split / lower * 4) / 4 * lower;
        }
        double equal = entries / distinct;
        double overflow = (lower - split) * overflow(distinct / lower, equal, perPage)
                + 2 * split * overflow(distinct / (2 * lower), equal, perPage);
        // The first page describes the index, another says which overflow pages are free
        return 2 + Math.round(room + overflow);
    }

    /**
     * The number of pages beyond the first that a bucket is expected to need.
     *
     * @param values how many different values fall into it on average
     * @param equal how many entries each of them has
     */
    private static double overflow(double values, double equal, double perPage) {
        double expected = 0;
        double probability = Math.exp(-values);
        for (int count = 1; count <= values + 10 * Math.sqrt(values) + 10; count++) {
            probability *= values / count;
            expected += probability * Math.max(0, Math.ceil(count * equal / perPage) - 1);
        }
        return expected;
    }

    private static long pagesOf(double bytes, double usable) {
        return Math.max(1, (long) Math.ceil(bytes / usable));
    }

    private static long aligned(double bytes) {
        return ((long) Math.ceil(bytes) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
