package dev.schemaproof.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The named parts of a JSON Schema, each written once and referred to by name. */
final class Definitions {

    private final Map<String, Map<String, Object>> parts = new TreeMap<>();
    private final Map<String, ObjectShape<?>> objects = new LinkedHashMap<>();

    /** A reference to the part, which is made when it is first needed. */
    Map<String, Object> refer(String name, ObjectShape<?> object, Supplier<Map<String, Object>> part) {
        if (!parts.containsKey(name)) {
            objects.put(name, object);
            parts.put(name, Map.of());
            parts.put(name, part.get());
        }
        var reference = new LinkedHashMap<String, Object>();
        reference.put("$ref", "#/$defs/" + name);
        return reference;
    }

    Map<String, Map<String, Object>> all() {
        return parts;
    }

    /** The shapes of the parts by name, in the order in which they were first needed. */
    Map<String, ObjectShape<?>> objects() {
        return Collections.unmodifiableMap(objects);
    }
}
