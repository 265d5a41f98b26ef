package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Either;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.Partitioning.Strategy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * In which partitions of a table rows are looked for, by a plan that does for all values of the parameters. It is said of each
 * set of values, and of each row of what leads to the table.
 *
 * @param reach how many
 * @param by the terms of the partition key, at whatever level, that decide it
 */
public record Pruning(Reach reach, Set<Term> by) {

    /** How many partitions. */
    public enum Reach {
        /** At most one. */
        ONE,
        /** Those that the values leave, which may be all. */
        SOME,
        /** All, whatever the values. */
        ALL
    }

    private static final Set<String> RANGES = Set.of("<", "<=", ">", ">=");

    public Pruning {
        by = Set.copyOf(by);
    }

    /**
     * Judges a table.
     *
     * @param terms reads a partition key
     * @param available the conditions whose values are known
     */
    static Pruning of(
            Partitioning partitioning, Function<Partitioning, List<Term>> terms, Collection<Condition> available) {
        var key = terms.apply(partitioning);
        var levels = new ArrayList<Pruning>();
        levels.add(new Pruning(
                reach(partitioning.by().value(), key, available),
                key.stream()
                        .filter(term -> available.stream().anyMatch(condition -> isAbout(condition, term)))
                        .collect(Collectors.toSet())));
        partitioning.partitions().values().stream()
                .flatMap(partition -> partition.partitioning().stream())
                .map(inner -> of(inner, terms, available))
                .forEach(levels::add);
        var reaches = levels.stream().map(Pruning::reach).collect(Collectors.toSet());
        return new Pruning(
                reaches.size() == 1 ? reaches.iterator().next() : Reach.SOME,
                levels.stream()
                        .filter(level -> level.reach() != Reach.ALL)
                        .flatMap(level -> level.by().stream())
                        .collect(Collectors.toSet()));
    }

    private static boolean isAbout(Condition condition, Term term) {
        return condition instanceof Comparison comparison
                ? comparison.term().equals(term)
                : condition instanceof Either either
                        && either.arms().stream().flatMap(List::stream).anyMatch(inner -> isAbout(inner, term));
    }

    private static Reach reach(Strategy strategy, List<Term> key, Collection<Condition> available) {
        var single = key.stream()
                .filter(term -> has(available, term, Pruning::isSingle))
                .count();
        if (single == key.size()) {
            return Reach.ONE;
        }
        // A hash is that of all values together, and PostgreSQL looks at each value of a list by itself
        var prunes = strategy == Strategy.HASH
                ? key.size() == 1 && has(available, key.get(0), Pruning::isList)
                : has(available, key.get(0), Pruning::narrows);
        return prunes || alternatives(strategy, key, available) ? Reach.SOME : Reach.ALL;
    }

    private static boolean narrows(Comparison comparison) {
        return isSingle(comparison)
                || isList(comparison)
                || comparison.kind() == Kind.RANGE && RANGES.contains(comparison.operator());
    }

    /** Whether each alternative by itself leaves some partitions only. */
    private static boolean alternatives(Strategy strategy, List<Term> key, Collection<Condition> available) {
        return available.stream()
                .anyMatch(condition -> condition instanceof Either either
                        && either.arms().stream().allMatch(arm -> reach(strategy, key, arm) != Reach.ALL));
    }

    private static boolean has(Collection<Condition> available, Term term, Predicate<Comparison> is) {
        return available.stream()
                .anyMatch(condition -> condition instanceof Comparison comparison
                        && comparison.term().equals(term)
                        && is.test(comparison));
    }

    private static boolean isSingle(Comparison comparison) {
        return comparison.kind() == Kind.NULL
                || comparison.kind() == Kind.EQUAL && Set.of("=", "is").contains(comparison.operator());
    }

    /** Whether it is a list of values, not an array whose length isn't known when the query is planned. */
    private static boolean isList(Comparison comparison) {
        return comparison.kind() == Kind.ANY_OF && !comparison.text().contains(" any(");
    }

    /** As the end of a sentence: {@code in one partition by `created_at`}. */
    @Override
    public String toString() {
        var terms = by.stream().map(term -> "`" + term + "`").sorted().collect(Collectors.joining(" and "));
        return switch (reach) {
            case ONE -> "in one partition by " + terms;
            case SOME -> "in the partitions that " + terms + " leaves";
            case ALL -> "in every partition";
        };
    }
}
