package dev.schemaproof.analysis.index;

/**
 * A column in the order of an index, or in the order that a pattern asks for.
 *
 * @param column its position
 * @param descending its direction; an index is read backward as well, so only the directions of neighbours compared with each
 *     other count
 * @param sorting how its values are compared
 */
public record SortedColumn(int column, boolean descending, Sorting sorting) {

    /** How values are compared, whichever direction they are read in. */
    public enum Sorting {
        /** Absent values count as the greatest, PostgreSQL's default: {@code asc nulls last}, {@code desc nulls first}. */
        NULLS_GREATEST,
        /** Absent values count as the least: {@code asc nulls first}, {@code desc nulls last}. */
        NULLS_LEAST,
        /** A range, for which it doesn't matter where absent values stand. */
        ANY_NULLS,
        /** Text by its bytes, as {@code text_pattern_ops} does: for prefixes, and for no other range or order. */
        BYTES;

        /** Whether one index column can be compared in both ways. */
        boolean agrees(Sorting other) {
            return this == other || this == ANY_NULLS && other != BYTES || other == ANY_NULLS && this != BYTES;
        }

        /** Whether every column that is compared in the other way will do. */
        boolean follows(Sorting other) {
            return this == other || this == ANY_NULLS && other != BYTES;
        }
    }

    /** A column in ascending order with PostgreSQL's defaults. */
    public static SortedColumn ascending(int column) {
        return new SortedColumn(column, false, Sorting.NULLS_GREATEST);
    }

    /** A column that a range bounds. */
    public static SortedColumn range(int column) {
        return new SortedColumn(column, false, Sorting.ANY_NULLS);
    }
}
