package dev.schemaproof.analysis.keyvalue;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A pattern for days and times of fixed width, in the letters of {@link java.time.format.DateTimeFormatter}: {@code yyyy MM dd HH mm ss}
 * and one to six {@code S}. Other letters stand in single quotes; everything else stands for itself.
 *
 * @param text as it is written
 * @param parts its fields and what stands between them
 */
public record DatePattern(String text, List<Part> parts) {

    /** Timestamps without a format, and with {@code iso}: UTC, years 0001 to 9999. */
    public static final DatePattern ISO = known("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    /** Days without a format. */
    public static final DatePattern DATE = known("yyyy-MM-dd");

    /** Times of day without a format. */
    public static final DatePattern TIME = known("HH:mm:ss.SSSSSS");

    private static final int MICROSECOND_DIGITS = 6;

    public DatePattern {
        parts = List.copyOf(parts);
    }

    /** A field, or what stands between fields. */
    public sealed interface Part {

        /** Text that stands for itself. */
        record Separator(String text) implements Part {}

        /** Digits of a day or a time. */
        record Digits(Field field, int count) implements Part {}
    }

    /** The fields, the most significant first. */
    public enum Field {
        YEAR("yyyy", ChronoField.YEAR),
        MONTH("MM", ChronoField.MONTH_OF_YEAR),
        DAY("dd", ChronoField.DAY_OF_MONTH),
        HOUR("HH", ChronoField.HOUR_OF_DAY),
        MINUTE("mm", ChronoField.MINUTE_OF_HOUR),
        SECOND("ss", ChronoField.SECOND_OF_MINUTE),
        FRACTION("S", ChronoField.MICRO_OF_SECOND);

        private final String letters;
        private final ChronoField field;

        Field(String letters, ChronoField field) {
            this.letters = letters;
            this.field = field;
        }

        boolean ofDay() {
            return compareTo(DAY) <= 0;
        }

        /** The word for its length of time. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads a pattern that has at least one field. */
    public static Optional<DatePattern> read(String text) {
        var parts = new ArrayList<Part>();
        var i = 0;
        while (i < text.length()) {
            var c = text.charAt(i);
            if (c == '\'') {
                var end = text.indexOf('\'', i + 1);
                if (end < 0) {
                    return Optional.empty();
                }
                parts.add(new Part.Separator(end == i + 1 ? "'" : text.substring(i + 1, end)));
                i = end + 1;
            } else if (c < 0x80 && Character.isLetter(c)) {
                var end = i;
                while (end < text.length() && text.charAt(end) == c) {
                    end++;
                }
                var digits = digits(text.substring(i, end));
                if (digits.isEmpty()) {
                    return Optional.empty();
                }
                parts.add(digits.get());
                i = end;
            } else {
                parts.add(new Part.Separator(String.valueOf(c)));
                i++;
            }
        }
        return parts.stream().anyMatch(Part.Digits.class::isInstance)
                ? Optional.of(new DatePattern(text, parts))
                : Optional.empty();
    }

    private static Optional<Part> digits(String letters) {
        if (letters.startsWith("S")) {
            return letters.length() > MICROSECOND_DIGITS
                    ? Optional.empty()
                    : Optional.of(new Part.Digits(Field.FRACTION, letters.length()));
        }
        for (var field : Field.values()) {
            if (field.letters.equals(letters)) {
                return Optional.of(new Part.Digits(field, letters.length()));
            }
        }
        return Optional.empty();
    }

    private static DatePattern known(String text) {
        return read(text).orElseThrow();
    }

    Set<Field> fields() {
        var fields = EnumSet.noneOf(Field.class);
        digits().forEach(digits -> fields.add(digits.field));
        return fields;
    }

    private List<Part.Digits> digits() {
        return parts.stream()
                .filter(Part.Digits.class::isInstance)
                .map(Part.Digits.class::cast)
                .toList();
    }

    private Field finest() {
        return digits().stream().map(Part.Digits::field).max(Field::compareTo).orElseThrow();
    }

    /** What two moments share that it writes alike: {@code day}, or the pattern itself where it leaves out more. */
    public String precision() {
        return finest() == Field.FRACTION || !ascending(ValueType.Kind.TIMESTAMP) ? "`" + text + "`" : finest().word();
    }

    /** Whether values of the kind have all of its fields. */
    boolean fits(ValueType.Kind kind) {
        return switch (kind) {
            case DATE -> fields().stream().allMatch(Field::ofDay);
            case TIME -> fields().stream().noneMatch(Field::ofDay);
            case TIMESTAMP -> true;
            default -> false;
        };
    }

    /** Whether no two values of the kind give the same text. */
    boolean injective(ValueType.Kind kind) {
        var whole = EnumSet.allOf(Field.class);
        if (kind == ValueType.Kind.DATE) {
            whole.removeIf(field -> !field.ofDay());
        } else if (kind == ValueType.Kind.TIME) {
            whole.removeIf(Field::ofDay);
        }
        return fields().containsAll(whole)
                && digits().stream()
                        .filter(digits -> digits.field == Field.FRACTION)
                        .allMatch(digits -> digits.count == MICROSECOND_DIGITS);
    }

    /** Whether a later value never gives a text that sorts earlier: from the most significant field on, without a gap. */
    boolean ascending(ValueType.Kind kind) {
        var expected = Arrays.stream(Field.values())
                .filter(field -> kind != ValueType.Kind.TIME || !field.ofDay())
                .iterator();
        for (var digits : digits()) {
            if (!expected.hasNext() || digits.field != expected.next()) {
                return false;
            }
        }
        return true;
    }

    /** Its texts, which may name the 31st of any month. */
    public Shape shape() {
        return new Shape.Sequence(parts.stream().map(DatePattern::shape).toList());
    }

    private static Shape shape(Part part) {
        if (part instanceof Part.Separator separator) {
            return Shape.literal(separator.text);
        }
        var digits = (Part.Digits) part;
        return switch (digits.field) {
            case YEAR -> year();
            case MONTH -> Shape.choice(pair("0", '1', '9'), pair("1", '0', '2'));
            case DAY -> Shape.choice(pair("0", '1', '9'), pair("12", '0', '9'), pair("3", '0', '1'));
            case HOUR -> Shape.choice(pair("01", '0', '9'), pair("2", '0', '3'));
            case MINUTE, SECOND -> pair("012345", '0', '9');
            case FRACTION -> Shape.digits(digits.count);
        };
    }

    private static Shape year() {
        var nonzero = new Shape.One(CharacterSet.between('1', '9'));
        return Shape.choice(
                Shape.sequence(nonzero, Shape.digits(3)),
                Shape.sequence(Shape.literal("0"), nonzero, Shape.digits(2)),
                Shape.sequence(Shape.literal("00"), nonzero, Shape.digits(1)),
                Shape.sequence(Shape.literal("000"), nonzero));
    }

    private static Shape pair(String first, char from, char to) {
        return Shape.sequence(new Shape.One(CharacterSet.of(first)), new Shape.One(CharacterSet.between(from, to)));
    }

    /** The text for a moment. */
    String format(LocalDateTime moment) {
        var text = new StringBuilder();
        for (var part : parts) {
            if (part instanceof Part.Separator separator) {
                text.append(separator.text);
            } else if (part instanceof Part.Digits digits) {
                var value = moment.get(digits.field.field);
                var width = digits.field == Field.FRACTION ? MICROSECOND_DIGITS : digits.count;
                text.append(String.format(Locale.ROOT, "%0" + width + "d", value), 0, digits.count);
            }
        }
        return text.toString();
    }

    /** The moment that a day, a time of day or a timestamp in ISO 8601 stands for; without an offset it counts as UTC. */
    static Optional<LocalDateTime> moment(ValueType.Kind kind, String value) {
        try {
            var iso = value.strip().replace(' ', 'T');
            return Optional.of(
                    switch (kind) {
                        case DATE -> LocalDate.parse(iso).atStartOfDay();
                        case TIME -> LocalTime.parse(iso).atDate(LocalDate.EPOCH);
                        default -> timestamp(iso);
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime timestamp(String iso) {
        if (iso.indexOf('T') < 0) {
            return LocalDate.parse(iso).atStartOfDay();
        }
        var time = iso.substring(iso.indexOf('T'));
        var offset = time.endsWith("Z") || time.indexOf('+') >= 0 || time.indexOf('-') >= 0;
        // PostgreSQL writes an offset of whole hours without minutes
        return offset
                ? OffsetDateTime.parse(iso.replaceFirst("([+-]\\d\\d)$", "$1:00"))
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime()
                : LocalDateTime.parse(iso);
    }
}
