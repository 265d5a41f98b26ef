package dev.schemaproof.analysis.cure;

import java.util.List;

/**
 * A dependency that no single table can show any more.
 *
 * @param determinant its left side
 * @param dependents its right side
 */
public record Lost(List<String> determinant, List<String> dependents) {

    public Lost {
        determinant = List.copyOf(determinant);
        dependents = List.copyOf(dependents);
    }

    @Override
    public String toString() {
        return String.join(", ", determinant) + " -> " + String.join(", ", dependents);
    }
}
