package dev.schemaproof.prove;

/** The deadline has passed, or the run was cancelled, between two steps of a proof. */
public final class OutOfTimeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutOfTimeException() {
        super("the time for the proofs is over");
    }
}
