package dev.schemaproof.analysis.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A model with a DynamoDB store that has no tables: a parent and a child that belongs to it or refers to it, with attributes of all kinds,
 * and access patterns chosen at random. Most of it can be served.
 */
public final class RandomStore {

    private static final List<String> TYPES = List.of(
            "{type: text, check: \"NAME ~ '^[a-z0-9]+$'\"}",
            "text",
            "uuid",
            "int",
            "date",
            "timestamptz",
            "\"decimal(6,2)\"",
            "colour",
            "{type: date, optional: true}",
            "{type: uuid, optional: true}",
            "{type: uuid, optional: true}",
            "boolean");

    private final SplittableRandom random;
    private final StringBuilder yaml = new StringBuilder();

    private RandomStore(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The text of the model. */
    public static String yaml(long seed) {
        return new RandomStore(seed).write();
    }

    private String write() {
        var parent = attributes();
        parent.put("id", choose(List.of("uuid", "text", "int")));
        var child = attributes();
        child.put("of_id", parent.get("id"));
        var identifying = random.nextBoolean();
        child.put(identifying ? "n" : "id", choose(List.of("uuid", "int", "text")));
        var key = identifying ? List.of("of_id", "n") : List.of("id");
        line("schema: zoo");
        line("types: {colour: {enum: [red, green]}}");
        line("stores: {edge: {engine: dynamodb}}");
        line("entities:");
        entity("Ape", parent, List.of("id"), "");
        entity("Bee", child, key, "\n    references: {of: {entity: Ape, attributes: [of_id]}}");
        line("accessPatterns:");
        patterns("Ape", parent, List.of("id"));
        patterns("Bee", child, key);
        return yaml.toString();
    }

    private Map<String, String> attributes() {
        var attributes = new LinkedHashMap<String, String>();
        for (var i = 1 + random.nextInt(3); i > 0; i--) {
            attributes.put("x" + i, choose(TYPES).replace("NAME", "x" + i));
        }
        return attributes;
    }

    private void entity(String name, Map<String, String> attributes, List<String> key, String more) {
        line("  " + name + ":");
        line("    rows: " + choose(List.of("900", "5M", "5M", "5M")));
        line("    attributes: {"
                + attributes.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", "))
                + "}");
        line("    key: " + key + more);
    }

    private void patterns(String entity, Map<String, String> attributes, List<String> key) {
        var names = List.copyOf(attributes.keySet());
        for (var i = 1 + random.nextInt(5); i > 0; i--) {
            line("  " + entity.toLowerCase(java.util.Locale.ROOT) + i + ": " + read(entity, names, key));
        }
        line("  put-" + entity + ": {entity: " + entity + ", write: insert}");
        var whole = key.stream().map(name -> name + " = :" + name).collect(Collectors.joining(", ", "[", "]"));
        if (random.nextBoolean()) {
            line("  set-" + entity + ": {entity: " + entity + ", write: update, where: " + whole + ", set: [x1]}");
        }
        if (random.nextInt(3) == 0) {
            line("  cut-" + entity + ": {entity: " + entity + ", write: delete, where: " + whole + "}");
        }
    }

    private String read(String entity, List<String> names, List<String> key) {
        var where = new LinkedHashMap<String, String>();
        if (random.nextInt(5) == 0) {
            key.forEach(name -> where.put(name, name + " = :" + name));
        }
        for (var i = random.nextInt(3); i > 0; i--) {
            var name = choose(names);
            where.put(name, name + " = :" + name);
        }
        if (random.nextInt(4) == 0) {
            var name = choose(names);
            where.putIfAbsent(
                    name, "\"" + name + choose(List.of(" >= :", " < :", " > :", " in :", " <> :")) + name + "_limit\"");
        }
        if (random.nextInt(6) == 0) {
            where.putIfAbsent("x1", "x1 is not null");
        }
        var order = new LinkedHashSet<String>();
        for (var i = random.nextInt(3); i > 0; i--) {
            order.add(choose(names));
        }
        var text = new ArrayList<>(List.of(
                "entity: " + entity,
                "find: " + choose(List.of("many", "many", "many", "one", "count")),
                "where: [" + String.join(", ", where.values()) + "]"));
        if (!order.isEmpty()) {
            var down = random.nextBoolean() ? " desc" : "";
            text.add("orderBy: [" + order.stream().map(name -> name + down).collect(Collectors.joining(", ")) + "]");
        }
        if (random.nextBoolean()) {
            text.add("select: [" + choose(names) + "]");
        }
        if (random.nextInt(8) == 0) {
            text.add("consistent: true");
        }
        return text.stream().collect(Collectors.joining(", ", "{", "}"));
    }

    private void line(String text) {
        yaml.append(text).append('\n');
    }

    private <T> T choose(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }
}
