package dev.schemaproof.prove;

import java.sql.SQLException;
import java.util.function.Consumer;

/** One thing that a model claims, shown on a running database. Implementations hold no state. */
public interface Proof {

    /** Its name in kebab-case. */
    String name();

    /**
     * Shows it for everything in the store that it is about.
     *
     * @param bench what the proofs of one run share
     * @param results told each result as soon as it is known
     * @throws SQLException when the database fails in a way that says nothing about the model
     * @throws OutOfTimeException when the deadline passes
     */
    void prove(Bench bench, Consumer<ProofResult> results) throws SQLException;
}
