package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.access.PatternAccess;
import dev.schemaproof.model.Entity;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Indexes without which the patterns and references of the model are served as well, by another index or key. */
public final class IndexOverlaps {

    /**
     * An index that another one stands in for.
     *
     * @param path the index
     * @param other what serves all that it serves
     * @param askers whom it serves
     */
    public record Overlap(IndexPath path, IndexPath other, List<Asker> askers) {

        public Overlap {
            askers = List.copyOf(askers);
        }
    }

    private final Facts facts;
    private final Map<String, Set<PatternAccess>> patterns = new HashMap<>();

    /** Looks at the patterns of a model, all of which have to be readable for anything to be concluded. */
    public IndexOverlaps(Facts facts) {
        this.facts = facts;
        facts.access()
                .patterns()
                .forEach(access -> access.coverages()
                        .forEach(coverage -> patterns.computeIfAbsent(
                                        coverage.use().entity().name().value(), name -> new LinkedHashSet<>())
                                .add(access)));
    }

    /** What stands in for the index, if anything that comes before it does or if it doesn't stand in for that in turn. */
    public Optional<Overlap> of(Entity entity, IndexPath path) {
        var columns = new TableColumns(entity);
        var key = columns.key(path);
        var paths = facts.access().paths(entity);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        var wanted = wanted(entity, columns, paths);
        var served = served(wanted, key.get());
        if (served.isEmpty() || wanted.elsewhere().contains(path.name()) || isServedInPart(wanted, path, served)) {
            return Optional.empty();
        }
        for (var other : paths) {
            var otherKey = other.equals(path) ? Optional.<List<SortedColumn>>empty() : columns.key(other);
            if (otherKey.isPresent()) {
                var also = served(wanted, otherKey.get());
                var stays = paths.indexOf(other) < paths.indexOf(path) || !served.containsAll(also);
                if (also.containsAll(served) && stays) {
                    return Optional.of(new Overlap(
                            path,
                            other,
                            served.stream().map(wanted.askers()::get).distinct().toList()));
                }
            }
        }
        return Optional.empty();
    }

    private Requests wanted(Entity entity, TableColumns columns, List<IndexPath> paths) {
        var wanted = new Requests(entity, columns);
        patterns.getOrDefault(entity.name().value(), Set.of()).forEach(wanted::add);
        wanted.addReferences(facts, paths);
        wanted.addContracts(facts);
        return wanted;
    }

    private static Set<Integer> served(Requests wanted, List<SortedColumn> key) {
        var served = new LinkedHashSet<Integer>();
        for (var i = 0; i < wanted.requests().size(); i++) {
            if (wanted.requests().get(i).isServedBy(key)) {
                served.add(i);
            }
        }
        return served;
    }

    /** Whether it leads to the rows of a use all of whose conditions it doesn't bound. */
    private static boolean isServedInPart(Requests wanted, IndexPath path, Set<Integer> served) {
        for (var i = 0; i < wanted.requests().size(); i++) {
            if (!served.contains(i) && wanted.taken().get(i).contains(path.name())) {
                return true;
            }
        }
        return false;
    }
}
