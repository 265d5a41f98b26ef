package dev.schemaproof.analysis.keyvalue.cost;

import java.util.Optional;

/**
 * What one call writes to a table or to one index.
 *
 * @param table the table's name
 * @param index the index, or nothing for the table itself
 * @param copies the entity whose items repeat what is changed, where these are written
 * @param entries how many items or entries on average: of an index, one that changes its key is two, and rows that are absent from it count
 *     for nothing
 * @param units write units
 */
public record Writing(String table, Optional<String> index, Optional<String> copies, double entries, double units) {

    /** The same in a transaction. */
    Writing times(int factor) {
        return new Writing(table, index, copies, entries, units * factor);
    }
}
