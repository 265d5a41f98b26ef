package dev.schemaproof.analysis.normal;

/**
 * Rows that agree on the determinant agree on the dependents.
 *
 * @param determinant its left side
 * @param dependents its right side
 */
public record FunctionalDependency(AttributeSet determinant, AttributeSet dependents) {}
