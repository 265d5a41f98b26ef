package dev.schemaproof.report;

import dev.schemaproof.check.Accepted;
import dev.schemaproof.check.Baseline;
import dev.schemaproof.check.Judgement;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Fix;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.output.Fingerprint;
import dev.schemaproof.output.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Findings as SARIF, which code hosts show on pull requests.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class Sarif {

    private final List<RuleId> rules;
    private final RuleIndex index = RuleIndex.ours();
    private final UnaryOperator<String> path;
    private final Map<Baseline.Identity, Integer> alike = new HashMap<>();

    private Sarif(List<RuleId> rules, UnaryOperator<String> path) {
        this.rules = rules;
        this.path = path;
    }

    /**
     * The log file.
     *
     * @param toolVersion the plugin's version
     * @param path makes a path from the repository's root of one from the project
     */
    public static String of(Judgement judgement, String toolVersion, UnaryOperator<String> path) {
        var rules = Stream.concat(
                        judgement.findings().stream(),
                        judgement.accepted().stream().map(Accepted::finding))
                .map(Finding::rule)
                .distinct()
                .sorted()
                .toList();
        return new Sarif(rules, path).log(judgement, toolVersion);
    }

    private String log(Judgement judgement, String toolVersion) {
        var driver = new LinkedHashMap<String, Object>();
        driver.put("name", "Schemaproof");
        driver.put("version", toolVersion);
        driver.put("informationUri", "https://schemaproof.dev");
        driver.put("rules", rules.stream().map(this::rule).toList());
        var results = new ArrayList<Map<String, Object>>();
        judgement.findings().forEach(finding -> results.add(result(finding)));
        judgement.accepted().forEach(accepted -> results.add(suppressed(accepted)));
        var run = new LinkedHashMap<String, Object>();
        run.put("tool", Map.of("driver", driver));
        run.put("columnKind", "unicodeCodePoints");
        run.put("results", results);
        var log = new LinkedHashMap<String, Object>();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return Json.text(log);
    }

    private Map<String, Object> rule(RuleId rule) {
        var object = new LinkedHashMap<String, Object>();
        object.put("id", rule.value());
        index.find(rule).ifPresent(entry -> {
            object.put("shortDescription", text(entry.finds()));
            object.put("defaultConfiguration", Map.of("level", level(entry.severity())));
        });
        object.put("helpUri", RulePages.url(rule));
        return object;
    }

    private Map<String, Object> suppressed(Accepted accepted) {
        var suppression = new LinkedHashMap<String, Object>();
        suppression.put(
                "kind",
                switch (accepted.by()) {
                    case EXCEPTION -> "inSource";
                    case BASELINE -> "external";
                });
        suppression.put("status", "accepted");
        suppression.put("justification", accepted.reason());
        var object = result(accepted.finding());
        object.put("suppressions", List.of(suppression));
        return object;
    }

    private Map<String, Object> result(Finding finding) {
        var object = new LinkedHashMap<String, Object>();
        object.put("ruleId", finding.rule().value());
        object.put("ruleIndex", rules.indexOf(finding.rule()));
        object.put("level", level(Console.word(finding.severity())));
        object.put(
                "message",
                text(finding.summary() + finding.help().map(help -> "\n" + help).orElse("")));
        object.put("locations", List.of(Map.of("physicalLocation", physical(finding.at()))));
        if (!finding.related().isEmpty()) {
            object.put(
                    "relatedLocations",
                    finding.related().stream().map(this::related).toList());
        }
        object.put("partialFingerprints", Map.of("finding/v1", fingerprint(finding)));
        finding.fix().ifPresent(fix -> object.put("fixes", List.of(fix(fix))));
        return object;
    }

    private Map<String, Object> related(Finding.Related related) {
        var location = new LinkedHashMap<String, Object>();
        location.put("physicalLocation", physical(related.at()));
        location.put("message", text(related.note()));
        return location;
    }

    /** What stays the same while lines move; findings that are alike are told apart by their order. */
    private String fingerprint(Finding finding) {
        var identity = Baseline.Identity.of(finding);
        return new Fingerprint()
                .add("rule", identity.rule())
                .add("subject", identity.subject())
                .add("summary", identity.summary())
                .add("number", String.valueOf(alike.merge(identity, 1, Integer::sum)))
                .hex();
    }

    private Map<String, Object> fix(Fix fix) {
        var changes = new LinkedHashMap<String, List<Map<String, Object>>>();
        for (var edit : fix.edits()) {
            var replacement = new LinkedHashMap<String, Object>();
            replacement.put("deletedRegion", region(edit.at()));
            replacement.put("insertedContent", text(edit.after()));
            changes.computeIfAbsent(edit.at().file(), file -> new ArrayList<>()).add(replacement);
        }
        var object = new LinkedHashMap<String, Object>();
        object.put("description", text(fix.description()));
        object.put(
                "artifactChanges",
                changes.entrySet().stream()
                        .map(change -> {
                            Map<String, Object> artifact = new LinkedHashMap<>();
                            artifact.put("artifactLocation", Map.of("uri", uri(change.getKey())));
                            artifact.put("replacements", change.getValue());
                            return artifact;
                        })
                        .toList());
        return object;
    }

    private Map<String, Object> physical(Location at) {
        var physical = new LinkedHashMap<String, Object>();
        physical.put("artifactLocation", Map.of("uri", uri(at.file())));
        physical.put("region", region(at));
        return physical;
    }

    private static Map<String, Object> region(Location at) {
        var region = new LinkedHashMap<String, Object>();
        region.put("startLine", at.line());
        region.put("startColumn", at.column());
        region.put("endColumn", at.column() + at.length());
        return region;
    }

    private static Map<String, Object> text(String text) {
        return Map.of("text", text);
    }

    private String uri(String file) {
        var shown = path.apply(file);
        try {
            return new URI(null, null, shown, null).toASCIIString();
        } catch (URISyntaxException e) {
            return shown;
        }
    }

    private static String level(String severity) {
        return Severity.INFO.name().equalsIgnoreCase(severity) ? "note" : severity;
    }
}
