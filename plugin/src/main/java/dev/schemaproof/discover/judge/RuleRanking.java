package dev.schemaproof.discover.judge;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.DependencySet;
import dev.schemaproof.analysis.normal.FunctionalDependency;
import dev.schemaproof.discover.search.Discovered;
import dev.schemaproof.discover.search.Partitions;
import dev.schemaproof.discover.table.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Ranks what holds: rules before accidents, and of either those first that look more like what a designer would choose.
 * Dependencies on keys and on nothing are no rules of their own.
 */
final class RuleRanking {

    /** 2^-10: less than one in a thousand, after allowing for how many dependencies of that size there could be. */
    private static final double BITS_BEYOND_CHANCE = 10;

    /** So many rows are looked at again, each for one determinant. */
    private static final long WORK = 100_000_000;

    private static final int FEWEST = 30;
    private static final int MOST = 500;

    private final Partitions partitions;
    private final Relation relation;
    private final Discovered discovered;
    private final DependencySet found;
    private final Scores scores;
    private final Set<AttributeSet> keys;

    RuleRanking(Partitions partitions, Discovered discovered, DependencySet found) {
        this.partitions = partitions;
        this.discovered = discovered;
        this.found = found;
        relation = partitions.relation();
        scores = new Scores(relation);
        keys = Set.copyOf(discovered.keys());
    }

    /** The determinants that are neither empty nor a key. */
    private List<FunctionalDependency> candidates() {
        return discovered.dependencies().stream()
                .filter(dependency -> !dependency.determinant().isEmpty())
                // A minimal determinant that contains a key is one
                .filter(dependency -> !keys.contains(dependency.determinant()))
                .toList();
    }

    /** How many determinants are ranked; the smallest ones, if there are more. */
    private int examined() {
        return (int) Math.max(FEWEST, Math.min(MOST, WORK / Math.max(1, relation.rows())));
    }

    Ranking rank() {
        var candidates = candidates();
        var examined = candidates.stream().limit(examined()).toList();
        var sources = Stream.concat(
                        examined.stream().map(FunctionalDependency::determinant),
                        discovered.keys().stream().limit(FEWEST))
                .sorted(scores.likeliestDeterminant())
                .toList();
        var reader = new EvidenceReader(partitions, found, sources);
        var rules = new ArrayList<Rule>();
        examined.forEach(dependency -> rules.addAll(rules(dependency, reader)));
        rules.sort(Comparator.comparing(Rule::likely)
                .thenComparingDouble(Rule::score)
                .reversed()
                .thenComparing(Rule::determinant)
                .thenComparing(Rule::dependents));
        return new Ranking(rules, candidates.size() - examined.size());
    }

    /**
     * What was ranked.
     *
     * @param rules the likely ones first
     * @param unranked how many determinants were left out, the larger ones
     */
    record Ranking(List<Rule> rules, int unranked) {}

    /** The dependents that are likely, as one rule, and the others, as another. */
    private List<Rule> rules(FunctionalDependency dependency, EvidenceReader reader) {
        var determinant = dependency.determinant();
        var dependents = dependency.dependents().positions().toArray();
        var threshold = BITS_BEYOND_CHANCE + bitsOfChoice(determinant.size());
        var evidence = reader.of(determinant, dependents, threshold);
        var parts = new TreeMap<Boolean, List<Integer>>();
        for (var i = 0; i < dependents.length; i++) {
            parts.computeIfAbsent(evidence.get(i).bits() >= threshold, key -> new ArrayList<>())
                    .add(i);
        }
        return parts.entrySet().stream()
                .map(part -> {
                    var set = AttributeSet.of(part.getValue().stream()
                            .mapToInt(i -> dependents[i])
                            .toArray());
                    var weakest = part.getValue().stream()
                            .map(evidence::get)
                            .min(Comparator.comparingDouble(Evidence::bits))
                            .orElseThrow();
                    var sureness = Math.min(1, weakest.bits() / (2 * threshold));
                    return new Rule(
                            determinant,
                            set,
                            weakest,
                            scores.of(determinant, set, weakest.determinants(), sureness),
                            part.getKey());
                })
                .toList();
    }

    /** The logarithm of how many dependencies there could be with a determinant of that size. */
    private double bitsOfChoice(int size) {
        var bits = Math.log(relation.width());
        for (var i = 0; i < size; i++) {
            bits += Math.log((double) (relation.width() - i) / (i + 1));
        }
        return bits / Math.log(2);
    }

    /** The keys, the likeliest first. */
    List<KeyCandidate> keys() {
        return discovered.keys().stream()
                .filter(key -> !key.isEmpty())
                .map(key -> new KeyCandidate(key, scores.isRequired(key), scores.of(key)))
                .sorted(Comparator.comparing(KeyCandidate::required)
                        .thenComparingDouble(KeyCandidate::score)
                        .reversed()
                        .thenComparing(KeyCandidate::columns))
                .toList();
    }
}
