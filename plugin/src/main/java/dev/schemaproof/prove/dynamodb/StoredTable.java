package dev.schemaproof.prove.dynamodb;

import dev.schemaproof.prove.dynamodb.TableSchema.Key;
import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A table with its items. */
final class StoredTable {

    private static final int LONGEST_PARTITION_KEY = 2048;
    private static final int LONGEST_SORT_KEY = 1024;
    private static final long LARGEST_ITEM = 400 * 1024;

    private final TableSchema schema;
    /** By the table's key; partitions in an order of no meaning, as in DynamoDB, and in each of them by the sort key. */
    private final TreeMap<List<Value>, Map<String, Value>> items;

    StoredTable(TableSchema schema) {
        this.schema = schema;
        this.items = new TreeMap<>(order(schema.key()));
    }

    TableSchema schema() {
        return schema;
    }

    private static Comparator<List<Value>> order(Key key) {
        var partitions = key.partition().size();
        return (left, right) -> {
            for (var i = 0; i < left.size(); i++) {
                var difference = i < partitions
                        ? scattered(left.get(i), right.get(i))
                        : left.get(i).compareWith(right.get(i));
                if (difference != 0) {
                    return difference;
                }
            }
            return 0;
        };
    }

    /** Partitions lie in the order of a hash, so that nothing comes to rely on the order of their keys. */
    private static int scattered(Value left, Value right) {
        var difference = Integer.compare(
                Integer.reverse(left.hashCode() * 0x9E3779B9), Integer.reverse(right.hashCode() * 0x9E3779B9));
        return difference != 0 ? difference : left.compareWith(right);
    }

    /** The key in an item, or in the key of a call. */
    List<Value> key(Map<String, Value> item) throws RefusedCallException {
        var key = new ArrayList<Value>();
        for (var name : schema.key().names()) {
            var value = item.get(name);
            if (value == null) {
                throw RefusedCallException.invalid(
                        "One or more parameter values were invalid: Missing the key " + name + " in the item");
            }
            requireType(name, value);
            key.add(value);
        }
        requireLength(schema.key(), item);
        return key;
    }

    /** The key of a call that names nothing else. */
    List<Value> onlyKey(Map<String, Value> given) throws RefusedCallException {
        if (given.size() != schema.key().names().size()) {
            throw RefusedCallException.invalid("The provided key element does not match the schema");
        }
        return key(given);
    }

    private void requireType(String name, Value value) throws RefusedCallException {
        var type = schema.types().get(name);
        if (!value.type().equals(type)) {
            throw RefusedCallException.invalid("One or more parameter values were invalid: Type mismatch for key "
                    + name + " expected: " + type + " actual: " + value.shown());
        }
        if (value.content() instanceof String text && text.isEmpty()) {
            throw RefusedCallException.invalid(
                    "One or more parameter values are not valid. The AttributeValue for a key"
                            + " attribute cannot contain an empty string value. Key: " + name);
        }
    }

    private static void requireLength(Key key, Map<String, Value> item) throws RefusedCallException {
        requireLength(key.partition(), item, LONGEST_PARTITION_KEY);
        requireLength(key.sort(), item, LONGEST_SORT_KEY);
    }

    private static void requireLength(List<String> names, Map<String, Value> item, int longest)
            throws RefusedCallException {
        long bytes = 0;
        for (var name : names) {
            var value = item.get(name);
            bytes += value == null ? 0 : value.size();
        }
        if (bytes > longest) {
            throw RefusedCallException.invalid("One or more parameter values were invalid: Aggregate size of the key "
                    + String.join(", ", names) + " exceeds " + longest + " bytes");
        }
    }

    Optional<Map<String, Value>> get(List<Value> key) {
        return Optional.ofNullable(items.get(key));
    }

    void put(Map<String, Value> item) throws RefusedCallException {
        var key = key(item);
        for (var index : schema.indexes().values()) {
            for (var name : index.key().names()) {
                var value = item.get(name);
                if (value != null) {
                    requireType(name, value);
                }
            }
            requireLength(index.key(), item);
        }
        if (Value.size(item) > LARGEST_ITEM) {
            throw RefusedCallException.invalid("Item size has exceeded the maximum allowed size");
        }
        items.put(key, new LinkedHashMap<>(item));
    }

    void delete(List<Value> key) {
        items.remove(key);
    }

    /** Every item in the order in which the table, or an index of it, is read. */
    List<Map<String, Value>> items(Optional<TableSchema.Index> index) {
        if (index.isEmpty()) {
            return List.copyOf(items.values());
        }
        var names = index.get().key().names();
        var order = order(index.get().key());
        return items.values().stream()
                .filter(item -> item.keySet().containsAll(names))
                .sorted((left, right) -> order.compare(values(names, left), values(names, right)))
                .toList();
    }

    private static List<Value> values(List<String> names, Map<String, Value> item) {
        return names.stream().map(item::get).toList();
    }
}
