package dev.schemaproof.analysis.normal;

import java.util.Arrays;
import java.util.List;

/**
 * Functional dependencies over the attributes 0 to before {@code width}, prepared for closures.
 *
 * <p>Closures are those of C. Beeri and P. A. Bernstein, "Computational Problems Related to the Design of Normal Form
 * Relational Schemas", ACM TODS 4(1), 1979: linear in the total size of the dependencies.
 */
public final class DependencySet {

    private final int width;
    private final List<FunctionalDependency> dependencies;

    /** How many attributes stand on each left side. */
    private final int[] leftSizes;

    /** For each attribute the dependencies on whose left side it stands. */
    private final int[][] usedBy;

    private final long[][] rightSides;

    public DependencySet(int width, List<FunctionalDependency> dependencies) {
        this.width = width;
        this.dependencies = List.copyOf(dependencies);
        var wordCount = (width + 63) >> 6;
        leftSizes = dependencies.stream()
                .mapToInt(dependency -> dependency.determinant().size())
                .toArray();
        rightSides = dependencies.stream()
                .map(dependency -> dependency.dependents().toWords(wordCount))
                .toArray(long[][]::new);
        var counts = new int[width];
        this.dependencies.forEach(
                dependency -> dependency.determinant().positions().forEach(position -> counts[position]++));
        usedBy = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
        for (var i = 0; i < this.dependencies.size(); i++) {
            for (var position :
                    this.dependencies.get(i).determinant().positions().toArray()) {
                usedBy[position][--counts[position]] = i;
            }
        }
    }

    /** The number of attributes. */
    public int width() {
        return width;
    }

    public List<FunctionalDependency> dependencies() {
        return dependencies;
    }

    /** All attributes. */
    public AttributeSet all() {
        return AttributeSet.firstOf(width);
    }

    /** Everything that the attributes determine, themselves included. */
    public AttributeSet closure(AttributeSet attributes) {
        var closure = attributes.toWords((width + 63) >> 6);
        var missing = leftSizes.clone();
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

    /** Whether the dependency follows from these. */
    public boolean implies(FunctionalDependency dependency) {
        return closure(dependency.determinant()).containsAll(dependency.dependents());
    }

    /** Whether the attributes determine all others. */
    public boolean isSuperkey(AttributeSet attributes) {
        return closure(attributes).containsAll(all());
    }

    /**
     * A least part of the attributes that still determines the goal; the first attributes are kept where there is a choice.
     *
     * @param attributes determine the goal
     */
    public AttributeSet reduce(AttributeSet attributes, AttributeSet goal) {
        var reduced = attributes;
        var positions = attributes.positions().toArray();
        for (var i = positions.length - 1; i >= 0; i--) {
            var smaller = reduced.without(positions[i]);
            if (closure(smaller).containsAll(goal)) {
                reduced = smaller;
            }
        }
        return reduced;
    }
}
