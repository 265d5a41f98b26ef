package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.index.AdvisedIndex;
import dev.schemaproof.model.Entity;
import java.util.stream.Collectors;

/** What rules on indexes have in common. */
final class Indexes {

    private Indexes() {}

    /** Whether the index is there for patterns and references only: it keeps no promise, and has no reason of its own. */
    static boolean isFree(Entity entity, IndexPath path) {
        var index = entity.indexes().get(path.name());
        return path.kind() == IndexPath.Kind.INDEX
                && index != null
                && !path.unique()
                && index.reason().isEmpty();
    }

    /** In a sentence: {@code its primary key (a, b)}, {@code `idx_posts_author` (author_id)}. */
    static String named(IndexPath path) {
        var on = path.parts().stream().map(AdvisedIndex::text).collect(Collectors.joining(", ", " (", ")"));
        return (path.kind() == IndexPath.Kind.PRIMARY_KEY ? "the primary key" : "`" + path.name() + "`") + on;
    }
}
