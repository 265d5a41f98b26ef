package dev.schemaproof.analysis.index;

import java.util.List;

/**
 * What one pattern asks for: any of its alternatives will do.
 *
 * @param alternatives at least one
 */
public record Request(List<Demand> alternatives) {

    /**
     * A request.
     *
     * @throws IllegalArgumentException without an alternative
     */
    public Request {
        alternatives = List.copyOf(alternatives);
        if (alternatives.isEmpty()) {
            throw new IllegalArgumentException("a request needs an alternative");
        }
    }

    /** A request that leaves no choice. */
    public static Request of(Demand demand) {
        return new Request(List.of(demand));
    }

    /** Whether an index on these columns serves it. */
    public boolean isServedBy(List<SortedColumn> key) {
        return alternatives.stream().anyMatch(demand -> demand.isServedBy(key));
    }
}
