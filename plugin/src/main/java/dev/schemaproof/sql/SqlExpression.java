package dev.schemaproof.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A SQL expression. Parentheses are in the shape of the tree, comments are gone, and every node knows where it stands.
 */
public sealed interface SqlExpression {

    /** Where it stands, as far as it is known; parentheses and keywords around it may be missing. */
    Span span();

    /** The expressions that it is made of, in order, without those of nested queries. */
    List<SqlExpression> children();

    /** The query that it asks by itself, if it is a subquery. */
    default Optional<SqlQuery> query() {
        return Optional.empty();
    }

    /** The expression and everything it is made of, without nested queries. */
    default Stream<SqlExpression> walk() {
        var all = new ArrayList<SqlExpression>();
        collect(this, all);
        return all.stream();
    }

    private static void collect(SqlExpression expression, List<SqlExpression> all) {
        all.add(expression);
        expression.children().forEach(child -> collect(child, all));
    }

    /**
     * A column, or what else a name without parentheses can be.
     *
     * @param qualifiers the table or its alias, possibly with a schema; usually one or none
     */
    record Column(List<SqlName> qualifiers, SqlName name, Span span) implements SqlExpression {

        public Column {
            qualifiers = List.copyOf(qualifiers);
        }

        /** The table or alias it is taken from, where stated. */
        public Optional<SqlName> table() {
            return qualifiers.isEmpty() ? Optional.empty() : Optional.of(qualifiers.get(qualifiers.size() - 1));
        }

        @Override
        public List<SqlExpression> children() {
            return List.of();
        }
    }

    /** {@code *} or {@code t.*}. */
    record Star(Optional<SqlName> table, Span span) implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return List.of();
        }
    }

    /** A named parameter, without its colon. */
    record Parameter(String name, Span span) implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return List.of();
        }
    }

    /**
     * A constant.
     *
     * @param value a text without quotes and escapes, a number as written, {@code true}, {@code false} or {@code null}
     */
    record Literal(Kind kind, String value, Span span) implements SqlExpression {

        /** What a constant is. */
        public enum Kind {
            TEXT,
            NUMBER,
            BOOLEAN,
            NULL
        }

        @Override
        public List<SqlExpression> children() {
            return List.of();
        }
    }

    /**
     * A function call, including aggregates and window functions.
     *
     * @param function its name in lower case unless quoted, with its schema if stated
     * @param arguments its arguments
     * @param modifiers what stands in FILTER, ORDER BY and OVER
     * @param windowed whether it has an OVER
     */
    record Call(
            String function, List<SqlExpression> arguments, List<SqlExpression> modifiers, boolean windowed, Span span)
            implements SqlExpression {

        public Call {
            arguments = List.copyOf(arguments);
            modifiers = List.copyOf(modifiers);
        }

        @Override
        public List<SqlExpression> children() {
            return Stream.concat(arguments.stream(), modifiers.stream()).toList();
        }
    }

    /**
     * A cast in either syntax, or a typed constant such as {@code date '2026-01-01'}.
     *
     * @param type the type's name in lower case with single blanks
     */
    record Cast(SqlExpression operand, String type, Span span) implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return List.of(operand);
        }
    }

    /**
     * Operands and the operator between them, or before the only one.
     *
     * @param operator in lower case: {@code =}, {@code <>} (also for {@code !=}), {@code @>}, {@code is distinct from}
     */
    record Operation(String operator, List<SqlExpression> operands, Span span) implements SqlExpression {

        public Operation {
            operands = List.copyOf(operands);
        }

        @Override
        public List<SqlExpression> children() {
            return operands;
        }
    }

    /** {@code LIKE}, {@code ILIKE} and {@code SIMILAR TO}. */
    record Like(
            String keyword,
            SqlExpression operand,
            SqlExpression pattern,
            Optional<SqlExpression> escape,
            boolean negated,
            Span span)
            implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return Stream.concat(Stream.of(operand, pattern), escape.stream()).toList();
        }
    }

    /** Conditions that all hold; never nested directly in another one. */
    record And(List<SqlExpression> operands, Span span) implements SqlExpression {

        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public List<SqlExpression> children() {
            return operands;
        }
    }

    /** Conditions of which one holds; never nested directly in another one. */
    record Or(List<SqlExpression> operands, Span span) implements SqlExpression {

        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public List<SqlExpression> children() {
            return operands;
        }
    }

    /** The opposite of a condition. */
    record Not(SqlExpression operand, Span span) implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return List.of(operand);
        }
    }

    /** {@code IS NULL}, {@code IS NOT NULL}. */
    record NullTest(SqlExpression operand, boolean negated, Span span) implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return List.of(operand);
        }
    }

    /**
     * {@code IS [NOT] TRUE}, {@code FALSE} or {@code UNKNOWN}.
     *
     * @param truth {@code true}, {@code false} or {@code unknown}
     */
    record TruthTest(SqlExpression operand, String truth, boolean negated, Span span) implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return List.of(operand);
        }
    }

    /** {@code BETWEEN}. */
    record Between(
            SqlExpression operand, SqlExpression low, SqlExpression high, boolean negated, boolean symmetric, Span span)
            implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return List.of(operand, low, high);
        }
    }

    /** {@code IN} with a list of values. */
    record InValues(SqlExpression operand, List<SqlExpression> values, boolean negated, Span span)
            implements SqlExpression {

        public InValues {
            values = List.copyOf(values);
        }

        @Override
        public List<SqlExpression> children() {
            return Stream.concat(Stream.of(operand), values.stream()).toList();
        }
    }

    /** {@code IN} with a query. */
    record InQuery(SqlExpression operand, SqlQuery values, boolean negated, Span span) implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return List.of(operand);
        }

        @Override
        public Optional<SqlQuery> query() {
            return Optional.of(values);
        }
    }

    /**
     * The right side of {@code = ANY (...)}: stands as the second operand of an {@link Operation}.
     *
     * @param every whether it was {@code ALL}, not {@code ANY} or {@code SOME}
     * @param array the array, unless it is a query
     */
    record Quantified(boolean every, Optional<SqlExpression> array, Optional<SqlQuery> query, Span span)
            implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return array.stream().toList();
        }
    }

    /** Several values compared together. */
    record Row(List<SqlExpression> values, Span span) implements SqlExpression {

        public Row {
            values = List.copyOf(values);
        }

        @Override
        public List<SqlExpression> children() {
            return values;
        }
    }

    /** Whether a query has a row. */
    record Exists(SqlQuery rows, boolean negated, Span span) implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return List.of();
        }

        @Override
        public Optional<SqlQuery> query() {
            return Optional.of(rows);
        }
    }

    /** A query as a value, or as an array with {@code ARRAY(...)}. */
    record Subquery(SqlQuery value, boolean array, Span span) implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return List.of();
        }

        @Override
        public Optional<SqlQuery> query() {
            return Optional.of(value);
        }
    }

    /**
     * Any other syntax that computes a value from values: {@code CASE}, {@code ARRAY[]}, {@code COLLATE}, subscripts.
     *
     * @param form which syntax; together with the parts it says all there is to say
     */
    record Form(String form, List<SqlExpression> parts, Span span) implements SqlExpression {

        public Form {
            parts = List.copyOf(parts);
        }

        @Override
        public List<SqlExpression> children() {
            return parts;
        }
    }

    /** Something that can't be looked into; it may use any column and any table. */
    record Opaque(String what, Span span) implements SqlExpression {

        @Override
        public List<SqlExpression> children() {
            return List.of();
        }
    }
}
