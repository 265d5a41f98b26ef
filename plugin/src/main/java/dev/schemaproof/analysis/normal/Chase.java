package dev.schemaproof.analysis.normal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /** The positions of all attributes. */
    private final int[] everywhere;

    private List<int[]> rows = new ArrayList<>();

    private Chase(int width, List<AttributeSet> fragments) {
        everywhere = AttributeSet.firstOf(width).toPositions();
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
                var answer = chase.exchange(dependency);
                if (answer != Answer.NO) {
                    return answer;
                }
            }
            if (chase.rows.size() == known) {
                return Answer.NO;
            }
        }
    }

    private boolean hasRowOfZeros() {
        return rows.stream().anyMatch(Chase::isOfZeros);
    }

    private static boolean isOfZeros(int[] row) {
        for (var value : row) {
            if (value != 0) {
                return false;
            }
        }
        return true;
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

    @SuppressWarnings("ReferenceEquality") // the very row, not an equal one
    private boolean equate(FunctionalDependency dependency) {
        var determinant = dependency.determinant().toPositions();
        var dependents = dependency.dependents().minus(dependency.determinant()).toPositions();
        var firsts = new RowTable(determinant, rows.size());
        var changed = false;
        for (var row : rows) {
            var first = firsts.firstLike(row);
            for (var attribute : first == row ? new int[0] : dependents) {
                if (first[attribute] != row[attribute]) {
                    replace(
                            attribute,
                            Math.max(first[attribute], row[attribute]),
                            Math.min(first[attribute], row[attribute]));
                    changed = true;
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

    /** Adds the rows that the dependency asks for. Yes if one is of zeros, unknown if there was no room for all. */
    @SuppressWarnings("ArrayAsKeyOfSetOrMap") // the first row of a group stands for it by its identity
    private Answer exchange(MultivaluedDependency dependency) {
        var dependents = dependency.dependents().toPositions();
        var known = new RowTable(everywhere, ROW_LIMIT);
        var groups = new LinkedHashMap<int[], List<int[]>>();
        var firsts = new RowTable(dependency.determinant().toPositions(), rows.size());
        for (var row : rows) {
            known.firstLike(row);
            groups.computeIfAbsent(firsts.firstLike(row), first -> new ArrayList<>())
                    .add(row);
        }
        for (var group : groups.values()) {
            for (var one : group) {
                for (var other : group) {
                    var row = other.clone();
                    for (var attribute : dependents) {
                        row[attribute] = one[attribute];
                    }
                    if (known.contains(row)) {
                        continue;
                    }
                    if (isOfZeros(row)) {
                        return Answer.YES;
                    }
                    if (rows.size() == ROW_LIMIT) {
                        return Answer.UNKNOWN;
                    }
                    rows.add(known.firstLike(row));
                }
            }
        }
        return Answer.NO;
    }

    @SuppressWarnings("ReferenceEquality") // the very row, not an equal one
    private List<int[]> distinct(List<int[]> rows) {
        var table = new RowTable(everywhere, rows.size());
        return new ArrayList<>(
                rows.stream().filter(row -> table.firstLike(row) == row).toList());
    }
}
