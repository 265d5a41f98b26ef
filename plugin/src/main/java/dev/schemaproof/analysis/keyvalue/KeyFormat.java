package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.ValueType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** How a value is written into a key. */
public sealed interface KeyFormat {

    /** Whether values of the type can be written so. */
    boolean fits(ValueType type);

    /** The texts that it writes. */
    Shape shape(ValueType type);

    /** Whether two values of the type never give the same text. */
    boolean injective(ValueType type);

    /** How its texts sort, byte by byte. */
    Sorting sorting(ValueType type);

    /** Whether all its texts are equally long, so that what follows never decides between two values. */
    default boolean fixedWidth(ValueType type) {
        return shape(type).width().isPresent();
    }

    /** The text for a value given as text; nothing if it is no value of the type. */
    Optional<String> write(ValueType type, String value);

    /** As it stands behind the colon; empty where none stands. */
    String notation();

    /** Beyond this no database has numbers, and writing one without an exponent would fill the memory. */
    int MOST_PLACES = 20_000;

    /** How texts sort, compared with the values that they stand for. */
    enum Sorting {
        /** Exactly as the values. */
        AS_VALUES,
        /** Never against the values, but values next to each other may give the same text. */
        COARSER,
        /** In an order of their own. */
        OTHERWISE
    }

    /** The formats with a fixed name, for messages. */
    List<String> NAMES = List.of("iso", "epoch", "lower");

    /** The kinds that can be part of a text key. */
    Set<Kind> WRITABLE = EnumSet.complementOf(EnumSet.of(Kind.BYTES, Kind.OTHER));

    /** Reads what stands behind the colon. */
    static Optional<KeyFormat> read(String notation) {
        var padded = Pattern.compile("%0([1-9]\\d?)d").matcher(notation);
        if (padded.matches()) {
            return Optional.of(new Padded(Integer.parseInt(padded.group(1))));
        }
        var shard = Pattern.compile("shard\\((\\d{1,4})\\)").matcher(notation);
        if (shard.matches()) {
            var count = Integer.parseInt(shard.group(1));
            return count >= 2 && count <= Shard.MOST ? Optional.of(new Shard(count)) : Optional.empty();
        }
        return switch (notation) {
            case "iso" -> Optional.of(new Iso());
            case "epoch" -> Optional.of(new Epoch());
            case "lower" -> Optional.of(new Lower());
            default -> DatePattern.read(notation).map(Dated::new);
        };
    }

    /** Without a format. */
    record Plain() implements KeyFormat {

        private static final Set<Kind> SORTED =
                EnumSet.of(Kind.TEXT, Kind.UUID, Kind.BOOLEAN, Kind.DATE, Kind.TIME, Kind.TIMESTAMP, Kind.UNKNOWN);

        @Override
        public boolean fits(ValueType type) {
            return WRITABLE.contains(type.kind());
        }

        @Override
        public Shape shape(ValueType type) {
            return type.shape();
        }

        @Override
        public boolean injective(ValueType type) {
            return true;
        }

        @Override
        public Sorting sorting(ValueType type) {
            return SORTED.contains(type.kind()) ? Sorting.AS_VALUES : Sorting.OTHERWISE;
        }

        @Override
        public Optional<String> write(ValueType type, String value) {
            return switch (type.kind()) {
                case UUID, BOOLEAN, INET -> Optional.of(value.toLowerCase(Locale.ROOT));
                case INTEGER, DECIMAL, FLOAT -> number(value).map(Plain::plain);
                case DATE -> DatePattern.moment(Kind.DATE, value).map(DatePattern.DATE::format);
                case TIME -> DatePattern.moment(Kind.TIME, value).map(DatePattern.TIME::format);
                case TIMESTAMP -> DatePattern.moment(Kind.TIMESTAMP, value).map(DatePattern.ISO::format);
                case ENUMERATION -> type.labels().contains(value) ? Optional.of(value) : Optional.empty();
                default -> Optional.of(value);
            };
        }

        private static String plain(BigDecimal number) {
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }

        @Override
        public String notation() {
            return "";
        }
    }

    /** {@code iso}: what days and timestamps have without a format, spelled out. */
    record Iso() implements KeyFormat {

        private static final Plain PLAIN = new Plain();

        @Override
        public boolean fits(ValueType type) {
            return EnumSet.of(Kind.DATE, Kind.TIMESTAMP, Kind.UNKNOWN).contains(type.kind());
        }

        @Override
        public Shape shape(ValueType type) {
            return PLAIN.shape(type);
        }

        @Override
        public boolean injective(ValueType type) {
            return true;
        }

        @Override
        public Sorting sorting(ValueType type) {
            return Sorting.AS_VALUES;
        }

        @Override
        public Optional<String> write(ValueType type, String value) {
            return PLAIN.write(type, value);
        }

        @Override
        public String notation() {
            return "iso";
        }
    }

    /** {@code epoch}: whole seconds since 1970, which lose the microseconds of a timestamp. */
    record Epoch() implements KeyFormat {

        private static final int MOST_DIGITS = 12;

        @Override
        public boolean fits(ValueType type) {
            return EnumSet.of(Kind.DATE, Kind.TIMESTAMP, Kind.UNKNOWN).contains(type.kind());
        }

        @Override
        public Shape shape(ValueType type) {
            return Shape.integer(MOST_DIGITS);
        }

        @Override
        public boolean injective(ValueType type) {
            return type.kind() != Kind.TIMESTAMP;
        }

        @Override
        public Sorting sorting(ValueType type) {
            return Sorting.OTHERWISE;
        }

        @Override
        public Optional<String> write(ValueType type, String value) {
            return DatePattern.moment(type.kind(), value)
                    .map(moment -> String.valueOf(moment.toEpochSecond(ZoneOffset.UTC)));
        }

        @Override
        public String notation() {
            return "epoch";
        }
    }

    /**
     * {@code %012d}: a whole number with zeros in front; a minus sign takes one of the places.
     *
     * @param places the least number of characters
     */
    record Padded(int places) implements KeyFormat {

        @Override
        public boolean fits(ValueType type) {
            return type.kind() == Kind.INTEGER || type.kind() == Kind.UNKNOWN;
        }

        @Override
        public Shape shape(ValueType type) {
            return Shape.choice(
                    padded(places, type.digits()),
                    Shape.sequence(Shape.literal("-"), padded(places - 1, type.digits())));
        }

        private static Shape padded(int places, int digits) {
            if (digits <= places) {
                return Shape.sequence(Shape.literal("0".repeat(places - digits)), Shape.digits(digits));
            }
            return Shape.choice(
                    Shape.digits(places),
                    Shape.sequence(
                            new Shape.One(CharacterSet.between('1', '9')),
                            Shape.some(CharacterSet.DIGITS, places, digits - 1)));
        }

        @Override
        public boolean injective(ValueType type) {
            return true;
        }

        @Override
        public Sorting sorting(ValueType type) {
            return Sorting.AS_VALUES;
        }

        /**
         * The number of places is the team's word that no number is longer and none is below zero; what a rule has to say about that is
         * a guess.
         */
        @Override
        public boolean fixedWidth(ValueType type) {
            return true;
        }

        @Override
        public Optional<String> write(ValueType type, String value) {
            return number(value)
                    .filter(number -> number.stripTrailingZeros().scale() <= 0)
                    .map(BigDecimal::toBigInteger)
                    .map(this::padded);
        }

        private String padded(BigInteger number) {
            return String.format(Locale.ROOT, notation(), number);
        }

        @Override
        public String notation() {
            return "%0" + places + "d";
        }
    }

    /** {@code lower}: text in lower case by the rules of no language. */
    record Lower() implements KeyFormat {

        private static final CharacterSet UPPER = CharacterSet.between('A', 'Z');
        private static final CharacterSet ASCII = CharacterSet.between(0, 0x7F);

        @Override
        public boolean fits(ValueType type) {
            return EnumSet.of(Kind.TEXT, Kind.ENUMERATION, Kind.UUID, Kind.UNKNOWN)
                    .contains(type.kind());
        }

        @Override
        public Shape shape(ValueType type) {
            if (type.kind() == Kind.ENUMERATION) {
                return Shape.oneOf(lowered(type));
            }
            // Beyond ASCII lower case may change the number of characters, so bounds on them say nothing
            return type.shape().characters().minus(ASCII).isEmpty()
                    ? type.shape().map(Lower::lower)
                    : Shape.some(CharacterSet.ANY.minus(UPPER));
        }

        private static CharacterSet lower(CharacterSet characters) {
            var lowered = new ArrayList<CharacterSet.Range>();
            for (var c = 'A'; c <= 'Z'; c++) {
                if (characters.contains(c)) {
                    lowered.add(new CharacterSet.Range(c + 'a' - 'A', c + 'a' - 'A'));
                }
            }
            return characters.minus(UPPER).union(new CharacterSet(lowered));
        }

        private static List<String> lowered(ValueType type) {
            return type.labels().stream()
                    .map(label -> label.toLowerCase(Locale.ROOT))
                    .toList();
        }

        @Override
        public boolean injective(ValueType type) {
            if (type.kind() == Kind.ENUMERATION) {
                return new HashSet<>(lowered(type)).size() == type.labels().size();
            }
            return type.shape().characters().minus(ASCII.minus(UPPER)).isEmpty();
        }

        @Override
        public Sorting sorting(ValueType type) {
            return injective(type) && type.kind() != Kind.ENUMERATION ? Sorting.AS_VALUES : Sorting.OTHERWISE;
        }

        @Override
        public Optional<String> write(ValueType type, String value) {
            return Optional.of(value.toLowerCase(Locale.ROOT));
        }

        @Override
        public String notation() {
            return "lower";
        }
    }

    /**
     * {@code shard(10)}: the CRC-32 of the value's text in UTF-8, modulo the number of shards.
     *
     * @param count how many shards
     */
    record Shard(int count) implements KeyFormat {

        static final int MOST = 1_000;

        private static final Plain PLAIN = new Plain();

        @Override
        public boolean fits(ValueType type) {
            return PLAIN.fits(type);
        }

        @Override
        public Shape shape(ValueType type) {
            return Shape.oneOf(
                    IntStream.range(0, count).mapToObj(String::valueOf).toList());
        }

        @Override
        public boolean injective(ValueType type) {
            return false;
        }

        @Override
        public Sorting sorting(ValueType type) {
            return Sorting.OTHERWISE;
        }

        @Override
        public Optional<String> write(ValueType type, String value) {
            return PLAIN.write(type, value).map(this::shard);
        }

        private String shard(String text) {
            var checksum = new CRC32();
            checksum.update(text.getBytes(StandardCharsets.UTF_8));
            return String.valueOf(checksum.getValue() % count);
        }

        @Override
        public String notation() {
            return "shard(" + count + ")";
        }
    }

    /** A pattern such as {@code yyyy-MM-dd}, which keeps of a timestamp what it names. */
    record Dated(DatePattern pattern) implements KeyFormat {

        @Override
        public boolean fits(ValueType type) {
            return type.kind() == Kind.UNKNOWN || pattern.fits(type.kind());
        }

        @Override
        public Shape shape(ValueType type) {
            return pattern.shape();
        }

        @Override
        public boolean injective(ValueType type) {
            return pattern.injective(type.kind());
        }

        @Override
        public Sorting sorting(ValueType type) {
            if (!pattern.ascending(type.kind())) {
                return Sorting.OTHERWISE;
            }
            return injective(type) ? Sorting.AS_VALUES : Sorting.COARSER;
        }

        @Override
        public Optional<String> write(ValueType type, String value) {
            return DatePattern.moment(type.kind(), value).map(pattern::format);
        }

        @Override
        public String notation() {
            return pattern.text();
        }
    }

    private static Optional<BigDecimal> number(String value) {
        try {
            return Optional.of(new BigDecimal(value.strip())).filter(number -> Math.abs(number.scale()) <= MOST_PLACES);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
