package dev.schemaproof.prove.data;

/** No row could be made up that the database accepts; the message says for which table and why, and what would help. */
public final class NoRowsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String entity;

    NoRowsException(String entity, String message) {
        super(message);
        this.entity = entity;
    }

    /** The entity that it is about. */
    public String entity() {
        return entity;
    }
}
