package dev.schemaproof.sql;

import java.util.List;
import java.util.Optional;

/**
 * What came out of reading a SQL text.
 *
 * @param tree what it says; absent exactly when there are problems
 * @param problems what keeps it from being read
 */
public record Parsed<T>(Optional<T> tree, List<SqlProblem> problems) {

    public Parsed {
        problems = List.copyOf(problems);
        if (tree.isPresent() != problems.isEmpty()) {
            throw new IllegalArgumentException("a text is either read or it has problems");
        }
    }

    static <T> Parsed<T> of(T tree) {
        return new Parsed<>(Optional.of(tree), List.of());
    }

    static <T> Parsed<T> failed(List<SqlProblem> problems) {
        return new Parsed<>(Optional.empty(), problems);
    }
}
