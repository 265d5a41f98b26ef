package dev.schemaproof.analysis.access;

import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlExpression.Literal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the {@link Claim} of a condition. */
final class Claims {

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");

    /** Of longer lists PostgreSQL doesn't look at the values. */
    private static final int LONGEST_LIST = 100;

    private static final Set<String> STRICT =
            Set.of("lower", "upper", "abs", "length", "char_length", "date_trunc", "trim", "btrim", "round", "md5");

    private final Function<SqlExpression, String> printer;

    /**
     * @param printer writes an expression in canonical form, columns of the entity without their table
     */
    Claims(Function<SqlExpression, String> printer) {
        this.printer = printer;
    }

    Claim of(SqlExpression condition) {
        return Claim.all(Conjuncts.of(condition).stream().map(this::conjunct).toList());
    }

    private Claim conjunct(SqlExpression conjunct) {
        if (conjunct instanceof SqlExpression.Or or) {
            return new Claim.Any(or.operands().stream().map(this::of).toList());
        } else if (conjunct instanceof SqlExpression.Operation operation
                && operation.operands().size() == 2) {
            return comparison(operation);
        } else if (conjunct instanceof SqlExpression.InValues in
                && !in.negated()
                && !(in.operand() instanceof SqlExpression.Row)) {
            var values = in.values().stream().map(Claims::constant).toList();
            return values.size() > LONGEST_LIST
                    ? new Claim.Compared(
                            printer.apply(in.operand()), printer.apply(in), Optional.empty(), present(in.operand()))
                    : Claim.among(printer.apply(in.operand()), values, present(in.operand()));
        } else if (conjunct instanceof SqlExpression.NullTest test
                && test.negated()
                && !(test.operand() instanceof SqlExpression.Row)) {
            return new Claim.Present(printer.apply(test.operand()));
        } else if (conjunct instanceof SqlExpression.Like like) {
            var operator = (like.negated() ? "not " : "")
                    + like.keyword()
                    + like.escape()
                            .map(escape -> " escape " + printer.apply(escape))
                            .orElse("");
            return new Claim.Compared(
                    printer.apply(like.operand()), operator, constant(like.pattern()), present(like.operand()));
        }
        return new Claim.Other(printer.apply(conjunct));
    }

    private Claim comparison(SqlExpression.Operation operation) {
        var left = operation.operands().get(0);
        var right = operation.operands().get(1);
        var operator = operation.operator();
        if (left instanceof SqlExpression.Row || operator.startsWith("is ")) {
            return new Claim.Other(printer.apply(operation));
        } else if (right instanceof SqlExpression.Quantified quantified) {
            return quantified.every()
                    ? new Claim.Other(printer.apply(operation))
                    : new Claim.Compared(printer.apply(left), operator + " any", Optional.empty(), present(left));
        }
        var value = constant(right);
        // A column that is compared with another has no value, but both are there
        return COMPARISONS.contains(operator) && value.isPresent()
                ? new Claim.Compared(printer.apply(left), operator, value, present(left))
                : columns(right)
                        ? new Claim.Compared(
                                printer.apply(operation),
                                operator,
                                Optional.empty(),
                                Claim.both(present(left), present(right)))
                        : new Claim.Compared(printer.apply(left), operator, value, present(left));
    }

    private static boolean columns(SqlExpression expression) {
        return expression.walk().anyMatch(SqlExpression.Column.class::isInstance);
    }

    private static Optional<Claim.Constant> constant(SqlExpression value) {
        if (value instanceof Literal literal && literal.kind() != Literal.Kind.NULL) {
            var number =
                    literal.kind() == Literal.Kind.NUMBER && literal.value().matches("[0-9]+(\\.[0-9]+)?");
            return Optional.of(Claim.Constant.of(literal.value(), number));
        } else if (value instanceof SqlExpression.Operation minus
                && minus.operator().equals("-")
                && minus.operands().size() == 1) {
            return constant(minus.operands().get(0))
                    .flatMap(Claim.Constant::number)
                    .map(number -> Claim.Constant.of(number.negate().toPlainString(), true));
        }
        return Optional.empty();
    }

    /** The columns whose absence makes the expression absent. */
    private Set<String> present(SqlExpression expression) {
        var found = new HashSet<String>();
        present(expression, found);
        return found;
    }

    private void present(SqlExpression expression, Set<String> found) {
        if (expression instanceof SqlExpression.Column) {
            found.add(printer.apply(expression));
        } else if (expression instanceof SqlExpression.Cast cast) {
            present(cast.operand(), found);
        } else if (expression instanceof SqlExpression.Operation operation
                && !operation.operator().startsWith("is ")) {
            operation.operands().forEach(operand -> present(operand, found));
        } else if (expression instanceof SqlExpression.Call call && STRICT.contains(call.function())) {
            call.arguments().forEach(argument -> present(argument, found));
        }
    }
}
