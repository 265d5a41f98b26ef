package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Minimal covers by definition, for few attributes. */
final class ExerciseCovers {

    private ExerciseCovers() {}

    /** The same dependencies with one attribute on each right side. */
    static List<FunctionalDependency> withSingleDependents(List<FunctionalDependency> dependencies) {
        return dependencies.stream()
                .flatMap(dependency -> dependency
                        .dependents()
                        .positions()
                        .mapToObj(position ->
                                new FunctionalDependency(dependency.determinant(), AttributeSet.of(position))))
                .toList();
    }

    /** Whether each dependency is needed, and each attribute on its left side. */
    static boolean isMinimal(int width, List<FunctionalDependency> dependencies) {
        var all = new DependencySet(width, dependencies);
        return dependencies.stream()
                .noneMatch(dependency -> followsFromOthers(width, dependencies, dependency)
                        || dependency
                                .determinant()
                                .positions()
                                .anyMatch(position -> all.implies(new FunctionalDependency(
                                        dependency.determinant().without(position), dependency.dependents()))));
    }

    private static boolean followsFromOthers(
            int width, List<FunctionalDependency> dependencies, FunctionalDependency dependency) {
        var others = new ArrayList<>(dependencies);
        others.remove(dependency);
        return new DependencySet(width, others).implies(dependency);
    }

    /**
     * The minimal cover, if there is but one: then it is made of the dependencies that don't follow from the others, of all
     * that have a least left side.
     */
    static Optional<Set<FunctionalDependency>> onlyCover(DependencySet dependencies) {
        var least = leastDependencies(dependencies);
        var needed = least.stream()
                .filter(dependency -> !followsFromOthers(dependencies.width(), least, dependency))
                .toList();
        return new DependencySet(dependencies.width(), needed).impliesAll(least)
                ? Optional.of(new HashSet<>(needed))
                : Optional.empty();
    }

    private static List<FunctionalDependency> leastDependencies(DependencySet dependencies) {
        return ExerciseForm.subsets(dependencies.all())
                .flatMap(left -> dependencies
                        .closure(left)
                        .minus(left)
                        .positions()
                        .filter(attribute -> left.positions()
                                .noneMatch(position -> dependencies
                                        .closure(left.without(position))
                                        .contains(attribute)))
                        .mapToObj(attribute -> new FunctionalDependency(left, AttributeSet.of(attribute))))
                .toList();
    }
}
