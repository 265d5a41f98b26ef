package dev.schemaproof.prove.data;

import java.util.Objects;

/** No row could be made up that the database accepts; the message says for which table and why, and what would help. */
public final class NoRowsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String entity;

    public NoRowsException(String entity, String message) {
        super(message);
        this.entity = entity;
    }

    /** Which rows, why not, and what would help, in one sentence. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** The entity that it is about. */
    public String entity() {
        return entity;
    }
}
