package dev.schemaproof.prove.keyvalue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A model with a DynamoDB store whose every part is chosen at random: entities and their references, tables, indexes, key templates with
 * delimiters and formats, and access patterns near to what the keys can serve. Most of it is nonsense, and much of it passes.
 */
final class RandomLayout {

    private static final List<String> TYPES = List.of(
            "text",
            "text",
            "\"string(6)\"",
            "{type: text, check: \"NAME ~ '^[a-z0-9]+$'\"}",
            "{type: text, check: \"NAME !~ '#'\"}",
            "uuid",
            "int",
            "smallint",
            "bigint",
            "\"decimal(6,2)\"",
            "double",
            "boolean",
            "date",
            "time",
            "timestamptz",
            "timestamptz",
            "colour",
            "bytes",
            "\"text[]\"",
            "json",
            "inet");

    private static final List<String> DELIMITERS = List.of("#", "#", "#", "-", "~", "|", "");

    private final SplittableRandom random;
    private final StringBuilder yaml = new StringBuilder();
    private final Map<String, Map<String, String>> types = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> parents = new LinkedHashMap<>();
    /** The variables in the keys of each entity: what patterns should ask by. */
    private final Map<String, List<List<String>>> keys = new LinkedHashMap<>();

    /** Decides on shards alone, so that everything else stays as it was without them. */
    private final SplittableRandom spread;

    private RandomLayout(long seed) {
        random = new SplittableRandom(seed);
        spread = new SplittableRandom(seed + 1_000_003);
    }

    static String yaml(long seed) {
        return new RandomLayout(seed).write();
    }

    private String write() {
        var names = List.of("Ape", "Bee", "Cat").subList(0, 1 + random.nextInt(3));
        var entities = entities(names);
        line("schema: zoo");
        line("types: {colour: {enum: [red, Red, green]}}");
        line("stores:");
        line("  edge:");
        line("    engine: dynamodb");
        line("    tables:");
        table("zoo", names);
        yaml.append(entities);
        line("accessPatterns:");
        for (var name : names) {
            for (var i = 3 + random.nextInt(5); i > 0; i--) {
                line("  " + name.toLowerCase(java.util.Locale.ROOT) + i + ": " + pattern(name));
            }
        }
        return yaml.toString();
    }

    private void line(String text) {
        yaml.append(text).append('\n');
    }

    private String entities(List<String> names) {
        var text = new StringBuilder("entities:\n");
        for (var name : names) {
            var attributes = new LinkedHashMap<String, String>();
            attributes.put("id", choose(List.of("uuid", "int", "text", "uuid")));
            var references = new LinkedHashMap<String, String>();
            for (var other : parents.keySet()) {
                if (random.nextBoolean()) {
                    var role = "of_" + other.toLowerCase(java.util.Locale.ROOT);
                    var type = types.get(other).get("id");
                    attributes.put(role + "_id", random.nextInt(4) == 0 ? type + " null" : type);
                    references.put(role, other);
                }
            }
            for (var i = 2 + random.nextInt(4); i > 0; i--) {
                var attribute = "x" + i;
                var type = choose(TYPES).replace("NAME", attribute);
                attributes.put(attribute, random.nextInt(4) == 0 ? optional(type) : type);
            }
            types.put(name, attributes);
            parents.put(name, references);
            text.append("  ").append(name).append(":\n    attributes: {");
            text.append(attributes.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining(", ")));
            text.append("}\n    key: [id]\n");
            if (!references.isEmpty()) {
                text.append("    references: {")
                        .append(references.entrySet().stream()
                                .map(entry -> entry.getKey() + ": {entity: " + entry.getValue() + ", attributes: ["
                                        + entry.getKey() + "_id]}")
                                .collect(Collectors.joining(", ")))
                        .append("}\n");
            }
        }
        return text.toString();
    }

    private static String optional(String type) {
        return type.startsWith("{")
                ? type.replace("{type:", "{optional: true, type:")
                : "{optional: true, type: " + type + "}";
    }

    private void table(String name, List<String> names) {
        var sorted = random.nextInt(5) > 0;
        line("      " + name + ":");
        line("        partitionKey: PK");
        if (sorted) {
            line("        sortKey: SK");
        }
        var indexes = random.nextInt(3);
        if (indexes > 0) {
            line("        indexes:");
        }
        var numeric = new ArrayList<Boolean>();
        for (var i = 0; i < indexes; i++) {
            numeric.add(random.nextInt(3) == 0);
            line("          by-" + i + ": {partitionKey: P" + i + ", sortKey: "
                    + (numeric.get(i) ? "{name: S" + i + ", type: number}" : "S" + i)
                    + choose(List.of("", "", ", project: keys", ", project: [id, x1]")) + "}");
        }
        line("        items:");
        for (var entity : names) {
            keys.put(entity, new ArrayList<>());
            line("          " + entity + ":");
            line("            key: " + key(entity, "PK", sorted ? "SK" : "", false, true));
            for (var i = 0; i < indexes; i++) {
                if (random.nextInt(3) > 0) {
                    line("            by-" + i + ": " + key(entity, "P" + i, "S" + i, numeric.get(i), false));
                }
            }
        }
    }

    /** Both templates; together they mostly hold the identity. */
    private String key(String entity, String partition, String sort, boolean numeric, boolean whole) {
        var used = new ArrayList<String>();
        var identity = whole && random.nextInt(12) > 0;
        var first = template(entity, used, identity && (sort.isEmpty() || random.nextBoolean()), whole);
        var found = new ArrayList<>(List.of(partition + ": \"" + first + "\""));
        if (numeric) {
            var number = attributes(entity).stream()
                    .filter(name -> List.of("int", "smallint", "bigint", "\"decimal(6,2)\"")
                            .contains(types.get(entity).getOrDefault(name, "")))
                    .findFirst();
            number.ifPresent(used::add);
            found.add(sort + ": \"" + number.map(name -> "{" + name + "}").orElse("{id}") + "\"");
        } else if (!sort.isEmpty()) {
            found.add(sort + ": \"" + template(entity, used, identity && !used.contains("id"), whole) + "\"");
        }
        keys.get(entity).add(used);
        // What holds the whole identity in one partition can't be spread, and the table's key has to say the shard
        if (!first.contains("{id")
                && (!whole || found.get(found.size() - 1).contains("{id"))
                && spread.nextInt(3) == 0) {
            found.add("shards: " + (spread.nextBoolean() ? "3" : "{count: 4, by: id}"));
        }
        return "{" + String.join(", ", found) + "}";
    }

    private String template(String entity, List<String> used, boolean identity, boolean whole) {
        var text = new StringBuilder();
        if (random.nextInt(5) > 0) {
            text.append(choose(List.of(entity, entity, entity, "B", "Be", "x"))).append(choose(DELIMITERS));
        }
        var variables = new LinkedHashSet<String>();
        for (var i = random.nextInt(3); i > 0; i--) {
            variables.add(choose(writable(entity, whole)));
        }
        if (identity) {
            variables.add("id");
        }
        if (text.isEmpty() && variables.isEmpty()) {
            text.append(entity);
        }
        var delimiter = "";
        for (var variable : variables) {
            text.append(delimiter)
                    .append('{')
                    .append(variable)
                    .append(format(entity, variable))
                    .append('}');
            delimiter = choose(DELIMITERS);
            used.add(variable);
        }
        if (random.nextInt(8) == 0) {
            text.append(choose(DELIMITERS)).append("end");
        }
        return text.toString();
    }

    private String format(String entity, String path) {
        var type = path.contains(".") ? "" : types.get(entity).get(path);
        if (random.nextInt(3) > 0) {
            return "";
        }
        if (type.contains("timestamptz")) {
            return choose(List.of(":iso", ":yyyy-MM-dd", ":epoch", ":yyyy-MM-dd'T'HH:mm:ss.SSSSSS"));
        } else if (type.contains("int") && !type.contains("inet")) {
            return choose(List.of(":%06d", ":%012d", ":%020d"));
        } else if (type.contains("text") || type.contains("string")) {
            return ":lower";
        }
        return type.contains("date") ? choose(List.of(":yyyy-MM", ":dd/MM/yyyy")) : "";
    }

    /** Mostly such as can be part of a key, and in that of a table are always there. */
    private List<String> writable(String entity, boolean required) {
        if (random.nextInt(20) == 0) {
            return attributes(entity);
        }
        return attributes(entity).stream()
                .filter(name -> {
                    var type = name.contains(".") ? "" : types.get(entity).get(name);
                    return !type.contains("bytes")
                            && !type.contains("[]")
                            && !type.contains("json")
                            && !(required && (type.contains("optional") || type.contains(" null")));
                })
                .toList();
    }

    private List<String> attributes(String entity) {
        var all = new ArrayList<>(types.get(entity).keySet());
        parents.get(entity).forEach((role, other) -> {
            if (random.nextInt(4) == 0) {
                types.get(other).keySet().forEach(name -> all.add(role + "." + name));
            }
        });
        return all;
    }

    private String pattern(String entity) {
        var where = new LinkedHashMap<String, String>();
        var known = keys.get(entity);
        var key = known.get(random.nextInt(known.size()));
        var full = random.nextInt(3) == 0;
        for (var variable : new LinkedHashSet<>(key)) {
            var last = variable.equals(key.get(key.size() - 1));
            if (full || !last || random.nextBoolean()) {
                where.put(
                        variable,
                        last && !full && random.nextBoolean()
                                ? condition(variable)
                                : variable + " = :" + parameter(variable));
            }
        }
        if (random.nextInt(3) == 0) {
            var other = choose(attributes(entity));
            where.putIfAbsent(other, condition(other));
        }
        var conditions =
                where.values().stream().map(text -> '"' + text + '"').collect(Collectors.joining(", ", "[", "]"));
        return "{entity: " + entity + ", "
                + switch (random.nextInt(8)) {
                    case 0 -> "write: insert";
                    case 1 -> "write: update, where: " + conditions + set(entity);
                    case 2 ->
                        random.nextBoolean() ? "write: delete, where: " + conditions : "write: upsert" + set(entity);
                    default -> read(entity, conditions, key);
                }
                + "}";
    }

    private static String parameter(String path) {
        return path.replace('.', '_');
    }

    private String set(String entity) {
        if (random.nextInt(4) == 0) {
            return "";
        }
        var names = new LinkedHashSet<String>();
        for (var i = random.nextInt(3); i >= 0; i--) {
            names.add(choose(List.copyOf(types.get(entity).keySet())));
        }
        return ", set: [" + String.join(", ", names) + "]";
    }

    private String read(String entity, String conditions, List<String> key) {
        var text = new StringBuilder("find: " + choose(List.of("many", "many", "many", "one", "count")));
        text.append(", where: ").append(conditions);
        if (random.nextBoolean() && !key.isEmpty()) {
            text.append(", orderBy: [")
                    .append(key.get(random.nextInt(key.size())))
                    .append(random.nextBoolean() ? " desc]" : "]");
        }
        if (random.nextBoolean()) {
            text.append(", select: [id]");
        }
        if (random.nextInt(3) == 0 && text.indexOf("many") >= 0) {
            text.append(", limit: ").append(1 + random.nextInt(4));
        }
        return text.toString();
    }

    private String condition(String path) {
        var name = ":" + parameter(path);
        return path
                + choose(List.of(
                        " >= " + name,
                        " > " + name,
                        " <= " + name,
                        " < " + name,
                        " between " + name + " and " + name + "_to",
                        " between " + name + " and " + name + "_to",
                        " starts with " + name,
                        " <> " + name,
                        " in " + name,
                        " contains " + name,
                        " is null",
                        " is not null",
                        " = " + name));
    }

    private <T> T choose(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }
}
