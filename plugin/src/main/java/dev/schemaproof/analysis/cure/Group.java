package dev.schemaproof.analysis.cure;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.DependencySet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What is no key and still determines something: one fact, for which there should be one entity.
 *
 * <p>These are the groups of P. A. Bernstein, "Synthesizing Third Normal Form Relations from Functional Dependencies",
 * ACM TODS 1(4), 1976: the dependencies of a minimal cover, those together whose left sides determine each other. As the
 * cover repeats nothing, an attribute stands in the group of its nearest determinant: {@code state} in that of {@code city},
 * not in that of the {@code zip_code} that determines the city.
 *
 * @param determinant the smallest of the left sides
 * @param alternatives the other left sides
 * @param dependents everything else that stands in the group
 */
record Group(AttributeSet determinant, List<AttributeSet> alternatives, AttributeSet dependents) {

    Group {
        alternatives = List.copyOf(alternatives);
    }

    /** All groups whose determinant is no superkey, in the order of the cover. */
    static List<Group> of(DependencySet dependencies) {
        Map<AttributeSet, TreeSet<AttributeSet>> determinants = new LinkedHashMap<>();
        Map<AttributeSet, AttributeSet> members = new LinkedHashMap<>();
        for (var dependency : dependencies.minimalCover().dependencies()) {
            var closure = dependencies.closure(dependency.determinant());
            // What nothing determines has one value, and is no fact about anything
            if (!dependency.determinant().isEmpty() && !closure.containsAll(dependencies.all())) {
                determinants.computeIfAbsent(closure, key -> new TreeSet<>()).add(dependency.determinant());
                members.merge(closure, dependency.determinant().union(dependency.dependents()), AttributeSet::union);
            }
        }
        var groups = new ArrayList<Group>();
        determinants.forEach((closure, sides) -> groups.add(new Group(
                sides.first(),
                sides.stream().skip(1).toList(),
                members.getOrDefault(closure, AttributeSet.none()).minus(sides.first()))));
        return groups;
    }

    /** Whether one of its left sides stands in the attributes. */
    boolean isWithin(AttributeSet attributes) {
        return attributes.containsAll(determinant) || alternatives.stream().anyMatch(attributes::containsAll);
    }
}
