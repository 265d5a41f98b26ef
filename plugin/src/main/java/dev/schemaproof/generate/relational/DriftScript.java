package dev.schemaproof.generate.relational;

/** What finds the rows whose copy is wrong, and puts them right: for {@code reconcile/}, and for a job. */
public sealed interface DriftScript permits ReconcileScript, CopyScript {

    /** Whether the copies are summaries of rows that refer to theirs. */
    boolean isSummary();
}
