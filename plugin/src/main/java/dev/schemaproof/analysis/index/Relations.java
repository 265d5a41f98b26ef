package dev.schemaproof.analysis.index;

import java.util.BitSet;
import java.util.List;

/**
 * How demands compare. A demand says which set of columns the first so many columns of an index are, for each number from that of
 * its equal columns to its width, and how neighbours in its suffix are sorted.
 *
 * <p>One <em>comes before</em> another when both can be met by one index, and it has fewer equal columns and is narrower. On
 * demands of which none is contained in another, any two that one index can meet are ordered by this, and it is transitive:
 * the proof is in {@code docs/smallest-indexes.md}.
 */
final class Relations {

    private final int words;
    private final long[][] equal;
    private final long[][] columns;
    /** The first words of both, side by side, as most pairs differ there already. */
    private final long[] firstEqual;

    private final long[] firstColumns;
    private final Demand[] demands;
    private final int[] begin;
    private final int[] width;

    Relations(List<Demand> list) {
        demands = list.toArray(Demand[]::new);
        var highest = list.stream()
                .flatMapToInt(demand -> demand.columns().positions())
                .max()
                .orElse(0);
        words = (highest >> 6) + 1;
        equal = new long[demands.length][];
        columns = new long[demands.length][];
        begin = new int[demands.length];
        width = new int[demands.length];
        firstEqual = new long[demands.length];
        firstColumns = new long[demands.length];
        for (var i = 0; i < demands.length; i++) {
            equal[i] = words(demands[i].equal().positions().toArray());
            columns[i] = words(demands[i].columns().positions().toArray());
            begin[i] = demands[i].equal().size();
            width[i] = demands[i].width();
            firstEqual[i] = equal[i][0];
            firstColumns[i] = columns[i][0];
        }
    }

    private long[] words(int[] positions) {
        var bits = new long[words];
        for (var position : positions) {
            bits[position >> 6] |= 1L << position;
        }
        return bits;
    }

    int size() {
        return demands.length;
    }

    /** For each demand, those that it comes before. */
    BitSet[] after() {
        return rows(this::before);
    }

    /** For each demand, the others that it is contained in. */
    BitSet[] containers() {
        return rows((one, other) -> one != other && contained(one, other));
    }

    private interface Relation {
        boolean holds(int one, int other);
    }

    private BitSet[] rows(Relation relation) {
        var rows = new BitSet[demands.length];
        for (var i = 0; i < rows.length; i++) {
            rows[i] = new BitSet(rows.length);
            for (var j = 0; j < rows.length; j++) {
                if (relation.holds(i, j)) {
                    rows[i].set(j);
                }
            }
        }
        return rows;
    }

    /** Whether one index can meet both, the first with fewer equal columns and narrower. */
    boolean before(int one, int other) {
        return (firstEqual[one] & ~firstEqual[other]) == 0
                && (firstColumns[one] & ~firstColumns[other]) == 0
                && begin[one] < begin[other]
                && width[one] < width[other]
                && within(equal[one], equal[other])
                && within(columns[one], columns[other])
                && agree(one, other);
    }

    /** The same for demands of which the first has no more equal columns than the other. */
    private boolean agree(int one, int other) {
        var first = demands[one].suffix();
        var second = demands[other].suffix();
        var offset = begin[other] - begin[one];
        for (var i = 0; i < first.size(); i++) {
            var column = first.get(i);
            var j = i - offset;
            if (j < 0) {
                if (!contains(equal[other], column.column())) {
                    return false;
                }
            } else if (j < second.size()) {
                var opposite = second.get(j);
                if (column.column() != opposite.column()
                        || !column.sorting().agrees(opposite.sorting())
                        || j > 0 && turns(first, i) != turns(second, j)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether every index that meets the other meets the first as well. */
    boolean contained(int one, int other) {
        if ((firstEqual[other] & ~firstEqual[one]) != 0
                || (firstColumns[one] & ~firstColumns[other]) != 0
                || begin[one] < begin[other]
                || width[one] > width[other]
                || !within(columns[one], columns[other])) {
            return false;
        }
        var offset = begin[one] - begin[other];
        var inner = demands[one].suffix();
        var outer = demands[other].suffix();
        // The first columns of the other have to be just the equal ones of this
        if (!within(equal[other], equal[one])) {
            return false;
        }
        for (var i = 0; i < offset; i++) {
            if (!contains(equal[one], outer.get(i).column())) {
                return false;
            }
        }
        for (var i = 0; i < inner.size(); i++) {
            var given = outer.get(i + offset);
            if (inner.get(i).column() != given.column()
                    || !inner.get(i).sorting().follows(given.sorting())
                    || i > 0 && turns(inner, i) != turns(outer, i + offset)) {
                return false;
            }
        }
        return true;
    }

    /** Whether one index can meet both. */
    boolean related(int one, int other) {
        return before(one, other) || before(other, one) || contained(one, other) || contained(other, one);
    }

    private static boolean turns(List<SortedColumn> suffix, int i) {
        return suffix.get(i).descending() != suffix.get(i - 1).descending();
    }

    private static boolean within(long[] inner, long[] outer) {
        for (var i = 0; i < inner.length; i++) {
            if ((inner[i] & ~outer[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(long[] bits, int position) {
        return (bits[position >> 6] & 1L << position) != 0;
    }
}
