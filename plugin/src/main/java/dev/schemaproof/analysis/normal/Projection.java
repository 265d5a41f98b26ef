package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Dependencies embedded in a part of the attributes, by the resolution of G. Gottlob, "Computing Covers for Embedded
 * Functional Dependencies", PODS 1987: the other attributes are eliminated one by one.
 */
final class Projection {

    /** So many dependencies may stand there at a time. */
    static final int LIMIT = 2_000;

    private Projection() {}

    static Optional<List<FunctionalDependency>> of(DependencySet dependencies, AttributeSet attributes, int limit) {
        var cover = dependencies.minimalCover();
        if (cover.dependencies().size() > limit) {
            return Optional.empty();
        }
        for (var eliminated : dependencies.all().minus(attributes).toPositions()) {
            var resolved = eliminate(cover.dependencies(), eliminated);
            if (resolved.size() > limit) {
                return Optional.empty();
            }
            cover = new DependencySet(dependencies.width(), resolved).minimalCover();
        }
        return Optional.of(cover.dependencies());
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
