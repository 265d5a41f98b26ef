package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.index.IndexComparison;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An index that is the beginning of a key or another index of its entity. */
public final class RedundantIndex implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .flatMap(entity -> check(entity, facts.access().paths(entity)));
    }

    private Stream<Finding> check(Entity entity, List<IndexPath> paths) {
        return IntStream.range(0, paths.size())
                .filter(i -> Indexes.isFree(entity, paths.get(i)))
                .boxed()
                .flatMap(i -> longer(entity, paths, i).map(other -> finding(entity, paths.get(i), other)).stream());
    }

    /** What the index is the beginning of; none if it is the same as another, which is worse. */
    static Optional<IndexPath> longer(Entity entity, List<IndexPath> paths, int index) {
        var comparison = new IndexComparison(entity);
        var path = paths.get(index);
        if (paths.stream().anyMatch(other -> !other.equals(path) && comparison.same(path, other))) {
            return Optional.empty();
        }
        return IntStream.range(0, paths.size())
                .filter(i -> i != index && comparison.begins(path, paths.get(i)))
                // Of two that are each other read backward, the first stays
                .filter(i ->
                        i < index || !Indexes.isFree(entity, paths.get(i)) || !comparison.begins(paths.get(i), path))
                .mapToObj(paths::get)
                .findFirst();
    }

    private Finding finding(Entity entity, IndexPath path, IndexPath other) {
        return finding(
                        path.at(),
                        entity.name() + "." + path.name(),
                        "`" + path.name() + "` is the beginning of " + Indexes.named(other)
                                + ", which serves all that it serves")
                .withHelp("remove it, or say in its `reason` why it is there as well")
                .withRelated(other.at(), "the longer one");
    }
}
