package dev.schemaproof.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/** Turns the library's expressions into ours. What it doesn't know becomes {@link SqlExpression.Opaque}. */
final class ExpressionConverter {

    /** Operators within operators; long conjunctions and disjunctions count as one. */
    private static final int DEEPEST = 300;

    private final Map<Class<?>, Function<Expression, SqlExpression>> conversions = new HashMap<>();
    private final Function<Select, SqlQuery> queries;
    private final Function<BinaryExpression, SqlExpression> operations;
    private int depth;

    ExpressionConverter(SqlText text, Function<Select, SqlQuery> queries) {
        this.queries = queries;
        ValueConverter.teach(text, this);
        operations = ConditionConverter.teach(text, this, queries);
    }

    /** From now on converts expressions of this class so. */
    <E extends Expression> void on(Class<E> type, Function<? super E, SqlExpression> conversion) {
        conversions.put(type, expression -> conversion.apply(type.cast(expression)));
    }

    SqlExpression convert(Expression expression) {
        if (depth == DEEPEST) {
            return new SqlExpression.Opaque("an expression nested more than " + DEEPEST + " deep", place(expression));
        }
        depth++;
        try {
            var conversion = conversions.get(expression.getClass());
            if (conversion != null) {
                return conversion.apply(expression);
            } else if (expression instanceof Select select) {
                var query = queries.apply(select);
                return new SqlExpression.Subquery(
                        query, false, Places.of(select).orElse(query.span()));
            } else if (expression instanceof BinaryExpression binary) {
                return operations.apply(binary);
            }
            return new SqlExpression.Opaque("this syntax", place(expression));
        } finally {
            depth--;
        }
    }

    List<SqlExpression> convertAll(@Nullable List<? extends Expression> expressions) {
        return expressions == null
                ? List.of()
                : expressions.stream().map(this::convert).toList();
    }

    Span place(Object node) {
        return Places.of(node).orElse(Span.NOWHERE);
    }

    /** A form whose parts are all there is to it; absent ones are left out. */
    SqlExpression form(String name, Expression node, @Nullable Expression... parts) {
        var converted = new ArrayList<SqlExpression>();
        for (var part : parts) {
            if (part instanceof ExpressionList<?> list) {
                converted.addAll(convertAll(list));
            } else if (part != null) {
                converted.add(convert(part));
            }
        }
        return new SqlExpression.Form(name, converted, Places.of(node, converted));
    }
}
