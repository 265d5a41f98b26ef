package dev.schemaproof.dialect.postgresql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names of types, as SQL writes them and as the catalog has them. */
public final class TypeNames {

    private static final Map<String, String> WRITTEN = Map.ofEntries(
            Map.entry("smallint", "int2"),
            Map.entry("int", "int4"),
            Map.entry("integer", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("real", "float4"),
            Map.entry("float", "float8"),
            Map.entry("double precision", "float8"),
            Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"),
            Map.entry("boolean", "bool"),
            Map.entry("character", "bpchar"),
            Map.entry("char", "bpchar"),
            Map.entry("nchar", "bpchar"),
            Map.entry("national character", "bpchar"),
            Map.entry("character varying", "varchar"),
            Map.entry("char varying", "varchar"),
            Map.entry("bit varying", "varbit"),
            Map.entry("timestamp without time zone", "timestamp"),
            Map.entry("timestamp with time zone", "timestamptz"),
            Map.entry("time without time zone", "time"),
            Map.entry("time with time zone", "timetz"));

    private static final Map<String, String> SHOWN = Map.ofEntries(
            Map.entry("int2", "smallint"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("float4", "real"),
            Map.entry("float8", "double precision"),
            Map.entry("bool", "boolean"),
            Map.entry("bpchar", "char"));

    /** Single-precision numbers have up to this many binary digits. */
    private static final int SINGLE = 24;

    private static final Pattern MODIFIER = Pattern.compile("\\(([^()]*)\\)");

    private TypeNames() {}

    /**
     * The catalog's name for a type that is written in lower case: {@code int4} for {@code integer}, {@code varchar[]} for
     * {@code varchar(40)[][]}; what has no other name keeps its own. Empty for what is no plain type.
     */
    public static Optional<String> catalogName(String written) {
        var word = written.strip().toLowerCase(Locale.ROOT);
        if (isWord(word)) {
            return Optional.of(WRITTEN.getOrDefault(word, word));
        }
        var text = word.replaceAll("\\s+", " ");
        var base = text;
        while (base.endsWith("]")) {
            var open = base.lastIndexOf('[');
            if (open < 0) {
                return Optional.empty();
            }
            base = base.substring(0, open).stripTrailing();
        }
        var array = !base.equals(text);
        if (base.endsWith(" array")) {
            array = true;
            base = base.substring(0, base.length() - " array".length());
        }
        var modifier = MODIFIER.matcher(base);
        var size = modifier.find() ? modifier.group(1).strip() : "";
        var plain = modifier.reset().replaceAll(" ").replaceAll("\\s+", " ").strip();
        if (plain.startsWith("pg_catalog.")) {
            plain = plain.substring("pg_catalog.".length());
        } else if (plain.startsWith("interval ")) {
            plain = "interval";
        }
        var name = plain.equals("float") && size.matches("[0-9]{1,2}") && Integer.parseInt(size) <= SINGLE
                ? "float4"
                : WRITTEN.getOrDefault(plain, plain);
        return name.isEmpty() || name.indexOf(' ') >= 0 ? Optional.empty() : Optional.of(array ? name + "[]" : name);
    }

    private static boolean isWord(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** A type of the catalog as people write it. */
    public static String shown(String catalogName) {
        return catalogName.endsWith("[]")
                ? shown(catalogName.substring(0, catalogName.length() - 2)) + "[]"
                : SHOWN.getOrDefault(catalogName, catalogName);
    }
}
