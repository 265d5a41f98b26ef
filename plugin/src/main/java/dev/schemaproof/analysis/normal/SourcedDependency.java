package dev.schemaproof.analysis.normal;

/**
 * A functional dependency and why it holds.
 *
 * @param dependency over the positions of an entity's attributes
 * @param origin why it holds
 */
public record SourcedDependency(FunctionalDependency dependency, Origin origin) {}
