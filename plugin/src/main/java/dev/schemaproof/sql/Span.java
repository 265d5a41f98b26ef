package dev.schemaproof.sql;

/**
 * A stretch of a SQL text.
 *
 * @param begin index of its first {@code char}
 * @param end index after its last {@code char}
 */
public record Span(int begin, int end) {

    /** For what has no known place; it is neutral in {@link #to}. */
    static final Span NOWHERE = new Span(0, 0);

    public Span {
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("no stretch of text goes from " + begin + " to " + end);
        }
    }

    /** The smallest stretch that holds both. */
    public Span to(Span other) {
        if (equals(NOWHERE)) {
            return other;
        } else if (other.equals(NOWHERE)) {
            return this;
        }
        return new Span(Math.min(begin, other.begin), Math.max(end, other.end));
    }

    /** The text that stands there. */
    public String of(String sql) {
        return sql.substring(begin, end);
    }
}
