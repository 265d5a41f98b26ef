package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.model.Entity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Indexes of an entity without which patterns, references and contracts are served as well, by another index or key. */
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

    private final TableColumns columns;
    private final List<IndexPath> paths;
    private final Requests wanted;

    private IndexOverlaps(Entity entity, List<IndexPath> paths, AllRequests requests) {
        this.paths = paths;
        columns = new TableColumns(entity);
        wanted = requests.of(entity, columns, paths);
    }

    /** Looks at the indexes of the entities of a model, all of whose patterns have to be readable for anything to be concluded. */
    public static Function<Entity, IndexOverlaps> in(Facts facts) {
        var requests = new AllRequests(facts);
        return entity -> new IndexOverlaps(entity, facts.access().paths(entity), requests);
    }

    /** What stands in for the index, if anything that comes before it does or if it doesn't stand in for that in turn. */
    public Optional<Overlap> of(IndexPath path) {
        var key = columns.key(path);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        var served = served(key.get());
        if (served.isEmpty() || wanted.elsewhere().contains(path.name()) || isServedInPart(path, served)) {
            return Optional.empty();
        }
        for (var other : paths) {
            var otherKey = other.equals(path) ? Optional.<List<SortedColumn>>empty() : columns.key(other);
            if (otherKey.isPresent()) {
                var also = served(otherKey.get());
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

    private Set<Integer> served(List<SortedColumn> key) {
        var served = new LinkedHashSet<Integer>();
        for (var i = 0; i < wanted.requests().size(); i++) {
            if (wanted.requests().get(i).isServedBy(key)) {
                served.add(i);
            }
        }
        return served;
    }

    /** Whether it leads to the rows of a use all of whose conditions it doesn't bound. */
    private boolean isServedInPart(IndexPath path, Set<Integer> served) {
        for (var i = 0; i < wanted.requests().size(); i++) {
            if (!served.contains(i) && wanted.taken().get(i).contains(path.name())) {
                return true;
            }
        }
        return false;
    }
}
