package dev.schemaproof.discover.jdbc;

import java.util.Map;
import java.util.regex.Pattern;

/** Types of PostgreSQL in the words of the model language. */
final class LanguageType {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("smallint", "smallint"),
            Map.entry("integer", "int"),
            Map.entry("bigint", "bigint"),
            Map.entry("real", "float"),
            Map.entry("double precision", "double"),
            Map.entry("boolean", "boolean"),
            Map.entry("text", "text"),
            Map.entry("uuid", "uuid"),
            Map.entry("date", "date"),
            Map.entry("time without time zone", "time"),
            Map.entry("timestamp without time zone", "timestamp"),
            Map.entry("timestamp with time zone", "timestamptz"),
            Map.entry("interval", "interval"),
            Map.entry("jsonb", "json"),
            Map.entry("bytea", "bytes"),
            Map.entry("inet", "inet"));

    private static final Pattern VARYING = Pattern.compile("character varying\\(([0-9]+)\\)");
    private static final Pattern FIXED = Pattern.compile("character\\(([0-9]+)\\)");
    private static final Pattern DECIMAL = Pattern.compile("numeric\\(([0-9]+),([0-9]+)\\)");

    private LanguageType() {}

    /**
     * The type as YAML writes it.
     *
     * @param shown as {@code format_type} prints it
     */
    static String of(String shown) {
        if (shown.endsWith("[]")) {
            var element = of(shown.substring(0, shown.length() - 2));
            return element.startsWith("{") ? nativeType(shown) : element + "[]";
        }
        var word = WORDS.get(shown);
        if (word != null) {
            return word;
        }
        var varying = VARYING.matcher(shown);
        if (varying.matches()) {
            return "string(" + varying.group(1) + ")";
        }
        var fixed = FIXED.matcher(shown);
        if (fixed.matches()) {
            return "char(" + fixed.group(1) + ")";
        }
        var decimal = DECIMAL.matcher(shown);
        return decimal.matches() ? "decimal(" + decimal.group(1) + "," + decimal.group(2) + ")" : nativeType(shown);
    }

    private static String nativeType(String shown) {
        return "{native: \"" + shown.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }
}
