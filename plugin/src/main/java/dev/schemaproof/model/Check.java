package dev.schemaproof.model;

import java.util.Optional;

/**
 * A condition that every row fulfils.
 *
 * @param name the constraint's name
 * @param expression SQL, verbatim
 * @param noInherit whether it holds for the table alone, not for those that inherit from it
 * @param description why it holds
 */
public record Check(Located<String> name, SourceText expression, boolean noInherit, Optional<String> description) {}
