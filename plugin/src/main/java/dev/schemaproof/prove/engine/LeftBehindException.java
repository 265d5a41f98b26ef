package dev.schemaproof.prove.engine;

/** Something made for a run could not be removed; the message names it and says why. */
public final class LeftBehindException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LeftBehindException(String message, Throwable cause) {
        super(message, cause);
    }
}
