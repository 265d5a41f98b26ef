package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.Check;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.TypeDefinition.Domain;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlExpression.Literal;
import dev.schemaproof.sql.SqlExpression.Operation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the domains that a value is of demand of it, as far as it can be told without the database. */
final class DomainConditions {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}@ _-]+");

    private final DataType base;
    private final BoundValue value;
    private final Facts facts;
    private final BoundReader reader;

    private DomainConditions(DataType base, BoundValue value, Facts facts) {
        this.base = base;
        this.value = value;
        this.facts = facts;
        reader = new BoundReader(facts);
    }

    /** What the value surely breaks, as the rest of a sentence. */
    static Optional<String> broken(DataType type, SqlExpression expression, Facts facts) {
        var base = facts.types().of(type);
        var conditions = new DomainConditions(base, new BoundReader(facts).value(expression, Optional.of(base)), facts);
        return facts.types().own().domains(type).stream()
                .flatMap(domain -> conditions.brokenOf(domain).stream())
                .findFirst();
    }

    private Optional<String> brokenOf(Domain domain) {
        if (domain.required() && value.rank() == BoundValue.Rank.NULL) {
            return Optional.of("and domain `" + domain.name() + "` is required");
        }
        return Stream.concat(
                        domain.check().stream(),
                        domain.checks().values().stream().map(Check::expression))
                .filter(check -> isFalse(check))
                .map(check -> "and domain `" + domain.name() + "` demands `"
                        + check.value().strip() + "`")
                .findFirst();
    }

    private boolean isFalse(SourceText check) {
        return facts.sql()
                .expression(check)
                .flatMap(reading -> reading.parsed().tree())
                .flatMap(this::truth)
                .filter(holds -> !holds)
                .isPresent();
    }

    /** Whether a condition holds; empty where it is neither true nor false, or can't be told. */
    private Optional<Boolean> truth(SqlExpression condition) {
        if (condition instanceof SqlExpression.And and) {
            return decided(and.operands(), false);
        } else if (condition instanceof SqlExpression.Or or) {
            return decided(or.operands(), true);
        } else if (condition instanceof SqlExpression.Not not) {
            return truth(not.operand()).map(holds -> !holds);
        } else if (condition instanceof SqlExpression.NullTest test) {
            return isValue(test.operand())
                    ? Optional.of(value.rank() == BoundValue.Rank.NULL != test.negated())
                    : Optional.empty();
        } else if (condition instanceof SqlExpression.Between between && !between.symmetric()) {
            var low = compared(between.operand(), between.low(), order -> order >= 0);
            var high = compared(between.operand(), between.high(), order -> order <= 0);
            return low.flatMap(above -> high.map(below -> (above && below) != between.negated()));
        } else if (condition instanceof Operation operation
                && operation.operands().size() == 2) {
            return truth(
                    operation.operator(),
                    operation.operands().get(0),
                    operation.operands().get(1));
        }
        return Optional.empty();
    }

    /** Of several, one decides if it is so. */
    private Optional<Boolean> decided(List<SqlExpression> operands, boolean decisive) {
        var truths = operands.stream().map(this::truth).toList();
        if (truths.contains(Optional.of(decisive))) {
            return Optional.of(decisive);
        }
        return truths.contains(Optional.<Boolean>empty()) ? Optional.empty() : Optional.of(!decisive);
    }

    private Optional<Boolean> truth(String operator, SqlExpression left, SqlExpression right) {
        return switch (operator) {
            case "=" -> compared(left, right, order -> order == 0);
            case "<>", "!=" -> compared(left, right, order -> order != 0);
            case "<" -> compared(left, right, order -> order < 0);
            case "<=" -> compared(left, right, order -> order <= 0);
            case ">" -> compared(left, right, order -> order > 0);
            case ">=" -> compared(left, right, order -> order >= 0);
            case "~" ->
                right instanceof Literal literal
                                && PLAIN.matcher(literal.value()).matches()
                                && isText(left)
                        ? text().map(found -> found.contains(literal.value()))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Boolean> compared(SqlExpression left, SqlExpression right, IntPredicate wanted) {
        var one = of(left);
        var other = of(right);
        if (one.rank() != BoundValue.Rank.VALUE || other.rank() != BoundValue.Rank.VALUE) {
            return Optional.empty();
        }
        OptionalInt order = one.compare(other);
        return order.isPresent() ? Optional.of(wanted.test(order.getAsInt())) : Optional.empty();
    }

    private BoundValue of(SqlExpression expression) {
        if (isValue(expression)) {
            return value;
        }
        var number = Optional.<DataType>of(new DataType.Scalar(ScalarKind.INT));
        if (expression instanceof SqlExpression.Call call
                && List.of("length", "char_length").contains(call.function())
                && call.arguments().size() == 1
                && isText(call.arguments().get(0))
                && text().isPresent()) {
            var length = text().get().codePointCount(0, text().get().length());
            return reader.value(new Literal(Literal.Kind.NUMBER, "" + length, call.span()), number);
        }
        return expression instanceof Literal literal && literal.kind() == Literal.Kind.NUMBER && !isNumber()
                ? reader.value(literal, number)
                : reader.value(expression, Optional.of(base));
    }

    private boolean isNumber() {
        return facts.types().isNumber(base);
    }

    private static boolean isValue(SqlExpression expression) {
        return expression instanceof SqlExpression.Column column
                && column.qualifiers().isEmpty()
                && column.name().value().equalsIgnoreCase("value");
    }

    private static boolean isText(SqlExpression expression) {
        return isValue(expression)
                || expression instanceof SqlExpression.Cast cast
                        && cast.type().equals("text")
                        && isValue(cast.operand());
    }

    /** The value itself, if it is a text. */
    private Optional<String> text() {
        return facts.types().isText(base)
                ? value.identity().filter(String.class::isInstance).map(String.class::cast)
                : Optional.empty();
    }
}
