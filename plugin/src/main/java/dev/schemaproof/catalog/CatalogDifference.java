package dev.schemaproof.catalog;

import java.util.Objects;
import java.util.Optional;

/**
 * A difference between the database that is and the one that the model asks for.
 *
 * @param kind which way it goes
 * @param table the table or materialized view it is about; empty for what is none
 * @param element the column, index, constraint or policy within, or the type, sequence, schema, extension or role; empty
 *     for a table as a whole
 * @param sentence in words, with names, in lower case without a full stop
 */
public record CatalogDifference(Kind kind, Optional<CatalogName> table, Optional<String> element, String sentence) {

    public CatalogDifference {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(element, "element");
        Objects.requireNonNull(sentence, "sentence");
    }

    /** Which way a difference goes. */
    public enum Kind {
        /** The model asks for it, the database lacks it. */
        MISSING,
        /** The database has it, the model does not ask for it. */
        EXTRA,
        /** Both have it, but not alike. */
        DIFFERENT
    }

    @Override
    public String toString() {
        return sentence;
    }
}
