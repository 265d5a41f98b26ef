package dev.schemaproof.discover.search;

import dev.schemaproof.discover.table.Relation;
import java.util.Arrays;

/**
 * Splits groups of rows by one more column, after the product of stripped partitions of Y. Huhtala, J. Kärkkäinen, P. Porkka
 * and H. Toivonen, "TANE: An Efficient Algorithm for Discovering Functional and Approximate Dependencies", The Computer Journal
 * 42(2), 1999: linear in the rows of the groups. Its working memory is kept for the next time.
 */
final class Refinement {

    private final Relation relation;

    /** By number of a value: how many rows of the group have it, then where the next of them goes. */
    private final int[] counts;

    private final int[] seen;
    private final int[] codes;
    private final int[] rows;
    private int[] starts = new int[1024];
    private int size;
    private int groups;

    Refinement(Relation relation) {
        this.relation = relation;
        var most = 1;
        for (var column = 0; column < relation.width(); column++) {
            most = Math.max(most, relation.codes(column));
        }
        counts = new int[most];
        seen = new int[relation.rows()];
        codes = new int[relation.rows()];
        rows = new int[relation.rows()];
    }

    /**
     * Splits the groups by a column.
     *
     * @return whether the visitor let it finish, so that {@link #clusters()} are all
     */
    boolean split(Clusters base, int column, GroupVisitor visitor) {
        size = 0;
        groups = 0;
        var from = base.starts();
        for (var i = 0; i < base.count(); i++) {
            var first = groups;
            split(base.rows(), from[i], from[i + 1], column);
            for (var group = first; group < groups; group++) {
                var end = group + 1 < groups ? starts[group + 1] : size;
                if (!visitor.visit(rows, starts[group], end)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void split(int[] base, int from, int to, int column) {
        if (to - from == 2) {
            if (relation.code(base[from], column) == relation.code(base[from + 1], column)) {
                begin();
                rows[size++] = base[from];
                rows[size++] = base[from + 1];
            }
            return;
        }
        var different = 0;
        for (var i = from; i < to; i++) {
            var code = relation.code(base[i], column);
            codes[i - from] = code;
            if (counts[code]++ == 0) {
                seen[different++] = code;
            }
        }
        for (var i = 0; i < different; i++) {
            var code = seen[i];
            var count = counts[code];
            if (count < 2) {
                counts[code] = -1;
            } else {
                begin();
                counts[code] = size;
                size += count;
            }
        }
        for (var i = from; i < to; i++) {
            var code = codes[i - from];
            if (counts[code] >= 0) {
                rows[counts[code]++] = base[i];
            }
        }
        for (var i = 0; i < different; i++) {
            counts[seen[i]] = 0;
        }
    }

    private void begin() {
        if (groups == starts.length) {
            starts = Arrays.copyOf(starts, 2 * groups);
        }
        starts[groups++] = size;
    }

    /** What the last split made. */
    Clusters clusters() {
        var all = Arrays.copyOf(starts, groups + 1);
        all[groups] = size;
        return new Clusters(Arrays.copyOf(rows, size), all);
    }
}
