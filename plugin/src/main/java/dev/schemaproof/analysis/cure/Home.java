package dev.schemaproof.analysis.cure;

import dev.schemaproof.model.Entity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entity to which attributes go.
 *
 * @param entity with them
 * @param before as it was, where it was there before
 * @param owner the entity that refers to it: the one taken apart, or another home
 * @param role the owner's reference
 * @param names what it calls the attributes of the entity taken apart that it has
 * @param determinant its key, by the names in the entity taken apart
 * @param moved what went there, by the names in the entity taken apart
 */
public record Home(
        Entity entity,
        Optional<Entity> before,
        String owner,
        String role,
        Map<String, String> names,
        List<String> determinant,
        List<String> moved) {

    public Home {
        names = Map.copyOf(names);
        determinant = List.copyOf(determinant);
        moved = List.copyOf(moved);
    }
}
