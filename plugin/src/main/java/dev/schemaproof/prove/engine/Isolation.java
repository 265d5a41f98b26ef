package dev.schemaproof.prove.engine;

/** What a run has to itself. */
public enum Isolation {
    /** A database of its own: extensions, several schemas and settings of the database are its to make. */
    DATABASE,
    /**
     * Only a schema in a database of the user's, because no database may be created there. A model that needs
     * extensions, roles or several schemas must be refused.
     */
    SCHEMA
}
