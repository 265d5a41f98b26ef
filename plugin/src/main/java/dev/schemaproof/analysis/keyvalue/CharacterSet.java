package dev.schemaproof.analysis.keyvalue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * A set of Unicode code points.
 *
 * @param ranges ascending, apart from each other, never touching
 */
public record CharacterSet(List<Range> ranges) {

    /** What separates the code points that UTF-8 can write: surrogates are none. */
    private static final int BEFORE_SURROGATES = 0xD7FF;

    private static final int AFTER_SURROGATES = 0xE000;

    /** Every code point that a text may hold. */
    static final CharacterSet ANY = new CharacterSet(
            List.of(new Range(0, BEFORE_SURROGATES), new Range(AFTER_SURROGATES, Character.MAX_CODE_POINT)));

    static final CharacterSet DIGITS = CharacterSet.between('0', '9');

    public CharacterSet {
        ranges = normal(ranges);
    }

    /** The code points from {@code first} to {@code last}, both included. */
    public record Range(int first, int last) {}

    static CharacterSet between(int first, int last) {
        return new CharacterSet(List.of(new Range(first, last)));
    }

    /** The characters of the text. */
    static CharacterSet of(String characters) {
        return new CharacterSet(
                characters.codePoints().mapToObj(c -> new Range(c, c)).toList());
    }

    CharacterSet union(CharacterSet other) {
        var all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        return new CharacterSet(all);
    }

    /** Everything of {@link #ANY} that isn't in this set. */
    CharacterSet complement() {
        var rest = new ArrayList<Range>();
        for (var whole : ANY.ranges) {
            var next = whole.first;
            for (var range : ranges) {
                if (range.last < whole.first || range.first > whole.last) {
                    continue;
                }
                if (range.first > next) {
                    rest.add(new Range(next, range.first - 1));
                }
                next = Math.max(next, range.last + 1);
            }
            if (next <= whole.last) {
                rest.add(new Range(next, whole.last));
            }
        }
        return new CharacterSet(rest);
    }

    CharacterSet minus(CharacterSet other) {
        return complement().union(other).complement();
    }

    boolean contains(int codePoint) {
        return ranges.stream().anyMatch(range -> range.first <= codePoint && codePoint <= range.last);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The least code point. */
    OptionalInt least() {
        return ranges.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ranges.get(0).first);
    }

    /** The greatest code point. */
    OptionalInt greatest() {
        return ranges.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ranges.get(ranges.size() - 1).last);
    }

    private static List<Range> normal(List<Range> ranges) {
        var sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingInt(Range::first));
        var merged = new ArrayList<Range>();
        for (var range : sorted) {
            var end = merged.size() - 1;
            if (end >= 0 && range.first <= merged.get(end).last + 1) {
                var before = merged.get(end);
                merged.set(end, new Range(before.first, Math.max(before.last, range.last)));
            } else {
                merged.add(range);
            }
        }
        return List.copyOf(merged);
    }
}
