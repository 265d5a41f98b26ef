package dev.schemaproof.analysis.normal;

import java.util.List;

/** Closures over at most 64 attributes, whose sets are one word: by passes over all dependencies until none adds anything. */
final class WordClosures implements Closures {

    private final long[] leftSides;
    private final long[] rightSides;

    private WordClosures(List<FunctionalDependency> dependencies) {
        leftSides = dependencies.stream()
                .mapToLong(dependency -> dependency.determinant().firstWord())
                .toArray();
        rightSides = dependencies.stream()
                .mapToLong(dependency -> dependency.dependents().firstWord())
                .toArray();
    }

    static Closures under(int width, List<FunctionalDependency> dependencies) {
        return new WordClosures(dependencies);
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
}
