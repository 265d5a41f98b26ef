package dev.schemaproof.analysis.index;

/**
 * Who asks for an index.
 *
 * @param kind what it is
 * @param name the pattern's, the role of the reference, or the contract's
 */
public record Asker(Kind kind, String name) {

    /** What can ask for an index. */
    public enum Kind {
        /** An access pattern. */
        PATTERN,
        /** A reference: a row that is deleted, or whose key changes, looks for the rows that refer to it. */
        REFERENCE,
        /** A contract: the trigger that keeps a least or greatest value looks for the next when the row that holds it goes. */
        CONTRACT
    }

    /** In a sentence: {@code `home-feed`}, {@code the reference `author`}, {@code the contract `highest-bid`}. */
    @Override
    public String toString() {
        return switch (kind) {
                    case PATTERN -> "";
                    case REFERENCE -> "the reference ";
                    case CONTRACT -> "the contract ";
                }
                + "`" + name + "`";
    }
}
