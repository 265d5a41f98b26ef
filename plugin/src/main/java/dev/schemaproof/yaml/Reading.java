package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Fix;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.model.Contract.Placeholder;
import dev.schemaproof.model.Located;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What one run of reading has found, and where in the model it stands. */
final class Reading {

    /** Keys that only group: they say nothing about which element a finding is about. */
    private static final Set<String> GROUPS = Set.of(
            "entities",
            "attributes",
            "references",
            "indexes",
            "checks",
            "accessPatterns",
            "denormalizations",
            "stores",
            "types",
            "unique",
            "exclusions",
            "partition",
            "partitions",
            "rowSecurity",
            "policies",
            "schemas",
            "extensions",
            "roles",
            "sequences",
            "tables",
            "items");

    private final List<Finding> findings;
    private final Deque<String> path = new ArrayDeque<>();
    private List<Placeholder> placeholders = new ArrayList<>();
    private boolean lost;

    Reading(List<Finding> findings) {
        this.findings = findings;
    }

    void enter(String key) {
        path.addLast(key);
    }

    void leave() {
        path.removeLast();
    }

    /** Notes that an element is missing from the model because it couldn't be read at all. */
    void lose() {
        lost = true;
    }

    boolean lost() {
        return lost;
    }

    /** How much has been found so far; when it grows, what was read in between isn't sound. */
    int count() {
        return findings.size();
    }

    void report(Finding finding) {
        findings.add(finding);
    }

    void report(Flaw flaw, Location at, String summary) {
        findings.add(flaw.at(at, subject(), summary));
    }

    void report(Flaw flaw, Location at, String summary, String help) {
        findings.add(flaw.at(at, subject(), summary).withHelp(help));
    }

    /** Reports a word that is none of those known, and what it may be meant to be. */
    void reportUnknown(Flaw flaw, Location at, String summary, String word, Collection<String> known) {
        var finding = flaw.at(at, subject(), summary).withHelp(didYouMean(word, known));
        findings.add(NearestName.of(word, known)
                .map(nearest -> finding.withFix(Fix.replace(at, word, nearest)))
                .orElse(finding));
    }

    /** The element that is being read, as exceptions would name it. */
    String subject() {
        var subject = path.stream()
                .filter(key -> !GROUPS.contains(key) && !key.isBlank())
                .collect(Collectors.joining("."));
        return subject.isEmpty() ? "model" : subject;
    }

    /** Notes an answer that answers nothing; its key is the path below the contract. */
    void placeholder(Located<String> text) {
        placeholders.add(new Placeholder(path.stream().skip(2).collect(Collectors.joining(".")), text));
    }

    /** The placeholders met since the last call. */
    List<Placeholder> takePlaceholders() {
        var taken = placeholders;
        placeholders = new ArrayList<>();
        return taken;
    }

    /** Help that names the nearest of the known words, and all of them when they are few. */
    private static String didYouMean(String word, Collection<String> known) {
        var nearest = NearestName.of(word, known);
        if (nearest.isPresent()) {
            return "did you mean `" + nearest.get() + "`?";
        }
        return known.stream().sorted().collect(Collectors.joining("`, `", "known here: `", "`"));
    }
}
