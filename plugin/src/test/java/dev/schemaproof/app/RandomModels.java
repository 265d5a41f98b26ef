package dev.schemaproof.app;

import dev.schemaproof.yaml.ModelReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Texts that follow the language's own JSON Schema without caring for what they mean: every key of the language, in every
 * combination, with names that often belong together. One value in some hundred is hostile or of another shape.
 */
final class RandomModels {

    private static final Map<String, Object> SCHEMA = ModelReader.jsonSchema();
    private static final int MAX_DEPTH = 14;

    private static final List<String> NAMES = List.of(
            "User",
            "Post",
            "Follow",
            "id",
            "name",
            "user",
            "author",
            "author_id",
            "user_id",
            "post",
            "created_at",
            "count",
            "main",
            "edge",
            "PK",
            "SK",
            "by_author",
            "user_count",
            "zip_code",
            "city",
            "order",
            "a b");
    private static final List<String> TYPES = List.of(
            "text",
            "uuid",
            "int",
            "bigint",
            "timestamptz",
            "decimal(10,2)",
            "string(40)",
            "text null",
            "boolean",
            "json",
            "int[]",
            "status",
            "date",
            "interval",
            "bytes",
            "smallint");
    private static final List<String> SQL = List.of(
            "SELECT id, name FROM \"user\" WHERE id = :id",
            "SELECT count(*) FROM post p WHERE p.author_id = :author",
            "SELECT p.id FROM post p JOIN \"user\" u ON u.id = p.author_id ORDER BY p.created_at DESC LIMIT 5",
            "value ~ '@'",
            "id <> author_id",
            "lower(name)",
            "now()",
            "0",
            "'open'",
            "length(value) <= 40",
            "UPDATE post SET name = :name");

    /** What usually stands behind a key. */
    private static final Map<String, List<String>> BEHIND = Map.ofEntries(
            Map.entry("type", TYPES),
            Map.entry("domain", TYPES),
            Map.entry("attributes", TYPES),
            Map.entry("entity", List.of("User", "Post", "Follow")),
            Map.entry("store", List.of("main", "edge")),
            Map.entry("sql", SQL),
            Map.entry("instead", SQL),
            Map.entry("check", SQL),
            Map.entry("checks", SQL),
            Map.entry("default", SQL),
            Map.entry("generated", SQL),
            Map.entry("query", SQL),
            Map.entry(
                    "where",
                    List.of(
                            "id = :id",
                            "author_id = :author",
                            "created_at >= :since",
                            "author.name = :name",
                            SQL.get(3))),
            Map.entry("orderBy", List.of("created_at desc", "id", "author.name")),
            Map.entry("into", List.of("User.count", "Post.name", "Post.author_name", "Follow")),
            Map.entry("copy", List.of("author.name", "user.name", "name")),
            Map.entry("copies", List.of("author.name", "user.name")),
            Map.entry("pattern", NAMES),
            Map.entry("dependencies", List.of("zip_code -> city", "id ->> name", "author_id -> name")),
            Map.entry("of", List.of("zip_code -> city", "count")),
            Map.entry("rule", List.of("unused-index", "idle-entity", "missing-answer", "no-such-rule")),
            Map.entry("at", List.of("User", "Post.name", "User.count")),
            Map.entry("until", List.of("2026-05-02", "2099-01-01")),
            Map.entry("on", List.of("id", "created_at desc", "lower(name)", "2026-05-02")),
            Map.entry(
                    "key",
                    List.of("id", "author_id", "USER#{id}", "POST#{created_at:iso}", "{author.id}", "{count:%06d}")),
            Map.entry("code", List.of("com.acme.Posts#write")));

    private static final List<String> VALUES =
            List.of("10M", "500", "30%", "5m", "50x", "2000/s", "none", "true", "2026-05-02", "because it is so");

    private final Random random;

    private RandomModels(Random random) {
        this.random = random;
    }

    static String next(Random random) {
        return new RandomModels(random).of(SCHEMA, "", 0);
    }

    private String of(Map<?, ?> schema, String key, int depth) {
        var chance = random.nextInt(400);
        if (chance == 0) {
            return Mutation.quoted(pick(HostileTexts.ALL));
        }
        if (chance == 1) {
            return pick(List.of("[]", "{}", "", "[a, b]", "{a: b}", "1", "~", pick(HostileTexts.ALL)));
        }
        if (schema.get("examples") instanceof List<?> examples && random.nextInt(3) == 0) {
            return TreeMutation.flow(pick(examples));
        }
        if (schema.get("$ref") instanceof String reference) {
            return of((Map<?, ?>) ((Map<?, ?>) SCHEMA.get("$defs")).get(reference.replace("#/$defs/", "")), key, depth);
        }
        for (var choice : List.of("anyOf", "oneOf")) {
            if (schema.get(choice) instanceof List<?> options) {
                return of((Map<?, ?>) pick(options), key, depth);
            }
        }
        if (schema.get("enum") instanceof List<?> words) {
            return scalar(String.valueOf(pick(words)));
        }
        if (depth < MAX_DEPTH && schema.get("items") instanceof Map<?, ?> item) {
            return IntStream.range(0, random.nextInt(4))
                    .mapToObj(i -> of(item, key, depth + 1))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (depth < MAX_DEPTH && String.valueOf(schema.get("type")).contains("object")) {
            return mapping(schema, key, depth);
        }
        if (schema.get("pattern") instanceof String pattern) {
            var fitting =
                    VALUES.stream().filter(value -> value.matches(pattern)).toList();
            return fitting.isEmpty() ? "10" : Mutation.quoted(pick(fitting));
        }
        return scalar(pick(BEHIND.getOrDefault(key, NAMES)));
    }

    private String mapping(Map<?, ?> schema, String behind, int depth) {
        var entries = new ArrayList<String>();
        var required = schema.get("required") instanceof List<?> keys ? keys : List.of();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((key, value) -> {
                var wanted = required.contains(key) ? 199 : depth == 0 || "key".equals(key) ? 180 : 40;
                if (random.nextInt(200) < wanted) {
                    entries.add(key + ": " + of((Map<?, ?>) value, String.valueOf(key), depth + 1));
                }
            });
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> others) {
            var names = new TreeSet<String>();
            for (var i = random.nextInt(5); i > 0; i--) {
                names.add(random.nextInt(200) == 0 ? pick(HostileTexts.ALL) : pick(NAMES));
            }
            for (var name : names) {
                entries.add(scalar(name) + ": " + of(others, behind, depth + 1));
            }
        }
        return depth == 0 ? String.join("\n", entries) : "{" + String.join(", ", entries) + "}";
    }

    private String scalar(String text) {
        return text.matches("[A-Za-z_][A-Za-z0-9_]*") ? text : Mutation.quoted(text);
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
