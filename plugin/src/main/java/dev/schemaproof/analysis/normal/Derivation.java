package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How attributes come to determine others: the dependencies used, in order, each of whose determinants is among the
 * attributes reached before it. They are the derivations by axioms of W. W. Armstrong, "Dependency Structures of Data Base
 * Relationships", IFIP Congress 1974, in the form of D. Maier's derivation sequences, without the steps that the goal
 * doesn't need.
 *
 * @param from where it starts
 * @param goal what it reaches
 * @param steps in order; none if the goal is a part of the start
 */
public record Derivation(AttributeSet from, AttributeSet goal, List<Step> steps) {

    public Derivation {
        steps = List.copyOf(steps);
    }

    /**
     * One use of a dependency.
     *
     * @param dependency its index in the set of dependencies
     * @param adds what the rest of the derivation or the goal needs of its dependents
     */
    public record Step(int dependency, AttributeSet adds) {}

    /** The derivation in which each dependency is used as early as it can be. */
    static Optional<Derivation> of(DependencySet dependencies, AttributeSet from, AttributeSet goal) {
        var steps = forward(dependencies.dependencies(), from, goal);
        var needed = goal.minus(from);
        var used = new ArrayList<Step>();
        for (var i = steps.size() - 1; i >= 0; i--) {
            var step = steps.get(i);
            var adds = step.adds().intersection(needed);
            if (!adds.isEmpty()) {
                var determinant =
                        dependencies.dependencies().get(step.dependency()).determinant();
                used.add(new Step(step.dependency(), adds));
                needed = needed.minus(adds).union(determinant.minus(from));
            }
        }
        Collections.reverse(used);
        return needed.isEmpty() ? Optional.of(new Derivation(from, goal, used)) : Optional.empty();
    }

    /** All steps that add something, in rounds, until the goal or the end is reached. */
    private static List<Step> forward(List<FunctionalDependency> dependencies, AttributeSet from, AttributeSet goal) {
        var steps = new ArrayList<Step>();
        var reached = from;
        var size = -1;
        while (steps.size() > size && !reached.containsAll(goal)) {
            size = steps.size();
            var before = reached;
            for (var i = 0; i < dependencies.size(); i++) {
                var dependency = dependencies.get(i);
                if (before.containsAll(dependency.determinant()) && !reached.containsAll(dependency.dependents())) {
                    steps.add(new Step(i, dependency.dependents().minus(reached)));
                    reached = reached.union(dependency.dependents());
                }
            }
        }
        return steps;
    }
}
