package dev.schemaproof.discover.search;

import dev.schemaproof.discover.table.Relation;

/**
 * The groups of rows that agree on some columns, without the groups of a single row: a stripped partition, also called a
 * position list index.
 */
final class Clusters {

    private final int[] rows;
    private final int[] starts;

    /**
     * Groups.
     *
     * @param rows the rows, group after group; taken over
     * @param starts where each group begins, and behind them where the last one ends; taken over
     */
    Clusters(int[] rows, int[] starts) {
        this.rows = rows;
        this.starts = starts;
    }

    /** The groups of a column. */
    static Clusters of(Relation relation, int column) {
        var ends = new int[relation.codes(column) + 1];
        for (var row = 0; row < relation.rows(); row++) {
            ends[relation.code(row, column)]++;
        }
        var kept = 0;
        var groups = 0;
        for (var code = 0; code < ends.length; code++) {
            var size = ends[code];
            ends[code] = size < 2 ? -1 : kept;
            if (size >= 2) {
                kept += size;
                groups++;
            }
        }
        var starts = new int[groups + 1];
        groups = 0;
        for (var start : ends) {
            if (start >= 0) {
                starts[groups++] = start;
            }
        }
        starts[groups] = kept;
        var rows = new int[kept];
        for (var row = 0; row < relation.rows(); row++) {
            var code = relation.code(row, column);
            if (ends[code] >= 0) {
                rows[ends[code]++] = row;
            }
        }
        return new Clusters(rows, starts);
    }

    /** The rows, group after group; those of a group may be put in another order. */
    int[] rows() {
        return rows;
    }

    /** Where each group begins, and behind them where the last one ends. */
    int[] starts() {
        return starts;
    }

    /** How many groups there are. */
    int count() {
        return starts.length - 1;
    }

    /** How many rows are in them. */
    int size() {
        return rows.length;
    }

    /** The memory they take. */
    long bytes() {
        return (long) Integer.BYTES * (rows.length + starts.length);
    }
}
