package dev.schemaproof.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import net.sf.jsqlparser.expression.AnyComparisonExpression;
import net.sf.jsqlparser.expression.AnyType;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.OverlapsCondition;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.IsUnknownExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.SimilarToExpression;
import net.sf.jsqlparser.statement.select.Select;

/** Turns the library's conditions, and all that has an operator between operands, into ours. */
final class ConditionConverter {

    private final SqlText text;
    private final ExpressionConverter core;
    private final Function<Select, SqlQuery> queries;

    private ConditionConverter(SqlText text, ExpressionConverter core, Function<Select, SqlQuery> queries) {
        this.text = text;
        this.core = core;
        this.queries = queries;
    }

    /** Teaches the converter of all expressions those of conditions; what has two operands comes back to it. */
    static Function<BinaryExpression, SqlExpression> teach(
            SqlText text, ExpressionConverter core, Function<Select, SqlQuery> queries) {
        var conditions = new ConditionConverter(text, core, queries);
        conditions.register();
        return conditions::binary;
    }

    private void register() {
        core.on(AndExpression.class, this::and);
        core.on(OrExpression.class, this::or);
        core.on(NotExpression.class, not -> {
            var operand = core.convert(not.getExpression());
            return new SqlExpression.Not(operand, Places.of(not, List.of(operand)));
        });
        core.on(Between.class, this::between);
        core.on(InExpression.class, this::in);
        core.on(ExistsExpression.class, this::exists);
        core.on(IsNullExpression.class, test -> {
            var operand = core.convert(test.getLeftExpression());
            var negated = test.isNot() || test.isUseNotNull();
            return new SqlExpression.NullTest(operand, negated, Places.of(test, List.of(operand)));
        });
        core.on(
                IsBooleanExpression.class,
                test -> truth(test, test.getLeftExpression(), test.isTrue() ? "true" : "false", test.isNot()));
        core.on(IsUnknownExpression.class, test -> truth(test, test.getLeftExpression(), "unknown", test.isNot()));
        core.on(LikeExpression.class, this::like);
        core.on(AnyComparisonExpression.class, this::quantified);
        core.on(
                OverlapsCondition.class,
                overlaps -> core.form("overlaps", overlaps, overlaps.getLeft(), overlaps.getRight()));
    }

    private SqlExpression and(AndExpression and) {
        var operands = new ArrayList<SqlExpression>();
        for (var operand : spine(and, AndExpression.class)) {
            var converted = core.convert(operand);
            operands.addAll(converted instanceof SqlExpression.And nested ? nested.operands() : List.of(converted));
        }
        return new SqlExpression.And(operands, Places.of(and, operands));
    }

    private SqlExpression or(OrExpression or) {
        var operands = new ArrayList<SqlExpression>();
        for (var operand : spine(or, OrExpression.class)) {
            var converted = core.convert(operand);
            operands.addAll(converted instanceof SqlExpression.Or nested ? nested.operands() : List.of(converted));
        }
        return new SqlExpression.Or(operands, Places.of(or, operands));
    }

    /** The operands of a chain, which leans to the left and may be long: found without recursion. */
    private static Iterable<Expression> spine(BinaryExpression top, Class<? extends BinaryExpression> type) {
        var operands = new ArrayDeque<Expression>();
        Expression left = top;
        while (type.isInstance(left)) {
            var binary = type.cast(left);
            operands.push(binary.getRightExpression());
            left = binary.getLeftExpression();
        }
        operands.push(left);
        return operands;
    }

    private SqlExpression binary(BinaryExpression binary) {
        var left = core.convert(binary.getLeftExpression());
        var right = core.convert(binary.getRightExpression());
        var span = Places.of(binary, List.of(left, right));
        if (binary instanceof SimilarToExpression similar) {
            return new SqlExpression.Like("similar to", left, right, Optional.empty(), similar.isNot(), span);
        } else if (binary instanceof IsDistinctExpression distinct) {
            var operator = distinct.isNot() ? "is not distinct from" : "is distinct from";
            return new SqlExpression.Operation(operator, List.of(left, right), span);
        }
        return new SqlExpression.Operation(operator(binary, left, right), List.of(left, quantifier(right)), span);
    }

    private String operator(BinaryExpression binary, SqlExpression left, SqlExpression right) {
        if (left.span().end() <= right.span().begin()) {
            for (var token : text.within(new Span(
                    /* begin= */ left.span().end(), /* end= */ right.span().begin()))) {
                if (token.is(SqlToken.Kind.OPERATOR)) {
                    var operator = token.text(text.sql());
                    return "!=".equals(operator) ? "<>" : operator;
                }
            }
        }
        return binary.getStringExpression().strip().toLowerCase(Locale.ROOT);
    }

    /** The library reads {@code any(array)} as a call. */
    private static SqlExpression quantifier(SqlExpression right) {
        if (right instanceof SqlExpression.Call call
                && call.arguments().size() == 1
                && Set.of("any", "some", "all").contains(call.function())) {
            var argument = call.arguments().get(0);
            return argument instanceof SqlExpression.Subquery subquery
                    ? new SqlExpression.Quantified(
                            "all".equals(call.function()), Optional.empty(), Optional.of(subquery.value()), call.span())
                    : new SqlExpression.Quantified(
                            "all".equals(call.function()), Optional.of(argument), Optional.empty(), call.span());
        }
        return right;
    }

    private SqlExpression quantified(AnyComparisonExpression any) {
        var query = queries.apply(any.getSelect());
        return new SqlExpression.Quantified(
                any.getAnyType() == AnyType.ALL,
                Optional.empty(),
                Optional.of(query),
                Places.of(any).orElse(query.span()));
    }

    private SqlExpression between(Between between) {
        var operand = core.convert(between.getLeftExpression());
        var low = core.convert(between.getBetweenExpressionStart());
        var high = core.convert(between.getBetweenExpressionEnd());
        var span = Places.of(between, List.of(operand, low, high));
        return new SqlExpression.Between(operand, low, high, between.isNot(), between.isUsingSymmetric(), span);
    }

    private SqlExpression in(InExpression in) {
        var operand = core.convert(in.getLeftExpression());
        if (in.getRightExpression() instanceof Select select) {
            var query = queries.apply(select);
            return new SqlExpression.InQuery(
                    operand, query, in.isNot(), operand.span().to(query.span()));
        }
        var values = in.getRightExpression() instanceof ExpressionList<?> list
                ? core.convertAll(list)
                : List.of(core.convert(in.getRightExpression()));
        var parts = Stream.concat(Stream.of(operand), values.stream()).toList();
        return new SqlExpression.InValues(operand, values, in.isNot(), Places.of(in, parts));
    }

    private SqlExpression exists(ExistsExpression exists) {
        var inner = core.convert(exists.getRightExpression());
        if (inner instanceof SqlExpression.Subquery subquery) {
            return new SqlExpression.Exists(subquery.value(), exists.isNot(), inner.span());
        }
        return new SqlExpression.Opaque("this syntax", inner.span());
    }

    private SqlExpression truth(Expression node, Expression tested, String truth, boolean negated) {
        var operand = core.convert(tested);
        return new SqlExpression.TruthTest(operand, truth, negated, Places.of(node, List.of(operand)));
    }

    private SqlExpression like(LikeExpression like) {
        var operand = core.convert(like.getLeftExpression());
        var pattern = core.convert(like.getRightExpression());
        var escape = Optional.ofNullable(like.getEscape()).map(given -> escape(given, pattern));
        return new SqlExpression.Like(
                like.getLikeKeyWord().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                operand,
                pattern,
                escape,
                like.isNot(),
                operand.span().to(pattern.span()));
    }

    /** The library doesn't note where the escape character stands. */
    private SqlExpression escape(Expression given, SqlExpression pattern) {
        var index = text.indexAt(pattern.span().end());
        while (text.isAt(index, ")")) {
            index++;
        }
        if (text.isAt(index, "escape") && index + 1 < text.tokens().size()) {
            var token = text.tokens().get(index + 1);
            if (token.is(SqlToken.Kind.STRING)) {
                return new SqlExpression.Literal(SqlExpression.Literal.Kind.TEXT, text.literal(token), token.span());
            }
        }
        return core.convert(given);
    }
}
