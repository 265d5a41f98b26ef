package dev.schemaproof.check.draft;

import dev.schemaproof.model.DataType;
import dev.schemaproof.output.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Maps, lists and texts in YAML's flow style, quoted only where they would otherwise be misread. */
public final class Flow {

    /** Letters and digits with blanks and few other characters between them: nothing that YAML gives a meaning. */
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.$()'<>=+*/-]*+(?: [\\p{L}\\p{N}_.$()'<>=+*/-]++)*+|[0-9]+[kMG]?");

    /** What within braces ends a text, and at the end of a line doesn't. */
    private static final Pattern ENDING = Pattern.compile("(?<=.)[,\\[\\]](?! )");

    private static final Pattern NULL = Pattern.compile("null|Null|NULL");

    private Flow() {}

    /** The value: a map, a collection, or anything else as its text. */
    public static String of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(String.valueOf(entry.getKey())) + ": " + of(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof Collection<?> list) {
            return list.stream().map(Flow::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return text(String.valueOf(value));
    }

    /** The value where nothing follows on its line, so that {@code decimal(12,2)} and {@code text[]} need no quotes. */
    public static String line(Object value) {
        var plain = ENDING.matcher(String.valueOf(value)).replaceAll("");
        return value instanceof Map || value instanceof Collection || !isPlain(plain)
                ? of(value)
                : String.valueOf(value);
    }

    /** A text; in double quotes it means what it means in JSON. */
    public static String text(String value) {
        return isPlain(value) ? value : Json.quoted(value);
    }

    private static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && !NULL.matcher(text).matches();
    }

    /** What an attribute of the type is in the language: a text, or a map where the type is in the words of the database. */
    public static Object attribute(DataType type, boolean optional) {
        var keys = typeKeys(type, optional);
        return keys.getOrDefault("type", keys);
    }

    /** The keys that give the type of an attribute that has more keys. */
    public static Map<String, Object> typeKeys(DataType type, boolean optional) {
        var keys = new LinkedHashMap<String, Object>();
        if (type instanceof DataType.Native words) {
            keys.put("native", words.text());
            if (optional) {
                keys.put("optional", true);
            }
        } else {
            keys.put("type", type + (optional ? " null" : ""));
        }
        return keys;
    }
}
