package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.Paths;
import dev.schemaproof.analysis.keyvalue.TableDesign;
import dev.schemaproof.model.Entity;
import dev.schemaproof.prove.data.Row;
import dev.schemaproof.prove.dynamodb.TableService;
import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The tables of a store with the items of made-up rows in them, and what is known of both. */
final class Laboratory {

    private final Paths paths;
    private final RowInventor inventor;
    private final TableService service;
    private RowSet rows;
    /** What each table must hold, by table and then by row. */
    private final Map<String, Map<Row, Map<String, @Nullable Object>>> items = new LinkedHashMap<>();

    private final List<TableDesign> tables;

    Laboratory(Paths paths, RowInventor inventor, TableService service, List<TableDesign> tables, RowSet rows) {
        this.tables = List.copyOf(tables);
        this.paths = paths;
        this.inventor = inventor;
        this.service = service;
        this.rows = rows;
    }

    Paths paths() {
        return paths;
    }

    RowInventor inventor() {
        return inventor;
    }

    RowSet rows() {
        return rows;
    }

    /** The design of a table. */
    TableDesign table(String name) {
        return tables.stream()
                .filter(design -> design.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** How the rows of an entity are stored in a table that holds them. */
    ItemDesign design(String table, Entity entity) {
        return table(table).item(entity.name().value()).orElseThrow();
    }

    /** The item of a row in a table, as it must be. */
    Map<String, @Nullable Object> item(ItemDesign design, Row row) {
        return Objects.requireNonNull(held(design.table().name().value()).get(row));
    }

    private Map<Row, Map<String, @Nullable Object>> held(String table) {
        return items.computeIfAbsent(table, name -> new LinkedHashMap<>());
    }

    Map<String, @Nullable Object> call(String operation, Map<String, ?> body) throws RefusedCallException, IOException {
        return service.call(operation, body);
    }

    /**
     * Writes the items of all rows of the table's entities.
     *
     * @return two rows with one key, where there are such
     */
    Optional<List<Row>> fill(TableDesign table) throws RefusedCallException, IOException {
        var keys = new HashMap<Map<String, @Nullable Object>, Row>();
        for (var design : table.items()) {
            for (var row : rows.of(design.entity())) {
                var item = ItemMaker.item(design, rows, row);
                if (item.isEmpty()) {
                    continue;
                }
                var twin = keys.put(key(design, item.get()), row);
                if (twin != null) {
                    return Optional.of(List.of(twin, row));
                }
                held(table.name()).put(row, item.get());
                call("PutItem", body(table, "Item", item.get()));
            }
        }
        return Optional.empty();
    }

    private static Map<String, @Nullable Object> key(ItemDesign design, Map<String, @Nullable Object> item) {
        var key = new LinkedHashMap<String, @Nullable Object>(item);
        key.keySet().retainAll(design.key().names());
        return key;
    }

    /** The rows as they are from now on, with the items that the table must hold then. */
    void become(RowSet others, String table, Map<Row, Map<String, @Nullable Object>> expected) {
        rows = others;
        items.put(table, new LinkedHashMap<>(expected));
    }

    /** What the table must hold, by row; a copy. */
    Map<Row, Map<String, @Nullable Object>> expected(String table) {
        return new LinkedHashMap<>(held(table));
    }

    /** Puts a table right after something went wrong with it. */
    void restore(TableDesign table) throws RefusedCallException, IOException {
        var names = table.table().sortKey().isPresent()
                ? List.of(
                        table.table().partitionKey().name().value(),
                        table.table().sortKey().get().name().value())
                : List.of(table.table().partitionKey().name().value());
        for (var item : found(table.name())) {
            item.keySet().retainAll(names);
            call("DeleteItem", body(table, "Key", item));
        }
        for (var item : held(table.name()).values()) {
            call("PutItem", body(table, "Item", item));
        }
    }

    private static Map<String, Object> body(TableDesign table, String name, Object content) {
        var body = new LinkedHashMap<String, Object>();
        body.put("TableName", table.name());
        body.put(name, content);
        return body;
    }

    /** What the table holds. */
    List<Map<String, @Nullable Object>> found(String table) throws RefusedCallException, IOException {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("TableName", table);
        return pages("Scan", body, OptionalLong.empty()).items();
    }

    /** Everything that a read returns. */
    record Pages(List<Map<String, @Nullable Object>> items, long count) {}

    /**
     * Reads page after page.
     *
     * @param enough after how many items the application stops
     */
    Pages pages(String operation, Map<String, @Nullable Object> body, OptionalLong enough)
            throws RefusedCallException, IOException {
        var items = new ArrayList<Map<String, @Nullable Object>>();
        long count = 0;
        var call = new LinkedHashMap<>(body);
        while (true) {
            var answer = call(operation, call);
            for (var item : answer.get("Items") instanceof List<?> list ? list : List.of()) {
                items.add(WireValues.normalItem(strings(item)));
            }
            count += answer.get("Count") instanceof Number number ? number.longValue() : 0;
            var next = answer.get("LastEvaluatedKey");
            if (next == null || enough.isPresent() && items.size() >= enough.getAsLong()) {
                return new Pages(
                        enough.isPresent() && items.size() > enough.getAsLong()
                                ? items.subList(0, (int) enough.getAsLong())
                                : items,
                        count);
            }
            call.put("ExclusiveStartKey", next);
        }
    }

    static Map<String, @Nullable Object> strings(@Nullable Object object) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> result.put(String.valueOf(name), value));
        }
        return result;
    }
}
