package dev.schemaproof.discover.search;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.FunctionalDependency;
import java.util.List;

/**
 * What holds in a table: exact, but perhaps not all.
 *
 * @param dependencies the minimal functional dependencies that are not trivial, one for each determinant, smallest
 *     determinants first: no part of a determinant determines any of its dependents. A constant column depends on the empty set
 * @param keys the minimal sets of columns that determine all others. Where no two rows are equal, these are the minimal unique
 *     column combinations; otherwise there are none
 * @param explored determinants and keys of up to this size are complete; -1 if nothing could be shown
 * @param end why there may be larger ones
 */
public record Discovered(List<FunctionalDependency> dependencies, List<AttributeSet> keys, int explored, End end) {

    public Discovered {
        dependencies = List.copyOf(dependencies);
        keys = List.copyOf(keys);
    }

    /** Why the search ended. */
    public enum End {
        /** There is nothing more. */
        COMPLETE,
        /** Larger determinants were not asked for. */
        SIZE,
        /** The time was up. */
        TIME,
        /** The memory was used up by candidates. */
        MEMORY
    }

    /** Whether nothing is missing. */
    public boolean complete() {
        return end == End.COMPLETE;
    }
}
