package dev.schemaproof.catalog;

import java.util.Objects;

/**
 * A type or an expression in SQL.
 *
 * <p>PostgreSQL keeps no text but a tree, and prints that in its own words: {@code varchar(20)} comes back as
 * {@code character varying(20)}. Two texts can be compared only when the same database has printed both.
 *
 * @param text SQL
 * @param printed whether it is in the database's own words
 */
public record Expression(String text, boolean printed) {

    public Expression {
        Objects.requireNonNull(text, "text");
    }

    /** As somebody wrote it. */
    public static Expression written(String text) {
        return new Expression(text, false);
    }

    /** As the database prints it. */
    public static Expression printed(String text) {
        return new Expression(text, true);
    }

    /** Whether the two are known to be different. Texts that cannot be compared are not. */
    public boolean contradicts(Expression other) {
        return printed && other.printed && !text.equals(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
