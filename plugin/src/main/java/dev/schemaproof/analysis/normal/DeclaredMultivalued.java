package dev.schemaproof.analysis.normal;

import dev.schemaproof.model.Dependency;

/**
 * A multivalued dependency and where it is declared.
 *
 * @param dependency over the positions of an entity's attributes
 * @param declared as it is written
 */
public record DeclaredMultivalued(MultivaluedDependency dependency, Dependency declared) {}
