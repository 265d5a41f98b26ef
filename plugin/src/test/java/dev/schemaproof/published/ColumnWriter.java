package dev.schemaproof.published;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes attributes of columns. */
final class ColumnWriter {

    private static final Map<String, String> SCALARS = Map.ofEntries(
            Map.entry("text", "text"),
            Map.entry("uuid", "uuid"),
            Map.entry("smallint", "smallint"),
            Map.entry("integer", "int"),
            Map.entry("bigint", "bigint"),
            Map.entry("real", "float"),
            Map.entry("double precision", "double"),
            Map.entry("boolean", "boolean"),
            Map.entry("date", "date"),
            Map.entry("time without time zone", "time"),
            Map.entry("timestamp without time zone", "timestamp"),
            Map.entry("timestamp with time zone", "timestamptz"),
            Map.entry("interval", "interval"),
            Map.entry("jsonb", "json"),
            Map.entry("bytea", "bytes"),
            Map.entry("inet", "inet"));

    private static final Map<String, String> SIZED =
            Map.of("character varying", "string", "character", "char", "numeric", "decimal");

    private static final Pattern WITH_SIZE = Pattern.compile("([a-z ]+)\\((\\d+(?:,\\d+)?)\\)");
    private static final Pattern LITERAL = Pattern.compile("('(?:[^']|'')*')::([\\w ]+)(?:\\(.*\\))?");
    private static final Pattern NEXT_NUMBER = Pattern.compile("nextval\\(('.*')::regclass\\)");

    private final List<List<String>> types;

    /** @param types the names of the types that the model defines */
    ColumnWriter(List<List<String>> types) {
        this.types = List.copyOf(types);
    }

    /** The language's word for a type without parameters. */
    String scalar(String printed) {
        return SCALARS.get(printed);
    }

    /** The language's notation for a type, or nothing where only the database knows it. */
    private Optional<String> type(String printed) {
        if (printed.endsWith("[]")) {
            return type(printed.substring(0, printed.length() - 2)).map(element -> element + "[]");
        }
        var sized = WITH_SIZE.matcher(printed);
        if (sized.matches() && SIZED.containsKey(sized.group(1))) {
            return Optional.of(SIZED.get(sized.group(1)) + "(" + sized.group(2).replace(",0", "") + ")");
        }
        var names = SqlPieces.names(printed);
        return Optional.ofNullable(SCALARS.get(printed))
                .or(() -> types.contains(names) ? Optional.of(names.get(names.size() - 1)) : Optional.empty());
    }

    /** The attribute in its long form. */
    Map<String, Object> attribute(Fact column, Optional<Fact> sequence, Optional<String> check) {
        var said = new LinkedHashMap<String, Object>();
        var printed = column.said().get(1);
        var type = type(printed);
        said.put(type.isPresent() ? "type" : "native", type.orElse(printed));
        if (!column.says("not null")) {
            said.put("optional", "true");
        }
        column.part("collate").ifPresent(name -> said.put("collation", String.join(".", SqlPieces.names(name))));
        var numbering = column.part("identity");
        if (sequence.isPresent()) {
            said.put(
                    "identity",
                    numbering.map(word -> identity(word, sequence.get())).orElse("serial"));
        }
        column.after("default")
                .filter(value -> sequence.isEmpty())
                .ifPresent(value -> said.put("default", defaultValue(value, printed)));
        column.after("generated").ifPresent(value -> said.put("generated", SqlPieces.expression(value)));
        column.after("virtual")
                .ifPresent(value ->
                        said.put("generated", Map.of("expression", SqlPieces.expression(value), "virtual", "true")));
        check.ifPresent(condition -> said.put("check", condition));
        return said;
    }

    /** The type alone where there is no more to say. */
    static Object shortened(Map<String, Object> attribute, Map<String, Object> description) {
        if (description.isEmpty() && attribute.containsKey("type")) {
            if (attribute.size() == 1) {
                return attribute.get("type");
            }
            if (attribute.size() == 2 && attribute.containsKey("optional")) {
                return attribute.get("type") + " null";
            }
        }
        var all = new LinkedHashMap<>(attribute);
        all.putAll(description);
        return all;
    }

    /** Without the cast that the column's type makes anyway. */
    private static String defaultValue(String printed, String type) {
        var literal = LITERAL.matcher(printed);
        var base = type.replaceAll("\\(.*\\)", "");
        if (literal.matches() && literal.group(2).equals(base)) {
            return literal.group(1);
        }
        var next = NEXT_NUMBER.matcher(printed);
        return next.matches() ? "nextval(" + next.group(1) + ")" : printed;
    }

    private static Object identity(String numbering, Fact sequence) {
        var word = numbering.replace(' ', '-');
        var options = counting(sequence);
        if (options.isEmpty()) {
            return word;
        }
        var said = new LinkedHashMap<String, Object>();
        said.put("generated", word);
        said.putAll(options);
        return said;
    }

    /** How a sequence counts, where it is not as they all do. */
    static Map<String, Object> counting(Fact sequence) {
        var said = new LinkedHashMap<String, Object>();
        sequence.part("start").filter(start -> !"1".equals(start)).ifPresent(start -> said.put("start", start));
        sequence.part("increment").filter(step -> !"1".equals(step)).ifPresent(step -> said.put("increment", step));
        sequence.part("cache").filter(size -> !"1".equals(size)).ifPresent(size -> said.put("cache", size));
        if (sequence.says("cycle")) {
            said.put("cycle", "true");
        }
        return said;
    }
}
