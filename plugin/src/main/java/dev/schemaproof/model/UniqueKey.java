package dev.schemaproof.model;

import dev.schemaproof.diagnostic.Location;
import java.util.List;
import java.util.Optional;

/**
 * Attributes whose values together are unique.
 *
 * @param name the constraint's name, where given
 * @param attributes in order
 * @param design how the database keeps it
 * @param at the whole list
 */
public record UniqueKey(
        Optional<Located<String>> name, List<Located<String>> attributes, KeyDesign design, Location at) {

    public UniqueKey {
        attributes = List.copyOf(attributes);
    }

    /** The attributes' names. */
    public List<String> names() {
        return Located.values(attributes);
    }
}
