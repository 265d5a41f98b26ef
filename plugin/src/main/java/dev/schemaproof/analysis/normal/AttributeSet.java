package dev.schemaproof.analysis.normal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An immutable set of attributes, each known by its position from 0, held as a bit set.
 *
 * <p>Sets are ordered by size, then by their first differing attribute, so that lists of keys come out the same each time.
 */
public final class AttributeSet implements Comparable<AttributeSet> {

    private static final Comparator<AttributeSet> ORDER =
            Comparator.comparingInt(AttributeSet::size).thenComparing(AttributeSet::firstDifference);

    private static final AttributeSet NONE = new AttributeSet(new long[0]);

    /** The last word is never 0, so that equal sets have equal words. */
    private final long[] words;

    private AttributeSet(long[] words) {
        this.words = words;
    }

    public static AttributeSet none() {
        return NONE;
    }

    /** The attributes at these positions. */
    public static AttributeSet of(int... positions) {
        var highest = Arrays.stream(positions).max().orElse(-1);
        var words = new long[(highest >> 6) + 1];
        for (var position : positions) {
            words[position >> 6] |= 1L << position;
        }
        return new AttributeSet(words);
    }

    /** The attributes at the positions 0 to before {@code width}. */
    public static AttributeSet firstOf(int width) {
        var words = new long[(width + 63) >> 6];
        Arrays.fill(words, -1L);
        if ((width & 63) != 0) {
            words[words.length - 1] = (1L << width) - 1;
        }
        return ofWords(words);
    }

    /** The attributes of one word: bit {@code i} is the attribute at the position {@code i}. */
    static AttributeSet ofWord(long word) {
        return word == 0 ? NONE : new AttributeSet(new long[] {word});
    }

    /** Takes the words over without copying them. */
    static AttributeSet ofWords(long[] words) {
        var length = words.length;
        while (length > 0 && words[length - 1] == 0) {
            length--;
        }
        return length == 0 ? NONE : new AttributeSet(length == words.length ? words : Arrays.copyOf(words, length));
    }

    /** A copy of the bits, 64 a word, in at least so many words. */
    long[] toWords(int atLeast) {
        return Arrays.copyOf(words, Math.max(words.length, atLeast));
    }

    /** The bits of the attributes before the 64th. */
    long firstWord() {
        return words.length == 0 ? 0 : words[0];
    }

    public boolean contains(int position) {
        return position >> 6 < words.length && (words[position >> 6] & 1L << position) != 0;
    }

    public boolean containsAll(AttributeSet other) {
        if (other.words.length > words.length) {
            return false;
        }
        for (var i = 0; i < other.words.length; i++) {
            if ((other.words[i] & ~words[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    public boolean intersects(AttributeSet other) {
        for (var i = Math.min(words.length, other.words.length) - 1; i >= 0; i--) {
            if ((words[i] & other.words[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    public AttributeSet union(AttributeSet other) {
        var union = toWords(other.words.length);
        for (var i = 0; i < other.words.length; i++) {
            union[i] |= other.words[i];
        }
        return ofWords(union);
    }

    public AttributeSet intersection(AttributeSet other) {
        var intersection = Arrays.copyOf(words, Math.min(words.length, other.words.length));
        for (var i = 0; i < intersection.length; i++) {
            intersection[i] &= other.words[i];
        }
        return ofWords(intersection);
    }

    public AttributeSet minus(AttributeSet other) {
        var difference = words.clone();
        for (var i = Math.min(words.length, other.words.length) - 1; i >= 0; i--) {
            difference[i] &= ~other.words[i];
        }
        return ofWords(difference);
    }

    public AttributeSet with(int position) {
        var extended = toWords((position >> 6) + 1);
        extended[position >> 6] |= 1L << position;
        return new AttributeSet(extended);
    }

    public AttributeSet without(int position) {
        if (!contains(position)) {
            return this;
        }
        var reduced = words.clone();
        reduced[position >> 6] &= ~(1L << position);
        return ofWords(reduced);
    }

    public boolean isEmpty() {
        return words.length == 0;
    }

    public int size() {
        var size = 0;
        for (var word : words) {
            size += Long.bitCount(word);
        }
        return size;
    }

    /** The positions, ascending. */
    public IntStream positions() {
        return Arrays.stream(toPositions());
    }

    /** The positions, ascending, in an array of the caller's own. */
    int[] toPositions() {
        var positions = new int[size()];
        var count = 0;
        for (var i = 0; i < words.length; i++) {
            for (var rest = words[i]; rest != 0; rest &= rest - 1) {
                positions[count++] = (i << 6) + Long.numberOfTrailingZeros(rest);
            }
        }
        return positions;
    }

    /** All parts of a set of at most 30 attributes, itself and the empty one included, smallest first. */
    Stream<AttributeSet> parts() {
        var positions = toPositions();
        return IntStream.rangeClosed(0, positions.length).boxed().flatMap(size -> choices(positions, size));
    }

    private static Stream<AttributeSet> choices(int[] positions, int size) {
        // The next number of as many bits, by Gosper
        return IntStream.iterate(
                        (1 << size) - 1,
                        mask -> mask < 1 << positions.length,
                        mask -> mask == 0 ? Integer.MAX_VALUE : nextOfAsManyBits(mask))
                .mapToObj(mask -> {
                    var chosen = new int[size];
                    var count = 0;
                    for (var rest = mask; rest != 0; rest &= rest - 1) {
                        chosen[count++] = positions[Integer.numberOfTrailingZeros(rest)];
                    }
                    return of(chosen);
                });
    }

    private static int nextOfAsManyBits(int mask) {
        var carried = mask + (mask & -mask);
        return carried | (mask ^ carried) >>> 2 + Integer.numberOfTrailingZeros(mask);
    }

    private int firstDifference(AttributeSet other) {
        for (var i = 0; i < Math.min(words.length, other.words.length); i++) {
            var difference = words[i] ^ other.words[i];
            if (difference != 0) {
                return (words[i] & Long.lowestOneBit(difference)) != 0 ? -1 : 1;
            }
        }
        return Integer.compare(other.words.length, words.length);
    }

    @Override
    public int compareTo(AttributeSet other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttributeSet set && Arrays.equals(words, set.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return Arrays.toString(positions().toArray());
    }
}
