package dev.schemaproof.analysis.normal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Closures of C. Beeri and P. A. Bernstein, "Computational Problems Related to the Design of Normal Form Relational
 * Schemas", ACM TODS 4(1), 1979: linear in the total size of the dependencies, for any number of attributes.
 */
final class LinearClosures implements Closures {

    private final int width;

    /** How many attributes stand on each left side. */
    private final int[] leftSizes;

    /** For each attribute the dependencies on whose left side it stands. */
    private final int[][] usedBy;

    private final long[][] rightSides;

    LinearClosures(int width, List<FunctionalDependency> dependencies) {
        this.width = width;
        var wordCount = (width + 63) >> 6;
        leftSizes = dependencies.stream()
                .mapToInt(dependency -> dependency.determinant().size())
                .toArray();
        rightSides = dependencies.stream()
                .map(dependency -> dependency.dependents().toWords(wordCount))
                .toArray(long[][]::new);
        var counts = new int[width];
        dependencies.forEach(
                dependency -> dependency.determinant().positions().forEach(position -> counts[position]++));
        usedBy = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
        for (var i = 0; i < dependencies.size(); i++) {
            for (var position : dependencies.get(i).determinant().toPositions()) {
                usedBy[position][--counts[position]] = i;
            }
        }
    }

    @Override
    public AttributeSet of(AttributeSet attributes) {
        return closure(attributes, leftSizes.clone());
    }

    @Override
    public AttributeSet of(AttributeSet attributes, BitSet unused) {
        var missing = leftSizes.clone();
        // What counts down from below 0 is never used
        unused.stream().forEach(dependency -> missing[dependency] = -1);
        return closure(attributes, missing);
    }

    private AttributeSet closure(AttributeSet attributes, int[] missing) {
        var closure = attributes.toWords((width + 63) >> 6);
        var pending = new int[width];
        var count = 0;
        for (var word = 0; word < closure.length; word++) {
            count = push(closure[word], word, pending, count);
        }
        for (var i = 0; i < missing.length; i++) {
            if (missing[i] == 0) {
                count = fire(i, closure, pending, count);
            }
        }
        while (count > 0) {
            for (var dependency : usedBy[pending[--count]]) {
                if (--missing[dependency] == 0) {
                    count = fire(dependency, closure, pending, count);
                }
            }
        }
        return AttributeSet.ofWords(closure);
    }

    private int fire(int dependency, long[] closure, int[] pending, int count) {
        var right = rightSides[dependency];
        var pushed = count;
        for (var word = 0; word < right.length; word++) {
            var added = right[word] & ~closure[word];
            closure[word] |= added;
            pushed = push(added, word, pending, pushed);
        }
        return pushed;
    }

    private static int push(long bits, int word, int[] pending, int count) {
        var pushed = count;
        for (var rest = bits; rest != 0; rest &= rest - 1) {
            pending[pushed++] = (word << 6) + Long.numberOfTrailingZeros(rest);
        }
        return pushed;
    }
}
