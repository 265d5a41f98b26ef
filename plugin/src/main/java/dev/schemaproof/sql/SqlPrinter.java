package dev.schemaproof.sql;

import dev.schemaproof.sql.SqlExpression.Literal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes an expression in one canonical way: two expressions that differ only in white space, comments, case,
 * redundant parentheses, or the form of a cast give the same text.
 */
public final class SqlPrinter {

    private final Function<SqlExpression.Column, String> columns;

    private SqlPrinter(Function<SqlExpression.Column, String> columns) {
        this.columns = columns;
    }

    /** The text with every column written as the function says. */
    public static String print(SqlExpression expression, Function<SqlExpression.Column, String> columns) {
        return new SqlPrinter(columns).text(expression);
    }

    /** The text with every column as it was written. */
    public static String print(SqlExpression expression) {
        return print(
                expression,
                column -> column.table()
                        .map(table -> table + "." + column.name())
                        .orElse(column.name().value()));
    }

    private String text(SqlExpression expression) {
        if (expression instanceof SqlExpression.Column column) {
            return columns.apply(column);
        } else if (expression instanceof SqlExpression.Star star) {
            return star.table().map(table -> table + ".*").orElse("*");
        } else if (expression instanceof SqlExpression.Parameter parameter) {
            return ":" + parameter.name();
        } else if (expression instanceof Literal literal) {
            return literal(literal);
        } else if (expression instanceof SqlExpression.Call call) {
            return call.function() + "(" + list(call.arguments()) + ")"
                    + (call.windowed() ? " over (" + list(call.modifiers()) + ")" : behind(" by ", call.modifiers()));
        } else if (expression instanceof SqlExpression.Cast cast) {
            return nested(cast.operand()) + "::" + cast.type();
        } else if (expression instanceof SqlExpression.Operation operation) {
            return operation.operands().size() == 1
                    ? operation.operator() + nested(operation.operands().get(0))
                    : operation.operands().stream()
                            .map(this::nested)
                            .collect(Collectors.joining(" " + operation.operator() + " "));
        } else if (expression instanceof SqlExpression.Row row) {
            return "row(" + list(row.values()) + ")";
        } else if (expression instanceof SqlExpression.Form form) {
            return form.form() + "(" + list(form.parts()) + ")";
        } else if (expression instanceof SqlExpression.Quantified quantified) {
            return (quantified.every() ? "all" : "any") + "("
                    + quantified.array().map(this::text).orElse("query") + ")";
        }
        return condition(expression);
    }

    private String condition(SqlExpression expression) {
        if (expression instanceof SqlExpression.And and) {
            return and.operands().stream().map(this::nested).collect(Collectors.joining(" and "));
        } else if (expression instanceof SqlExpression.Or or) {
            return or.operands().stream().map(this::nested).collect(Collectors.joining(" or "));
        } else if (expression instanceof SqlExpression.Not not) {
            return "not " + nested(not.operand());
        } else if (expression instanceof SqlExpression.NullTest test) {
            return nested(test.operand()) + (test.negated() ? " is not null" : " is null");
        } else if (expression instanceof SqlExpression.TruthTest test) {
            return nested(test.operand()) + (test.negated() ? " is not " : " is ") + test.truth();
        } else if (expression instanceof SqlExpression.Between between) {
            return nested(between.operand()) + not(between.negated()) + " between "
                    + (between.symmetric() ? "symmetric " : "") + nested(between.low()) + " and "
                    + nested(between.high());
        } else if (expression instanceof SqlExpression.InValues in) {
            return nested(in.operand()) + not(in.negated()) + " in (" + list(in.values()) + ")";
        } else if (expression instanceof SqlExpression.Like like) {
            return nested(like.operand()) + not(like.negated()) + " " + like.keyword() + " " + nested(like.pattern())
                    + like.escape().map(escape -> " escape " + text(escape)).orElse("");
        } else if (expression instanceof SqlExpression.InQuery in) {
            return nested(in.operand()) + not(in.negated()) + " in (query)";
        } else if (expression instanceof SqlExpression.Exists exists) {
            return (exists.negated() ? "not " : "") + "exists (query)";
        } else if (expression instanceof SqlExpression.Subquery subquery) {
            return subquery.array() ? "array(query)" : "(query)";
        }
        return "(...)";
    }

    private static String not(boolean negated) {
        return negated ? " not" : "";
    }

    private String list(List<SqlExpression> expressions) {
        return expressions.stream().map(this::text).collect(Collectors.joining(", "));
    }

    private String behind(String keyword, List<SqlExpression> expressions) {
        return expressions.isEmpty() ? "" : keyword + list(expressions);
    }

    /** In parentheses wherever a reader could wonder. */
    private String nested(SqlExpression expression) {
        var plain = expression instanceof SqlExpression.Column
                || expression instanceof Literal
                || expression instanceof SqlExpression.Parameter
                || expression instanceof SqlExpression.Call call && !call.windowed()
                || expression instanceof SqlExpression.Cast
                || expression instanceof SqlExpression.Row
                || expression instanceof SqlExpression.Form
                || expression instanceof SqlExpression.Quantified
                || expression instanceof SqlExpression.Subquery;
        return plain ? text(expression) : "(" + text(expression) + ")";
    }

    private static String literal(Literal literal) {
        return switch (literal.kind()) {
            case TEXT -> "'" + literal.value().replace("'", "''") + "'";
            // As written, since 2 and 2.0 divide differently
            case NUMBER -> literal.value().toLowerCase(Locale.ROOT);
            case BOOLEAN, NULL -> literal.value();
        };
    }
}
