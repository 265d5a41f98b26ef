package dev.schemaproof.catalog;

import java.util.Optional;

/**
 * A sequence.
 *
 * @param type of its numbers, such as {@code bigint}
 * @param counting how it counts
 * @param owner the column with which it goes
 * @param grants what roles may do with it
 * @param comment what the catalog says of it
 */
public record CatalogSequence(
        CatalogName name,
        String type,
        Counting counting,
        Optional<Owner> owner,
        Grants grants,
        Optional<String> comment) {

    /**
     * How a sequence counts.
     *
     * @param start the first number
     * @param increment the step, which may be negative
     * @param minimum the least number
     * @param maximum the greatest number
     * @param cache how many numbers a session takes at once
     * @param cycle whether it begins anew at its end
     */
    public record Counting(long start, long increment, long minimum, long maximum, long cache, boolean cycle) {}

    /** A column with which a sequence goes. */
    public record Owner(CatalogName table, String column) {

        @Override
        public String toString() {
            return table + "." + column;
        }
    }
}
