package dev.schemaproof.analysis.access;

import dev.schemaproof.model.AccessPattern;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a pattern of a relational store is served.
 *
 * @param coverages one for each use of an entity, in the order in which they are reached
 */
public record PatternAccess(AccessPattern pattern, PatternShape shape, List<Coverage> coverages) {

    public PatternAccess {
        coverages = List.copyOf(coverages);
    }

    /** Whether every use of an entity is served. */
    public boolean served() {
        return coverages.stream().allMatch(Coverage::served);
    }

    /**
     * In a line: {@code follows by its primary key (follower_id), posts by idx_posts_author_created (author_id)}. Empty
     * where no entity is looked up.
     */
    public String summary() {
        return coverages.stream().map(Coverage::toString).distinct().collect(Collectors.joining(", "));
    }
}
