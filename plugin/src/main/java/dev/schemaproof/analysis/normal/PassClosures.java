package dev.schemaproof.analysis.normal;

import java.util.BitSet;
import java.util.List;

/** Closures over at most 64 attributes by passes over all dependencies until none adds anything: nothing is faster for a few. */
final class PassClosures implements Closures {

    /** Past so many dependencies {@link WordClosures} are faster. */
    static final int MANY = 20;

    private final long[] leftSides;
    private final long[] rightSides;

    PassClosures(List<FunctionalDependency> dependencies) {
        leftSides = dependencies.stream()
                .mapToLong(dependency -> dependency.determinant().firstWord())
                .toArray();
        rightSides = dependencies.stream()
                .mapToLong(dependency -> dependency.dependents().firstWord())
                .toArray();
    }

    @Override
    public AttributeSet of(AttributeSet attributes) {
        var closure = attributes.firstWord();
        var before = ~closure;
        while (closure != before) {
            before = closure;
            for (var i = 0; i < leftSides.length; i++) {
                if ((leftSides[i] & ~closure) == 0) {
                    closure |= rightSides[i];
                }
            }
        }
        return AttributeSet.ofWord(closure);
    }

    @Override
    public AttributeSet of(AttributeSet attributes, BitSet unused) {
        var closure = attributes.firstWord();
        var before = ~closure;
        while (closure != before) {
            before = closure;
            for (var i = unused.nextClearBit(0); i < leftSides.length; i = unused.nextClearBit(i + 1)) {
                if ((leftSides[i] & ~closure) == 0) {
                    closure |= rightSides[i];
                }
            }
        }
        return AttributeSet.ofWord(closure);
    }
}
