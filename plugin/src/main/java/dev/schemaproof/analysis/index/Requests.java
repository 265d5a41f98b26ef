package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Coverage;
import dev.schemaproof.analysis.access.Coverage.Means;
import dev.schemaproof.analysis.access.EntityUse;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.access.IndexProposal;
import dev.schemaproof.analysis.access.PatternAccess;
import dev.schemaproof.analysis.access.Term;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What all access patterns, references and contracts ask of the indexes of an entity. */
final class Requests {

    private final Entity entity;
    private final TableColumns columns;
    private final List<Asker> askers = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<Set<String>> taken = new ArrayList<>();
    private final Set<String> elsewhere = new LinkedHashSet<>();
    private final Map<IndexPath, Set<Asker>> singles = new LinkedHashMap<>();
    private final Map<IndexPath, Set<Asker>> others = new LinkedHashMap<>();
    private final Map<IndexProposal, Set<Asker>> special = new LinkedHashMap<>();

    Requests(Entity entity, TableColumns columns) {
        this.entity = entity;
        this.columns = columns;
    }

    /** Who asks for each of {@link #requests}. */
    List<Asker> askers() {
        return askers;
    }

    List<Request> requests() {
        return requests;
    }

    /** The names of the indexes that are taken for each of {@link #requests} as things are. */
    List<Set<String>> taken() {
        return taken;
    }

    /** The names of the indexes that are taken by uses which ask for nothing. */
    Set<String> elsewhere() {
        return elsewhere;
    }

    /** The patterns that a key leads to one row, which asks for nothing more. */
    Map<IndexPath, Set<Asker>> singles() {
        return singles;
    }

    /** What is served by indexes of other kinds than plain B-trees. */
    Map<IndexPath, Set<Asker>> others() {
        return others;
    }

    /** The indexes that would serve what no B-tree does. */
    Map<IndexProposal, Set<Asker>> special() {
        return special;
    }

    /** Adds what a pattern asks for. */
    void add(PatternAccess access) {
        var asker = new Asker(Asker.Kind.PATTERN, access.pattern().name().value());
        var reached = new TreeMap<Integer, Coverage>();
        for (var coverage : access.coverages()) {
            if (coverage.use().entity().name().value().equals(entity.name().value())) {
                add(asker, coverage, access, reached);
            }
            reached.put(coverage.use().id(), coverage);
        }
    }

    private void add(Asker asker, Coverage coverage, PatternAccess access, Map<Integer, Coverage> reached) {
        var index = coverage.seeks().stream().findFirst().map(Coverage.Seek::index);
        if (coverage.singleRow() && index.isPresent()) {
            singles.computeIfAbsent(index.get(), path -> new LinkedHashSet<>()).add(asker);
            return;
        }
        var unusual = coverage.seeks().stream()
                .map(Coverage.Seek::index)
                .filter(path -> columns.key(path).isEmpty())
                .toList();
        if (!unusual.isEmpty()) {
            unusual.forEach(path ->
                    others.computeIfAbsent(path, key -> new LinkedHashSet<>()).add(asker));
            return;
        }
        if (Set.of(Means.SEEK, Means.WALK, Means.NONE).contains(coverage.means())) {
            var use = coverage.use();
            var block = access.shape().blockOf(use);
            var available = use.conditions().stream()
                    .filter(condition -> reached.keySet().containsAll(condition.needs()))
                    .toList();
            var walkable = coverage.means() == Means.WALK
                    || block.limited() && !coverage.proposals().isEmpty();
            var asked = new UseDemands(
                            use,
                            columns,
                            block,
                            available,
                            needs -> needs.stream().allMatch(id -> isSingle(id, use, access, reached)),
                            walkable)
                    .requests();
            var names = coverage.seeks().stream()
                    .map(Coverage.Seek::index)
                    .map(IndexPath::name)
                    .collect(Collectors.toSet());
            asked.forEach(request -> add(asker, request, names));
            if (asked.isEmpty()) {
                elsewhere.addAll(names);
                coverage.proposals()
                        .forEach(proposal -> special.computeIfAbsent(proposal, key -> new LinkedHashSet<>())
                                .add(asker));
            }
        }
    }

    /** Whether the use is around this one, so that it is asked for each of its rows, or a key leads to its only row. */
    private static boolean isSingle(int id, EntityUse use, PatternAccess access, Map<Integer, Coverage> reached) {
        var other = access.shape().uses().get(id);
        var coverage = reached.get(id);
        return other.block() < use.block()
                || coverage != null
                        && coverage.singleRow()
                        && other.conditions().stream()
                                .filter(Comparison.class::isInstance)
                                .allMatch(condition -> condition.needs().isEmpty());
    }

    /** Adds the lookups that the database makes when a row that is referred to goes away or changes its key. */
    void addReferences(Facts facts, List<IndexPath> paths) {
        for (var reference : entity.references().values()) {
            var parent = facts.model().entity(reference.entity().value());
            var known = parent.isPresent()
                    && facts.model().storeOf(parent.get()).equals(facts.model().storeOf(entity))
                    && !reference.names().isEmpty()
                    && reference.names().stream()
                            .allMatch(name -> entity.attribute(name).isPresent());
            if (known) {
                var asker = new Asker(Asker.Kind.REFERENCE, reference.role().value());
                var special = paths.stream()
                        .filter(path -> ReferencePaths.leadsBy(path, reference.names()))
                        .filter(path -> columns.key(path).isEmpty())
                        .findFirst();
                if (special.isPresent()) {
                    others.computeIfAbsent(special.get(), path -> new LinkedHashSet<>())
                            .add(asker);
                } else {
                    var positions = reference.names().stream()
                            .mapToInt(name -> columns.position(new Term(name, false)))
                            .toArray();
                    add(asker, Request.of(new Demand(AttributeSet.of(positions), List.of())), Set.of());
                }
            }
        }
    }

    /** Adds the lookup of a trigger that keeps a least or greatest value; a condition may be for a partial index. */
    void add(SummaryContract contract) {
        contract.sought().filter(value -> contract.where().isEmpty()).ifPresent(value -> {
            var positions = contract.reference().names().stream()
                    .mapToInt(name -> columns.position(new Term(name, false)))
                    .toArray();
            var last = columns.position(new Term(value.name().value(), false));
            add(
                    new Asker(Asker.Kind.CONTRACT, contract.name()),
                    Request.of(new Demand(AttributeSet.of(positions), List.of(SortedColumn.ascending(last)))),
                    Set.of());
        });
    }

    private void add(Asker asker, Request request, Set<String> names) {
        taken.add(names);
        askers.add(asker);
        requests.add(request);
    }
}
