package dev.schemaproof.diagnostic;

/** How much a finding claims, from the strongest to the weakest. */
public enum Severity {
    /** The model is wrong or breaks its own promise. */
    ERROR,
    /** Likely, but a guess or a matter of degree. */
    WARNING,
    /** Worth knowing; asks for nothing. */
    INFO
}
