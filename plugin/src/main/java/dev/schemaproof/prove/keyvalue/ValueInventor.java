package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.ValueType;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.ScalarKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes up values of one attribute, such as break layouts: what differs in a letter's case only, what ends where another goes on, what holds
 * the delimiters and words of keys, numbers with more digits and signs, moments a microsecond apart.
 */
final class ValueInventor {

    private static final List<String> TEXTS = List.of(
            "a", "b", "A", "ab", "a#b", "a#", "#", "~", "~~", "Z", "z", "10", "9", "-1", "a b", " ", "é", "😀",
            "\uFFFD", "USER#a", "{a}", "$a", "${a}", "\"", "\\");
    private static final List<String> WHOLE = List.of("0", "1", "2", "9", "10", "11", "99", "100", "-1", "-2", "-10");
    private static final List<String> FRACTIONS =
            List.of("0", "1", "-1", "0.5", "-0.5", "1.25", "9", "10", "10.5", "99.99", "100", "-100");
    private static final List<String> DAYS =
            List.of("2024-01-15", "2024-01-16", "2024-02-01", "2023-12-31", "1999-12-31", "0001-01-01", "9999-12-31");
    private static final List<String> TIMES =
            List.of("00:00:00.000000", "08:30:00.000000", "08:30:00.000001", "08:30:01.000000", "23:59:59.999999");
    private static final List<String> ADDRESSES =
            List.of("10.0.0.1", "10.0.0.10", "10.0.0.2", "192.0.2.1", "2001:db8::1");
    private static final List<String> BYTES = List.of("\\x00", "\\x01", "\\x0102", "\\xff", "\\x7f", "\\xff00");
    private static final int SAMPLES = 12;
    private static final int DAY_SECONDS = 86_400;
    private static final int RADIX = 36;

    private final ValueType type;
    private final Use use;
    private final List<String> pool;

    /**
     * What is known of an attribute's use.
     *
     * @param inKey whether keys are made of it, so that it is no empty text
     * @param places how many places keys leave for a number, which is their word that it needs no more; 0 where none say so
     * @param wholeSeconds whether it is stored as seconds
     * @param words texts that stand in the keys
     * @param compared values that patterns compare it with
     */
    record Use(boolean inKey, int places, boolean wholeSeconds, Set<String> words, Set<String> compared) {}

    ValueInventor(ValueType type, Use use, SplittableRandom random) {
        this.type = type;
        this.use = use;
        var others = pool(random).filter(this::allowed).distinct().toList();
        // Often enough that some rows have them together
        var compared =
                use.compared.stream().flatMap(value -> Collections.nCopies(1 + others.size() / 4, value).stream());
        this.pool = Stream.concat(others.stream(), compared).toList();
    }

    private Stream<String> pool(SplittableRandom random) {
        return switch (type.kind()) {
            case TEXT, UNKNOWN -> texts(random);
            case ENUMERATION -> type.labels().stream();
            case UUID -> Stream.generate(() -> uuid(random)).limit(SAMPLES);
            case INTEGER ->
                Stream.concat(WHOLE.stream(), Stream.of(most(), most().negate()).map(BigInteger::toString));
            case DECIMAL -> FRACTIONS.stream().map(this::rounded);
            case FLOAT -> FRACTIONS.stream();
            case BOOLEAN -> Stream.of("true", "false");
            case DATE -> DAYS.stream();
            case TIME -> TIMES.stream();
            case TIMESTAMP -> DAYS.stream().flatMap(day -> TIMES.stream().map(time -> moment(day, time)));
            case INET -> ADDRESSES.stream();
            case BYTES -> BYTES.stream();
            case OTHER -> others();
        };
    }

    private Stream<String> texts(SplittableRandom random) {
        var words = use.words.stream()
                .flatMap(word -> Stream.of(word, word + "a", "a" + word, word.toLowerCase(Locale.ROOT), word + "~"));
        var empty = use.inKey ? Stream.<String>of() : Stream.of("");
        return Stream.of(empty, TEXTS.stream(), words, type.texts(random, SAMPLES).stream())
                .flatMap(texts -> texts);
    }

    /** The greatest number that there is, as far as type, checks and keys leave places. */
    private BigInteger most() {
        var digits = use.places > 0 ? Math.min(use.places, type.digits()) : type.digits();
        var most = BigInteger.TEN.pow(Math.max(1, digits)).subtract(BigInteger.ONE);
        return type.declared() instanceof DataType.Scalar scalar
                ? most.min(BigInteger.valueOf(
                        switch (scalar.kind()) {
                            case SMALLINT -> Short.MAX_VALUE;
                            case INT -> Integer.MAX_VALUE;
                            default -> Long.MAX_VALUE;
                        }))
                : most;
    }

    private String rounded(String number) {
        if (!(type.declared() instanceof DataType.Decimal decimal)) {
            return number;
        }
        var most = BigDecimal.TEN.pow(decimal.precision() - decimal.scale());
        var value = new BigDecimal(number).setScale(decimal.scale(), RoundingMode.DOWN);
        return value.remainder(most).toPlainString();
    }

    private String moment(String day, String time) {
        return day + "T" + (use.wholeSeconds ? time.substring(0, 8) + ".000000" : time) + "Z";
    }

    private Stream<String> others() {
        if (type.declared() instanceof DataType.Array array) {
            var elements = element(array.element());
            return Stream.<List<String>>of(
                            List.of(),
                            List.of(elements.get(0)),
                            List.of(elements.get(1)),
                            List.of(elements.get(0), elements.get(1)),
                            List.of(elements.get(1), elements.get(2), elements.get(1)))
                    .map(WireValues::listText);
        }
        return type.declared().equals(new DataType.Scalar(ScalarKind.JSON))
                ? Stream.of("{}", "{\"a\": 1}", "{\"a\": [true, null, \"x\"], \"b\": {\"c\": -1.5}}")
                : Stream.of("1 day", "2 days", "10 days");
    }

    private static List<String> element(DataType type) {
        if (type instanceof DataType.Scalar scalar) {
            return switch (scalar.kind()) {
                case SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> List.of("1", "2", "10");
                case BOOLEAN -> List.of("true", "false", "true");
                case UUID ->
                    Stream.of("a", "b", "c")
                            .map(text -> UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                                    .toString())
                            .toList();
                case BYTES -> List.of("\\x00", "\\x01", "\\xff");
                default -> List.of("a", "ab", "b#");
            };
        }
        return type instanceof DataType.Decimal ? List.of("1", "2", "10") : List.of("a", "ab", "b#");
    }

    private boolean allowed(String value) {
        return switch (type.kind()) {
            // Stretches of keys end with that noncharacter, as nothing sorts behind it; a zero is in no text of SQL
            case TEXT ->
                value.isEmpty()
                        ? !use.inKey
                        : type.allows(value) && value.indexOf(Character.MAX_CODE_POINT) < 0 && value.indexOf(0) < 0;
            case INTEGER -> {
                var number = new BigInteger(value);
                yield number.abs().compareTo(most()) <= 0 && (use.places == 0 || number.signum() >= 0);
            }
            default -> true;
        };
    }

    /** Values to choose from. */
    List<String> pool() {
        return pool;
    }

    /** A value; it may be there already. */
    String any(SplittableRandom random) {
        return pool.isEmpty() ? fresh(random, 0) : pool.get(random.nextInt(pool.size()));
    }

    /** A value that is probably not there yet, as far as the type has so many. */
    String fresh(SplittableRandom random, int serial) {
        return switch (type.kind()) {
            case TEXT, UNKNOWN -> freshText(random, serial);
            case UUID -> uuid(random);
            case INTEGER ->
                BigInteger.valueOf(Math.abs(random.nextLong()))
                        .mod(most().add(BigInteger.ONE))
                        .toString();
            case DECIMAL -> rounded(serial + "." + random.nextInt(100));
            case FLOAT -> serial + "." + (1 + random.nextInt(8));
            case DATE -> LocalDate.of(2020, 1, 1).plusDays(random.nextInt(3000)).toString();
            case TIME -> time(random);
            case TIMESTAMP ->
                moment(LocalDate.of(2020, 1, 1).plusDays(random.nextInt(3000)).toString(), time(random));
            case INET -> "10." + serial / 256 % 256 + "." + serial % 256 + "." + random.nextInt(256);
            case BYTES -> String.format(Locale.ROOT, "\\x%08x", random.nextInt());
            case ENUMERATION, BOOLEAN, OTHER -> pool.get(random.nextInt(pool.size()));
        };
    }

    private String freshText(SplittableRandom random, int serial) {
        var numbered = Stream.of(TEXTS.get(random.nextInt(TEXTS.size())) + Long.toString(serial, RADIX), "x" + serial)
                .filter(this::allowed)
                .findFirst();
        return numbered.or(() -> type.texts(new SplittableRandom(random.nextLong()), 1).stream()
                        .findFirst())
                .orElse("x");
    }

    private static String time(SplittableRandom random) {
        return String.format(
                Locale.ROOT,
                "%s.%06d",
                LocalTime.ofSecondOfDay(random.nextInt(DAY_SECONDS))
                        .format(DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)),
                random.nextInt(1_000_000));
    }

    private static String uuid(SplittableRandom random) {
        return new UUID(
                        random.nextLong() & ~0xF000L | 0x4000L,
                        random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L)
                .toString();
    }
}
