package dev.schemaproof.discover.table;

import java.util.List;

/** A table can't be read, for reasons that its owner can mend. */
public final class UnreadableTableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> flaws;

    public UnreadableTableException(List<String> flaws) {
        super(String.join("\n", flaws));
        this.flaws = List.copyOf(flaws);
    }

    public UnreadableTableException(String flaw) {
        this(List.of(flaw));
    }

    /** What is wrong, each with its place. */
    public List<String> flaws() {
        return flaws;
    }
}
