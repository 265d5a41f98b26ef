package dev.schemaproof.analysis.cure;

import java.util.List;
import java.util.Locale;

/**
 * What a decomposition touches and can't settle by itself.
 *
 * @param kind what it is
 * @param name the element's name, or its attributes where it has none
 * @param attributes the attributes that matter: those that go, or the paths by which they are read afterwards
 */
public record LooseEnd(Kind kind, String name, List<String> attributes) {

    public LooseEnd {
        attributes = List.copyOf(attributes);
    }

    /** What may be touched. */
    public enum Kind {
        /** Spans two tables now, and is dropped. */
        CHECK,
        /** Spans two tables now, and is dropped. */
        INDEX,
        /** Spans two tables now, and is dropped. */
        UNIQUE,
        /** Spans two tables now, and is dropped. */
        EXCLUSION,
        /** Spans two tables now, and is dropped. */
        REFERENCE,
        /** A multivalued dependency that spans two tables now, and is dropped. */
        DEPENDENCY,
        /** A generated attribute made of what stands in two tables now; it is dropped. */
        GENERATED,
        /** Divides the table by what goes. */
        PARTITIONING,
        /** A policy that uses what goes, or doesn't reach where it goes. */
        POLICY,
        /** A role's right on single attributes that go. */
        GRANT,
        /** Attributes of the determinant without which a row loses what is moved. */
        OPTIONAL_DETERMINANT,
        /** Required attributes of an entity that was there before, for rows that nothing refers to. */
        UNREFERRED_ROWS,
        /** A reference of another entity to what goes. */
        INCOMING,
        /** A structured pattern that reads what goes; the attributes are the paths, old and new by turns. */
        READ,
        /** A structured pattern that reads whole rows. */
        READ_ALL,
        /** A structured pattern that writes what goes. */
        WRITE,
        /** A pattern in SQL that uses what goes. */
        STATEMENT,
        /** A contract that uses what goes. */
        CONTRACT,
        /** A key-value table that stores what goes. */
        ITEM;

        /** The word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
