package dev.schemaproof.analysis.normal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Relations in Boyce-Codd normal form that join without loss. There may be none that also preserve every dependency: what is
 * lost is said.
 *
 * <p>It starts from the relations of {@link Synthesis}, which lose nothing, and splits those that are not yet in the normal
 * form. Whether a fragment is in it is co-NP-complete (C. Beeri and P. A. Bernstein, ACM TODS 4(1), 1979). While the work
 * allowed lasts, all parts of a fragment are tried as determinants; then the polynomial method of D.-M. Tsou and P. C. Fischer,
 * "Decomposition of a Relation Scheme into Boyce-Codd Normal Form", SIGACT News 14(3), 1982, takes over, which may split a
 * fragment that is in the normal form already, but leaves none that isn't.
 */
public final class BoyceCodd {

    /** So many parts of fragments are tried as determinants. */
    private static final int WORK = 100_000;

    private final DependencySet dependencies;
    private final List<AttributeSet> determinants;
    private int work;

    private BoyceCodd(DependencySet dependencies, int work) {
        this.dependencies = dependencies;
        this.work = work;
        determinants = dependencies.minimalCover().dependencies().stream()
                .map(FunctionalDependency::determinant)
                .distinct()
                .toList();
    }

    /** Decomposes a relation; one that is in the normal form stays whole. */
    public static Decomposition decompose(DependencySet dependencies) {
        return decompose(dependencies, WORK);
    }

    /**
     * Decomposes a relation.
     *
     * @param work how many parts of fragments may be tried as determinants
     */
    static Decomposition decompose(DependencySet dependencies, int work) {
        return Decomposition.of(dependencies, new BoyceCodd(dependencies, work).fragments());
    }

    private List<AttributeSet> fragments() {
        var done = new ArrayList<AttributeSet>();
        var open = new ArrayDeque<>(Synthesis.fragments(dependencies));
        while (!open.isEmpty()) {
            var fragment = open.pop();
            var parts = split(fragment);
            if (parts.isEmpty()) {
                done.add(fragment);
            }
            for (var i = parts.size() - 1; i >= 0; i--) {
                open.push(parts.get(i));
            }
        }
        return Synthesis.withoutContained(done);
    }

    /** Two fragments for one that is not in the normal form; none for one that is. */
    private List<AttributeSet> split(AttributeSet fragment) {
        var given = firstSplit(determinants.stream().filter(fragment::containsAll), fragment);
        // A whole relation is judged by its dependencies alone
        if (given.isPresent() || fragment.equals(dependencies.all())) {
            return given.orElse(List.of());
        }
        var pair = firstPair(fragment);
        if (pair.isEmpty()) {
            return List.of();
        }
        if (fragment.size() < Integer.SIZE - 1 && 1 << fragment.size() <= work) {
            work -= 1 << fragment.size();
            return firstSplit(fragment.parts(), fragment).orElse(List.of());
        }
        return splitAnyway(fragment, pair.get());
    }

    /** The split at the first of the determinants that determines something of the fragment, but not all of it. */
    private Optional<List<AttributeSet>> firstSplit(Stream<AttributeSet> tried, AttributeSet fragment) {
        return tried.flatMap(determinant -> {
                    var closure = dependencies.closure(determinant).intersection(fragment);
                    return closure.equals(determinant) || closure.equals(fragment)
                            ? Stream.of()
                            : Stream.of(List.of(closure, fragment.minus(closure).union(determinant)));
                })
                .findFirst();
    }

    /** Tsou's and Fischer's split: one part is in the normal form, the other lacks an attribute. */
    private List<AttributeSet> splitAnyway(AttributeSet fragment, Pair firstPair) {
        var part = fragment;
        var last = firstPair;
        for (var pair = Optional.of(firstPair); pair.isPresent(); pair = firstPair(part)) {
            last = pair.get();
            part = part.without(last.without());
        }
        return List.of(part, fragment.without(last.determined()));
    }

    /** An attribute of a fragment that the others determine even without a second one. */
    private record Pair(int determined, int without) {}

    /** The first pair; in a fragment that has none each dependency has a superkey as its determinant. */
    private Optional<Pair> firstPair(AttributeSet fragment) {
        return fragment.positions()
                .filter(determined ->
                        dependencies.closure(fragment.without(determined)).contains(determined))
                .boxed()
                .flatMap(determined -> without(fragment, determined).mapToObj(without -> new Pair(determined, without)))
                .findFirst();
    }

    private IntStream without(AttributeSet fragment, int determined) {
        var others = fragment.without(determined);
        return others.positions()
                .filter(without -> dependencies.closure(others.without(without)).contains(determined));
    }
}
