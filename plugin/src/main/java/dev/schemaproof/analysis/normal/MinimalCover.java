package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/**
 * Covers without redundance, as D. Maier defines them in "Minimum Covers in the Relational Database Model", JACM 27(4), 1980;
 * with one attribute on each right side.
 */
final class MinimalCover {

    private static final Comparator<FunctionalDependency> ORDER =
            Comparator.comparing(FunctionalDependency::determinant).thenComparing(FunctionalDependency::dependents);

    private final int width;

    private MinimalCover(int width) {
        this.width = width;
    }

    static DependencySet of(DependencySet dependencies) {
        var cover = new MinimalCover(dependencies.width());
        return cover.withoutRedundant(cover.reduced(cover.trimmed(dependencies)));
    }

    /**
     * Without dependents that follow from the rest. Where many keys determine everything, this is what keeps the work small:
     * of each remains what leads to the next.
     */
    private DependencySet trimmed(DependencySet dependencies) {
        var byDeterminant = new LinkedHashMap<AttributeSet, AttributeSet>();
        dependencies.dependencies().stream()
                .sorted(ORDER)
                .forEach(dependency -> byDeterminant.merge(
                        dependency.determinant(),
                        dependency.dependents().minus(dependency.determinant()),
                        AttributeSet::union));
        var trimmed = new ArrayList<FunctionalDependency>();
        byDeterminant.forEach(
                (determinant, dependents) -> trimmed.add(new FunctionalDependency(determinant, dependents)));
        for (var i = trimmed.size() - 1; i >= 0; i--) {
            var one = trimmed.remove(i);
            var others = new DependencySet(width, trimmed);
            var missing = one.dependents().minus(others.closure(one.determinant()));
            if (!missing.isEmpty()) {
                var needed = Least.of(
                        one.determinant(),
                        missing.toPositions(),
                        some -> others.closure(some).containsAll(missing));
                trimmed.add(i, new FunctionalDependency(one.determinant(), needed.minus(one.determinant())));
            }
        }
        return new DependencySet(width, trimmed);
    }

    /** One attribute on each right side, and none too many on a left side. */
    private List<FunctionalDependency> reduced(DependencySet dependencies) {
        var reduced = new TreeSet<>(ORDER);
        for (var dependency : dependencies.dependencies()) {
            for (var position : dependency.dependents().toPositions()) {
                var goal = AttributeSet.of(position);
                reduced.add(new FunctionalDependency(dependencies.reduce(dependency.determinant(), goal), goal));
            }
        }
        return List.copyOf(reduced);
    }

    /** Long determinants go first: they tend to be what follows from the others. */
    private DependencySet withoutRedundant(List<FunctionalDependency> reduced) {
        var all = new DependencySet(width, reduced);
        var unused = new BitSet();
        for (var i = reduced.size() - 1; i >= 0; i--) {
            unused.set(i);
            unused.set(
                    i,
                    all.closure(reduced.get(i).determinant(), unused)
                            .containsAll(reduced.get(i).dependents()));
        }
        if (unused.isEmpty()) {
            return all;
        }
        var kept = new ArrayList<FunctionalDependency>();
        for (var i = unused.nextClearBit(0); i < reduced.size(); i = unused.nextClearBit(i + 1)) {
            kept.add(reduced.get(i));
        }
        return new DependencySet(width, kept);
    }
}
