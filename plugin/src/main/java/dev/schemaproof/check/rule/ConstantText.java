package dev.schemaproof.check.rule;

import dev.schemaproof.dialect.postgresql.TypeNames;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.ScalarKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The values of texts, of types whose texts have one meaning. */
final class ConstantText {

    /** More digits than a {@code numeric} can have on either side of its point. */
    private static final int MOST_DIGITS = 131_072;

    private static final Set<String> RANGES = Set.of("int4range", "int8range");
    private static final Pattern PLAIN_ARRAY = Pattern.compile("\\s*\\{([^{}\"\\\\]*)\\}\\s*");
    private static final Pattern HEXADECIMAL = Pattern.compile("\\\\x((?:[0-9a-fA-F]{2})*)");

    /** An amount without a sign or marks for thousands, which depend on the server's locale. */
    private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,15}(?:\\.[0-9]{2})?");

    private ConstantText() {}

    /** The bytes of a value, as hexadecimal digits. */
    private record Bytes(String digits) implements Comparable<Bytes> {

        @Override
        public int compareTo(Bytes other) {
            return digits.compareTo(other.digits);
        }
    }

    /** The elements of an array, all of one class. */
    record Elements(List<Comparable<?>> values) implements Comparable<Elements> {

        Elements {
            values = List.copyOf(values);
        }

        @Override
        public int compareTo(Elements other) {
            for (var i = 0; i < Math.min(values.size(), other.values.size()); i++) {
                var compared = BoundValue.compare(values.get(i), other.values.get(i));
                if (compared != 0) {
                    return compared;
                }
            }
            return Integer.compare(values.size(), other.values.size());
        }
    }

    /** A value of JSON, of which objects come last. */
    private record Json(boolean object) implements Comparable<Json>, BoundValue.Coarse {

        @Override
        public int compareTo(Json other) {
            return Boolean.compare(object, other.object);
        }
    }

    /** The value of a text, as far as it can be told. */
    static BoundValue value(String text, DataType type) {
        try {
            if (type instanceof DataType.Decimal decimal) {
                return number(text, decimal.scale());
            } else if (type instanceof DataType.Scalar scalar) {
                return scalar(text, scalar.kind());
            } else if (type instanceof DataType.Varying) {
                return BoundValue.unsorted(text);
            } else if (type instanceof DataType.Fixed) {
                return BoundValue.unsorted(text.replaceFirst(" +$", ""));
            } else if (type instanceof DataType.Native written) {
                return natively(text, TypeNames.catalogName(written.text()).orElse(""));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Infinity, NaN, or what isn't of the type at all
        }
        return BoundValue.unknown();
    }

    private static BoundValue scalar(String text, ScalarKind kind) {
        return switch (kind) {
            case SMALLINT, INT, BIGINT -> number(text, 0);
            case DATE -> BoundValue.ordered(LocalDate.parse(text.strip()));
            case TIME -> BoundValue.ordered(LocalTime.parse(text.strip()));
            case TIMESTAMP -> BoundValue.ordered(dateTime(text));
            case TIMESTAMPTZ -> instant(text);
            case UUID -> BoundValue.ordered(UUID.fromString(text.strip()).toString());
            case BOOLEAN -> BoundValue.ordered(truth(text));
            case FLOAT -> BoundValue.ordered(Float.valueOf(finite(text)) + 0f);
            case DOUBLE -> BoundValue.ordered(Double.valueOf(finite(text)) + 0d);
            case INTERVAL ->
                IntervalText.microseconds(text)
                        .<BoundValue>map(BoundValue::ordered)
                        .orElseGet(BoundValue::unknown);
            case TEXT -> BoundValue.unsorted(text);
            case BYTES -> bytes(text);
            case JSON ->
                new BoundValue(
                        BoundValue.Rank.VALUE,
                        Optional.empty(),
                        Optional.of(new Json(text.strip().startsWith("{"))));
            default -> BoundValue.unknown();
        };
    }

    private static BoundValue natively(String text, String type) {
        if (isRange(type)) {
            return range(text);
        }
        return type.equals("money") && AMOUNT.matcher(text.strip()).matches()
                ? BoundValue.ordered(new BigDecimal(text.strip()).setScale(2, RoundingMode.UNNECESSARY))
                : BoundValue.unknown();
    }

    /** Whether the catalog's name is that of a range of whole numbers. */
    static boolean isRange(String type) {
        return RANGES.contains(type);
    }

    static BoundValue range(String text) {
        return DiscreteRange.of(text).<BoundValue>map(BoundValue::ordered).orElseGet(BoundValue::unknown);
    }

    static BoundValue bytes(String text) {
        var digits = HEXADECIMAL.matcher(text);
        return digits.matches()
                ? BoundValue.ordered(new Bytes(digits.group(1).toLowerCase(Locale.ROOT)))
                : BoundValue.unknown();
    }

    /** The elements of an array's text, if none needs quotes. */
    static Optional<List<String>> elements(String text) {
        var plain = PLAIN_ARRAY.matcher(text);
        if (!plain.matches()) {
            return Optional.empty();
        }
        var elements = plain.group(1).isBlank()
                ? List.<String>of()
                : Stream.of(plain.group(1).split(",", -1)).map(String::strip).toList();
        return elements.stream().anyMatch("null"::equalsIgnoreCase) ? Optional.empty() : Optional.of(elements);
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
        var word = text.strip().toLowerCase(Locale.ROOT);
        if (word.isEmpty() || word.equals("o")) {
            throw new NumberFormatException(text);
        } else if (Stream.of("true", "yes", "on", "1").anyMatch(full -> full.startsWith(word))) {
            return true;
        } else if (Stream.of("false", "no", "off", "0").anyMatch(full -> full.startsWith(word))) {
            return false;
        }
        throw new NumberFormatException(text);
    }

    /** Rounded to the scale of its column, as the database does. */
    private static BoundValue number(String text, int scale) {
        var number = new BigDecimal(text.strip());
        // No type holds such a number, and writing it out would take all memory
        return Math.abs((long) number.scale()) > MOST_DIGITS
                ? BoundValue.unknown()
                : BoundValue.ordered(number.setScale(scale, RoundingMode.HALF_UP));
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
                ? BoundValue.ordered(OffsetDateTime.parse(match).toInstant())
                : BoundValue.ordered(dateTime(text));
    }
}
