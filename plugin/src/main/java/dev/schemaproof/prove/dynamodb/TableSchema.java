package dev.schemaproof.prove.dynamodb;

import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a CreateTable call says.
 *
 * @param name the table's name
 * @param key its key
 * @param indexes its indexes, by name
 * @param types the type of each key attribute, by name
 */
record TableSchema(String name, Key key, Map<String, Index> indexes, Map<String, String> types) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
    private static final int MOST_GLOBAL = 20;
    private static final int MOST_LOCAL = 5;
    private static final int MOST_PARTS = 4;

    /**
     * A key.
     *
     * @param partition the attributes of the partition key: one, or up to four of a global index
     * @param sort those of the sort key, in order; perhaps none
     */
    record Key(List<String> partition, List<String> sort) {

        List<String> names() {
            var names = new ArrayList<>(partition);
            names.addAll(sort);
            return names;
        }
    }

    /**
     * A secondary index.
     *
     * @param local whether it is part of the table's partitions, so that it can be read consistently
     * @param included the attributes that it carries beside the keys; nothing where it carries all
     */
    record Index(String name, Key key, boolean local, Optional<Set<String>> included) {}

    static TableSchema read(Map<String, ?> body) throws RefusedCallException {
        var name = name(body.get("TableName"));
        var types = new HashMap<String, String>();
        for (var definition : objects(body.get("AttributeDefinitions"))) {
            types.put(String.valueOf(definition.get("AttributeName")), String.valueOf(definition.get("AttributeType")));
        }
        var key = key(body.get("KeySchema"), types, false);
        var indexes = new LinkedHashMap<String, Index>();
        for (var index : objects(body.get("GlobalSecondaryIndexes"))) {
            add(index(index, types, false), indexes);
        }
        var global = indexes.size();
        for (var index : objects(body.get("LocalSecondaryIndexes"))) {
            var local = index(index, types, true);
            if (!local.key.partition.equals(key.partition) || key.sort.isEmpty()) {
                throw RefusedCallException.invalid("a local index has the table's partition key: " + local.name);
            }
            add(local, indexes);
        }
        if (global > MOST_GLOBAL || indexes.size() - global > MOST_LOCAL) {
            throw RefusedCallException.invalid("a table has at most 20 global and 5 local secondary indexes");
        }
        requireExactly(types.keySet(), key, indexes);
        return new TableSchema(name, key, indexes, types);
    }

    private static void add(Index index, Map<String, Index> indexes) throws RefusedCallException {
        if (indexes.put(index.name, index) != null) {
            throw RefusedCallException.invalid("Duplicate index name: " + index.name);
        }
    }

    private static void requireExactly(Set<String> defined, Key key, Map<String, Index> indexes)
            throws RefusedCallException {
        var used = new HashSet<>(key.names());
        indexes.values().forEach(index -> used.addAll(index.key.names()));
        if (!used.equals(defined)) {
            throw RefusedCallException.invalid("Number of attributes in KeySchema does not exactly match number of"
                    + " attributes defined in AttributeDefinitions");
        }
    }

    static String name(@Nullable Object name) throws RefusedCallException {
        if (name instanceof String text && NAME.matcher(text).matches()) {
            return text;
        }
        throw RefusedCallException.invalid("a name has 3 to 255 of the characters a-z, A-Z, 0-9, _, . and -: " + name);
    }

    private static Index index(Map<?, ?> body, Map<String, String> types, boolean local) throws RefusedCallException {
        var projection = body.get("Projection") instanceof Map<?, ?> map ? map : Map.of();
        var included = new HashSet<String>();
        if (projection.get("NonKeyAttributes") instanceof List<?> attributes) {
            attributes.forEach(attribute -> included.add(String.valueOf(attribute)));
        }
        var all = "ALL".equals(projection.get("ProjectionType"));
        if (!included.isEmpty() != "INCLUDE".equals(projection.get("ProjectionType"))) {
            throw RefusedCallException.invalid("NonKeyAttributes stand beside INCLUDE and nothing else");
        }
        return new Index(
                name(body.get("IndexName")),
                key(body.get("KeySchema"), types, !local),
                local,
                all ? Optional.empty() : Optional.of(Set.copyOf(included)));
    }

    private static Key key(@Nullable Object schema, Map<String, String> types, boolean several)
            throws RefusedCallException {
        var partition = new ArrayList<String>();
        var sort = new ArrayList<String>();
        for (var part : objects(schema)) {
            var name = String.valueOf(part.get("AttributeName"));
            if (!Set.of("S", "N", "B").contains(String.valueOf(types.get(name)))) {
                throw RefusedCallException.invalid("a key attribute is defined as S, N or B: " + name);
            }
            ("HASH".equals(part.get("KeyType")) ? partition : sort).add(name);
        }
        var most = several ? MOST_PARTS : 1;
        if (partition.isEmpty() || partition.size() > most || sort.size() > most) {
            throw RefusedCallException.invalid("Invalid KeySchema: " + schema);
        }
        return new Key(partition, sort);
    }

    private static List<Map<?, ?>> objects(@Nullable Object list) {
        var objects = new ArrayList<Map<?, ?>>();
        if (list instanceof List<?> parts) {
            for (var part : parts) {
                if (part instanceof Map<?, ?> map) {
                    objects.add(map);
                }
            }
        }
        return objects;
    }
}
