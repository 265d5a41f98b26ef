package dev.schemaproof.analysis.layout;

import dev.schemaproof.model.AccessPattern.Read;
import java.util.List;

/**
 * The keys of an entity.
 *
 * @param columns what they are made of
 * @param table its key in the table
 * @param indexes its keys in indexes
 * @param contradicting reads of which no key besides that of the table serves two: why no fewer will do
 * @param fewest whether no fewer will do
 */
record EntityPlan(
        EntityColumns columns, KeyPlan table, List<KeyPlan> indexes, List<Read> contradicting, boolean fewest) {

    EntityPlan {
        indexes = List.copyOf(indexes);
        contradicting = List.copyOf(contradicting);
    }

    /** The keys in indexes that sort by a number, or those that sort by text. */
    List<KeyPlan> keys(boolean numeric) {
        return indexes.stream().filter(key -> key.numeric() == numeric).toList();
    }

    /** Those of the contradicting reads that have such a key. */
    List<Read> contradicting(boolean numeric) {
        return contradicting.stream()
                .filter(read ->
                        keys(numeric).stream().anyMatch(key -> key.reads().contains(read)))
                .toList();
    }
}
