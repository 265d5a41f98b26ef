package dev.schemaproof.discover.search;

import dev.schemaproof.discover.table.Relation;
import java.util.Arrays;

/**
 * Compares pairs of rows that are likely to refute much: rows that agree on a column, sorted so that similar ones are near each
 * other, in windows that widen as long as that column gives more than the others, after the progressive sampling of HyFD.
 */
final class Sampler {

    /** So many pairs are compared before another column is asked whether it gives more. */
    private static final int SLICE = 50_000;

    /** Larger groups stay in the order of the table. */
    private static final int INDEX_BITS = 24;

    private final AgreeSets agreeSets;
    private final Limits limits;
    private final Column[] columns;

    Sampler(Partitions partitions, AgreeSets agreeSets, Limits limits) {
        this.agreeSets = agreeSets;
        this.limits = limits;
        var relation = partitions.relation();
        columns = new Column[relation.width()];
        for (var column = 0; column < columns.length; column++) {
            columns[column] = new Column(partitions.single(column));
            sort(partitions.single(column), relation, column);
        }
    }

    /** How far the pairs of a column have been compared. */
    private static final class Column {

        private final Clusters clusters;
        private int window = 1;
        private int group;
        private int next;

        /** Whether some group has a pair of rows so far apart. */
        private boolean wideEnough;

        /** New sets per comparison, in the last slice. */
        private double yield = 1;

        Column(Clusters clusters) {
            this.clusters = clusters;
            if (clusters.count() == 0) {
                yield = 0;
            }
        }
    }

    /** Sorts each group by the neighbouring columns. */
    private static void sort(Clusters clusters, Relation relation, int column) {
        var width = relation.width();
        if (width < 2) {
            return;
        }
        var first = (column + 1) % width;
        var second = (column + width - 1) % width;
        var order = new long[0];
        var sorted = new int[0];
        for (var group = 0; group < clusters.count(); group++) {
            var from = clusters.starts()[group];
            var size = clusters.starts()[group + 1] - from;
            if (size < 3 || size > 1 << INDEX_BITS) {
                continue;
            }
            if (order.length < size) {
                order = new long[Math.max(size, 2 * order.length)];
                sorted = new int[order.length];
            }
            for (var i = 0; i < size; i++) {
                var row = clusters.rows()[from + i];
                // The other neighbour only breaks ties, so a few of its bits are enough
                var key = (long) relation.code(row, first) << 8 | relation.code(row, second) & 0xFF;
                order[i] = key << INDEX_BITS | i;
            }
            Arrays.sort(order, 0, size);
            for (var i = 0; i < size; i++) {
                sorted[i] = clusters.rows()[from + (int) (order[i] & (1 << INDEX_BITS) - 1)];
            }
            System.arraycopy(sorted, 0, clusters.rows(), from, size);
        }
    }

    /** Compares pairs as long as some column gives more new sets per comparison than the threshold. */
    void sample(double threshold) {
        while (!limits.reached()) {
            Column best = null;
            for (var column : columns) {
                if (column.yield > 0 && (best == null || column.yield > best.yield)) {
                    best = column;
                }
            }
            if (best == null || best.yield < threshold) {
                return;
            }
            slice(best);
        }
    }

    private void slice(Column column) {
        var clusters = column.clusters;
        var before = agreeSets.size();
        var compared = 0;
        while (compared < SLICE) {
            if (column.group == clusters.count()) {
                if (!column.wideEnough) {
                    column.yield = 0;
                    return;
                }
                column.window++;
                column.group = 0;
                column.wideEnough = false;
            }
            var from = clusters.starts()[column.group];
            var size = clusters.starts()[column.group + 1] - from;
            while (column.next + column.window < size && compared < SLICE) {
                var row = from + column.next;
                agreeSets.compare(clusters.rows()[row], clusters.rows()[row + column.window]);
                column.next++;
                column.wideEnough = true;
                compared++;
            }
            if (column.next + column.window >= size) {
                column.group++;
                column.next = 0;
            }
        }
        column.yield = (double) (agreeSets.size() - before) / compared;
    }
}
