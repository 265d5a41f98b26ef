package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;

/**
 * A path that leads to an attribute.
 *
 * @param written as it was written
 * @param canonical the same value by the shortest way: {@code author.id} is {@code author_id}
 * @param owner the entity that has the attribute at the end
 * @param attribute that attribute
 * @param type what its values are like
 * @param optional whether the value may be absent, on the way or at the end
 */
public record ResolvedPath(
        AttributePath written,
        AttributePath canonical,
        Entity owner,
        Attribute attribute,
        ValueType type,
        boolean optional) {

    @Override
    public String toString() {
        return written.toString();
    }
}
