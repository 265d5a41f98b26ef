package dev.schemaproof.dialect;

import dev.schemaproof.model.DataType;

/** What a relational database understands. Implementations are stateless. */
public interface Dialect {

    /** The database's name as people write it. */
    String name();

    /** The longest identifier, in bytes of UTF-8. */
    int maxIdentifierBytes();

    /** The identifier as it is written in a statement: quoted only where it would otherwise be misread. */
    String identifier(String name);

    /** A text as a string literal, whatever it holds. */
    String literal(String text);

    /**
     * The type in the database's own words.
     *
     * @throws IllegalArgumentException for {@link DataType.Unreadable}, which has been reported when it was read
     */
    String type(DataType type);
}
