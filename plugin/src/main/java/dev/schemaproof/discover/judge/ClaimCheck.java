package dev.schemaproof.discover.judge;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.discover.search.Partitions;
import dev.schemaproof.discover.table.Relation;
import java.util.Optional;

/** Looks for the rows that refute a claim. */
final class ClaimCheck {

    private final Partitions partitions;
    private final Relation relation;

    ClaimCheck(Partitions partitions) {
        this.partitions = partitions;
        relation = partitions.relation();
    }

    /** The numbers of one or two rows that refute it, the first ones that there are; empty if none do. */
    Optional<int[]> refute(Claim.Kind kind, AttributeSet determinant, AttributeSet dependents) {
        return switch (kind) {
            case PRIMARY_KEY -> rowWithout(determinant).or(() -> twoRows(determinant, dependents, true));
            case UNIQUE -> twoRows(determinant, dependents, true);
            case DEPENDENCY -> twoRows(determinant, dependents, false);
        };
    }

    private Optional<int[]> rowWithout(AttributeSet columns) {
        var positions = columns.positions()
                .filter(column -> relation.profile(column).absent() > 0)
                .toArray();
        for (var row = 0; row < relation.rows() && positions.length > 0; row++) {
            if (!GroupCounts.hasValues(relation, row, positions)) {
                return Optional.of(new int[] {row});
            }
        }
        return Optional.empty();
    }

    /** Two rows with the same values in the determinant; for a dependency such as differ in the dependents. */
    private Optional<int[]> twoRows(AttributeSet determinant, AttributeSet dependents, boolean anyTwo) {
        if (determinant.isEmpty()) {
            return Optional.empty();
        }
        var left = determinant.positions().toArray();
        var right = dependents.positions().toArray();
        int[] best = {Integer.MAX_VALUE, Integer.MAX_VALUE};
        partitions.visit(determinant, (rows, from, to) -> {
            if (!GroupCounts.hasValues(relation, rows[from], left)) {
                return true;
            }
            var first = Integer.MAX_VALUE;
            for (var i = from; i < to; i++) {
                first = Math.min(first, rows[i]);
            }
            for (var i = from; i < to; i++) {
                if (rows[i] != first && rows[i] < best[1] && (anyTwo || differ(first, rows[i], right))) {
                    best[0] = first;
                    best[1] = rows[i];
                }
            }
            return true;
        });
        return best[1] == Integer.MAX_VALUE ? Optional.empty() : Optional.of(best);
    }

    private boolean differ(int row, int other, int[] columns) {
        for (var column : columns) {
            if (relation.code(row, column) != relation.code(other, column)) {
                return true;
            }
        }
        return false;
    }
}
