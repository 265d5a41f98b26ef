package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.access.IndexPath.Part;
import dev.schemaproof.analysis.access.IndexProposal;
import dev.schemaproof.analysis.access.PatternAccess;
import dev.schemaproof.analysis.index.SortedColumn.Sorting;
import dev.schemaproof.analysis.relational.RelationalName;
import dev.schemaproof.analysis.relational.RelationalNames;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Advises on the indexes of entities: the smallest set beside what stays anyway, and of several such sets one that keeps what
 * the model declares.
 */
public final class IndexAdvisor {

    private static final String BYTES_CLASS = "text_pattern_ops";

    private final Facts facts;
    private final IndexCosts declared;
    private final TableWrites writes;
    private final Set<String> names = new HashSet<>();
    private final AllRequests requests;
    private final boolean seen;

    /** An advisor on a model, which gives each index that it makes up a name of its own. */
    public IndexAdvisor(Facts facts) {
        this.facts = facts;
        declared = new IndexCosts(facts);
        writes = declared.writes();
        facts.model().stores().values().stream()
                .filter(RelationalStore.class::isInstance)
                .flatMap(store -> RelationalNames.in(facts.model(), (RelationalStore) store).stream())
                .map(RelationalName::name)
                .forEach(names::add);
        requests = new AllRequests(facts);
        seen = facts.access().patterns().stream()
                .map(PatternAccess::shape)
                .allMatch(shape -> shape.sound() && shape.blind().isEmpty());
    }

    /** The advice on all entities of relational stores of which something is asked, in order. */
    public List<EntityIndexes> all() {
        return facts.model().entities().values().stream()
                .filter(entity -> facts.model().storeOf(entity) instanceof RelationalStore)
                .filter(entity -> entity.sound() && !entity.small())
                .flatMap(entity -> of(entity).stream())
                .toList();
    }

    private Optional<EntityIndexes> of(Entity entity) {
        var columns = new TableColumns(entity);
        var paths = facts.access().paths(entity);
        var wanted = requests.of(entity, columns, paths);
        if (wanted.requests().isEmpty() && wanted.special().isEmpty()) {
            return Optional.empty();
        }
        var fixed = new LinkedHashMap<IndexPath, List<SortedColumn>>();
        var free = new LinkedHashMap<IndexPath, List<SortedColumn>>();
        for (var path : paths) {
            columns.key(path).ifPresent(key -> (isFixed(entity, path) ? fixed : free).put(path, key));
        }
        var costs = columns.costs(facts.types(), writes.changed(entity.name().value()));
        var best = SmallestIndexes.of(wanted.requests(), List.copyOf(fixed.values()), costs);
        var kept = kept(wanted.requests(), fixed, free, costs, best.indexes().size());
        var known = new ArrayList<>(fixed.values());
        known.addAll(kept.values());
        var rest = kept.isEmpty() ? best : SmallestIndexes.of(wanted.requests(), known, costs);
        var anyway = anyway(wanted, fixed);
        var taken = new LinkedHashSet<Integer>(best.servedAnyway());
        var designs = new ArrayList<Design>();
        kept.forEach((path, key) ->
                designs.add(new Design(Optional.of(path), key, askers(wanted, serves(wanted.requests(), key, taken)))));
        rest.indexes()
                .forEach(index ->
                        designs.add(new Design(Optional.empty(), index.key(), askers(wanted, index.requests()))));
        var superfluous = seen
                ? free.keySet().stream().filter(path -> !kept.containsKey(path)).toList()
                : List.<IndexPath>of();
        return Optional.of(new EntityIndexes(
                entity,
                advised(entity, columns, costs, designs, paths),
                anyway,
                lists(wanted.others()),
                special(wanted),
                superfluous,
                bound(wanted, best.bound()),
                best.complete()));
    }

    /** An index of the set in the making. */
    private record Design(Optional<IndexPath> declared, List<SortedColumn> key, List<Asker> askers) {}

    /** Keys and unique indexes keep a promise, and an index with a reason is for something that patterns don't tell. */
    private static boolean isFixed(Entity entity, IndexPath path) {
        var index = entity.indexes().get(path.name());
        return path.kind() != IndexPath.Kind.INDEX
                || path.unique()
                || index != null && index.reason().isPresent();
    }

    /** The declared indexes that can be a part of a smallest set, together. */
    private static Map<IndexPath, List<SortedColumn>> kept(
            List<Request> requests,
            Map<IndexPath, List<SortedColumn>> fixed,
            Map<IndexPath, List<SortedColumn>> free,
            ColumnCosts costs,
            int size) {
        var kept = new LinkedHashMap<IndexPath, List<SortedColumn>>();
        for (var candidate : free.entrySet()) {
            var known = new ArrayList<>(fixed.values());
            known.addAll(kept.values());
            known.add(candidate.getValue());
            var rest = SmallestIndexes.of(requests, known, costs);
            if (kept.size() + 1 + rest.indexes().size() <= size) {
                kept.put(candidate.getKey(), candidate.getValue());
            }
        }
        return kept;
    }

    private static List<Integer> serves(List<Request> requests, List<SortedColumn> key, Collection<Integer> but) {
        var served = new ArrayList<Integer>();
        for (var i = 0; i < requests.size(); i++) {
            if (!but.contains(i) && requests.get(i).isServedBy(key)) {
                served.add(i);
            }
        }
        return served;
    }

    private static List<Asker> askers(Requests wanted, Collection<Integer> positions) {
        return positions.stream().map(wanted.askers()::get).distinct().toList();
    }

    private static Map<IndexPath, List<Asker>> anyway(Requests wanted, Map<IndexPath, List<SortedColumn>> fixed) {
        var served = new LinkedHashMap<IndexPath, Set<Asker>>();
        wanted.singles().forEach((path, askers) -> served.put(path, new LinkedHashSet<>(askers)));
        fixed.forEach((path, key) -> {
            var askers = askers(wanted, serves(wanted.requests(), key, Set.of()));
            if (!askers.isEmpty()) {
                served.computeIfAbsent(path, added -> new LinkedHashSet<>()).addAll(askers);
            }
        });
        return lists(served);
    }

    /** Each with a name of its own. */
    private Map<IndexProposal, List<Asker>> special(Requests wanted) {
        var found = new LinkedHashMap<IndexProposal, List<Asker>>();
        lists(wanted.special())
                .forEach((proposal, askers) ->
                        found.put(new IndexProposal(free(proposal.name()), proposal.on(), proposal.yaml()), askers));
        return found;
    }

    private static <K> Map<K, List<Asker>> lists(Map<K, Set<Asker>> sets) {
        var lists = new LinkedHashMap<K, List<Asker>>();
        sets.forEach((path, askers) -> lists.put(path, List.copyOf(askers)));
        return lists;
    }

    private List<AdvisedIndex> advised(
            Entity entity, TableColumns columns, ColumnCosts costs, List<Design> designs, List<IndexPath> paths) {
        var replaced =
                designs.stream().flatMap(design -> design.declared().stream()).collect(Collectors.toSet());
        var held = new ArrayList<Set<String>>();
        paths.stream()
                .filter(path -> isFixed(entity, path) || columns.key(path).isEmpty())
                .filter(path -> !replaced.contains(path) && !declared.summarizes(entity, path))
                .forEach(path -> held.add(declared.attributes(entity, path)));
        var own = designs.stream()
                .map(design -> design.declared()
                        .map(path -> declared.attributes(entity, path))
                        .orElseGet(() -> columns.attributes(design.key())))
                .toList();
        var advised = new ArrayList<AdvisedIndex>();
        for (var i = 0; i < designs.size(); i++) {
            var others = new ArrayList<>(held);
            others.addAll(own.subList(0, i));
            others.addAll(own.subList(i + 1, own.size()));
            var design = designs.get(i);
            var parts = design.declared()
                    .map(IndexPath::parts)
                    .orElseGet(() -> design.key().stream()
                            .map(sorted -> part(columns, sorted))
                            .toList());
            advised.add(new AdvisedIndex(
                    design.declared().map(IndexPath::name).orElseGet(() -> name(entity, parts)),
                    parts,
                    own.get(i),
                    design.key().stream()
                            .mapToInt(sorted -> costs.bytesOf(sorted.column()))
                            .sum(),
                    design.askers(),
                    design.declared(),
                    WriteCost.of(writes.of(entity.name().value()), own.get(i), others)));
        }
        return advised;
    }

    private static Part part(TableColumns columns, SortedColumn sorted) {
        var least = sorted.sorting() == Sorting.NULLS_LEAST;
        return new Part(
                columns.term(sorted.column()),
                sorted.descending(),
                sorted.descending() != least,
                sorted.sorting() == Sorting.BYTES ? Optional.of(BYTES_CLASS) : Optional.empty(),
                Optional.empty());
    }

    private String name(Entity entity, List<Part> parts) {
        var words = parts.stream()
                .map(part ->
                        part.term().text().replaceAll("[^\\p{L}\\p{N}]+", "_").replaceAll("^_|_$", ""))
                .collect(Collectors.joining("_"));
        return free("idx_" + entity.table().value().replaceAll("[^\\p{L}\\p{N}_]+", "_") + "_" + words);
    }

    /** The name, or one that is like it and that nothing has. */
    private String free(String base) {
        var name = PostgresNames.fit(base);
        for (var i = 2; !names.add(name); i++) {
            name = PostgresNames.fit(base + "_" + i);
        }
        return name;
    }

    private static EntityIndexes.Bound bound(Requests wanted, LowerBound bound) {
        var members = new ArrayList<LowerBound.Member>();
        first(bound, members);
        return new EntityIndexes.Bound(
                bound.size(),
                members.stream()
                        .map(member -> wanted.askers().get(member.request()))
                        .toList(),
                !(bound instanceof LowerBound.Antichain));
    }

    private static void first(LowerBound bound, List<LowerBound.Member> members) {
        if (bound instanceof LowerBound.Antichain antichain) {
            members.addAll(antichain.members());
        } else if (bound instanceof LowerBound.Split split) {
            first(split.cases().get(0), members);
        } else {
            ((LowerBound.Sum) bound).parts().forEach(part -> first(part, members));
        }
    }
}
