package dev.schemaproof.app;

/** What {@code verify} does with the plans that were kept. */
public enum BaselineUse {
    /** Fails where a pattern is planned at more cost than before. */
    COMPARE,
    /** Keeps the plans as they are now. */
    UPDATE
}
