package dev.schemaproof.model;

import dev.schemaproof.diagnostic.Location;
import java.util.List;

/**
 * A functional dependency {@code a, b -> c}, or with {@code ->>} a multivalued one.
 *
 * @param determinant its left side
 * @param dependent its right side
 * @param multivalued whether it was written with {@code ->>}
 * @param at the whole text
 */
public record Dependency(
        List<Located<String>> determinant, List<Located<String>> dependent, boolean multivalued, Location at) {

    public Dependency {
        determinant = List.copyOf(determinant);
        dependent = List.copyOf(dependent);
    }
}
