package dev.schemaproof.analysis.access;

import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlExpression.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes a condition apart into those that all hold, each in one of few forms. Only what PostgreSQL itself sees through is
 * rewritten, so that equal forms mean equal verdicts.
 */
final class Conjuncts {

    /** Operators, and what they are when their operands change places. */
    private static final Map<String, String> MIRRORED = Map.ofEntries(
            Map.entry("=", "="),
            Map.entry("<", ">"),
            Map.entry("<=", ">="),
            Map.entry(">", "<"),
            Map.entry(">=", "<="),
            Map.entry("<>", "<>"),
            Map.entry("@>", "<@"),
            Map.entry("<@", "@>"),
            Map.entry("&&", "&&"));

    private static final Map<String, String> OPPOSITE =
            Map.of("=", "<>", "<>", "=", "<", ">=", ">=", "<", ">", "<=", "<=", ">");

    private Conjuncts() {}

    static List<SqlExpression> of(SqlExpression condition) {
        var found = new ArrayList<SqlExpression>();
        collect(condition, found);
        return found;
    }

    private static void collect(SqlExpression condition, List<SqlExpression> found) {
        if (condition instanceof SqlExpression.And and) {
            and.operands().forEach(operand -> collect(operand, found));
        } else if (condition instanceof SqlExpression.Not not) {
            negated(not, found);
        } else if (condition instanceof SqlExpression.Between between && !between.negated() && !between.symmetric()) {
            collect(operation(">=", between.operand(), between.low(), between), found);
            collect(operation("<=", between.operand(), between.high(), between), found);
        } else if (condition instanceof SqlExpression.Operation operation
                && operation.operands().size() == 2) {
            comparison(operation, found);
        } else if (condition instanceof SqlExpression.InValues in
                && !in.negated()
                && in.values().size() == 1) {
            collect(operation("=", in.operand(), in.values().get(0), in), found);
        } else if (condition instanceof SqlExpression.Column column) {
            found.add(operation("=", column, truth("true", column), column));
        } else {
            found.add(condition);
        }
    }

    private static void negated(SqlExpression.Not not, List<SqlExpression> found) {
        var operand = not.operand();
        if (operand instanceof SqlExpression.Not inner) {
            collect(inner.operand(), found);
        } else if (operand instanceof SqlExpression.Column column) {
            found.add(operation("=", column, truth("false", column), not));
        } else if (operand instanceof SqlExpression.Exists exists) {
            found.add(new SqlExpression.Exists(exists.rows(), !exists.negated(), exists.span()));
        } else if (operand instanceof SqlExpression.InQuery in) {
            found.add(new SqlExpression.InQuery(in.operand(), in.values(), !in.negated(), in.span()));
        } else if (operand instanceof SqlExpression.Operation inner
                && inner.operands().size() == 2
                && OPPOSITE.containsKey(inner.operator())
                && inner.operands().stream().noneMatch(SqlExpression.Quantified.class::isInstance)
                && inner.operands().stream().noneMatch(SqlExpression.Row.class::isInstance)) {
            var opposite = OPPOSITE.getOrDefault(inner.operator(), "<>");
            collect(
                    operation(
                            opposite, inner.operands().get(0), inner.operands().get(1), not),
                    found);
        } else {
            found.add(not);
        }
    }

    private static void comparison(SqlExpression.Operation operation, List<SqlExpression> found) {
        var left = operation.operands().get(0);
        var right = operation.operands().get(1);
        if ("<>".equals(operation.operator())
                && left instanceof SqlExpression.Column column
                && right instanceof Literal literal
                && literal.kind() == Literal.Kind.BOOLEAN) {
            var other = literal.value().equals("true") ? "false" : "true";
            found.add(operation("=", column, truth(other, literal), operation));
        } else if ("=".equals(operation.operator())
                && left instanceof SqlExpression.Row one
                && right instanceof SqlExpression.Row other
                && one.values().size() == other.values().size()) {
            for (var i = 0; i < one.values().size(); i++) {
                collect(operation("=", one.values().get(i), other.values().get(i), operation), found);
            }
        } else if ("=".equals(operation.operator())
                && right instanceof SqlExpression.Quantified any
                && !any.every()
                && any.query().isPresent()) {
            found.add(new SqlExpression.InQuery(left, any.query().get(), false, operation.span()));
        } else if (isConstant(left)
                && !isConstant(right)
                && MIRRORED.containsKey(operation.operator())
                && !(right instanceof SqlExpression.Quantified)) {
            found.add(operation(
                    MIRRORED.getOrDefault(operation.operator(), "="), /* left= */ right, /* right= */ left, operation));
        } else {
            found.add(operation);
        }
    }

    private static boolean isConstant(SqlExpression expression) {
        return expression
                .walk()
                .noneMatch(node -> node instanceof SqlExpression.Column
                        || node instanceof SqlExpression.Subquery
                        || node instanceof SqlExpression.Opaque);
    }

    static SqlExpression.Operation operation(
            String operator, SqlExpression left, SqlExpression right, SqlExpression origin) {
        return new SqlExpression.Operation(operator, List.of(left, right), origin.span());
    }

    /** The operator with its operands in each other's place. */
    static String mirrored(String operator) {
        return MIRRORED.getOrDefault(operator, operator);
    }

    static boolean isMirrored(String operator) {
        return MIRRORED.containsKey(operator);
    }

    private static Literal truth(String value, SqlExpression origin) {
        return new Literal(Literal.Kind.BOOLEAN, value, origin.span());
    }
}
