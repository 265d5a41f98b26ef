package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Dependencies embedded in a part of the attributes, by the resolution of G. Gottlob, "Computing Covers for Embedded
 * Functional Dependencies", PODS 1987: the other attributes are eliminated one by one.
 */
final class Projection {

    /** So much work is done, in squares of the number of dependencies that stand there; that is a second or so. */
    static final long WORK = 10_000_000;

    private Projection() {}

    static Optional<List<FunctionalDependency>> of(DependencySet dependencies, AttributeSet attributes, long work) {
        var cover = dependencies.minimalCover();
        var left = work;
        for (var others = dependencies.all().minus(attributes); !others.isEmpty(); ) {
            var eliminated = cheapest(others, cover.dependencies());
            var resolved = eliminate(cover.dependencies(), eliminated);
            left -= (long) resolved.size() * resolved.size();
            if (left < 0) {
                return Optional.empty();
            }
            cover = new DependencySet(dependencies.width(), resolved).minimalCover();
            others = others.without(eliminated);
        }
        return Optional.of(cover.dependencies());
    }

    /** The attribute through which the fewest pairs of dependencies go. */
    private static int cheapest(AttributeSet attributes, List<FunctionalDependency> dependencies) {
        return attributes
                .positions()
                .boxed()
                .min(Comparator.comparingLong(attribute -> {
                    var into = dependencies.stream()
                            .filter(dependency -> dependency.dependents().contains(attribute))
                            .count();
                    return into
                            * dependencies.stream()
                                    .filter(dependency ->
                                            dependency.determinant().contains(attribute))
                                    .count();
                }))
                .orElseThrow();
    }

    /** What remains without an attribute: dependencies through it are replaced by their composition. */
    private static List<FunctionalDependency> eliminate(List<FunctionalDependency> dependencies, int eliminated) {
        var resolved = new LinkedHashSet<FunctionalDependency>();
        var into = new ArrayList<FunctionalDependency>();
        for (var dependency : dependencies) {
            if (dependency.dependents().contains(eliminated)) {
                into.add(dependency);
            } else if (!dependency.determinant().contains(eliminated)) {
                resolved.add(dependency);
            }
        }
        for (var dependency : dependencies) {
            if (dependency.determinant().contains(eliminated)) {
                var rest = dependency.determinant().without(eliminated);
                for (var first : into) {
                    var composed = new FunctionalDependency(rest.union(first.determinant()), dependency.dependents());
                    if (!composed.trivial()) {
                        resolved.add(composed);
                    }
                }
            }
        }
        return List.copyOf(resolved);
    }
}
