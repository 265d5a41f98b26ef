package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Relations to hold instead of one.
 *
 * @param fragments the attributes of each
 * @param lost what no fragment can enforce: of each dependency that doesn't follow from those within the fragments, the
 *     determinant and the attributes that it no longer determines
 * @param lossless whether the join of the fragments is always the original
 */
public record Decomposition(List<AttributeSet> fragments, List<FunctionalDependency> lost, boolean lossless) {

    public Decomposition {
        fragments = List.copyOf(fragments);
        lost = List.copyOf(lost);
    }

    /** Judges fragments that together have all attributes. */
    public static Decomposition of(DependencySet dependencies, List<AttributeSet> fragments) {
        return new Decomposition(
                fragments,
                lostBy(dependencies, fragments, dependencies::closure),
                Chase.lossless(dependencies, fragments));
    }

    /** Whether each dependency can be enforced within a fragment. */
    public boolean preserving() {
        return lost.isEmpty();
    }

    /** Of each dependency what can't be enforced within a fragment. */
    public static List<FunctionalDependency> lostBy(DependencySet dependencies, List<AttributeSet> fragments) {
        return lostBy(dependencies, fragments, dependencies::closure);
    }

    /**
     * Of each dependency what doesn't follow from those within fragments, found without projecting them: C. Beeri and P. Honeyman,
     * "Preserving Functional Dependencies", SIAM Journal on Computing 10(3), 1981.
     *
     * @param closure all that attributes determine; more than the dependencies say if there are multivalued ones, too
     */
    static List<FunctionalDependency> lostBy(
            DependencySet dependencies, List<AttributeSet> fragments, UnaryOperator<AttributeSet> closure) {
        var lost = new ArrayList<FunctionalDependency>();
        for (var dependency : dependencies.dependencies()) {
            var missing = dependency.dependents().minus(closureWithin(fragments, closure, dependency));
            if (!missing.isEmpty()) {
                lost.add(new FunctionalDependency(dependency.determinant(), missing));
            }
        }
        return lost;
    }

    /** What the determinant determines by dependencies within fragments; no more is looked for than is asked for. */
    private static AttributeSet closureWithin(
            List<AttributeSet> fragments, UnaryOperator<AttributeSet> closure, FunctionalDependency wanted) {
        if (fragments.stream().anyMatch(fragment -> fragment.containsAll(wanted.attributes()))) {
            return wanted.attributes();
        }
        var reached = wanted.determinant();
        var closed = new ArrayList<>(Collections.nCopies(fragments.size(), AttributeSet.none()));
        var before = -1;
        while (reached.size() > before && !reached.containsAll(wanted.dependents())) {
            before = reached.size();
            for (var i = 0; i < closed.size(); i++) {
                var fragment = fragments.get(i);
                var start = reached.intersection(fragment);
                if (start.isEmpty() || !start.equals(closed.get(i))) {
                    closed.set(i, closure.apply(start).intersection(fragment));
                    reached = reached.union(closed.get(i));
                }
            }
        }
        return reached;
    }
}
