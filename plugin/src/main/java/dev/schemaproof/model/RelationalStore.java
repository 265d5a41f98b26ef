package dev.schemaproof.model;

/**
 * A relational database.
 *
 * @param name the store's key
 * @param version PostgreSQL's major version
 */
public record RelationalStore(Located<String> name, int version) implements Store {}
