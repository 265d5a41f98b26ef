package dev.schemaproof.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A reference to another entity, named by its role; it becomes a foreign key.
 *
 * @param role the reference's key
 * @param entity the entity referred to
 * @param attributes the referencing attributes, given or derived as {@code <role>_<key>}
 * @param to the attributes referred to; empty for the other's primary key
 * @param onDelete what happens to this row when the other is deleted
 * @param setOnDelete the attributes that {@code set-null} and {@code set-default} empty; empty for all that refer
 * @param onUpdate what happens when the other's key changes
 * @param match what counts as no reference when some of its attributes are absent
 * @param deferral when it is checked
 * @param perParent the expected number of rows for each row referred to
 * @param name the constraint's name, where given
 * @param description what the role means
 */
public record Reference(
        Located<String> role,
        Located<String> entity,
        List<Located<String>> attributes,
        List<Located<String>> to,
        Action onDelete,
        List<Located<String>> setOnDelete,
        Action onUpdate,
        Match match,
        Deferral deferral,
        OptionalLong perParent,
        Optional<Located<String>> name,
        Optional<String> description) {

    public Reference {
        attributes = List.copyOf(attributes);
        to = List.copyOf(to);
        setOnDelete = List.copyOf(setOnDelete);
    }

    /** This reference with its attributes. */
    public Reference withAttributes(List<Located<String>> derived) {
        return new Reference(
                role,
                entity,
                derived,
                to,
                onDelete,
                setOnDelete,
                onUpdate,
                match,
                deferral,
                perParent,
                name,
                description);
    }

    /** Whether it can be checked at the end of the transaction. */
    public boolean deferrable() {
        return deferral.deferrable();
    }

    /** The names of the target's attributes that it refers to, in the order of the referring ones. */
    public List<String> referredNames(Entity target) {
        return to.isEmpty() ? target.keyNames() : Located.values(to);
    }

    /** The referencing attributes' names. */
    public List<String> names() {
        return Located.values(attributes);
    }

    /** What counts as no reference when some of its attributes are absent. */
    public enum Match {
        /** One absent attribute is enough. */
        SIMPLE,
        /** All or none have to be absent. */
        FULL;

        /** The word in the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
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
