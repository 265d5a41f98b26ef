package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** Covers as D. Maier defines them in "Minimum Covers in the Relational Database Model", JACM 27(4), 1980. */
final class MinimalCover {

    private static final Comparator<FunctionalDependency> ORDER =
            Comparator.comparing(FunctionalDependency::determinant).thenComparing(FunctionalDependency::dependents);

    private MinimalCover() {}

    static DependencySet of(DependencySet dependencies) {
        var reduced = new LinkedHashSet<FunctionalDependency>();
        for (var dependency : dependencies.dependencies()) {
            for (var position :
                    dependency.dependents().minus(dependency.determinant()).toPositions()) {
                var goal = AttributeSet.of(position);
                reduced.add(new FunctionalDependency(dependencies.reduce(dependency.determinant(), goal), goal));
            }
        }
        var sorted = new ArrayList<>(reduced);
        sorted.sort(ORDER);
        return new DependencySet(dependencies.width(), withoutRedundant(dependencies.width(), sorted));
    }

    /** Long determinants go first: they are the ones that tend to follow from the others. */
    private static List<FunctionalDependency> withoutRedundant(int width, List<FunctionalDependency> sorted) {
        var kept = new ArrayList<>(sorted);
        for (var i = kept.size() - 1; i >= 0; i--) {
            var dependency = kept.remove(i);
            if (!new DependencySet(width, kept).implies(dependency)) {
                kept.add(i, dependency);
            }
        }
        return kept;
    }
}
