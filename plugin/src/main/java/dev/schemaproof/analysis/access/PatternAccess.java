package dev.schemaproof.analysis.access;

import dev.schemaproof.model.AccessPattern;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** The sorts that are left to do, from the outermost query in. */
    public List<LeftSort> sorts() {
        return LeftSort.of(shape, coverages);
    }

    /**
     * In a line: {@code follows by its primary key (follower_id), posts by idx_posts_author_created (author_id)}. Empty
     * where no entity is looked up. A sort that is left to do is said behind it.
     */
    public String summary() {
        return Stream.concat(
                        coverages.stream().map(Coverage::toString),
                        sorts().stream().map(sort -> "then " + sort))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
