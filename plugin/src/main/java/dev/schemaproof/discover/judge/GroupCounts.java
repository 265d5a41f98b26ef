package dev.schemaproof.discover.judge;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.discover.search.Partitions;
import dev.schemaproof.discover.table.Relation;

/**
 * How the rows that have a value in each of some columns are spread over the values.
 *
 * @param rows in which all of the columns have a value
 * @param groups the different values of the columns together
 * @param allGroups the same, where having no value counts as one
 * @param largest a row of the largest group, or -1
 * @param largestRows how many rows that group has
 */
record GroupCounts(long rows, long groups, long allGroups, int largest, long largestRows) {

    static GroupCounts of(Partitions partitions, AttributeSet columns) {
        var relation = partitions.relation();
        var positions = columns.positions().toArray();
        var repeated = new long[2];
        var largest = new int[] {-1, 0};
        partitions.visit(columns, (rows, from, to) -> {
            var size = to - from;
            repeated[1] += size - 1;
            if (hasValues(relation, rows[from], positions)) {
                repeated[0] += size - 1;
                if (size > largest[1]) {
                    largest[0] = rows[from];
                    largest[1] = size;
                }
            }
            return true;
        });
        var withValues = rowsWithValues(relation, positions);
        return new GroupCounts(
                withValues, withValues - repeated[0], relation.rows() - repeated[1], largest[0], largest[1]);
    }

    private static long rowsWithValues(Relation relation, int[] columns) {
        var complete = true;
        for (var column : columns) {
            complete &= relation.profile(column).absent() == 0;
        }
        if (complete) {
            return relation.rows();
        }
        var rows = 0L;
        for (var row = 0; row < relation.rows(); row++) {
            rows += hasValues(relation, row, columns) ? 1 : 0;
        }
        return rows;
    }

    static boolean hasValues(Relation relation, int row, int[] columns) {
        for (var column : columns) {
            if (relation.code(row, column) == 0) {
                return false;
            }
        }
        return true;
    }

    /** In how many rows a value stands again. */
    long repeated() {
        return rows - groups;
    }
}
