package dev.schemaproof.analysis.type;

import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.TypeDefinition;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
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
    private static final Pattern DAY = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T].*)?");
    private static final Pattern MOMENT_WORD =
            Pattern.compile("\\b(?:now|today|tomorrow|yesterday|epoch|infinity|allballs)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern DIGIT = Pattern.compile("[0-9]");
    /** More colons than a time has, without a zone, or more points than a date; a uuid. */
    private static final Pattern NO_MOMENT = Pattern.compile(
            "[^:+-]*+(?::[^:+-]*+){3,}+|[0-9]+(?:\\.[0-9]+){3,}+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final Pattern SPAN =
            Pattern.compile("[0-9]+ (?:second|minute|hour|day|week|month|year)s?", Pattern.CASE_INSENSITIVE);
    private static final Pattern WHOLE_DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern NO_TIME = Pattern.compile(
            "[\\W_]*[0-9]{1,3}(?:[\\W_&&[^:]]+[0-9]{1,4})?[\\W_]*|" + SPAN.pattern(), Pattern.CASE_INSENSITIVE);
    /** A day has three parts, or six digits; two numbers may be a year and one of its days, which has three digits. */
    private static final Pattern NO_DAY =
            Pattern.compile("[\\W_]*[0-9]{1,5}(?:[\\W_]+(?:[0-9]{1,2}|[0-9]{4,5}))?[\\W_]*");

    private static final Pattern PLAIN_ARRAY = Pattern.compile("\\{[^{}\"\\\\]*\\}");
    private static final Pattern BOUNDED_ARRAY =
            Pattern.compile("(?:\\[[+-]?[0-9]+(?::[+-]?[0-9]+)?\\]\\s*)++=\\s*\\{.*", Pattern.DOTALL);
    private static final Pattern IPV4 = Pattern.compile("([0-9]{1,3})(?:\\.([0-9]{1,3})){0,3}(?:/[0-9]{1,2})?");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]+(?:/[0-9]{1,3})?");

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
            case "date", "timestamp", "timestamptz" -> moment(trimmed);
            case "time", "timetz", "interval" ->
                unless(
                        DIGIT.matcher(trimmed).find()
                                        && !NO_MOMENT.matcher(trimmed).matches()
                                        && !(type.equals("interval") ? WHOLE_DAY : NO_TIME)
                                                .matcher(trimmed)
                                                .matches()
                                || MOMENT_WORD.matcher(trimmed).find(),
                        type.equals("interval")
                                ? "write an interval such as `'2 days'`"
                                : "write a time such as `'12:30'`");
            case "json", "jsonb" ->
                unless(JsonText.isWellFormed(text), "write JSON such as `'{}'`; a text in it has double quotes");
            case "inet" -> unless(isAddress(trimmed), "write an address such as `'10.0.0.1'`");
            case "bytea" ->
                unless(
                        !text.startsWith("\\x")
                                || text.substring(2).replaceAll("\\s", "").matches("(?:[0-9a-fA-F]{2})*+"),
                        "behind `\\x` stand two hexadecimal digits for each byte");
            case "oid", "xid", "cid" -> unless(INTEGER.matcher(trimmed).matches(), "write a whole number");
            case "cidr" -> unless(isAddress(trimmed), "write a network such as `'10.1.0.0/16'`");
            default -> NativeLiterals.help(type, trimmed).flatMap(help -> problem("", help));
        };
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

    private static Optional<Problem> moment(String text) {
        if (NO_MOMENT.matcher(text).matches()
                || SPAN.matcher(text).matches()
                || NO_DAY.matcher(text).matches()) {
            return problem("", "write a date such as `'2026-01-31'`, or call `now()`");
        }
        if (!DIGIT.matcher(text).find()) {
            return unless(MOMENT_WORD.matcher(text).find(), "write a date such as `'2026-01-31'`, or call `now()`");
        }
        var day = DAY.matcher(text);
        if (day.matches()) {
            try {
                LocalDate.of(
                        Integer.parseInt(day.group(1)), Integer.parseInt(day.group(2)), Integer.parseInt(day.group(3)));
            } catch (DateTimeException e) {
                return text.startsWith("0000") || text.toLowerCase(Locale.ROOT).contains("bc")
                        ? Optional.empty()
                        : problem(": there is no such day", "write year, month and day: `'2026-01-31'`");
            }
        }
        return Optional.empty();
    }

    private static boolean isAddress(String text) {
        if (text.contains(":")) {
            return IPV6.matcher(text).matches();
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

    private static Optional<Problem> unless(boolean fine, String help) {
        return fine ? Optional.empty() : problem("", help);
    }

    private static Optional<Problem> problem(String detail, String help) {
        return Optional.of(new Problem(detail, help));
    }
}
