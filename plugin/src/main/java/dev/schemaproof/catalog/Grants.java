package dev.schemaproof.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What roles may do with something, beside its owner.
 *
 * @param byRole privileges in lower case, such as {@code select} or {@code update(status)}, by role; {@code public} is
 *     everybody
 */
public record Grants(Map<String, Set<String>> byRole) {

    public Grants {
        Map<String, Set<String>> copy = new TreeMap<>();
        byRole.forEach((role, privileges) -> copy.put(role, Collections.unmodifiableSet(new TreeSet<>(privileges))));
        byRole = Collections.unmodifiableMap(copy);
    }

    /** Nobody but the owner may do anything. */
    public static Grants none() {
        return new Grants(Map.of());
    }
}
