package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.List;

/**
 * What attributes determine by functional and multivalued dependencies together: the finest partition of the other
 * attributes into blocks that vary independently. C. Beeri, "On the Membership Problem for Functional and Multivalued
 * Dependencies in Relational Databases", ACM TODS 5(3), 1980.
 *
 * @param determinant the attributes that determine
 * @param closure what they determine functionally, themselves included
 * @param blocks what they determine multivalued: unions of these, in order of their first attributes
 */
public record DependencyBasis(AttributeSet determinant, AttributeSet closure, List<AttributeSet> blocks) {

    public DependencyBasis {
        blocks = List.copyOf(blocks);
    }

    /** Finds the basis of a determinant, with as many refinements of a partition as there are attributes. */
    public static DependencyBasis of(
            DependencySet dependencies, List<MultivaluedDependency> multivalued, AttributeSet determinant) {
        var all = multivalued(dependencies, multivalued);
        var blocks = refined(dependencies.all().minus(determinant), all);
        var closure = determinant;
        for (var dependency : dependencies.dependencies()) {
            for (var position :
                    dependency.dependents().minus(dependency.determinant()).toPositions()) {
                if (blocks.contains(AttributeSet.of(position))) {
                    closure = closure.with(position);
                }
            }
        }
        return new DependencyBasis(determinant, closure, blocks);
    }

    /** Each functional dependency as one multivalued dependency for each attribute. */
    private static List<MultivaluedDependency> multivalued(
            DependencySet dependencies, List<MultivaluedDependency> multivalued) {
        var all = new ArrayList<>(multivalued);
        for (var dependency : dependencies.dependencies()) {
            dependency
                    .dependents()
                    .positions()
                    .forEach(position ->
                            all.add(new MultivaluedDependency(dependency.determinant(), AttributeSet.of(position))));
        }
        return all;
    }

    private static List<AttributeSet> refined(AttributeSet rest, List<MultivaluedDependency> multivalued) {
        var blocks = new ArrayList<AttributeSet>();
        if (!rest.isEmpty()) {
            blocks.add(rest);
        }
        var changed = true;
        while (changed) {
            changed = false;
            for (var dependency : multivalued) {
                for (var i = 0; i < blocks.size(); i++) {
                    var block = blocks.get(i);
                    var inside = block.intersection(dependency.dependents());
                    if (!inside.isEmpty() && !inside.equals(block) && !block.intersects(dependency.determinant())) {
                        blocks.set(i, inside);
                        blocks.add(block.minus(inside));
                        changed = true;
                    }
                }
            }
        }
        blocks.sort((one, other) -> Integer.compare(one.toPositions()[0], other.toPositions()[0]));
        return blocks;
    }

    /** Whether the dependents follow from the determinant. */
    public boolean determines(AttributeSet dependents) {
        return closure.containsAll(dependents);
    }

    /** Whether the dependents vary independently of the other attributes, for equal values of the determinant. */
    public boolean multidetermines(AttributeSet dependents) {
        return blocks.stream().allMatch(block -> dependents.containsAll(block) || !dependents.intersects(block));
    }
}
