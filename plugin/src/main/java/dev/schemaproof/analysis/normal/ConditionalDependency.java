package dev.schemaproof.analysis.normal;

/**
 * A functional dependency that holds among some rows only, and from which nothing follows for the others.
 *
 * @param dependency over the positions of an entity's attributes
 * @param condition which rows, SQL
 * @param origin why it holds among them
 */
public record ConditionalDependency(FunctionalDependency dependency, String condition, Origin origin) {}
