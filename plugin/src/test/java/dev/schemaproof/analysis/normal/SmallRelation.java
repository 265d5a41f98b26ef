package dev.schemaproof.analysis.normal;

import dev.schemaproof.analysis.normal.BruteForce.Fd;
import dev.schemaproof.analysis.normal.MultivaluedBruteForce.Mvd;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A relation of up to 64 values an attribute, on which dependencies are tried and fragments joined. A row is a {@code long} of
 * six bits an attribute.
 */
record SmallRelation(long[] rows) {

    private static final int BITS = 6;
    private static final long VALUE = (1L << BITS) - 1;

    /** Rows of few values, each taken if the dependencies still hold with it. */
    static SmallRelation random(SplittableRandom random, int width, List<Fd> fds) {
        var rows = new long[6];
        var count = 0;
        for (var tried = 0; tried < 12 && count < rows.length; tried++) {
            var row = 0L;
            for (var attribute = 0; attribute < width; attribute++) {
                row = row << BITS | random.nextInt(2 + (tried & 1));
            }
            var extended = new SmallRelation(Arrays.copyOf(rows, count + 1));
            extended.rows[count] = row;
            if (extended.satisfies(fds)) {
                rows[count++] = row;
            }
        }
        return new SmallRelation(Arrays.stream(rows, 0, count).distinct().toArray());
    }

    /** Rows that each have 0 in the attributes of a fragment, and otherwise as few equal values as the dependencies ask for. */
    static SmallRelation aroundZeros(int width, int[] fragments, List<Fd> fds) {
        var rows = new long[fragments.length];
        for (var i = 0; i < fragments.length; i++) {
            for (var attribute = 0; attribute < width; attribute++) {
                rows[i] |= (fragments[i] & 1 << attribute) == 0 ? i + 1L << BITS * attribute : 0;
            }
        }
        while (equateOne(rows, width, fds)) {
            // Once more
        }
        return new SmallRelation(Arrays.stream(rows).distinct().toArray());
    }

    private static boolean equateOne(long[] rows, int width, List<Fd> fds) {
        for (var fd : fds) {
            var left = bits(fd.left());
            for (var one = 0; one < rows.length; one++) {
                for (var other = 0; other < one; other++) {
                    var difference = rows[one] ^ rows[other];
                    if ((difference & left) == 0 && (difference & bits(fd.right())) != 0) {
                        var shift = Long.numberOfTrailingZeros(difference & bits(fd.right())) / BITS * BITS;
                        equate(rows, shift, rows[one] >>> shift & VALUE, rows[other] >>> shift & VALUE);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static void equate(long[] rows, int shift, long one, long other) {
        for (var i = 0; i < rows.length; i++) {
            if ((rows[i] >>> shift & VALUE) == Math.max(one, other)) {
                rows[i] = rows[i] & ~(VALUE << shift) | Math.min(one, other) << shift;
            }
        }
    }

    /** Six bits for each attribute of a mask. */
    static long bits(int mask) {
        var bits = 0L;
        for (var rest = mask; rest != 0; rest &= rest - 1) {
            bits |= VALUE << BITS * Integer.numberOfTrailingZeros(rest);
        }
        return bits;
    }

    boolean satisfies(List<Fd> fds) {
        for (var fd : fds) {
            var left = bits(fd.left());
            var right = bits(fd.right());
            for (var one = 0; one < rows.length; one++) {
                for (var other = 0; other < one; other++) {
                    var difference = rows[one] ^ rows[other];
                    if ((difference & left) == 0 && (difference & right) != 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** With the rows that multivalued dependencies ask for; none if those break the functional ones, or are too many. */
    Optional<SmallRelation> withExchanges(List<Fd> fds, List<Mvd> mvds) {
        var known = new LinkedHashSet<Long>();
        Arrays.stream(rows).forEach(known::add);
        var before = -1;
        while (known.size() > before && known.size() <= 40) {
            before = known.size();
            var pairs = List.copyOf(known);
            for (var mvd : mvds) {
                for (var one : pairs) {
                    for (var other : pairs) {
                        if (((one ^ other) & bits(mvd.left())) == 0) {
                            known.add(one & bits(mvd.right()) | other & ~bits(mvd.right()));
                        }
                    }
                }
            }
        }
        var extended = new SmallRelation(known.stream().mapToLong(row -> row).toArray());
        return known.size() == before && extended.satisfies(fds) ? Optional.of(extended) : Optional.empty();
    }

    boolean contains(long row) {
        for (var known : rows) {
            if (known == row) {
                return true;
            }
        }
        return false;
    }

    /** Whether the join of its fragments has a row that it hasn't. */
    boolean growsWhenJoined(int[] fragments) {
        return grows(0, 0, ordered(fragments), 0);
    }

    /** Each next to what it shares most with, so that the join doesn't multiply what will not fit together. */
    private static int[] ordered(int[] fragments) {
        var ordered = fragments.clone();
        var joined = 0;
        for (var i = 0; i < ordered.length; i++) {
            for (var other = i + 1; other < ordered.length; other++) {
                if (Integer.bitCount(ordered[other] & joined) > Integer.bitCount(ordered[i] & joined)) {
                    var swapped = ordered[i];
                    ordered[i] = ordered[other];
                    ordered[other] = swapped;
                }
            }
            joined |= ordered[i];
        }
        return ordered;
    }

    private boolean grows(long row, int joined, int[] fragments, int next) {
        if (next == fragments.length) {
            return !contains(row);
        }
        var fragment = bits(fragments[next]);
        var common = fragment & bits(joined);
        var tried = new long[rows.length];
        for (var i = 0; i < rows.length; i++) {
            tried[i] = rows[i] & fragment;
            if (((rows[i] ^ row) & common) == 0
                    && !containedBefore(i, tried)
                    && grows(row | tried[i], joined | fragments[next], fragments, next + 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean containedBefore(int end, long[] values) {
        for (var i = 0; i < end; i++) {
            if (values[i] == values[end]) {
                return true;
            }
        }
        return false;
    }
}
