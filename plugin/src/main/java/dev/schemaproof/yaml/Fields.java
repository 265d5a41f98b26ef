package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Located;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** The values of a mapping, as far as they could be read. */
final class Fields {

    private final Located<String> name;
    private final Location at;
    private final Map<Key<?>, Object> values;
    private final Map<Key<?>, Location> places;
    private final Map<String, Object> rest;
    private final boolean sound;

    Fields(
            Located<String> name,
            Location at,
            Map<Key<?>, Object> values,
            Map<Key<?>, Location> places,
            Map<String, Object> rest,
            boolean sound) {
        this.name = name;
        this.at = at;
        this.values = values;
        this.places = places;
        this.rest = rest;
        this.sound = sound;
    }

    /** The key that the mapping stands behind. */
    Located<String> name() {
        return name;
    }

    /** The whole mapping. */
    Location at() {
        return at;
    }

    /** Whether nothing was reported inside. */
    boolean sound() {
        return sound;
    }

    /** Where the key stands, if it is there at all. */
    Optional<Location> place(Key<?> key) {
        return Optional.ofNullable(places.get(key));
    }

    @SuppressWarnings("unchecked") // a key's value was read by the key's own shape
    <V> Optional<V> get(Key<V> key) {
        return Optional.ofNullable((V) values.get(key));
    }

    <V> V get(Key<V> key, V otherwise) {
        return get(key).orElse(otherwise);
    }

    /** What stands behind keys that have no name in the language. */
    Map<String, Object> rest() {
        return Collections.unmodifiableMap(rest);
    }
}
