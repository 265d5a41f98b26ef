package dev.schemaproof.discover.judge;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.DependencySet;
import dev.schemaproof.analysis.normal.FunctionalDependency;
import dev.schemaproof.discover.judge.Verdict.Holds;
import dev.schemaproof.discover.judge.Verdict.NotRefuted;
import dev.schemaproof.discover.judge.Verdict.Refuted;
import dev.schemaproof.discover.judge.Verdict.Unjudged;
import dev.schemaproof.discover.judge.Verdict.WitnessRow;
import dev.schemaproof.discover.search.Discovered;
import dev.schemaproof.discover.search.Limits;
import dev.schemaproof.discover.search.Partitions;
import dev.schemaproof.discover.search.Search;
import dev.schemaproof.discover.table.ColumnProfile;
import dev.schemaproof.discover.table.Relation;
import dev.schemaproof.discover.table.Relation.Extent;
import dev.schemaproof.discover.table.RelationReader;
import dev.schemaproof.discover.table.RowSink.Column;
import dev.schemaproof.discover.table.TableSource;
import dev.schemaproof.discover.table.UnreadableTableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads a table, finds what holds in it, and judges that. */
public final class Analyst {

    /** So many of the best rules show a row. */
    private static final int EXAMPLES = 20;

    private final Bounds bounds;
    private final ModelLookup model;

    /**
     * How much may be spent on a table.
     *
     * @param mostRows read no more than that
     * @param largest the size of the largest determinant that is looked for
     * @param time for the search
     * @param memory in bytes, for everything
     */
    public record Bounds(long mostRows, int largest, Duration time, long memory) {}

    /** An analyst who knows the model. */
    public Analyst(Bounds bounds, ModelLookup model) {
        this.bounds = bounds;
        this.model = model;
    }

    /**
     * Finds and judges what holds in a table.
     *
     * @throws UnreadableTableException with everything that is wrong with the table
     */
    public TableAdvice advise(TableSource source) throws UnreadableTableException {
        // Numbers and where they stand take the most; the rest is for what makes the search faster
        var relation = RelationReader.read(source, bounds.mostRows(), bounds.memory() / 5 * 3);
        var partitions = new Partitions(relation, bounds.memory() / 5);
        var discovered = Search.in(partitions, Limits.from(bounds.largest(), bounds.time(), bounds.memory() / 5));
        return new Judgement(source, partitions, discovered).advice();
    }

    private final class Judgement {

        private final TableSource source;
        private final Partitions partitions;
        private final Relation relation;
        private final Discovered discovered;
        private final Optional<ModelLookup.Known> known;
        private final List<String> names;

        Judgement(TableSource source, Partitions partitions, Discovered discovered) {
            this.source = source;
            this.partitions = partitions;
            this.discovered = discovered;
            relation = partitions.relation();
            names = relation.columns().stream().map(Column::name).toList();
            known = model.of(source.tableName(), names);
        }

        TableAdvice advice() throws UnreadableTableException {
            var found = found();
            var ranking = new RuleRanking(partitions, discovered, found);
            var ranked = ranking.rank();
            var keys = ranking.keys();
            var refutations = refutations();
            var shown = new TreeSet<Integer>();
            ranked.rules().stream()
                    .filter(Rule::likely)
                    .limit(EXAMPLES)
                    .map(rule -> rule.evidence().example())
                    .filter(row -> row >= 0)
                    .forEach(shown::add);
            refutations
                    .values()
                    .forEach(refuting ->
                            refuting.ifPresent(rows -> IntStream.of(rows).forEach(shown::add)));
            var lookedUp = RowLookup.of(source, shown);
            var verdicts = verdicts(refutations, lookedUp);
            var likely = ranked.rules().stream()
                    .filter(Rule::likely)
                    .map(rule -> new FunctionalDependency(rule.determinant(), rule.dependents()))
                    .toList();
            var forms = new FormJudge(relation);
            return new TableAdvice(
                    source.shown(),
                    source.tableName(),
                    relation.columns(),
                    profiles(),
                    relation.rows(),
                    (long) relation.rows() - relation.distinctRows(),
                    relation.extent(),
                    discovered,
                    keys,
                    ranked.rules(),
                    ranked.unranked(),
                    cover(likely),
                    relation.rows() == 0
                            ? FormFinding.unknown()
                            : forms.by(rules(likely, verdicts), likelyKeys(keys, verdicts)),
                    relation.rows() == 0
                            ? FormFinding.unknown()
                            : forms.byAll(discovered.dependencies(), discovered.keys(), discovered.complete()),
                    known,
                    verdicts,
                    lookedUp);
        }

        private List<ColumnProfile> profiles() {
            return IntStream.range(0, relation.width())
                    .mapToObj(relation::profile)
                    .toList();
        }

        private DependencySet found() {
            var all = new ArrayList<>(discovered.dependencies());
            var everything = AttributeSet.firstOf(relation.width());
            discovered.keys().forEach(key -> all.add(new FunctionalDependency(key, everything)));
            return new DependencySet(relation.width(), all);
        }

        /** For each claim that can be judged the rows that refute it, if any do. */
        private Map<Claim, Optional<int[]>> refutations() {
            var refutations = new LinkedHashMap<Claim, Optional<int[]>>();
            var check = new ClaimCheck(partitions);
            for (var claim : claims()) {
                var left = setOf(claim.determinant());
                var right = setOf(claim.dependents());
                if (left.isPresent() && right.isPresent()) {
                    refutations.put(claim, check.refute(claim.kind(), left.get(), right.get()));
                }
            }
            return refutations;
        }

        private List<Claim> claims() {
            return known.map(ModelLookup.Known::claims).orElse(List.of());
        }

        private Optional<AttributeSet> setOf(List<String> columns) {
            return names.containsAll(columns)
                    ? Optional.of(AttributeSet.of(
                            columns.stream().mapToInt(names::indexOf).toArray()))
                    : Optional.empty();
        }

        private List<Verdict> verdicts(Map<Claim, Optional<int[]>> refutations, Map<Integer, WitnessRow> lookedUp) {
            var verdicts = new ArrayList<Verdict>();
            for (var claim : claims()) {
                var rows = refutations.get(claim);
                if (rows == null) {
                    var missing = new LinkedHashSet<>(claim.determinant());
                    missing.addAll(claim.dependents());
                    missing.removeAll(names);
                    verdicts.add(new Unjudged(
                            claim, "there is no column `" + String.join("`, `", missing) + "` in the data"));
                } else if (rows.isPresent()) {
                    verdicts.add(new Refuted(
                            claim,
                            IntStream.of(rows.get())
                                    .mapToObj(lookedUp::get)
                                    .filter(Objects::nonNull)
                                    .map(row -> only(claim, row))
                                    .toList()));
                } else {
                    verdicts.add(relation.extent() == Extent.ALL ? new Holds(claim) : new NotRefuted(claim));
                }
            }
            return verdicts;
        }

        private WitnessRow only(Claim claim, WitnessRow row) {
            var values = new LinkedHashMap<String, @Nullable String>();
            claim.determinant()
                    .forEach(column -> values.put(column, row.values().get(column)));
            claim.dependents().forEach(column -> values.put(column, row.values().get(column)));
            return new WitnessRow(row.line(), values);
        }

        /** The likely rules, and those that the model declares and the data doesn't refute. */
        private List<FunctionalDependency> rules(List<FunctionalDependency> likely, List<Verdict> verdicts) {
            var rules = new ArrayList<>(likely);
            for (var verdict : verdicts) {
                var claim = verdict.claim();
                if (claim.kind() == Claim.Kind.DEPENDENCY && stands(verdict)) {
                    rules.add(new FunctionalDependency(
                            setOf(claim.determinant()).orElseThrow(),
                            setOf(claim.dependents()).orElseThrow()));
                }
            }
            return rules;
        }

        private static boolean stands(Verdict verdict) {
            return verdict instanceof Holds || verdict instanceof NotRefuted;
        }

        /** The keys that the model and the data agree on; where there are none, the best one that the data has. */
        private List<AttributeSet> likelyKeys(List<KeyCandidate> keys, List<Verdict> verdicts) {
            var agreed = verdicts.stream()
                    .filter(verdict -> verdict.claim().kind() != Claim.Kind.DEPENDENCY)
                    .filter(Judgement::stands)
                    .flatMap(verdict -> setOf(verdict.claim().determinant()).stream())
                    .filter(key -> key.positions()
                            .allMatch(column -> relation.profile(column).absent() == 0))
                    .toList();
            if (!agreed.isEmpty() || keys.isEmpty()) {
                return agreed;
            }
            var likely = new LinkedHashSet<AttributeSet>();
            likely.add(keys.get(0).columns());
            keys.stream()
                    .filter(key -> key.required() && key.columns().size() == 1)
                    .forEach(key -> likely.add(key.columns()));
            return List.copyOf(likely);
        }

        /** The likely rules without those that follow from others, nor from what the model says. */
        private List<FunctionalDependency> cover(List<FunctionalDependency> likely) {
            var declared = new ArrayList<FunctionalDependency>();
            var everything = AttributeSet.firstOf(relation.width());
            for (var claim : claims()) {
                setOf(claim.determinant())
                        .ifPresent(left -> declared.add(new FunctionalDependency(
                                left,
                                claim.kind() == Claim.Kind.DEPENDENCY
                                        ? setOf(claim.dependents()).orElse(AttributeSet.none())
                                        : everything)));
            }
            var said = new DependencySet(relation.width(), declared);
            var merged = new LinkedHashMap<AttributeSet, AttributeSet>();
            likely.forEach(rule -> merged.put(rule.determinant(), AttributeSet.none()));
            for (var dependency :
                    new DependencySet(relation.width(), likely).minimalCover().dependencies()) {
                if (!said.implies(dependency)) {
                    merged.merge(dependency.determinant(), dependency.dependents(), AttributeSet::union);
                }
            }
            return merged.entrySet().stream()
                    .filter(entry -> !entry.getValue().isEmpty())
                    .map(entry -> new FunctionalDependency(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }
}
