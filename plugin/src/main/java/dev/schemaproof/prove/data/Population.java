package dev.schemaproof.prove.data;

import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The primary keys of the rows that were put into tables, as texts; filled by one thread, then only read. */
public final class Population {

    private final Map<String, List<List<String>>> keys = new HashMap<>();

    /** The keys of an entity's rows, each with its values in the order of the key's attributes. */
    public List<List<String>> keysOf(Entity entity) {
        return List.copyOf(keys.getOrDefault(entity.name().value(), List.of()));
    }

    void add(Entity entity, List<String> key) {
        keys.computeIfAbsent(entity.name().value(), name -> new ArrayList<>()).add(List.copyOf(key));
    }
}
