package dev.schemaproof.analysis.access;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A query or subquery whose tables are joined with each other.
 *
 * @param id its number in the pattern, from 0
 * @param order its order
 * @param limited whether it ends after a number of rows
 * @param streaming whether it gives out rows as it reads them, without grouping or comparing them first
 * @param around the uses around it that have to be known before it can be asked; empty if it is joined with them
 */
public record QueryBlock(int id, List<Sort> order, boolean limited, boolean streaming, Set<Integer> around) {

    public QueryBlock {
        order = List.copyOf(order);
        around = Set.copyOf(around);
    }

    /**
     * A sort key.
     *
     * @param use the use that it belongs to, unless it combines several
     * @param anyNulls whether it doesn't matter where absent values stand
     */
    public record Sort(OptionalInt use, Term term, boolean descending, boolean nullsFirst, boolean anyNulls) {}
}
