package dev.schemaproof.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts where the analysis of a model and a database agree, and where they don't. */
final class Tally {

    private static final int SHOWN = 3;

    private final TreeMap<String, List<String>> disagreements = new TreeMap<>();
    private final TreeMap<String, Integer> reasons = new TreeMap<>();
    private final TreeMap<String, Integer> verdicts = new TreeMap<>();
    private int cases;

    /** Counts a case, with the kind of its disagreement if there is one. */
    void count(Optional<String> disagreement, Supplier<String> shown) {
        cases++;
        disagreement.ifPresent(kind ->
                disagreements.computeIfAbsent(kind, unseen -> new ArrayList<>()).add(shown.get()));
    }

    /** Notes that something is otherwise for a known reason. */
    void explained(String reason) {
        reasons.merge(reason, 1, Integer::sum);
    }

    /** Notes what was said. */
    void verdict(String verdict) {
        verdicts.merge(verdict, 1, Integer::sum);
    }

    int cases() {
        return cases;
    }

    /** How often something was said. */
    int verdicts(String verdict) {
        return verdicts.getOrDefault(verdict, 0);
    }

    /** How often there was a known reason. */
    int reasons(String reason) {
        return reasons.getOrDefault(reason, 0);
    }

    /** Of a hundred cases those that disagree. */
    double share() {
        var count = disagreements.values().stream().mapToInt(List::size).sum();
        return 100.0 * count / Math.max(1, cases);
    }

    /** Some cases of each kind that begins with one of these. */
    String shown(String... kinds) {
        return disagreements.entrySet().stream()
                .filter(entry -> Stream.of(kinds).anyMatch(entry.getKey()::startsWith))
                .flatMap(entry -> Stream.concat(
                        Stream.of(entry.getKey() + ": " + entry.getValue().size()),
                        entry.getValue().stream().limit(SHOWN)))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return String.format(
                "%d cases, %.2f %% disagree %s; verdicts %s; explained %s",
                cases,
                share(),
                disagreements.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue().size())
                        .toList(),
                verdicts,
                reasons);
    }
}
