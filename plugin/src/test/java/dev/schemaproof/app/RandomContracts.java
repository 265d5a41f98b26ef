package dev.schemaproof.app;

import dev.schemaproof.app.RandomModel.Kind;
import dev.schemaproof.app.RandomModel.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds copies to a random model that the database keeps: counts and values by triggers, and materialized views. */
final class RandomContracts {

    private final RandomModel random;
    private final Map<String, Object> patterns = new LinkedHashMap<>();
    private final Map<String, Object> contracts = new LinkedHashMap<>();

    RandomContracts(RandomModel random) {
        this.random = random;
    }

    void addTo(Map<String, Object> model, Map<String, Object> entities) {
        if (random.sometimes(0.5)) {
            view(entities);
        } else if (random.sometimes(0.5)) {
            count(entities);
        } else {
            copy(entities);
        }
        if (!contracts.isEmpty()) {
            model.put("accessPatterns", patterns);
            model.put("denormalizations", contracts);
        }
    }

    private void view(Map<String, Object> entities) {
        var source = random.pick(random.tables());
        var columns = new LinkedHashMap<String, Kind>();
        var selected = new ArrayList<String>();
        for (var column : random.some(new ArrayList<>(source.columns().keySet()), 3)) {
            columns.put(
                    random.sometimes(0.8) ? column : random.name(),
                    source.columns().get(column));
            selected.add("s." + RandomModel.quoted(column));
        }
        var counted = random.sometimes(0.3);
        if (counted) {
            columns.put("how_many", Kind.of("bigint", "0"));
            selected.add("count(*)");
        }
        var query = "SELECT " + String.join(", ", selected) + " FROM " + table(entities, source) + " s"
                + (random.sometimes(0.2) ? " WHERE s." + RandomModel.quoted(first(source)) + " IS NOT NULL" : "")
                + (counted
                        ? " GROUP BY " + String.join(", ", selected.subList(0, selected.size() - 1))
                        : random.sometimes(0.2) ? " ORDER BY 1" : "");
        var view = new LinkedHashMap<String, Object>();
        var attributes = new LinkedHashMap<String, Object>();
        columns.forEach((name, kind) -> attributes.put(name, Map.of("type", kind.written())));
        view.put("attributes", attributes);
        view.put("key", List.of(columns.keySet().iterator().next()));
        random.maybe(view, 0.5, "table", random::name);
        random.maybe(view, 0.3, "indexes", () -> Map.of(random.name(), random.index(columns)));
        random.maybe(view, 0.2, "storage", () -> Map.of("fillfactor", "70"));
        entities.put("V", random.described(view));
        contract(
                "V",
                "V",
                Map.of("query", query),
                Map.of("by", "materialized-view", "refresh", Map.of("every", "1h")),
                query);
    }

    private void count(Map<String, Object> entities) {
        for (var child : random.tables()) {
            if (entities.get(child.name()) instanceof Map<?, ?> entity
                    && entity.get("references") instanceof Map<?, ?> references
                    && references.entrySet().iterator().next().getValue() instanceof Map<?, ?> reference
                    && reference.get("attributes") instanceof List<?> own
                    && entities.get(String.valueOf(reference.get("entity"))) instanceof Map<?, ?> parent
                    && parent.get("attributes") instanceof Map<?, ?> attributes) {
                var role = String.valueOf(references.keySet().iterator().next());
                var target = String.valueOf(reference.get("entity"));
                put(attributes, "how_many", Map.of("type", random.pick(List.of("int", "bigint")), "default", "0"));
                var from = new LinkedHashMap<String, Object>();
                from.put("count", child.name());
                from.put("by", role);
                random.maybe(from, 0.3, "where", () -> RandomModel.quoted(String.valueOf(own.get(0))) + " is not null");
                contract(
                        target,
                        target + ".how_many",
                        from,
                        Map.of("by", "trigger"),
                        "SELECT (SELECT count(*) FROM " + table(entities, child) + ")");
                return;
            }
        }
    }

    private void copy(Map<String, Object> entities) {
        for (var child : random.tables()) {
            if (entities.get(child.name()) instanceof Map<?, ?> entity
                    && entity.get("references") instanceof Map<?, ?> references
                    && references.entrySet().iterator().next().getValue() instanceof Map<?, ?> reference
                    && entity.get("attributes") instanceof Map<?, ?> own
                    && entities.get(String.valueOf(reference.get("entity"))) instanceof Map<?, ?> source
                    && source.get("attributes") instanceof Map<?, ?> attributes) {
                var role = String.valueOf(references.keySet().iterator().next());
                var copied = random.pick(new ArrayList<>(attributes.keySet()));
                var declared = attributes.get(copied) instanceof Map<?, ?> full
                        ? full
                        : Map.of("type", String.valueOf(attributes.get(copied)));
                var copy = new LinkedHashMap<String, Object>();
                for (var key : List.of("type", "collation")) {
                    if (declared.containsKey(key)) {
                        copy.put(key, declared.get(key));
                    }
                }
                random.maybe(copy, 0.7, "optional", () -> "true");
                put(own, "copied", copy);
                contract(
                        child.name(),
                        child.name() + ".copied",
                        Map.of("copy", role + "." + copied),
                        Map.of("by", "trigger"),
                        "SELECT s." + RandomModel.quoted(String.valueOf(copied)) + " FROM " + table(entities, child)
                                + " s");
                return;
            }
        }
    }

    private void contract(
            String read, String into, Map<String, Object> from, Map<String, Object> sync, String instead) {
        var pattern = new LinkedHashMap<String, Object>();
        pattern.put("entity", read);
        pattern.put("find", "many");
        if (into.contains(".")) {
            pattern.put("select", List.of(into.substring(into.indexOf('.') + 1)));
        }
        pattern.put("scan", "allowed");
        pattern.put("reason", "the whole is asked for");
        patterns.put("all", pattern);
        var contract = new LinkedHashMap<String, Object>();
        contract.put("duplicates", Map.of("into", into, "from", from));
        contract.put("sync", sync);
        contract.put(
                "staleness",
                Map.of(
                        "allowed",
                        sync.containsValue("trigger") ? "none" : "2h",
                        "effect",
                        "A wrong number is shown",
                        "repair",
                        "every night"));
        var measured = Map.of("before", "20 ms", "after", "1 ms", "rows", "1M", "on", "2026-05-02", "where", "staging");
        contract.put("gain", Map.of("pattern", "all", "instead", instead, "atLeast", "5x", "measured", measured));
        contracts.put(random.name().replaceAll("[^a-z_]", "x"), contract);
    }

    /** The table as SQL names it. */
    private static String table(Map<String, Object> entities, Table table) {
        if (!(entities.get(table.name()) instanceof Map<?, ?> entity)) {
            throw new IllegalArgumentException(table.name());
        }
        var name =
                entity.get("table") instanceof String own ? own : table.name().toLowerCase(java.util.Locale.ROOT);
        return (entity.get("schema") instanceof String schema ? RandomModel.quoted(schema) + "." : "")
                + RandomModel.quoted(name);
    }

    private static String first(Table table) {
        return table.columns().keySet().iterator().next();
    }

    @SuppressWarnings("unchecked") // all maps of the tree have names for keys
    private static void put(Map<?, ?> map, String key, Object value) {
        ((Map<String, Object>) map).put(key, value);
    }
}
