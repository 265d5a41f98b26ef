package dev.schemaproof.analysis.normal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Closures over at most 64 attributes: a set of attributes is one word, and so are 64 dependencies. A dependency waits for
 * the attributes of its determinant that are not yet reached. Which ones wait is looked up for four missing attributes at a
 * time, those that don't are used, and so on until nothing is added.
 */
final class WordClosures implements Closures {

    /** For each 64 dependencies, each four attributes, and each choice of those: the dependencies that wait for one of them. */
    private final long[] waiting;

    /** So much of it belongs to the same 64 dependencies. */
    private final int stride;

    private final long[] rightSides;

    /** The dependencies that there are, 64 a word. */
    private final long[] present;

    /** The attributes of all determinants: what else is missing, nothing waits for. */
    private final long awaited;

    WordClosures(List<FunctionalDependency> dependencies) {
        rightSides = dependencies.stream()
                .mapToLong(dependency -> dependency.dependents().firstWord())
                .toArray();
        awaited = dependencies.stream()
                .mapToLong(dependency -> dependency.determinant().firstWord())
                .reduce(0, (one, other) -> one | other);
        stride = (Long.SIZE - Long.numberOfLeadingZeros(awaited) + 3 >> 2) * 16;
        var blocks = (rightSides.length + 63) >> 6;
        present = AttributeSet.firstOf(rightSides.length).toWords(blocks);
        waiting = new long[blocks * stride];
        for (var i = 0; i < rightSides.length; i++) {
            for (var rest = dependencies.get(i).determinant().firstWord(); rest != 0; rest &= rest - 1) {
                var attribute = Long.numberOfTrailingZeros(rest);
                waiting[(i >> 6) * stride + (attribute >> 2) * 16 + (1 << (attribute & 3))] |= 1L << i;
            }
        }
        for (var i = 0; i < waiting.length; i += 16) {
            for (var choice = 3; choice < 16; choice++) {
                waiting[i + choice] |= waiting[i + (choice & choice - 1)] | waiting[i + (choice & -choice)];
            }
        }
    }

    @Override
    public AttributeSet of(AttributeSet attributes) {
        return AttributeSet.ofWord(
                present.length == 1
                        ? closure(attributes.firstWord(), present[0])
                        : closure(attributes.firstWord(), present.clone()));
    }

    @Override
    public AttributeSet of(AttributeSet attributes, BitSet unused) {
        var usable = present.clone();
        var excluded = Arrays.copyOf(unused.toLongArray(), usable.length);
        for (var i = 0; i < usable.length; i++) {
            usable[i] &= ~excluded[i];
        }
        return AttributeSet.ofWord(closure(attributes.firstWord(), usable));
    }

    private long closure(long attributes, long usable) {
        var closure = attributes;
        var unused = usable;
        while (true) {
            var ready = unused & ~waiting(0, awaited & ~closure);
            if (ready == 0) {
                return closure;
            }
            unused ^= ready;
            closure = use(ready, 0, closure);
        }
    }

    private long closure(long attributes, long[] unused) {
        var closure = attributes;
        var before = ~closure;
        while (closure != before) {
            before = closure;
            for (var block = 0; block < unused.length; block++) {
                var ready = unused[block] & ~waiting(block, awaited & ~closure);
                unused[block] ^= ready;
                closure = use(ready, block, closure);
            }
        }
        return closure;
    }

    private long waiting(int block, long missing) {
        var found = 0L;
        var base = block * stride;
        for (var rest = missing; rest != 0; rest >>>= 4) {
            found |= waiting[base + (int) (rest & 15)];
            base += 16;
        }
        return found;
    }

    private long use(long ready, int block, long closure) {
        var extended = closure;
        for (var rest = ready; rest != 0; rest &= rest - 1) {
            extended |= rightSides[(block << 6) + Long.numberOfTrailingZeros(rest)];
        }
        return extended;
    }
}
