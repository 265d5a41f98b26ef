package dev.schemaproof.model;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A reference to another entity, named by its role; it becomes a foreign key.
 *
 * @param role the reference's key
 * @param entity the entity referred to
 * @param attributes the referencing attributes, given or derived as {@code <role>_<key>}
 * @param onDelete what happens to this row when the other is deleted
 * @param onUpdate what happens when the other's key changes
 * @param deferrable whether it can be checked at the end of the transaction
 * @param perParent the expected number of rows for each row referred to
 */
public record Reference(
        Located<String> role,
        Located<String> entity,
        List<Located<String>> attributes,
        Action onDelete,
        Action onUpdate,
        boolean deferrable,
        OptionalLong perParent) {

    public Reference {
        attributes = List.copyOf(attributes);
    }

    /** The referencing attributes' names. */
    public List<String> names() {
        return attributes.stream().map(Located::value).toList();
    }

    /** A referential action. */
    public enum Action {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT;

        /** The word in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
