package dev.schemaproof.yaml;

import dev.schemaproof.model.DataType;
import dev.schemaproof.model.ScalarKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a type as it is written: {@code text}, {@code string(40)}, {@code decimal(10,2)}, {@code uuid[]},
 * {@code array(text)}, a name; {@code null} or {@code ?} behind it makes the attribute optional.
 *
 * @param type the type
 * @param optional whether it may be absent
 */
record TypeText(DataType type, boolean optional) {

    /** PostgreSQL's largest precision of a numeric, and MySQL and DynamoDB stay below it. */
    private static final int MAX_PRECISION = 1_000;

    /** PostgreSQL's longest varchar. */
    private static final int MAX_LENGTH = 10_485_760;

    /** PostgreSQL's arrays have no more ({@code MAXDIM}). */
    private static final int MAX_DIMENSIONS = 6;

    /** Arrays, and marks of what may be absent, around each other. */
    private static final int MAX_LAYERS = MAX_DIMENSIONS + 2;

    private static final Pattern NULLABLE = Pattern.compile("(?s).*\\s(?:null|NULL)");
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern CALL = Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_]*)\\s*\\((.*)\\)", Pattern.DOTALL);
    private static final Map<String, ScalarKind> SCALARS =
            Arrays.stream(ScalarKind.values()).collect(Collectors.toMap(ScalarKind::word, Function.identity()));

    /** What other languages call our types. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("varchar", "string(n)"),
            Map.entry("character", "char(n)"),
            Map.entry("nvarchar", "string(n)"),
            Map.entry("numeric", "decimal(p,s)"),
            Map.entry("number", "decimal(p,s)"),
            Map.entry("vector", "{native: \"vector(n)\"}"),
            Map.entry("geometry", "{native: \"geometry(Point,4326)\"}"));

    /** What was wrong, with the edit to make. */
    record Problem(String summary, String help) {}

    /** Either the type or the problem. */
    record Result(Optional<TypeText> type, Optional<Problem> problem) {

        static Result of(DataType type, boolean optional) {
            return new Result(Optional.of(new TypeText(type, optional)), Optional.empty());
        }

        /** An array of so many dimensions of it. */
        Result in(int dimensions, boolean optional) {
            return type.map(found -> {
                        var array = found.type();
                        for (var i = 0; i < dimensions; i++) {
                            array = new DataType.Array(array);
                        }
                        return of(array, optional);
                    })
                    .orElse(this);
        }

        static Result problem(String summary, String help) {
            return new Result(Optional.empty(), Optional.of(new Problem(summary, help)));
        }
    }

    static Result parse(String text) {
        var rest = text.strip();
        var optional = false;
        var dimensions = 0;
        for (var layers = 0; ; layers++) {
            if (layers > MAX_LAYERS || dimensions > MAX_DIMENSIONS) {
                return Result.problem(
                        "`" + text.strip() + "` has too many layers to be a type",
                        "an array has at most " + MAX_DIMENSIONS + " dimensions, and one `?` or `null` is enough");
            }
            var call = CALL.matcher(rest);
            if (rest.endsWith("?")) {
                optional = true;
                rest = rest.substring(0, rest.length() - 1).strip();
            } else if (NULLABLE.matcher(rest).matches()) {
                optional = true;
                rest = rest.substring(0, rest.length() - "null".length()).strip();
            } else if (rest.endsWith("[]")) {
                dimensions++;
                rest = rest.substring(0, rest.length() - 2).strip();
            } else if (call.matches() && call.group(1).equals("array")) {
                dimensions++;
                rest = call.group(2).strip();
            } else {
                return plain(rest).in(dimensions, optional);
            }
        }
    }

    private static Result plain(String text) {
        if (WORD.matcher(text).matches()) {
            return word(text);
        }
        var call = CALL.matcher(text);
        if (call.matches()) {
            return call(call.group(1), call.group(2).strip());
        }
        return Result.problem(
                "`" + text + "` is no type", "types look like `text`, `string(40)`, `decimal(10,2)` or `uuid[]`");
    }

    private static Result word(String word) {
        var scalar = SCALARS.get(word);
        if (scalar != null) {
            return Result.of(new DataType.Scalar(scalar), false);
        }
        return switch (word) {
            case "string", "char" ->
                Result.problem("`" + word + "` needs a length", "write `" + word + "(40)`, or `text` for any length");
            case "decimal" ->
                Result.problem(
                        "`decimal` needs its digits",
                        "write `decimal(10,2)` for ten digits, two of them behind the point");
            case "array" -> Result.problem("`array` needs a type", "write `array(text)` or `text[]`");
            default -> Result.of(new DataType.Named(word), false);
        };
    }

    private static Result call(String word, String arguments) {
        return switch (word) {
            case "string" ->
                length(arguments)
                        .map(n -> Result.of(new DataType.Varying(n), false))
                        .orElseGet(() -> badLength(word, arguments));
            case "char" ->
                length(arguments)
                        .map(n -> Result.of(new DataType.Fixed(n), false))
                        .orElseGet(() -> badLength(word, arguments));
            case "decimal" -> decimal(arguments);
            default -> elsewhere(word, arguments);
        };
    }

    private static Optional<Integer> length(String text) {
        return text.matches("[0-9]{1,8}")
                ? Optional.of(Integer.valueOf(text)).filter(n -> n >= 1 && n <= MAX_LENGTH)
                : Optional.empty();
    }

    private static Result badLength(String word, String text) {
        return Result.problem(
                "`" + word + "(" + text + ")` has no length from 1 to " + String.format(Locale.ROOT, "%,d", MAX_LENGTH),
                "write `" + word + "(40)`, or `text` for any length");
    }

    private static Result decimal(String arguments) {
        var parts = arguments.split(",", -1);
        var numbers = Arrays.stream(parts).map(String::strip).toList();
        if (numbers.size() > 2 || !numbers.stream().allMatch(part -> part.matches("[0-9]{1,4}"))) {
            return Result.problem("`decimal(" + arguments + ")` is no type", "write `decimal(10,2)`");
        }
        var precision = Integer.parseInt(numbers.get(0));
        var scale = numbers.size() == 2 ? Integer.parseInt(numbers.get(1)) : 0;
        if (precision < 1 || precision > MAX_PRECISION || scale > precision) {
            return Result.problem(
                    "`decimal(" + arguments + ")` has no "
                            + (scale > precision ? "room for its scale" : "precision from 1 to " + MAX_PRECISION),
                    "the first number counts all digits, the second those behind the point");
        }
        return Result.of(new DataType.Decimal(precision, scale), false);
    }

    private static Result elsewhere(String word, String arguments) {
        var ours = ELSEWHERE.get(word.toLowerCase(Locale.ROOT));
        if (ours != null) {
            return Result.problem(
                    "`" + word + "(" + arguments + ")` is no type of the language", "here it is `" + ours + "`");
        }
        if (SCALARS.containsKey(word)) {
            return Result.problem("`" + word + "` takes no `(" + arguments + ")`", "write `" + word + "`");
        }
        return Result.problem(
                "`" + word + "(" + arguments + ")` is no type of the language",
                "a type that only the database knows is written `{native: \"" + word + "(" + arguments + ")\"}`");
    }
}
