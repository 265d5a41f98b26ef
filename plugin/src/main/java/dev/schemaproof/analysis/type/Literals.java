package dev.schemaproof.analysis.type;

import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.TypeDefinition;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which texts a type can't be read from. PostgreSQL reads dates and intervals in many forms: only what is none in any of
 * them is told.
 */
final class Literals {

    private static final Pattern INTEGER =
            Pattern.compile("[+-]?(?:[0-9][0-9_]*|0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+)");
    private static final Pattern DECIMAL_INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile(
            "[+-]?(?:(?:[0-9][0-9_]*+\\.?[0-9_]*+|\\.[0-9][0-9_]*+)(?:[eE][+-]?[0-9_]+)?|0[xXoObB][0-9a-fA-F_]+|infinity|inf)|nan",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BOOLEAN =
            Pattern.compile("t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|1|0", Pattern.CASE_INSENSITIVE);
    private static final Pattern UUID = Pattern.compile("(?:[0-9a-fA-F]{4}-?){8}|\\{(?:[0-9a-fA-F]{4}-?){8}\\}");
    private static final Pattern PLAIN_ARRAY = Pattern.compile("\\{[^{}\"\\\\]*\\}");
    private static final Pattern BOUNDED_ARRAY =
            Pattern.compile("(?:\\[[+-]?[0-9]+(?::[+-]?[0-9]+)?\\]\\s*)++=\\s*\\{.*", Pattern.DOTALL);
    private static final Pattern IPV4 = Pattern.compile("([0-9]{1,3})(?:\\.([0-9]{1,3})){0,3}(?:/[0-9]{1,2})?");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]+(?:/[0-9]{1,3})?");

    private static final Map<String, String> SUBTYPES = Map.of(
            "int4range", "int4",
            "int8range", "int8",
            "numrange", "numeric",
            "daterange", "date",
            "tsrange", "timestamp",
            "tstzrange", "timestamptz");

    private static final Pattern BYTE = Pattern.compile("[0-3][0-7]{2}");
    private static final int POINTS = 3;

    private static final Map<String, BigInteger> LARGEST = Map.of(
            "int2", BigInteger.valueOf(Short.MAX_VALUE),
            "int4", BigInteger.valueOf(Integer.MAX_VALUE),
            "int8", BigInteger.valueOf(Long.MAX_VALUE));

    private final Model model;

    Literals(Model model) {
        this.model = model;
    }

    /**
     * What is wrong with a text.
     *
     * @param detail goes on after "`'x'` is no `integer`"
     * @param help the edit to make
     */
    record Problem(String detail, String help) {}

    /** What keeps the type from being read from the text, if something surely does. */
    Optional<Problem> problem(SqlType type, String text) {
        if (type.isArray()) {
            return array(type.element().orElseThrow(), text.strip());
        }
        return type.own() ? label(type.name(), text) : builtIn(type.name(), text);
    }

    private Optional<Problem> array(SqlType element, String text) {
        if (!text.startsWith("{") && !BOUNDED_ARRAY.matcher(text).matches()) {
            return problem("", "an array is written `'{a,b}'`; the empty one is `'{}'`");
        }
        if (!PLAIN_ARRAY.matcher(text).matches()) {
            return Optional.empty();
        }
        return Stream.of(text.substring(1, text.length() - 1).split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty() && !part.equalsIgnoreCase("null"))
                .flatMap(part -> problem(element, part).stream()
                        .map(problem -> new Problem(
                                ": `" + part + "` is no `" + element + "`" + problem.detail(), problem.help())))
                .findFirst();
    }

    private Optional<Problem> label(String name, String text) {
        if (!(model.types().get(name) instanceof TypeDefinition.Enumeration type)) {
            return Optional.empty();
        }
        var labels = Located.values(type.labels());
        return labels.contains(text) ? Optional.empty() : problem(", which has no such label", labelHelp(text, labels));
    }

    private static String labelHelp(String text, List<String> labels) {
        return NearestName.of(text, labels)
                .map(nearest -> "did you mean `'" + nearest + "'`?")
                .orElse("its labels are "
                        + String.join(
                                ", ",
                                labels.stream()
                                        .limit(8)
                                        .map(label -> "`" + label + "`")
                                        .toList()));
    }

    private static Optional<Problem> builtIn(String type, String text) {
        var trimmed = text.strip();
        return switch (type) {
            case "int2", "int4", "int8" -> integer(type, trimmed);
            case "numeric", "float4", "float8" ->
                unless(NUMBER.matcher(trimmed).matches(), "write a number such as `0` or `1.5`");
            case "bool" -> unless(BOOLEAN.matcher(trimmed).matches(), "write `true` or `false`");
            case "uuid" ->
                unless(
                        UUID.matcher(text).matches(),
                        "a uuid is written `'00000000-0000-0000-0000-000000000000'`; `gen_random_uuid()` makes one");
            case "date", "timestamp", "timestamptz" -> MomentLiterals.moment(trimmed);
            case "time", "timetz" -> MomentLiterals.time(trimmed);
            case "interval" -> MomentLiterals.interval(trimmed);
            case "json", "jsonb" ->
                unless(JsonText.isWellFormed(text), "write JSON such as `'{}'`; a text in it has double quotes");
            case "inet" -> unless(isAddress(trimmed) && isWhole(trimmed), "write an address such as `'10.0.0.1'`");
            case "bytea" ->
                unless(
                        text.startsWith("\\x")
                                ? text.substring(2).replaceAll("\\s", "").matches("(?:[0-9a-fA-F]{2})*+")
                                : isEscaped(text),
                        "behind `\\x` stand two hexadecimal digits for each byte; elsewhere a backslash is written twice");
            case "oid", "xid", "cid" -> unless(INTEGER.matcher(trimmed).matches(), "write a whole number");
            case "cidr" -> unless(isAddress(trimmed), "write a network such as `'10.1.0.0/16'`");
            default ->
                NativeLiterals.help(type, trimmed)
                        .flatMap(help -> problem("", help))
                        .or(() -> bounds(type, trimmed));
        };
    }

    private static Optional<Problem> bounds(String range, String text) {
        return Optional.ofNullable(SUBTYPES.get(range))
                .flatMap(type -> NativeLiterals.bounds(text).stream()
                        .flatMap(bound -> builtIn(type, bound).stream()
                                .map(problem -> new Problem(
                                        ": `" + bound + "` is no `" + SqlType.builtIn(type) + "`" + problem.detail(),
                                        problem.help())))
                        .findFirst());
    }

    private static Optional<Problem> integer(String type, String text) {
        if (!INTEGER.matcher(text).matches()) {
            return problem("", "write a whole number");
        }
        return unless(!DECIMAL_INTEGER.matcher(text).matches() || isWithin(type, new BigInteger(text)), range(type));
    }

    /** Whether an integer type has the number. */
    static boolean isWithin(String type, BigInteger number) {
        var largest = LARGEST.get(type);
        return largest == null
                || number.compareTo(largest) <= 0
                        && number.compareTo(largest.negate().subtract(BigInteger.ONE)) >= 0;
    }

    /** The sentence about an integer type's limits. */
    static String range(String type) {
        var largest = LARGEST.getOrDefault(type, BigInteger.ZERO);
        return "`" + SqlType.builtIn(type) + "` goes from " + largest.negate().subtract(BigInteger.ONE) + " to "
                + largest;
    }

    /** Only a network may leave out its last parts, without saying how long it is. */
    private static boolean isWhole(String text) {
        return text.indexOf(':') >= 0
                || text.indexOf('/') >= 0
                || text.chars().filter(character -> character == '.').count() == POINTS;
    }

    private static boolean isAddress(String text) {
        if (text.contains(":")) {
            return IPV6.matcher(text).matches() && (text.contains("::") || isOfEightParts(text));
        }
        if (!IPV4.matcher(text).matches()) {
            return false;
        }
        for (var part : text.split("/", 2)[0].split("\\.", -1)) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return text.indexOf('/') < 0 || Integer.parseInt(text.substring(text.indexOf('/') + 1)) <= 32;
    }

    /** Whether behind each backslash stands another, or the three digits of a byte. */
    private static boolean isEscaped(String text) {
        for (var i = text.indexOf('\\'); i >= 0; ) {
            var isByte = BYTE.matcher(text).region(i + 1, text.length()).lookingAt();
            if (!isByte && !text.startsWith("\\", i + 1)) {
                return false;
            }
            i = text.indexOf('\\', i + (isByte ? 4 : 2));
        }
        return true;
    }

    private static boolean isOfEightParts(String text) {
        // The last two may be written as an old address
        return text.chars().filter(character -> character == ':').count() == (text.indexOf('.') < 0 ? 7 : 6);
    }

    private static Optional<Problem> unless(boolean fine, String help) {
        return fine ? Optional.empty() : problem("", help);
    }

    private static Optional<Problem> problem(String detail, String help) {
        return Optional.of(new Problem(detail, help));
    }
}
