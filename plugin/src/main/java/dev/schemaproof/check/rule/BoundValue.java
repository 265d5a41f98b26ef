package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.Volatility;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.TypeDefinition;
import dev.schemaproof.sql.SqlExpression;
import dev.schemaproof.sql.SqlExpression.Literal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A value of a partition key that a bound names, as far as it can be told without the database: constants of types whose
 * texts have one meaning.
 *
 * @param rank below every value, a value, null, or above every value
 * @param identity what equals the identity of an equal value; empty when it can't be told
 * @param order what it is sorted by among values of its kind; empty when it can't be told
 */
record BoundValue(Rank rank, Optional<Object> identity, Optional<Comparable<?>> order) {

    /** More digits than a {@code numeric} can have on either side of its point. */
    private static final int MOST_DIGITS = 131_072;

    private static final PostgresDialect POSTGRES = new PostgresDialect();

    enum Rank {
        LEAST,
        VALUE,
        NULL,
        GREATEST
    }

    private static BoundValue limit(Rank rank) {
        return new BoundValue(rank, Optional.of(rank), Optional.empty());
    }

    private static BoundValue unknown() {
        return new BoundValue(Rank.VALUE, Optional.empty(), Optional.empty());
    }

    private static BoundValue ordered(Comparable<?> value) {
        return new BoundValue(Rank.VALUE, Optional.of(value), Optional.of(value));
    }

    /** The value that a text stands for in the place of a part of the entity's partition key. */
    static BoundValue of(SourceText text, Index.Part part, Entity entity, Facts facts) {
        if (Partitioning.isLimit(text)) {
            return limit(text.value().strip().equalsIgnoreCase("minvalue") ? Rank.LEAST : Rank.GREATEST);
        }
        var tree =
                facts.sql().expression(text).flatMap(reading -> reading.parsed().tree());
        var type = part.attribute()
                .flatMap(entity::attribute)
                .map(attribute -> facts.types().of(attribute.type().value()));
        var value = tree.map(expression -> of(expression, type, facts)).orElseGet(BoundValue::unknown);
        return value.rank() == Rank.VALUE && value.identity().isEmpty() ? computed(text, facts) : value;
    }

    /** What always gives the same gives one value wherever it stands. */
    private static BoundValue computed(SourceText text, Facts facts) {
        return new BoundValue(
                Rank.VALUE,
                facts.typing()
                        .text(text)
                        .filter(typed -> typed.typed().volatility() == Volatility.IMMUTABLE)
                        .map(typed -> List.of(text.value().strip())),
                Optional.empty());
    }

    /** The value of an expression without columns, taken for one of the type. */
    static BoundValue of(SqlExpression expression, Optional<DataType> type, Facts facts) {
        if (expression instanceof Literal literal) {
            return literal.kind() == Literal.Kind.NULL ? limit(Rank.NULL) : constant(literal, type, facts);
        } else if (expression instanceof SqlExpression.Cast cast) {
            var operand = of(cast.operand(), type, facts);
            var same = type.filter(of -> !(of instanceof DataType.Unreadable))
                    .filter(of -> cast.type().equals(POSTGRES.type(of)))
                    .isPresent();
            return operand.rank() == Rank.NULL || same ? operand : unknown();
        } else if (expression instanceof SqlExpression.Operation operation
                && operation.operator().equals("-")
                && operation.operands().size() == 1
                && operation.operands().get(0) instanceof Literal literal
                && literal.kind() == Literal.Kind.NUMBER) {
            return constant(new Literal(Literal.Kind.NUMBER, "-" + literal.value(), literal.span()), type, facts);
        }
        return unknown();
    }

    private static BoundValue constant(Literal literal, Optional<DataType> type, Facts facts) {
        var read = unknown();
        try {
            read = type.map(known -> constant(literal.value(), known, facts)).orElse(read);
        } catch (IllegalArgumentException | DateTimeException e) {
            // Infinity, NaN, words such as today, or what isn't of the type at all
        }
        // Of whatever type, equal texts are equal values
        return read.identity().isPresent()
                ? read
                : new BoundValue(Rank.VALUE, Optional.of(List.of(literal.kind(), literal.value())), Optional.empty());
    }

    private static BoundValue constant(String text, DataType type, Facts facts) {
        if (type instanceof DataType.Decimal decimal) {
            return number(text, decimal.scale());
        } else if (type instanceof DataType.Scalar scalar) {
            return scalar(text, scalar.kind());
        } else if (type instanceof DataType.Varying) {
            return new BoundValue(Rank.VALUE, Optional.of(text), Optional.empty());
        } else if (type instanceof DataType.Fixed) {
            return new BoundValue(Rank.VALUE, Optional.of(text.replaceFirst(" +$", "")), Optional.empty());
        } else if (type instanceof DataType.Named named
                && facts.model().types().get(named.name()) instanceof TypeDefinition.Enumeration labels) {
            var place = labels.labels().stream().map(Located::value).toList().indexOf(text);
            return place < 0 ? unknown() : ordered(place);
        }
        return unknown();
    }

    private static BoundValue scalar(String text, ScalarKind kind) {
        return switch (kind) {
            case SMALLINT, INT, BIGINT -> number(text, 0);
            case DATE -> ordered(LocalDate.parse(text.strip()));
            case TIMESTAMP -> ordered(dateTime(text));
            case TIMESTAMPTZ -> instant(text);
            case UUID -> ordered(UUID.fromString(text.strip()).toString());
            case BOOLEAN -> ordered(truth(text));
            case FLOAT -> ordered(Float.valueOf(finite(text)) + 0f);
            case DOUBLE -> ordered(Double.valueOf(finite(text)) + 0d);
            case INTERVAL ->
                IntervalText.microseconds(text)
                        .<BoundValue>map(BoundValue::ordered)
                        .orElseGet(BoundValue::unknown);
            case TEXT -> new BoundValue(Rank.VALUE, Optional.of(text), Optional.empty());
            default -> unknown();
        };
    }

    /** A number as both write it; Java would read more, such as {@code 1f}. */
    private static String finite(String text) {
        var trimmed = text.strip();
        if (!trimmed.matches("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")) {
            throw new NumberFormatException(text);
        }
        return trimmed;
    }

    private static Boolean truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new NumberFormatException(text);
        };
    }

    /** Rounded to the scale of its column, as the database does. */
    private static BoundValue number(String text, int scale) {
        var number = new BigDecimal(text.strip());
        // No type holds such a number, and writing it out would take all memory
        return Math.abs((long) number.scale()) > MOST_DIGITS
                ? unknown()
                : ordered(number.setScale(scale, RoundingMode.HALF_UP));
    }

    private static LocalDateTime dateTime(String text) {
        var trimmed = text.strip();
        return trimmed.length() == "2026-01-01".length()
                ? LocalDate.parse(trimmed).atStartOfDay()
                : LocalDateTime.parse(trimmed.replaceFirst(" +", "T"));
    }

    /** With a zone, or without one in all bounds alike, which is in the order of the session's zone. */
    private static BoundValue instant(String text) {
        var match = text.strip().replaceFirst(" +", "T").replaceFirst(" *([+-]\\d\\d)$", "$1:00");
        return match.matches(".*T.*([zZ]|[+-]\\d\\d:\\d\\d)")
                ? ordered(OffsetDateTime.parse(match).toInstant())
                : ordered(dateTime(text));
    }

    /** How two values of one part of a partition key are sorted, if that can be told. */
    OptionalInt compare(BoundValue other) {
        if (rank != other.rank || rank != Rank.VALUE) {
            return OptionalInt.of(rank.compareTo(other.rank));
        }
        if (order.isPresent()
                && other.order.isPresent()
                && order.get().getClass().equals(other.order.get().getClass())) {
            return OptionalInt.of(compare(order.get(), other.order.get()));
        }
        if (identity.isPresent() && identity.equals(other.identity)) {
            return OptionalInt.of(0);
        }
        return isEmptyText() && other.isText()
                ? OptionalInt.of(-1)
                : other.isEmptyText() && isText() ? OptionalInt.of(1) : OptionalInt.empty();
    }

    private boolean isText() {
        return identity.filter(String.class::isInstance).isPresent() && order.isEmpty();
    }

    /** What comes first in every collation. */
    private boolean isEmptyText() {
        return isText() && identity.filter(""::equals).isPresent();
    }

    @SuppressWarnings("unchecked")
    private static <T> int compare(Comparable<T> one, Comparable<?> other) {
        return one.compareTo((T) other);
    }

    /** How the ends of two ranges are sorted: by the first parts that differ, and nothing counts behind a limit. */
    static OptionalInt compare(List<BoundValue> ones, List<BoundValue> others) {
        for (var i = 0; i < Math.min(ones.size(), others.size()); i++) {
            var compared = ones.get(i).compare(others.get(i));
            if (compared.isEmpty() || compared.getAsInt() != 0 || ones.get(i).rank() != Rank.VALUE) {
                return compared;
            }
        }
        return OptionalInt.of(0);
    }
}
