package dev.schemaproof.prove.data;

import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.ScalarKind;
import dev.schemaproof.model.TypeDefinition.Enumeration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The values of a column, counted: the same text for the same number each time, and another for every number below the
 * capacity of its type.
 *
 * @param maker what is known of the attribute
 * @param first values that have to be among them, and come first
 * @param pool all values, where only some are known to be allowed; empty where any number has one
 * @param form what texts look like
 * @param width how many bytes a value takes, as far as its number leaves a choice
 * @param distinct how many values there will be, so that moments spread over their range
 * @param until the day at whose noon moments end, in the time zone of the session that reads them
 */
record NumberedValues(
        ValueMaker maker,
        List<String> first,
        List<String> pool,
        ValueMaker.Form form,
        int width,
        long distinct,
        LocalDate until) {

    private static final int RADIX = 36;
    private static final int FIRST_NUMBER = 100_000;
    private static final int LETTERS = 26;
    private static final int MOST_DAYS = 700_000;
    private static final int MOST_ADDRESSES = 1 << 24;
    private static final long SECONDS_A_DAY = 86_400;
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final long MICROS_A_DAY = SECONDS_A_DAY * 1_000_000;
    /** Texts beyond this many bytes have a longer header. */
    private static final int SHORT_HEADER = 127;

    NumberedValues {
        if (distinct < 1) {
            throw new IllegalArgumentException("no values");
        }
        first = List.copyOf(first);
        pool = List.copyOf(pool);
    }

    /** These values with others in front. */
    NumberedValues withFirst(List<String> values) {
        return new NumberedValues(maker, values, pool, form, width, distinct, until);
    }

    /** As many values as this. */
    NumberedValues withDistinct(long number) {
        return new NumberedValues(maker, first, pool, form, width, number, until);
    }

    /** How many different values there can be. */
    long capacity() {
        return pool.isEmpty() ? capacity(maker.type()) : pool.size();
    }

    private long capacity(DataType type) {
        if (type instanceof DataType.Scalar scalar) {
            return switch (scalar.kind()) {
                case BOOLEAN -> 2;
                case SMALLINT -> Short.MAX_VALUE - 1;
                case INT -> Integer.MAX_VALUE - 1;
                case DATE -> MOST_DAYS;
                case TIME -> MICROS_A_DAY;
                case INET -> MOST_ADDRESSES;
                case TEXT -> texts(Integer.MAX_VALUE);
                default -> Long.MAX_VALUE;
            };
        }
        if (type instanceof DataType.Decimal decimal) {
            return Math.max(1, power(10, decimal.precision() - decimal.scale()) - 1);
        }
        if (type instanceof DataType.Varying varying) {
            return texts(varying.length());
        }
        if (type instanceof DataType.Fixed fixed) {
            return texts(fixed.length());
        }
        if (type instanceof DataType.Array array) {
            return capacity(array.element()) <= Short.MAX_VALUE ? 1 : capacity(array.element());
        }
        return maker.labels().map(Enumeration::labels).map(List::size).orElse(1);
    }

    private long texts(int most) {
        int room = most - form.length();
        return switch (form.kind()) {
            case LETTERS -> room < 1 ? 0 : power(RADIX, room);
            case DIGITS -> Math.max(0, power(10, room) - FIRST_NUMBER);
            case NOTHING -> room < 0 ? 0 : 1;
        };
    }

    private static long power(long base, int exponent) {
        double all = Math.pow((double) base, Math.max(0, exponent));
        return all >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) all;
    }

    /** The value with a number. */
    String of(long number) {
        if (number < first.size()) {
            return first.get((int) number);
        }
        if (!pool.isEmpty()) {
            return pool.get((int) (number % pool.size()));
        }
        DataType type = maker.type();
        if (type instanceof DataType.Scalar scalar) {
            return scalar(scalar.kind(), number);
        }
        if (type instanceof DataType.Varying varying) {
            return text(number, varying.length());
        }
        if (type instanceof DataType.Fixed fixed) {
            return text(number, fixed.length());
        }
        if (type instanceof DataType.Named) {
            List<Located<String>> labels = maker.labels().orElseThrow().labels();
            return labels.get((int) (number % labels.size())).value();
        }
        return usual(number);
    }

    /** As in a row that is inserted alone, with random choices that follow from the number. */
    private String usual(long number) {
        return maker.of(maker.type(), new SplittableRandom(number), number, 0);
    }

    private String scalar(ScalarKind kind, long number) {
        return switch (kind) {
            case TEXT -> text(number, Integer.MAX_VALUE);
            case BOOLEAN -> number % 2 == 0 ? "false" : "true";
            case DATE -> day(number).toString();
            case TIME -> LocalTime.ofNanoOfDay(number % MICROS_A_DAY * 1_000).toString();
            case TIMESTAMP, TIMESTAMPTZ -> moment(number).toString();
            case INTERVAL -> number + 1 + " seconds";
            case JSON -> "{\"" + ValueMaker.word(number) + "\": " + number + filler(number) + "}";
            case BYTES -> "\\x" + hex(number);
            default -> usual(number);
        };
    }

    /** Days in their order, the last one today. */
    private LocalDate day(long number) {
        return until.minusDays((distinct - 1 - number % distinct) * Math.max(1, DeclaredStatistics.DAYS / distinct));
    }

    /** Moments in their order, the last one just before noon. */
    private LocalDateTime moment(long number) {
        double share = (number % distinct + 1) / (double) distinct;
        long seconds = (long) (share * DeclaredStatistics.DAYS * SECONDS_A_DAY);
        // Fractions tell those apart that fall into the same second
        long micros = number % 1_000_000;
        return until.minusDays(DeclaredStatistics.DAYS)
                .atTime(LocalTime.NOON)
                .plusSeconds(seconds - 1)
                .plusNanos(micros * NANOS_A_SECOND / 1_000_000);
    }

    /** The text: what it looks like, then letters up to the width, then the number, by which it differs from all others. */
    private String text(long number, int most) {
        if (form.kind() == ValueMaker.Form.Kind.NOTHING) {
            return form.prefix();
        } else if (form.kind() == ValueMaker.Form.Kind.DIGITS) {
            return form.around(Long.toString(FIRST_NUMBER + number));
        }
        String tail = Long.toString(number, RADIX);
        int bytes = width - (width <= SHORT_HEADER ? 1 : 4);
        int room = Math.min(bytes, most) - form.length();
        if (room <= tail.length() + 1) {
            return form.around(tail);
        }
        StringBuilder text = new StringBuilder(room).append(form.prefix());
        int letters = room - tail.length() - 1;
        String word = ValueMaker.word(Shuffle.mix(number) >>> 1);
        text.append(word, 0, Math.min(letters, word.length()));
        letters(text, number, letters - Math.min(letters, word.length()));
        return text.append('-').append(tail).append(form.suffix()).toString();
    }

    /** Letters that no compression makes short. */
    private static void letters(StringBuilder text, long number, int count) {
        long random = 0;
        for (int i = 0; i < count; i++) {
            random = i % 8 == 0 ? Shuffle.mix(number * 31 + i) : random >>> 8;
            text.append((char) ('a' + (int) (random & 0xFF) % LETTERS));
        }
    }

    private String filler(long number) {
        int rest = width - 48;
        if (rest <= 0) {
            return "";
        }
        StringBuilder text = new StringBuilder(rest + 12).append(", \"text\": \"");
        letters(text, number, rest);
        return text.append('"').toString();
    }

    private String hex(long number) {
        StringBuilder digits = new StringBuilder(2 * width);
        String own = Long.toHexString(number);
        digits.append("0".repeat(16 - own.length())).append(own);
        for (int i = 8; i < width - 4; i++) {
            String one = Long.toHexString(Shuffle.mix(number * 31 + i) & 0xFF);
            digits.append("0".repeat(2 - one.length())).append(one);
        }
        return digits.toString();
    }
}
