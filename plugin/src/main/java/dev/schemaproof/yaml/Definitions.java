package dev.schemaproof.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The named parts of a JSON Schema, each written once and referred to by name. */
final class Definitions {

    private final Map<String, Map<String, Object>> parts = new TreeMap<>();

    /** A reference to the part, which is made when it is first needed. */
    Map<String, Object> refer(String name, Supplier<Map<String, Object>> part) {
        if (!parts.containsKey(name)) {
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
}
