package dev.schemaproof.generate.relational;

import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Model;
import dev.schemaproof.sql.PositionalSql;
import java.util.List;

/**
 * An access pattern as the statement that an application would send to its relational store.
 *
 * <p>A statement of the structured form compares a column with a parameter directly wherever it can, so that PostgreSQL
 * takes the parameter's type from the column: it can be prepared as it is.
 *
 * @param sql one statement, without a semicolon, its parameters written {@code $1} to {@code $n}
 * @param parameterNames their names in the order of their positions, each once
 */
public record PatternSql(String sql, List<String> parameterNames) {

    public PatternSql {
        parameterNames = List.copyOf(parameterNames);
    }

    /** The statement of a pattern in a model without findings of severity error. */
    public static PatternSql of(Model model, AccessPattern pattern) {
        if (pattern instanceof AccessPattern.Sql given) {
            var rewritten = PositionalSql.of(given.sql().value());
            return new PatternSql(rewritten.sql(), rewritten.parameterNames());
        } else if (pattern instanceof AccessPattern.Read read) {
            return new PatternWriter(model, read.entity().value()).read(read);
        } else if (pattern instanceof AccessPattern.Write write) {
            return new PatternWriter(model, write.entity().value()).write(write);
        }
        throw new IllegalArgumentException("no SQL is known for " + pattern);
    }
}
