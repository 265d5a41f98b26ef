package dev.schemaproof.prove.data;

import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were put into tables, as far as others refer to them, as texts; filled by one thread, then only read.
 */
public final class Population {

    private final Map<String, List<Map<String, String>>> rows = new HashMap<>();
    private final Map<String, Map<List<String>, List<List<String>>>> lists = new ConcurrentHashMap<>();

    /** The keys of an entity's rows, each with its values in the order of the key's attributes. */
    public List<List<String>> keysOf(Entity entity) {
        return valuesOf(entity, entity.keyNames());
    }

    /** The values of attributes of an entity's rows, without rows in which one of them is absent. */
    public List<List<String>> valuesOf(Entity entity, List<String> attributes) {
        return lists.computeIfAbsent(entity.name().value(), name -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        attributes,
                        names -> rows.getOrDefault(entity.name().value(), List.of()).stream()
                                .filter(row -> !names.isEmpty() && row.keySet().containsAll(names))
                                .map(row -> names.stream().map(row::get).toList())
                                .toList());
    }

    /** Notes a row, with the values of some attributes in their order. */
    void add(Entity entity, List<String> attributes, List<? extends @Nullable String> values) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < attributes.size(); i++) {
            String value = values.get(i);
            if (value != null) {
                row.put(attributes.get(i), value);
            }
        }
        rows.computeIfAbsent(entity.name().value(), name -> new ArrayList<>()).add(row);
        lists.remove(entity.name().value());
    }
}
