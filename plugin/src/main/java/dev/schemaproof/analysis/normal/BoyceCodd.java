package dev.schemaproof.analysis.normal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Relations in Boyce-Codd normal form that join without loss. There may be none that also preserve every dependency: what is
 * lost is said.
 *
 * <p>It starts from the relations of {@link Synthesis}, which lose nothing, and splits those that are not yet in the normal
 * form. Whether a fragment is in it is co-NP-complete (C. Beeri and P. A. Bernstein, ACM TODS 4(1), 1979); it is found by
 * projecting the dependencies, and where that would be too much work by the polynomial method of D.-M. Tsou and P. C.
 * Fischer, "Decomposition of a Relation Scheme into Boyce-Codd Normal Form", SIGACT News 14(3), 1982, which may split a
 * fragment that is in the normal form already, but leaves none that isn't.
 */
public final class BoyceCodd {

    private BoyceCodd() {}

    public static Decomposition decompose(DependencySet dependencies) {
        return decompose(dependencies, Projection.LIMIT);
    }

    /**
     * Decomposes a relation.
     *
     * @param limit how many dependencies may stand there at a time when they are projected
     */
    static Decomposition decompose(DependencySet dependencies, int limit) {
        var done = new ArrayList<AttributeSet>();
        var open = new ArrayDeque<>(Synthesis.fragments(dependencies));
        while (!open.isEmpty()) {
            var fragment = open.pop();
            var parts = split(dependencies, fragment, limit);
            if (parts.isEmpty()) {
                done.add(fragment);
            }
            for (var i = parts.size() - 1; i >= 0; i--) {
                open.push(parts.get(i));
            }
        }
        return Decomposition.of(dependencies, Synthesis.withoutContained(done));
    }

    /** Two fragments for one that is not in the normal form; none for one that is. */
    private static List<AttributeSet> split(DependencySet dependencies, AttributeSet fragment, int limit) {
        if (firstPair(dependencies, fragment).isEmpty()) {
            return List.of();
        }
        var projected = Projection.of(dependencies, fragment, limit);
        if (projected.isEmpty()) {
            return splitAnyway(dependencies, fragment);
        }
        return projected.get().stream()
                .map(dependency -> List.of(dependency.determinant(), dependencies.closure(dependency.determinant())))
                .filter(sides -> !sides.get(1).containsAll(fragment))
                .findFirst()
                .map(sides -> List.of(
                        sides.get(1).intersection(fragment),
                        fragment.minus(sides.get(1)).union(sides.get(0))))
                .orElse(List.of());
    }

    /** Tsou's and Fischer's split: one part is in the normal form, the other lacks an attribute. */
    private static List<AttributeSet> splitAnyway(DependencySet dependencies, AttributeSet fragment) {
        var part = fragment;
        var lastRemoved = -1;
        for (var pair = firstPair(dependencies, part); pair.isPresent(); pair = firstPair(dependencies, part)) {
            part = part.without(pair.get()[1]);
            lastRemoved = pair.get()[0];
        }
        return List.of(part, fragment.without(lastRemoved));
    }

    /**
     * An attribute that the fragment determines even without it and a second one. In a fragment without such a pair each
     * dependency has a superkey as its determinant.
     */
    private static Optional<int[]> firstPair(DependencySet dependencies, AttributeSet fragment) {
        for (var second : fragment.toPositions()) {
            var without = fragment.without(second);
            for (var first : without.toPositions()) {
                if (dependencies.closure(without.without(first)).contains(first)) {
                    return Optional.of(new int[] {first, second});
                }
            }
        }
        return Optional.empty();
    }
}
