package dev.schemaproof.analysis.keyvalue.cost;

/**
 * What one call reads.
 *
 * @param items how many items or index entries, those that a filter drops included
 * @param bytes all of them together
 * @param pages how many requests that takes
 * @param units read units
 * @param bound how the truth may lie to that
 */
public record Reading(double items, double bytes, long pages, double units, Bound bound) {

    /** All that so many equal requests read. */
    Reading times(int requests) {
        return new Reading(items * requests, bytes * requests, pages * requests, units * requests, bound);
    }

    /** How the truth may lie to a number. */
    public enum Bound {
        /** About there, by what is declared. */
        EXPECTED,
        /** There or above. */
        AT_LEAST,
        /** There or below. */
        AT_MOST
    }
}
