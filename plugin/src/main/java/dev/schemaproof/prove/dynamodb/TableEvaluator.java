package dev.schemaproof.prove.dynamodb;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls as DynamoDB documents it, in memory and alone: what a call finds and in which order, what it refuses, and where a page
 * ends. It knows no throughput, no time to live and no eventual consistency.
 *
 * <p>Known are CreateTable, DeleteTable, PutItem, UpdateItem, DeleteItem, GetItem, Query and Scan.
 */
public final class TableEvaluator implements TableService {

    private final Map<String, StoredTable> tables = new HashMap<>();

    @Override
    public String description() {
        return "the built-in evaluator";
    }

    @Override
    public Map<String, @Nullable Object> call(String operation, Map<String, ?> body) throws RefusedCallException {
        return switch (operation) {
            case "CreateTable" -> create(body);
            case "DeleteTable" -> {
                tables.remove(table(body).schema().name());
                yield new LinkedHashMap<>();
            }
            case "PutItem" -> put(body);
            case "UpdateItem" -> update(body);
            case "DeleteItem" -> delete(body);
            case "GetItem" -> get(body);
            case "Query" -> new Reading(table(body), body, true).answer();
            case "Scan" -> new Reading(table(body), body, false).answer();
            default -> throw new RefusedCallException("UnknownOperationException", operation + " is not understood");
        };
    }

    private StoredTable table(Map<String, ?> body) throws RefusedCallException {
        var table = tables.get(String.valueOf(body.get("TableName")));
        if (table == null) {
            throw new RefusedCallException(
                    "ResourceNotFoundException",
                    "Requested resource not found: Table: " + body.get("TableName") + " not found");
        }
        return table;
    }

    private Map<String, @Nullable Object> create(Map<String, ?> body) throws RefusedCallException {
        var schema = TableSchema.read(body);
        if (tables.putIfAbsent(schema.name(), new StoredTable(schema)) != null) {
            throw new RefusedCallException("ResourceInUseException", "Table already exists: " + schema.name());
        }
        return new LinkedHashMap<>();
    }

    private Map<String, @Nullable Object> put(Map<String, ?> body) throws RefusedCallException {
        var table = table(body);
        var item = Value.item(body.get("Item"));
        requireCondition(table.get(table.key(item)), body);
        table.put(item);
        return new LinkedHashMap<>();
    }

    private Map<String, @Nullable Object> delete(Map<String, ?> body) throws RefusedCallException {
        var table = table(body);
        var key = table.onlyKey(Value.item(body.get("Key")));
        requireCondition(table.get(key), body);
        table.delete(key);
        return new LinkedHashMap<>();
    }

    private static void requireCondition(Optional<Map<String, Value>> before, Map<String, ?> body)
            throws RefusedCallException {
        var reader = ExpressionReader.of(body);
        requireCondition(before, body, reader);
        reader.requireAllUsed();
    }

    private static void requireCondition(
            Optional<Map<String, Value>> before, Map<String, ?> body, ExpressionReader reader)
            throws RefusedCallException {
        if (body.get("ConditionExpression") instanceof String text
                && !reader.condition(text).holds(before.orElseGet(Map::of))) {
            throw RefusedCallException.conditionFailed();
        }
    }

    private Map<String, @Nullable Object> update(Map<String, ?> body) throws RefusedCallException {
        var table = table(body);
        var given = Value.item(body.get("Key"));
        var before = table.get(table.onlyKey(given));
        var reader = ExpressionReader.of(body);
        var item = new LinkedHashMap<>(before.orElse(given));
        if (body.get("UpdateExpression") instanceof String text) {
            var update = reader.update(text);
            var changed = new HashSet<>(update.set().keySet());
            changed.addAll(update.remove());
            for (var name : table.schema().key().names()) {
                if (changed.contains(name)) {
                    throw RefusedCallException.invalid(
                            "One or more parameter values were invalid: Cannot update attribute " + name
                                    + ". This attribute is part of the key");
                }
            }
            update.set().forEach((name, value) -> {
                if (!value.onlyIfAbsent() || !item.containsKey(name)) {
                    item.put(name, value.value());
                }
            });
            update.remove().forEach(item::remove);
        }
        requireCondition(before, body, reader);
        reader.requireAllUsed();
        table.put(item);
        return new LinkedHashMap<>();
    }

    private Map<String, @Nullable Object> get(Map<String, ?> body) throws RefusedCallException {
        var table = table(body);
        var item = table.get(table.onlyKey(Value.item(body.get("Key"))));
        var reader = ExpressionReader.of(body);
        var projection = Projection.of(body, reader);
        reader.requireAllUsed();
        var answer = new LinkedHashMap<String, @Nullable Object>();
        item.ifPresent(found -> answer.put("Item", Value.wire(projection.of(found))));
        return answer;
    }

    /** Which attributes of an item are returned. */
    record Projection(Optional<Set<String>> names) {

        static Projection of(Map<String, ?> body, ExpressionReader reader) throws RefusedCallException {
            return body.get("ProjectionExpression") instanceof String text
                    ? new Projection(Optional.of(distinct(reader.projection(text))))
                    : new Projection(Optional.empty());
        }

        private static Set<String> distinct(List<String> names) throws RefusedCallException {
            var distinct = new HashSet<String>();
            for (var name : names) {
                if (!distinct.add(name)) {
                    throw RefusedCallException.invalid("Two document paths overlap with each other: " + name);
                }
            }
            return distinct;
        }

        Map<String, Value> of(Map<String, Value> item) {
            var part = new LinkedHashMap<>(item);
            names.ifPresent(wanted -> part.keySet().retainAll(wanted));
            return part;
        }
    }
}
