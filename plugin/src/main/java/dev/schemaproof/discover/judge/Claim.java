package dev.schemaproof.discover.judge;

import java.util.List;

/**
 * Something that a model says of a table, to be held against the data.
 *
 * @param words as the model says it: {@code zip_code -> city}, {@code key [id]}
 * @param kind what it says
 * @param determinant column names
 * @param dependents column names; empty for keys
 */
public record Claim(String words, Kind kind, List<String> determinant, List<String> dependents) {

    public Claim {
        determinant = List.copyOf(determinant);
        dependents = List.copyOf(dependents);
    }

    /** What can be said. */
    public enum Kind {
        /** Every row has a value, and no two rows have the same. */
        PRIMARY_KEY,
        /** No two rows that have a value have the same. */
        UNIQUE,
        /** Rows that have the same value in the determinant have the same in the dependents. */
        DEPENDENCY
    }
}
