package dev.schemaproof.analysis.atomic;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Entity;
import java.util.Optional;

/**
 * An attribute that holds a list.
 *
 * @param entity where
 * @param attribute the list
 * @param form how it is written
 * @param element the type of what is listed, where it is known
 * @param of the entity whose rows it seems to list
 * @param refers whether it lists keys of that entity, not its rows themselves
 * @param because why it is taken for a list
 */
public record ListAttribute(
        Entity entity,
        Attribute attribute,
        Form form,
        Optional<DataType> element,
        Optional<Entity> of,
        boolean refers,
        String because) {

    /** How a list is written into one value. */
    public enum Form {
        /** Text with separators. */
        DELIMITED,
        ARRAY,
        JSON
    }
}
