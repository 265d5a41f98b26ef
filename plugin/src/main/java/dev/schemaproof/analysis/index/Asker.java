package dev.schemaproof.analysis.index;

/**
 * Who asks for an index.
 *
 * @param kind what it is
 * @param name the pattern's, or the role of the reference
 */
public record Asker(Kind kind, String name) {

    /** What can ask for an index. */
    public enum Kind {
        /** An access pattern. */
        PATTERN,
        /** A reference: a row that is deleted, or whose key changes, looks for the rows that refer to it. */
        REFERENCE
    }

    /** In a sentence: {@code `home-feed`}, {@code the reference `author`}. */
    @Override
    public String toString() {
        return (kind == Kind.REFERENCE ? "the reference " : "") + "`" + name + "`";
    }
}
