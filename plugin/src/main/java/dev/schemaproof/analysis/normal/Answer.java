package dev.schemaproof.analysis.normal;

/** The answer to a question that can be too hard. */
public enum Answer {
    YES,
    NO,
    /** The work allowed was done before the answer was found. */
    UNKNOWN
}
