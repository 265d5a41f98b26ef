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
    private static final int ALIGNMENT = 8;
    /** Values beyond this are moved out of the table and leave a pointer. */
    private static final int TOAST_THRESHOLD = 2000;

    private static final int TOAST_POINTER = 18;
    private static final int INDEX_TUPLE_HEADER = 8;
    private static final int TUPLE_ID = 6;
    private static final double BTREE_FILL = 0.9;
    private static final double OTHER_FILL = 0.75;
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
        double data = columns.stream()
                .mapToDouble(column ->
                        column.width() > TOAST_THRESHOLD ? TOAST_POINTER : column.width() * (1 - column.nulls()))
                .sum();
        long tuple = LINE_POINTER + aligned(TUPLE_HEADER + data);
        long perPage = Math.max(1, (PAGE - PAGE_HEADER) / tuple);
        return Math.max(1, (rows + perPage - 1) / perPage);
    }

    /**
     * The number of pages that an index takes.
     *
     * @param method its access method
     * @param width the width of an entry in bytes
     * @param distinct how many different entries there are; a B-tree writes equal ones only once
     */
    public long indexPages(String method, double width, double distinct) {
        double usable = PAGE - PAGE_HEADER;
        return switch (method) {
            case "brin" -> 3 + pages() / BRIN_PAGES * BRIN_TUPLE / PAGE;
            case "hash" ->
                pagesOf(rows * (double) (INDEX_TUPLE_HEADER + ALIGNMENT + LINE_POINTER), usable * OTHER_FILL);
            case "btree" -> {
                double entry = aligned(INDEX_TUPLE_HEADER + width) + LINE_POINTER;
                double perEntry = Math.max(1, rows / distinct);
                double bytes = perEntry < 2 ? rows * entry : rows * TUPLE_ID + rows / perEntry * entry;
                yield 1 + pagesOf(bytes, usable * BTREE_FILL);
            }
            default ->
                1 + pagesOf(rows * (aligned(INDEX_TUPLE_HEADER + width) + (double) LINE_POINTER), usable * OTHER_FILL);
        };
    }

    private static long pagesOf(double bytes, double usable) {
        return Math.max(1, (long) Math.ceil(bytes / usable));
    }

    private static long aligned(double bytes) {
        return ((long) Math.ceil(bytes) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
