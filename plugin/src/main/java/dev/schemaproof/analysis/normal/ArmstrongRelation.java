package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A relation in which exactly the dependencies hold that follow from a set: W. W. Armstrong, "Dependency Structures of Data
 * Base Relationships", IFIP Congress 1974; C. Beeri, M. Dowd, R. Fagin and R. Statman, "On the Structure of Armstrong Relations
 * for Functional Dependencies", JACM 31(1), 1984.
 *
 * <p>For each attribute it has the greatest sets that don't determine it, found dependency by dependency as in H. Mannila and
 * K.-J. Räihä, "Design by Example: An Application of Armstrong Relations", JCSS 33(2), 1986. There may be exponentially many.
 *
 * @param width the number of attributes
 * @param agreeing on which attributes each further row agrees with the first, and with no other row where the first doesn't
 */
public record ArmstrongRelation(int width, List<AttributeSet> agreeing) {

    /** So many rows are made. */
    public static final int LIMIT = 5_000;

    public ArmstrongRelation {
        agreeing = List.copyOf(agreeing);
    }

    /** Such a relation; empty if it needs more than {@link #LIMIT} rows on the way. */
    public static Optional<ArmstrongRelation> of(DependencySet dependencies) {
        var greatest = new ArrayList<Set<AttributeSet>>();
        for (var attribute = 0; attribute < dependencies.width(); attribute++) {
            greatest.add(Set.of(dependencies.all().without(attribute)));
        }
        for (var dependency : dependencies.minimalCover().dependencies()) {
            var size = add(dependency, greatest);
            if (size > LIMIT) {
                return Optional.empty();
            }
        }
        var agreeing = new TreeSet<AttributeSet>();
        greatest.forEach(agreeing::addAll);
        return Optional.of(new ArmstrongRelation(dependencies.width(), List.copyOf(agreeing)));
    }

    /** Replaces sets under which the dependency doesn't hold by their greatest parts under which it does. */
    private static int add(FunctionalDependency dependency, List<Set<AttributeSet>> greatest) {
        var before = List.copyOf(greatest);
        var size = 0;
        for (var attribute = 0; attribute < before.size(); attribute++) {
            var sets = new LinkedHashSet<AttributeSet>();
            for (var set : before.get(attribute)) {
                if (!set.containsAll(dependency.determinant()) || set.containsAll(dependency.dependents())) {
                    sets.add(set);
                } else {
                    dependency
                            .determinant()
                            .positions()
                            .forEach(position ->
                                    before.get(position).forEach(other -> sets.add(set.intersection(other))));
                }
            }
            greatest.set(attribute, greatestOf(sets));
            size += greatest.get(attribute).size();
        }
        return size;
    }

    private static Set<AttributeSet> greatestOf(Collection<AttributeSet> sets) {
        var kept = new LinkedHashSet<>(sets);
        kept.removeIf(set -> sets.stream().anyMatch(other -> !other.equals(set) && other.containsAll(set)));
        return kept;
    }

    /** The number of rows. */
    public int rows() {
        return agreeing.size() + 1;
    }

    /** The value of an attribute in a row: 0 where the row agrees with the first, else the row's number. */
    public int value(int row, int attribute) {
        return row == 0 || agreeing.get(row - 1).contains(attribute) ? 0 : row;
    }
}
