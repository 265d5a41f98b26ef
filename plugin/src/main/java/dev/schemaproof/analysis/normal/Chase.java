package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The chase, which shows whether the join of fragments is always the original: A. V. Aho, C. Beeri and J. D. Ullman, "The
 * Theory of Joins in Relational Databases", ACM TODS 4(3), 1979; with multivalued dependencies D. Maier, A. O. Mendelzon and
 * Y. Sagiv, "Testing Implications of Data Dependencies", ACM TODS 4(4), 1979.
 *
 * <p>A row for each fragment has 0, the value of the row looked for, in the attributes of the fragment, and values of its
 * own elsewhere. The dependencies make values equal, and multivalued ones add rows. The decomposition is lossless if and only
 * if a row of zeros comes out; if none does, the rows are a relation whose fragments join to one row more.
 */
public final class Chase {

    /** So many rows may be made; multivalued dependencies can ask for exponentially many. */
    public static final int ROW_LIMIT = 2_000;

    private final int width;
    private List<int[]> rows = new ArrayList<>();

    private Chase(int width, List<AttributeSet> fragments) {
        this.width = width;
        for (var i = 0; i < fragments.size(); i++) {
            var row = new int[width];
            for (var attribute = 0; attribute < width; attribute++) {
                row[attribute] = fragments.get(i).contains(attribute) ? 0 : i + 1;
            }
            rows.add(row);
        }
    }

    /** Whether the fragments of a relation with these dependencies always join to the original. */
    public static boolean lossless(DependencySet dependencies, List<AttributeSet> fragments) {
        return lossless(dependencies, List.of(), fragments) == Answer.YES;
    }

    /**
     * Whether the fragments of a relation with these dependencies always join to the original.
     *
     * @return unknown if more than {@link #ROW_LIMIT} rows would have been needed
     */
    public static Answer lossless(
            DependencySet dependencies, List<MultivaluedDependency> multivalued, List<AttributeSet> fragments) {
        var chase = new Chase(dependencies.width(), fragments);
        while (true) {
            chase.equate(dependencies);
            if (chase.hasRowOfZeros()) {
                return Answer.YES;
            }
            var known = chase.rows.size();
            for (var dependency : multivalued) {
                if (!chase.exchange(dependency)) {
                    return Answer.UNKNOWN;
                }
            }
            if (chase.rows.size() == known) {
                return Answer.NO;
            }
        }
    }

    private boolean hasRowOfZeros() {
        return rows.stream().anyMatch(row -> Arrays.stream(row).allMatch(value -> value == 0));
    }

    /** Makes values equal until the functional dependencies hold; the least value stands for all, so 0 is never lost. */
    private void equate(DependencySet dependencies) {
        var changed = true;
        while (changed) {
            changed = false;
            for (var dependency : dependencies.dependencies()) {
                changed |= equate(dependency);
            }
        }
        rows = distinct(rows);
    }

    private boolean equate(FunctionalDependency dependency) {
        var determinant = dependency.determinant().toPositions();
        var dependents = dependency.dependents().toPositions();
        var firsts = new HashMap<List<Integer>, int[]>();
        var changed = false;
        for (var row : rows) {
            var first = firsts.putIfAbsent(values(row, determinant), row);
            if (first != null) {
                for (var attribute : dependents) {
                    if (first[attribute] != row[attribute]) {
                        replace(
                                attribute,
                                Math.max(first[attribute], row[attribute]),
                                Math.min(first[attribute], row[attribute]));
                        changed = true;
                    }
                }
            }
        }
        return changed;
    }

    private void replace(int attribute, int value, int by) {
        for (var row : rows) {
            if (row[attribute] == value) {
                row[attribute] = by;
            }
        }
    }

    /** Adds the rows that the dependency asks for; whether there was room for them. */
    private boolean exchange(MultivaluedDependency dependency) {
        var determinant = dependency.determinant().toPositions();
        var known = new LinkedHashSet<List<Integer>>();
        var everywhere = AttributeSet.firstOf(width).toPositions();
        rows.forEach(row -> known.add(values(row, everywhere)));
        var groups = new HashMap<List<Integer>, List<int[]>>();
        rows.forEach(row -> groups.computeIfAbsent(values(row, determinant), key -> new ArrayList<>())
                .add(row));
        for (var group : groups.values()) {
            for (var one : group) {
                for (var other : group) {
                    var row = other.clone();
                    dependency.dependents().positions().forEach(attribute -> row[attribute] = one[attribute]);
                    if (known.add(values(row, everywhere))) {
                        if (rows.size() == ROW_LIMIT) {
                            return false;
                        }
                        rows.add(row);
                    }
                }
            }
        }
        return true;
    }

    private static List<int[]> distinct(List<int[]> rows) {
        var distinct = new LinkedHashSet<List<Integer>>();
        var kept = new ArrayList<int[]>();
        for (var row : rows) {
            if (distinct.add(Arrays.stream(row).boxed().toList())) {
                kept.add(row);
            }
        }
        return kept;
    }

    private static List<Integer> values(int[] row, int[] attributes) {
        return Arrays.stream(attributes).mapToObj(attribute -> row[attribute]).toList();
    }
}
