package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.index.IndexOverlaps;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An index that serves nothing which a key or another index of its entity doesn't serve as well. */
public final class OverlappingIndex implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var patterns = facts.access().patterns();
        var seen = patterns.stream()
                .allMatch(access ->
                        access.shape().sound() && access.shape().blind().isEmpty());
        if (patterns.isEmpty() || !seen) {
            return Stream.empty();
        }
        var overlaps = IndexOverlaps.in(facts);
        return facts.model().entities().values().stream()
                .filter(entity -> entity.sound() && !entity.small())
                .flatMap(entity -> check(overlaps, entity, facts));
    }

    private Stream<Finding> check(Function<Entity, IndexOverlaps> overlaps, Entity entity, Facts facts) {
        var paths = facts.access().paths(entity);
        var candidates = IntStream.range(0, paths.size())
                .filter(i -> Indexes.isFree(entity, paths.get(i)))
                // What holds whatever is asked for is said by others
                .filter(i ->
                        RedundantIndex.longer(entity, paths, i).isEmpty() && !DuplicateIndex.isOne(entity, paths, i))
                .mapToObj(paths::get)
                .toList();
        if (paths.size() < 2 || candidates.isEmpty()) {
            return Stream.empty();
        }
        var indexes = overlaps.apply(entity);
        return candidates.stream().flatMap(path -> indexes.of(path).stream()).map(overlap -> finding(entity, overlap));
    }

    private Finding finding(Entity entity, IndexOverlaps.Overlap overlap) {
        IndexPath path = overlap.path();
        return finding(
                        path.at(),
                        entity.name() + "." + path.name(),
                        "`" + path.name() + "` serves only " + Words.plain(overlap.askers()) + ", which "
                                + Indexes.named(overlap.other()) + " serves as well")
                .withHelp("remove it, or say in its `reason` what else it is for")
                .withRelated(overlap.other().at(), "the other one");
    }
}
