package dev.schemaproof.analysis.normal;

/**
 * Rows that agree on the determinant agree on the dependents.
 *
 * @param determinant its left side
 * @param dependents its right side
 */
public record FunctionalDependency(AttributeSet determinant, AttributeSet dependents) {

    /** Whether it holds in every relation, as it says nothing but that attributes determine themselves. */
    public boolean trivial() {
        return determinant.containsAll(dependents);
    }

    /** All attributes that it speaks of. */
    public AttributeSet attributes() {
        return determinant.union(dependents);
    }
}
