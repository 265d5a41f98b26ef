package dev.schemaproof.check;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.output.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The findings that were there when a project began to look, so that only new ones count.
 *
 * <p>An entry knows its finding by rule, subject and summary, and how many are alike. Lines, files and numbers in the
 * summary don't matter, so that moving things around makes nothing new.
 *
 * @param entries in the order of the file
 */
public record Baseline(List<Entry> entries) {

    /** The command that writes the list anew. */
    public static final String COMMAND = "mvn schema:validate -Dschema.acceptFindings";

    static final int VERSION = 1;

    /** More entries than this are no help. */
    private static final int FEW = 5;

    public Baseline {
        entries = List.copyOf(entries);
    }

    /**
     * Findings that are accepted.
     *
     * @param finding what they have in common
     * @param count how many of them
     * @param at the entry
     */
    public record Entry(Identity finding, int count, Location at) {}

    /**
     * What makes two findings the same to a team.
     *
     * @param rule the rule's id
     * @param subject the element
     * @param summary the sentence with {@code #} for each number outside of names
     */
    public record Identity(String rule, String subject, String summary) implements Comparable<Identity> {

        private static final Comparator<Identity> ORDER = Comparator.comparing(Identity::rule)
                .thenComparing(Identity::subject)
                .thenComparing(Identity::summary);

        /** What is the same about this finding and others. */
        public static Identity of(Finding finding) {
            return new Identity(finding.rule().value(), finding.subject(), normalized(finding.summary()));
        }

        /** Names stand in back quotes; a number elsewhere counts or measures something that changes by itself. */
        private static String normalized(String summary) {
            var parts = summary.replaceAll("\\s+", " ").split("`", -1);
            for (var i = 0; i < parts.length; i += 2) {
                parts[i] = parts[i].replaceAll("[0-9]++(?:[.,:-][0-9]++)*+", "#");
            }
            return String.join("`", parts);
        }

        @Override
        public int compareTo(Identity other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return rule + " at `" + subject + "`";
        }
    }

    /** Accepts nothing. */
    public static Baseline none() {
        return new Baseline(List.of());
    }

    /** Accepts these findings and no others. */
    public static Baseline of(Collection<Finding> findings) {
        var counts = findings.stream()
                .collect(Collectors.groupingBy(Identity::of, TreeMap::new, Collectors.summingInt(finding -> 1)));
        return new Baseline(counts.entrySet().stream()
                .map(counted -> new Entry(counted.getKey(), counted.getValue(), Location.startOf("")))
                .toList());
    }

    /** The list as a file: an entry a line, in an order that depends on nothing else, so that branches merge easily. */
    public String text() {
        return entries.stream()
                .map(Baseline::line)
                .collect(Collectors.joining(
                        ",\n",
                        "{\n  \"version\": " + VERSION + ",\n  \"findings\": [\n",
                        (entries.isEmpty() ? "" : "\n") + "  ]\n}\n"));
    }

    private static String line(Entry entry) {
        var finding = entry.finding();
        return "    {\"rule\": " + Json.quoted(finding.rule())
                + ", \"subject\": " + Json.quoted(finding.subject())
                + ", \"summary\": " + Json.quoted(finding.summary())
                + (entry.count() == 1 ? "" : ", \"count\": " + entry.count()) + "}";
    }

    /** The findings that it accepts, taken from those given, and what is to be said about itself. */
    Applied applyTo(List<Finding> findings) {
        var left = new HashMap<Identity, Integer>();
        entries.forEach(entry -> left.merge(entry.finding(), entry.count(), Integer::sum));
        var others = new ArrayList<Finding>();
        var accepted = new ArrayList<Accepted>();
        for (var finding : findings) {
            var identity = Identity.of(finding);
            var rest = left.getOrDefault(identity, 0);
            if (rest > 0) {
                left.put(identity, rest - 1);
                accepted.add(
                        new Accepted(finding, Accepted.By.BASELINE, "it was there before, and is in the baseline"));
            } else {
                others.add(finding);
            }
        }
        return new Applied(others, accepted, outdated(left));
    }

    /** What a baseline has made of findings. */
    record Applied(List<Finding> others, List<Accepted> accepted, Optional<Finding> outdated) {}

    private Optional<Finding> outdated(Map<Identity, Integer> left) {
        var gone = entries.stream()
                .filter(entry -> left.getOrDefault(entry.finding(), 0) > 0)
                .toList();
        if (gone.isEmpty()) {
            return Optional.empty();
        }
        var count = gone.stream()
                .map(Entry::finding)
                .distinct()
                .mapToInt(identity -> left.getOrDefault(identity, 0))
                .sum();
        var names = gone.stream()
                .limit(FEW)
                .map(entry -> entry.finding().toString())
                .distinct()
                .toList();
        return Optional.of(BaselineFlaw.OUTDATED_BASELINE
                .at(
                        gone.get(0).at(),
                        count == 1
                                ? "a finding that the baseline accepts is no longer there"
                                : count + " findings that the baseline accepts are no longer there")
                .withHelp(String.join("\n", names) + (gone.size() > FEW ? "\nand more" : "") + "\ntake them out with `"
                        + COMMAND + "`"));
    }
}
