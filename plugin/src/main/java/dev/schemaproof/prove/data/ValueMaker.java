package dev.schemaproof.prove.data;

import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.TypeDefinition.Enumeration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Makes up values of one attribute, as texts that PostgreSQL reads.
 *
 * @param name the attribute's name; a text should look like it
 * @param type its type, below all domains
 * @param labels the labels, if it is an enum
 * @param identifying whether it should differ from row to row
 * @param shares declared values and how frequent they are
 * @param distinct how many different values there should be; zero when nothing is declared
 * @param hints values that conditions mention, so that rows on both sides of them are made
 */
record ValueMaker(
        String name,
        DataType type,
        Optional<Enumeration> labels,
        boolean identifying,
        Map<String, Double> shares,
        long distinct,
        List<String> hints) {

    private static final LocalDateTime FIRST_MOMENT = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final int SECONDS = 700 * 86_400;
    private static final int RADIX = 36;
    /** How often the usual values are tried before the unusual. */
    private static final int USUAL_ATTEMPTS = 8;

    private static final List<String> WORDS = List.of(
            "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "iris", "jade", "krill", "lotus");

    /** Texts of the forms that checks usually ask for. */
    private static final List<String> FORMS = List.of(
            "%s@example.com",
            "https://example.com/%s",
            "%s-slug",
            "+4930%d",
            "%d",
            "EUR",
            "DE",
            "de",
            "AB-%d",
            "2024-05-17",
            "A",
            "12:30",
            "#00ff7f",
            "10.0.0.1",
            "1.2.3");

    private static final List<String> NUMBERS =
            List.of("1", "0", "2", "10", "50", "100", "-1", "1000", "2024", "65535");

    /** The same for values that a number tells apart. */
    ValueMaker counted() {
        return new ValueMaker(name, type, labels, true, shares, distinct, hints);
    }

    /** What texts look like: what differs, and what stands around it. */
    record Form(String prefix, String suffix, Kind kind) {

        private static final Form PLAIN = new Form("", "", Kind.LETTERS);

        /** What differs from text to text. */
        enum Kind {
            LETTERS,
            DIGITS,
            NOTHING
        }

        /** A form with {@code %s} or {@code %d} in it, or else a single text. */
        static Form of(String pattern) {
            int place = pattern.indexOf('%');
            return place < 0
                    ? new Form(pattern, "", Kind.NOTHING)
                    : new Form(
                            pattern.substring(0, place),
                            pattern.substring(place + 2),
                            pattern.startsWith("%d", place) ? Kind.DIGITS : Kind.LETTERS);
        }

        /** How many characters stand around. */
        int length() {
            return prefix.length() + suffix.length();
        }

        String around(String text) {
            return prefix + text + suffix;
        }
    }

    /** What the attribute's texts may look like, the usual form first. */
    List<Form> forms() {
        List<Form> forms = new ArrayList<>();
        if (name.contains("email")) {
            forms.add(Form.of(FORMS.get(0)));
        } else if (name.endsWith("url")) {
            forms.add(Form.of(FORMS.get(1)));
        }
        forms.add(Form.PLAIN);
        FORMS.forEach(pattern -> forms.add(Form.of(pattern)));
        return forms;
    }

    /** A word, the same for the same number. */
    static String word(long number) {
        return WORDS.get((int) (number % WORDS.size()));
    }

    /** Whether values of the type can be made up. */
    boolean possible() {
        return !(type instanceof DataType.Native)
                && !(type instanceof DataType.Unreadable)
                && !(type instanceof DataType.Array array && array.element() instanceof DataType.Native);
    }

    /**
     * A value.
     *
     * @param serial the row's number, different for every row
     * @param attempt how many rows were refused before
     */
    String draw(SplittableRandom random, long serial, int attempt) {
        if (!shares.isEmpty()) {
            double point = random.nextDouble();
            for (Map.Entry<String, Double> share : shares.entrySet()) {
                point -= share.getValue();
                if (point < 0) {
                    return share.getKey();
                }
            }
        }
        if (!hints.isEmpty() && !identifying && random.nextBoolean()) {
            return hints.get(random.nextInt(hints.size()));
        }
        long number = !identifying && distinct > 0 ? random.nextLong(distinct) : serial;
        return of(type, random, number, attempt);
    }

    /** A value of a type; where the attribute is identifying or has declared values, the serial number tells it from others. */
    String of(DataType wanted, SplittableRandom random, long serial, int attempt) {
        if (wanted instanceof DataType.Scalar scalar) {
            return scalar(scalar, random, serial, attempt);
        }
        if (wanted instanceof DataType.Varying varying) {
            return cut(text(random, serial, attempt), varying.length(), serial);
        }
        if (wanted instanceof DataType.Fixed fixed) {
            return cut(text(random, serial, attempt), fixed.length(), serial);
        }
        if (wanted instanceof DataType.Decimal decimal) {
            return decimal(decimal, random, serial, attempt);
        }
        if (wanted instanceof DataType.Array array) {
            List<String> elements = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                elements.add('"'
                        + of(array.element(), random, serial, attempt)
                                .replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                        + '"');
            }
            return "{" + String.join(",", elements) + "}";
        }
        return labels.map(Enumeration::labels)
                .map(all -> all.get(random.nextInt(all.size())))
                .map(Located::value)
                .orElseThrow();
    }

    private String scalar(DataType.Scalar scalar, SplittableRandom random, long serial, int attempt) {
        return switch (scalar.kind()) {
            case TEXT -> text(random, serial, attempt);
            case UUID -> uuid(random);
            case SMALLINT -> String.valueOf(number(random, serial, attempt) % Short.MAX_VALUE);
            case INT, BIGINT -> String.valueOf(number(random, serial, attempt));
            case FLOAT, DOUBLE -> number(random, serial, attempt) + ".5";
            case BOOLEAN -> String.valueOf(random.nextBoolean());
            case DATE -> moment(random, serial).toLocalDate().toString();
            case TIME -> moment(random, serial).toLocalTime().toString();
            case TIMESTAMP -> moment(random, serial).toString();
            case TIMESTAMPTZ -> moment(random, serial) + "Z";
            case INTERVAL -> (1 + random.nextInt(90)) + " minutes";
            case JSON -> "{\"" + WORDS.get(random.nextInt(WORDS.size())) + "\": " + serial + "}";
            case BYTES -> String.format(Locale.ROOT, "\\x%016x", identifying ? serial : random.nextInt(256));
            case INET -> "10." + serial / 65_536 % 256 + "." + serial / 256 % 256 + "." + serial % 256;
        };
    }

    private String text(SplittableRandom random, long serial, int attempt) {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        if (attempt >= USUAL_ATTEMPTS) {
            String form = FORMS.get(random.nextInt(FORMS.size()));
            return form.contains("%s")
                    ? form.formatted(word + Long.toString(serial, RADIX))
                    : form.contains("%d") ? form.formatted(100_000 + serial) : form;
        }
        if (name.contains("email")) {
            return word + "." + Long.toString(serial, RADIX) + "@example.com";
        }
        if (name.endsWith("url")) {
            return "https://example.com/" + word + "/" + serial;
        }
        return identifying || distinct > 0 ? word + "-" + Long.toString(serial, RADIX) : word;
    }

    /** The text at the length allowed; an identifying one keeps its serial number, which stands at its end. */
    private String cut(String text, int length, long serial) {
        if (text.length() <= length) {
            return text;
        }
        String tail = Long.toString(serial, RADIX);
        return identifying || distinct > 0
                ? tail.substring(Math.max(0, tail.length() - length))
                : text.substring(0, length);
    }

    private long number(SplittableRandom random, long serial, int attempt) {
        if (identifying || distinct > 0) {
            return serial + 1;
        }
        return attempt < USUAL_ATTEMPTS
                ? 1 + random.nextInt(100)
                : Long.parseLong(NUMBERS.get(random.nextInt(NUMBERS.size())));
    }

    private String decimal(DataType.Decimal decimal, SplittableRandom random, long serial, int attempt) {
        int whole = decimal.precision() - decimal.scale();
        long bound = whole >= 18 ? Long.MAX_VALUE : (long) Math.pow(10, Math.max(0, whole));
        String number = String.valueOf(number(random, serial, attempt) % Math.max(1, bound));
        return decimal.scale() == 0 ? number : number + "." + random.nextInt(10);
    }

    /** Moments differ by their seconds, so that orders by them are total as long as there are few. */
    private static LocalDateTime moment(SplittableRandom random, long serial) {
        return FIRST_MOMENT.plusSeconds(random.nextInt(SECONDS)).plusNanos(serial % 1_000_000 * 1_000);
    }

    private static String uuid(SplittableRandom random) {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
