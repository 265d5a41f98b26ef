package dev.schemaproof.analysis.access;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Index.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A way to rows: an index, or what stands behind a key.
 *
 * @param name as the database holds it
 * @param unique whether equal entries are forbidden
 * @param included attributes that it carries beyond its parts
 * @param predicate the conditions of a partial index, in canonical form
 * @param at where the model declares it
 */
public record IndexPath(
        Kind kind,
        String name,
        List<Part> parts,
        Method method,
        boolean unique,
        Set<String> included,
        List<Condition.Basis> predicate,
        Location at) {

    public IndexPath {
        parts = List.copyOf(parts);
        included = Set.copyOf(included);
        predicate = List.copyOf(predicate);
    }

    /** What the model declares. */
    public enum Kind {
        PRIMARY_KEY,
        UNIQUE_KEY,
        INDEX
    }

    /**
     * One part of its key.
     *
     * @param searched the attribute whose words it holds, if it is a full text expression
     */
    public record Part(
            Term term,
            boolean descending,
            boolean nullsFirst,
            Optional<String> operatorClass,
            Optional<String> searched) {}

    /** The terms of its parts. */
    public List<Term> terms() {
        return parts.stream().map(Part::term).toList();
    }

    /** In a sentence: {@code its primary key}, {@code idx_posts_author_created}. */
    public String words() {
        return kind == Kind.PRIMARY_KEY ? "its primary key" : name;
    }
}
