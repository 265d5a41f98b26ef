package dev.schemaproof.published;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes trees of maps, lists and texts as a person would: small ones on a line, large ones over several. */
final class YamlText {

    private static final int WIDTH = 120;
    private static final int INDENT = 2;

    /** Texts that need no quotes, neither on a line of their own nor between braces. */
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}\\p{N}_(][^\\[\\]{},:#\"'\\n\\\\]*(?<! )|<[^\\[\\]{},:#\"'\\n\\\\]*(?<! )");

    private YamlText() {}

    static String of(Map<String, ?> tree) {
        var out = new StringBuilder();
        block(out, tree, 0);
        return out.toString();
    }

    private static void block(StringBuilder out, Map<String, ?> map, int indent) {
        map.forEach((key, value) -> {
            out.append(" ".repeat(indent)).append(scalar(key)).append(":");
            var flow = flow(value);
            var open = indent == 0
                    || value instanceof Map<?, ?> inner
                            && inner.values().stream().anyMatch(Map.class::isInstance);
            if (value instanceof Map<?, ?> inner
                    && !inner.isEmpty()
                    && (open || indent + scalar(key).length() + 2 + flow.length() > WIDTH)) {
                out.append("\n");
                block(out, typed(inner), indent + INDENT);
            } else if (value instanceof List<?> list && indent + scalar(key).length() + 2 + flow.length() > WIDTH) {
                out.append("\n");
                list.forEach(item -> out.append(" ".repeat(indent + INDENT))
                        .append("- ")
                        .append(flow(item))
                        .append("\n"));
            } else {
                out.append(" ").append(flow).append("\n");
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> typed(Map<?, ?> map) {
        return (Map<String, ?>) map;
    }

    private static String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> scalar(entry.getKey().toString()) + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof List<?> list) {
            return list.stream().map(YamlText::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return scalar(value.toString());
    }

    private static String scalar(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        if (text.indexOf('"') < 0 && text.indexOf('\\') < 0 && text.indexOf('\n') < 0) {
            return '"' + text + '"';
        }
        return text.indexOf('\n') < 0
                ? "'" + text.replace("'", "''") + "'"
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
