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

    /** So many pairs of sets are compared on the way; that is some tenths of a second. */
    private static final long WORK = 20_000_000;

    public ArmstrongRelation {
        agreeing = List.copyOf(agreeing);
    }

    /** Such a relation; empty if finding it takes more work than is allowed, as it has to where it has very many rows. */
    public static Optional<ArmstrongRelation> of(DependencySet dependencies) {
        var greatest = new ArrayList<Set<AttributeSet>>();
        for (var attribute = 0; attribute < dependencies.width(); attribute++) {
            greatest.add(Set.of(dependencies.all().without(attribute)));
        }
        var work = WORK;
        for (var dependency : dependencies.minimalCover().dependencies()) {
            work = add(dependency, greatest, work);
            if (work < 0) {
                return Optional.empty();
            }
        }
        var agreeing = new TreeSet<AttributeSet>();
        greatest.forEach(agreeing::addAll);
        return Optional.of(new ArmstrongRelation(dependencies.width(), List.copyOf(agreeing)));
    }

    /**
     * Replaces sets under which the dependency doesn't hold by their greatest parts under which it does.
     *
     * @return what is left of the work allowed; negative as soon as it was not enough
     */
    private static long add(FunctionalDependency dependency, List<Set<AttributeSet>> greatest, long allowed) {
        var before = List.copyOf(greatest);
        var work = allowed;
        for (var attribute = 0; attribute < before.size() && work >= 0; attribute++) {
            var sets = new LinkedHashSet<AttributeSet>();
            for (var set : before.get(attribute)) {
                if (!set.containsAll(dependency.determinant()) || set.containsAll(dependency.dependents())) {
                    sets.add(set);
                } else {
                    for (var position : dependency.determinant().toPositions()) {
                        before.get(position).forEach(other -> sets.add(set.intersection(other)));
                        work -= before.get(position).size();
                    }
                }
            }
            if (!sets.equals(before.get(attribute))) {
                work -= (long) sets.size() * sets.size();
                if (work >= 0) {
                    greatest.set(attribute, greatestOf(sets));
                }
            }
        }
        return work;
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
