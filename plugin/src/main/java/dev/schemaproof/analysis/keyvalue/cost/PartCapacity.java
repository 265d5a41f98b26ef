package dev.schemaproof.analysis.keyvalue.cost;

import java.util.List;
import java.util.Optional;

/**
 * What the table itself, or one of its indexes, is used for.
 *
 * @param index the index, or nothing for the table itself
 * @param local whether it is a local index, whose units are those of the table
 * @param items how many items or entries it holds, of the entities whose number is declared
 * @param bytes what they take, with the 100 bytes that DynamoDB adds to each
 * @param uncounted the entities whose number isn't declared
 * @param readPerSecond read units, by the declared rates
 * @param writePerSecond write units, by the declared rates
 */
public record PartCapacity(
        Optional<String> index,
        boolean local,
        double items,
        double bytes,
        List<String> uncounted,
        double readPerSecond,
        double writePerSecond) {

    public PartCapacity {
        uncounted = List.copyOf(uncounted);
    }
}
