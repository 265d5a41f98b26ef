package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.index.IndexComparison;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An index that is the same as a key or another index of its entity, or of its table. */
public final class DuplicateIndex implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return Stream.concat(
                facts.model().entities().values().stream()
                        .filter(Entity::sound)
                        .flatMap(entity -> check(entity, facts.access().paths(entity))),
                KeyValueIndexes.duplicates(this, facts));
    }

    private Stream<Finding> check(Entity entity, List<IndexPath> paths) {
        var comparison = new IndexComparison(entity);
        return IntStream.range(0, paths.size())
                .filter(i -> paths.get(i).kind() == IndexPath.Kind.INDEX)
                .boxed()
                .flatMap(i -> IntStream.range(0, paths.size())
                        .filter(j -> comparison.same(paths.get(i), paths.get(j)) && goes(paths, i, j))
                        .mapToObj(j -> finding(entity, paths.get(i), paths.get(j)))
                        .findFirst()
                        .stream());
    }

    /** Whether the index is the same as another one. */
    static boolean isOne(Entity entity, List<IndexPath> paths, int index) {
        var comparison = new IndexComparison(entity);
        return paths.stream()
                .anyMatch(other -> !other.equals(paths.get(index)) && comparison.same(paths.get(index), other));
    }

    /** Of two that are the same, the one that keeps no promise goes, else the later one. */
    private static boolean goes(List<IndexPath> paths, int one, int other) {
        var promises = paths.get(other).unique();
        return paths.get(one).unique() == promises ? other < one : promises;
    }

    private Finding finding(Entity entity, IndexPath path, IndexPath other) {
        return finding(
                        path.at(),
                        entity.name() + "." + path.name(),
                        "`" + path.name() + "` is the same as " + Indexes.named(other))
                .withHelp("remove it")
                .withRelated(other.at(), "the other one");
    }
}
