package dev.schemaproof.analysis.keyvalue.cost;

/**
 * What a number stands on where the model doesn't declare it.
 *
 * @param kind what is assumed
 * @param about what it is assumed of, in the model's names
 */
public record Assumption(Kind kind, String about) {

    /** What is assumed. */
    public enum Kind {
        /** Nothing says how many items have the same value of a key: one is counted. */
        ONE_ITEM,
        /** Nothing says how many items of an entity are read with those of others: one is counted. */
        ONE_OF_EACH,
        /** Nothing says how much of a partition a condition on the sort key leaves: all of it is counted. */
        WHOLE_PARTITION,
        /** Nothing says how many items a filter drops before enough have passed: all are counted. */
        FILTERED_TO_THE_END,
        /** As many items as the limit allows are counted, as nothing says that there are fewer. */
        UP_TO_LIMIT,
        /** Nothing says how many items the table has: no units are counted. */
        UNKNOWN_TABLE,
        /** An upsert is counted as one that finds the row, with other keys in the index. */
        OTHER_KEYS,
        /** An upsert is counted as one that finds the row, with other values that items repeat. */
        OTHER_COPIES,
        /** Nothing says how many items repeat what is changed: none is counted. */
        UNKNOWN_COPIES
    }
}
