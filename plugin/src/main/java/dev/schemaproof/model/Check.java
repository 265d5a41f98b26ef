package dev.schemaproof.model;

/**
 * A condition that every row fulfils.
 *
 * @param name the constraint's name
 * @param expression SQL, verbatim
 */
public record Check(Located<String> name, SourceText expression) {}
