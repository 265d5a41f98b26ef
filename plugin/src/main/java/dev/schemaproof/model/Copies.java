package dev.schemaproof.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Defensive copies that keep an order. */
final class Copies {

    private Copies() {}

    /** An unmodifiable copy in the same order, unlike {@link Map#copyOf}, whose order changes from run to run. */
    static <K, V> Map<K, V> ordered(Map<K, V> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
