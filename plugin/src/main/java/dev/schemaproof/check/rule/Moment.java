package dev.schemaproof.check.rule;

import dev.schemaproof.model.DataType;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlExpression.Literal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a name of the present stands for: within one transaction {@code now()}, {@code current_timestamp} and {@code 'now'} are
 * the same.
 *
 * @param part how much of the moment it is
 * @param days how far from today
 */
record Moment(Part part, int days) {

    enum Part {
        INSTANT,
        DAY,
        TIME
    }

    private static final Map<String, Moment> CALLS = Map.of(
            "now", new Moment(Part.INSTANT, 0),
            "transaction_timestamp", new Moment(Part.INSTANT, 0),
            "current_timestamp", new Moment(Part.INSTANT, 0),
            "localtimestamp", new Moment(Part.INSTANT, 0),
            "current_date", new Moment(Part.DAY, 0),
            "current_time", new Moment(Part.TIME, 0),
            "localtime", new Moment(Part.TIME, 0));

    private static final Map<String, Moment> WORDS = Map.of(
            "now", new Moment(Part.INSTANT, 0),
            "today", new Moment(Part.DAY, 0),
            "tomorrow", new Moment(Part.DAY, 1),
            "yesterday", new Moment(Part.DAY, -1));

    private static final Pattern DAYS = Pattern.compile("\\s*(-?[0-9]{1,4}) days?\\s*");
    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,4})");

    private static final Map<String, Part> TYPES = Map.of(
            "timestamp", Part.INSTANT,
            "timestamptz", Part.INSTANT,
            "timestamp without time zone", Part.INSTANT,
            "timestamp with time zone", Part.INSTANT,
            "date", Part.DAY,
            "time", Part.TIME,
            "timetz", Part.TIME);

    /**
     * Where a moment stands among the days: what is close to it depends on the hour and the time zone.
     *
     * @param day by the calendar of whoever asks
     */
    record Present(LocalDate day) implements Comparable<Present>, BoundValue.Coarse {

        private static final int CLOSE = 2;

        @Override
        public int compareTo(Present other) {
            return day.compareTo(other.day);
        }

        /** How it compares with a constant. */
        OptionalInt to(Comparable<?> constant) {
            return day(constant)
                    .map(other -> ChronoUnit.DAYS.between(other, day))
                    .filter(distance -> Math.abs(distance) > CLOSE)
                    .map(distance -> OptionalInt.of(Long.signum(distance)))
                    .orElseGet(OptionalInt::empty);
        }

        private static Optional<LocalDate> day(Comparable<?> constant) {
            if (constant instanceof LocalDate day) {
                return Optional.of(day);
            } else if (constant instanceof LocalDateTime moment) {
                return Optional.of(moment.toLocalDate());
            }
            return constant instanceof Instant instant
                    ? Optional.of(LocalDate.ofInstant(instant, ZoneOffset.UTC))
                    : Optional.empty();
        }
    }

    /** Its value, if today is the given day. */
    BoundValue value(LocalDate today) {
        var value = BoundValue.unsorted(this);
        return part == Part.TIME ? value : value.at(new Present(today.plusDays(days)));
    }

    /** The moment that an expression names, as a value of a type. */
    static Optional<Moment> of(SqlExpression expression, DataType type) {
        return type instanceof DataType.Scalar scalar
                ? part(scalar.kind())
                        .flatMap(part -> named(expression, Optional.of(part)).map(moment -> moment.as(part)))
                : Optional.empty();
    }

    private static Optional<Part> part(ScalarKind kind) {
        return switch (kind) {
            case TIMESTAMP, TIMESTAMPTZ -> Optional.of(Part.INSTANT);
            case DATE -> Optional.of(Part.DAY);
            case TIME -> Optional.of(Part.TIME);
            default -> Optional.empty();
        };
    }

    /** @param wanted what a text in its place is read as */
    private static Optional<Moment> named(SqlExpression expression, Optional<Part> wanted) {
        if (expression instanceof SqlExpression.Call call && call.arguments().isEmpty()) {
            return Optional.ofNullable(CALLS.get(call.function()));
        } else if (expression instanceof SqlExpression.Cast cast && TYPES.containsKey(cast.type())) {
            var part = TYPES.get(cast.type());
            return named(cast.operand(), Optional.of(part)).map(moment -> moment.as(part));
        } else if (expression instanceof SqlExpression.Operation operation
                && operation.operands().size() == 2) {
            return shift(operation)
                    .flatMap(days -> named(operation.operands().get(0), Optional.empty())
                            .filter(moment -> moment.part != Part.TIME)
                            .map(moment -> new Moment(moment.part, moment.days + days)));
        } else if (expression instanceof Literal literal && literal.kind() == Literal.Kind.TEXT) {
            return wanted.flatMap(part ->
                    Optional.ofNullable(WORDS.get(literal.value().strip().toLowerCase(Locale.ROOT))));
        }
        return Optional.empty();
    }

    /** How many days are added or taken away, be they a number or an interval. */
    private static Optional<Integer> shift(SqlExpression.Operation operation) {
        var operand = operation.operands().get(1);
        var text = operand instanceof SqlExpression.Cast cast && cast.type().equals("interval")
                ? constant(cast.operand(), Literal.Kind.TEXT).map(DAYS::matcher).filter(Matcher::matches)
                : constant(operand, Literal.Kind.NUMBER).map(NUMBER::matcher).filter(Matcher::matches);
        var sign = Map.of("+", 1, "-", -1).getOrDefault(operation.operator(), 0);
        return text.filter(days -> sign != 0).map(days -> sign * Integer.parseInt(days.group(1)));
    }

    private static Optional<String> constant(SqlExpression expression, Literal.Kind kind) {
        return expression instanceof Literal literal && literal.kind() == kind
                ? Optional.of(literal.value())
                : Optional.empty();
    }

    /** A day has no time of its own, and a time no day. */
    private Moment as(Part wanted) {
        return part == Part.INSTANT ? new Moment(wanted, days) : this;
    }
}
