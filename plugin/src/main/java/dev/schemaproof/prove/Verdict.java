package dev.schemaproof.prove;

/** How a proof ended. */
public enum Verdict {
    /** What the model says was shown on a running database. */
    PROVEN,
    /** It was shown to be wrong, or the proof could not be finished. */
    FAILED,
    /** It cannot be shown here; nothing speaks against it. Worth a warning, never a failure. */
    NOT_PROVEN
}
