package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Either;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.Coverage.Means;
import dev.schemaproof.analysis.access.Coverage.Order;
import dev.schemaproof.analysis.access.Coverage.Seek;
import dev.schemaproof.analysis.access.IndexMatcher.Match;
import dev.schemaproof.analysis.access.QueryBlock.Sort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges the uses of a pattern in the order in which their rows can be found: first those that constants bound, then those
 * that join them. A use that nothing leads to is read as a whole, and leads to others all the same.
 */
final class CoverageJudge {

    private static final int MOST_TO_LOOK_AHEAD = 6;

    private final PatternShape shape;
    private final StoreTables tables;
    private final boolean accepted;
    private final int lookahead;
    private final TreeMap<Integer, Coverage> reached = new TreeMap<>();
    private final List<Coverage> found = new ArrayList<>();

    CoverageJudge(PatternShape shape, StoreTables tables, boolean accepted) {
        this(shape, tables, accepted, MOST_TO_LOOK_AHEAD);
    }

    private CoverageJudge(PatternShape shape, StoreTables tables, boolean accepted, int lookahead) {
        this.shape = shape;
        this.tables = tables;
        this.accepted = accepted;
        this.lookahead = lookahead;
    }

    List<Coverage> judge() {
        reach();
        return found.stream()
                .map(coverage -> coverage.withOthers(others(coverage)))
                .toList();
    }

    private void reach() {
        while (reached.size() < shape.uses().size()) {
            add(seek().or(this::small).or(this::walk).orElseGet(this::whole));
        }
    }

    private void add(Coverage next) {
        reached.put(next.use().id(), next);
        found.add(next);
    }

    /** The indexes that lead to the rows as well, now that all that they may need is known. */
    private Set<IndexPath> others(Coverage coverage) {
        var use = coverage.use();
        var taken = coverage.seeks().stream().map(Seek::index).collect(Collectors.toSet());
        var conditions = new ArrayList<>(use.conditions());
        use.conditions().forEach(condition -> {
            if (condition instanceof Either either) {
                either.arms().forEach(conditions::addAll);
            }
        });
        return matches(use, conditions).stream()
                .filter(match -> match.seek().isPresent() || match.order() != Order.NONE)
                .map(Match::path)
                .filter(path -> !taken.contains(path))
                .collect(Collectors.toSet());
    }

    /**
     * What isn't reached yet; a query that is asked for each row of others waits for those, and so does what an outer join
     * looks up for them.
     */
    private Stream<EntityUse> left() {
        var left = shape.uses().stream()
                .filter(use -> !reached.containsKey(use.id()))
                .toList();
        var next = left.stream()
                .filter(use -> reached.keySet().containsAll(shape.blockOf(use).around()))
                .filter(use -> !use.optional() || partners(use).allMatch(reached::containsKey))
                .toList();
        return next.isEmpty() ? left.stream() : next.stream();
    }

    private static Stream<Integer> partners(EntityUse use) {
        return use.conditions().stream().flatMap(condition -> condition.needs().stream());
    }

    /** The use that an index leads to best. */
    private Optional<Coverage> seek() {
        Coverage best = null;
        Match bestMatch = null;
        for (var use : left().toList()) {
            var matches = matches(use, available(use));
            var match = matches.stream()
                    .filter(candidate -> candidate.seek().isPresent())
                    .min(Ranking.bestFirst(use));
            if (match.isPresent() && (bestMatch == null || Ranking.NEXT_FIRST.compare(match.get(), bestMatch) < 0)) {
                bestMatch = match.get();
                best = coverage(use, Means.SEEK, match.get(), matches);
            }
        }
        return best != null
                ? Optional.of(best)
                : left().flatMap(use -> alternatives(use).stream()).findFirst();
    }

    /** A use all of whose alternatives have an index. */
    private Optional<Coverage> alternatives(EntityUse use) {
        var available = available(use);
        for (var condition : available) {
            if (condition instanceof Either either) {
                var seeks = new ArrayList<Seek>();
                for (var arm : either.arms()) {
                    var all = new ArrayList<>(arm);
                    all.addAll(available);
                    matches(use, all).stream()
                            .filter(match -> match.seek().isPresent())
                            .min(Ranking.bestFirst(use))
                            .flatMap(Match::seek)
                            .ifPresent(seeks::add);
                }
                if (seeks.size() == either.arms().size()) {
                    var filters = filters(use, Set.of(condition));
                    return Optional.of(new Coverage(
                            use,
                            Means.SEEK,
                            List.copyOf(new LinkedHashSet<>(seeks)),
                            matcher(use, available).isAnyOrder() && !use.optional() ? Order.FULL : Order.NONE,
                            Set.of(),
                            0,
                            false,
                            false,
                            Set.of(),
                            filters,
                            List.of(),
                            List.of(),
                            pruning(use),
                            tables.version()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Coverage> small() {
        return left().filter(use -> use.entity().small())
                .findFirst()
                .map(use -> whole(use, Means.SMALL, List.of(), List.of()));
    }

    /** A use whose rows are taken in the order of an index, or in any, until there are enough. */
    private Optional<Coverage> walk() {
        return left().flatMap(use -> walk(use).stream()).findFirst();
    }

    private Optional<Coverage> walk(EntityUse use) {
        var block = shape.blockOf(use);
        if (!block.limited()
                || !block.streaming()
                || use.optional()
                || !keptByJoins(use)
                || isTestedAfterwards(use.block())) {
            return Optional.empty();
        }
        if (block.order().isEmpty()) {
            return filters(use, joinConditions(use)).isEmpty()
                    ? Optional.of(whole(use, Means.FIRST, List.of(), List.of()))
                    : Optional.empty();
        }
        var matches = matches(use, available(use));
        return matches.stream()
                .filter(match -> match.order() == Order.FULL)
                .filter(match -> {
                    var answered = new HashSet<>(match.answered());
                    answered.addAll(joinConditions(use));
                    return filters(use, answered).isEmpty();
                })
                .min(Ranking.bestFirst(use))
                .map(match -> coverage(use, Means.WALK, match, matches));
    }

    /** Whether rows of a block are dropped for what an outer join found for them. */
    private boolean isTestedAfterwards(int block) {
        return shape.uses().stream()
                .filter(use -> use.block() == block)
                .flatMap(use -> use.conditions().stream())
                .anyMatch(condition -> condition instanceof Condition.Filter filter && filter.afterOuterJoin());
    }

    private static Set<Condition> joinConditions(EntityUse use) {
        var joins = new HashSet<Condition>();
        use.conditions().stream()
                .filter(condition -> condition instanceof Comparison comparison
                        && comparison.with().isPresent())
                .forEach(joins::add);
        return joins;
    }

    /** Whether every row of the use finds its partners: those that required references lead to. */
    private boolean keptByJoins(EntityUse start) {
        var kept = new HashSet<Integer>();
        kept.add(start.id());
        var others = new ArrayList<>(shape.uses().stream()
                .filter(use -> use.block() == start.block() && use.id() != start.id() && !use.optional())
                .toList());
        while (!others.isEmpty()) {
            var next = others.stream()
                    .filter(use ->
                            kept.stream().anyMatch(id -> refers(shape.uses().get(id), use)))
                    .findFirst();
            if (next.isEmpty()) {
                return false;
            }
            kept.add(next.get().id());
            others.remove(next.get());
        }
        return true;
    }

    private static boolean refers(EntityUse use, EntityUse other) {
        var key = other.entity().keyNames();
        return use.entity().references().values().stream()
                .filter(reference ->
                        reference.entity().value().equals(other.entity().name().value()))
                .filter(reference -> reference.names().size() == key.size())
                .filter(reference -> reference.names().stream()
                        .allMatch(name -> use.entity()
                                .attribute(name)
                                .filter(attribute -> !attribute.optional())
                                .isPresent()))
                .anyMatch(reference -> other.conditions().stream()
                        .filter(condition -> condition.basis().stated())
                        .allMatch(condition -> condition instanceof Comparison comparison
                                && comparison.kind() == Kind.EQUAL
                                && comparison
                                        .with()
                                        .filter(with -> with.use() == use.id()
                                                && key.indexOf(comparison.term().text()) >= 0
                                                && reference
                                                        .names()
                                                        .get(key.indexOf(comparison
                                                                .term()
                                                                .text()))
                                                        .equals(with.attribute()))
                                        .isPresent()));
    }

    /**
     * How many further uses have to be read as a whole after one is; where there are many to choose from, that isn't looked
     * at.
     */
    private long furtherWholes(EntityUse first) {
        if (lookahead == 0 || left().limit(lookahead + 1L).count() > lookahead) {
            return 0;
        }
        var ahead = new CoverageJudge(shape, tables, true, 0);
        ahead.reached.putAll(reached);
        ahead.add(whole(first, Means.ACCEPTED, List.of(), List.of()));
        ahead.reach();
        return ahead.found.stream()
                .filter(coverage -> coverage.means() == Means.ACCEPTED)
                .count();
    }

    /** The use from which an index leads to most others, then the one about which most is known, though no index leads to it. */
    private Coverage whole() {
        var use = left().min(Comparator.comparingLong(this::furtherWholes)
                        .thenComparing(EntityUse::optional)
                        .thenComparingLong(candidate -> -available(candidate).stream()
                                .filter(condition -> !(condition instanceof Condition.Filter))
                                .count()))
                .orElseThrow();
        var available = available(use);
        var unfit = matches(use, available).stream()
                .flatMap(match -> match.unfit().stream())
                .toList();
        return accepted
                ? whole(use, Means.ACCEPTED, unfit, List.of())
                : whole(use, Means.NONE, unfit, new IndexProposals(use, tables).of(available, orderOf(use), shape));
    }

    private Coverage whole(EntityUse use, Means means, List<Coverage.Unfit> unfit, List<IndexProposal> proposals) {
        return new Coverage(
                use,
                means,
                List.of(),
                Order.NONE,
                Set.of(),
                0,
                false,
                false,
                Set.of(),
                filters(use, Set.of()),
                unfit,
                proposals,
                pruning(use),
                tables.version());
    }

    private Optional<Pruning> pruning(EntityUse use) {
        return use.entity()
                .relational()
                .partitioning()
                .map(partitioning -> Pruning.of(partitioning, key -> tables.terms(use.entity(), key), available(use)));
    }

    /** The conditions whose values are known. */
    private List<Condition> available(EntityUse use) {
        return use.conditions().stream()
                .filter(condition -> reached.keySet().containsAll(condition.needs()))
                .toList();
    }

    private List<Match> matches(EntityUse use, List<Condition> available) {
        var matcher = matcher(use, available);
        return tables.paths(use.entity()).stream().map(matcher::match).toList();
    }

    private IndexMatcher matcher(EntityUse use, List<Condition> available) {
        return new IndexMatcher(use, available, orderOf(use), needs -> isSingle(use, needs), tables.version());
    }

    private List<Sort> orderOf(EntityUse use) {
        return OwnOrder.of(shape, use);
    }

    /** Whether the uses give one combination of rows, each time that the query around them is asked. */
    private boolean isSingle(EntityUse use, Set<Integer> needs) {
        return needs.stream()
                .allMatch(id -> shape.uses().get(id).block() != use.block()
                                && isAround(shape.uses().get(id).block(), use.block())
                        || Optional.ofNullable(reached.get(id))
                                .filter(Coverage::singleRow)
                                .filter(coverage -> coverage.use().conditions().stream()
                                        .filter(Comparison.class::isInstance)
                                        .allMatch(condition -> condition.needs().isEmpty()))
                                .isPresent());
    }

    /** Blocks are numbered from the outside in. */
    private static boolean isAround(int outer, int inner) {
        return outer < inner;
    }

    private Coverage coverage(EntityUse use, Means means, Match match, List<Match> matches) {
        var unfit = matches.stream().flatMap(other -> other.unfit().stream()).toList();
        var seeks =
                List.of(match.seek().orElseGet(() -> new Seek(match.path(), List.of(), Optional.empty(), Set.of())));
        return new Coverage(
                use,
                means,
                seeks,
                OwnOrder.given(shape, use, match),
                orderedFor(use, match),
                match.sorted().keys(),
                isIndexOnly(use, match, tables.version()),
                match.singleRow(),
                Set.of(),
                filters(use, match.answered()),
                unfit,
                List.of(),
                pruning(use),
                tables.version());
    }

    /** The uses for each of whose rows the index gives the wanted order, though it doesn't for all of them together. */
    private Set<Integer> orderedFor(EntityUse use, Match match) {
        if (OwnOrder.given(shape, use, match) == Order.FULL || orderOf(use).isEmpty()) {
            return Set.of();
        }
        var each = new IndexMatcher(use, available(use), orderOf(use), needs -> true, tables.version())
                .match(match.path());
        return each.order() == Order.FULL
                ? each.answered().stream()
                        .flatMap(condition -> condition.needs().stream())
                        .filter(id -> use.optional() || !isSingle(use, Set.of(id)))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** The stated conditions that are left to test, besides the answered ones and those that say the same. */
    private static List<String> filters(EntityUse use, Set<Condition> answered) {
        return use.conditions().stream()
                .filter(condition -> condition.basis().stated() && !answered.contains(condition))
                .map(Condition::text)
                .distinct()
                .toList();
    }

    private static boolean isIndexOnly(EntityUse use, Match match, int version) {
        var path = match.path();
        if (!OperatorClasses.givesValues(use, path) || use.rows()) {
            return false;
        }
        var stored = new HashSet<>(path.included());
        path.terms().stream().filter(term -> !term.expression()).map(Term::text).forEach(stored::add);
        var answered = new Predicates(use.conditions()).answered(path, use.optional());
        return stored.containsAll(use.returned())
                && use.conditions().stream()
                        .filter(condition -> condition.basis().stated())
                        .filter(condition -> !IndexMatcher.isCertain(use, condition, version))
                        .filter(condition -> !answered.contains(condition))
                        .allMatch(condition ->
                                stored.containsAll(condition.basis().attributes()));
    }
}
