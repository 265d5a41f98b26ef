package dev.schemaproof.check.draft;

import dev.schemaproof.output.Json;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Maps, lists and texts in YAML's flow style, quoted only where they would otherwise be misread. */
final class Flow {

    /** Letters and digits with blanks and few other characters between them: nothing that YAML gives a meaning. */
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.$()'<>=+*/-]*(?: [\\p{L}\\p{N}_.$()'<>=+*/-]+)*|[0-9]+[kMG]?");

    private static final Pattern NULL = Pattern.compile("null|Null|NULL");

    private Flow() {}

    /** The value: a map, a collection, or anything else as its text. */
    static String of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(String.valueOf(entry.getKey())) + ": " + of(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof Collection<?> list) {
            return list.stream().map(Flow::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return text(String.valueOf(value));
    }

    /** A text; in double quotes it means what it means in JSON. */
    static String text(String value) {
        return PLAIN.matcher(value).matches() && !NULL.matcher(value).matches() ? value : Json.quoted(value);
    }
}
