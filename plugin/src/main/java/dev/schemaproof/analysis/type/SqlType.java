package dev.schemaproof.analysis.type;

import dev.schemaproof.dialect.postgresql.TypeNames;
import java.util.Optional;

/**
 * A type of values; a domain counts as what it is based on.
 *
 * @param name the catalog's name, such as {@code int4} or {@code text[]}; for an enum of the model its name
 * @param own whether it, or what an array is made of, is an enum of the model
 */
public record SqlType(String name, boolean own) {

    static final SqlType BOOL = builtIn("bool");
    static final SqlType TEXT = builtIn("text");

    /** All of a table's row, whichever table it is. */
    static final SqlType ROW = builtIn("record");

    /** What a text between quotes has before it is used. */
    static final SqlType UNKNOWN = builtIn("unknown");

    static SqlType builtIn(String name) {
        return new SqlType(name, false);
    }

    public boolean isUnknown() {
        return equals(UNKNOWN);
    }

    public boolean isArray() {
        return name.endsWith("[]");
    }

    /** An array of it; PostgreSQL doesn't count dimensions. */
    SqlType array() {
        return isArray() ? this : new SqlType(name + "[]", own);
    }

    /** What an array is made of. */
    Optional<SqlType> element() {
        return isArray() ? Optional.of(new SqlType(name.substring(0, name.length() - 2), own)) : Optional.empty();
    }

    /** As people write it. */
    @Override
    public String toString() {
        return own ? name : TypeNames.shown(name);
    }
}
