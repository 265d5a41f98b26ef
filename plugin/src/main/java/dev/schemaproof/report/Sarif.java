package dev.schemaproof.report;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.output.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Findings as SARIF, which code hosts show on pull requests.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class Sarif {

    private Sarif() {}

    /**
     * The log file; findings in the order given.
     *
     * @param toolVersion the plugin's version
     */
    public static String of(Collection<Finding> findings, String toolVersion) {
        var rules = findings.stream().map(Finding::rule).distinct().sorted().toList();
        var driver = new LinkedHashMap<String, Object>();
        driver.put("name", "Schemaproof");
        driver.put("version", toolVersion);
        driver.put("informationUri", "https://schemaproof.dev");
        driver.put("rules", rules.stream().map(Sarif::rule).toList());
        var run = new LinkedHashMap<String, Object>();
        run.put("tool", Map.of("driver", driver));
        run.put("columnKind", "unicodeCodePoints");
        run.put(
                "results",
                findings.stream().map(finding -> result(finding, rules)).toList());
        var log = new LinkedHashMap<String, Object>();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return Json.text(log);
    }

    private static Map<String, Object> rule(RuleId rule) {
        var object = new LinkedHashMap<String, Object>();
        object.put("id", rule.value());
        object.put("helpUri", RulePages.url(rule));
        return object;
    }

    private static Map<String, Object> result(Finding finding, List<RuleId> rules) {
        var object = new LinkedHashMap<String, Object>();
        object.put("ruleId", finding.rule().value());
        object.put("ruleIndex", rules.indexOf(finding.rule()));
        object.put("level", level(finding.severity()));
        object.put(
                "message",
                Map.of(
                        "text",
                        finding.summary()
                                + finding.help().map(help -> "\n" + help).orElse("")));
        object.put("locations", List.of(Map.of("physicalLocation", physical(finding.at()))));
        if (!finding.related().isEmpty()) {
            object.put(
                    "relatedLocations",
                    finding.related().stream()
                            .map(related -> {
                                Map<String, Object> location = new LinkedHashMap<>();
                                location.put("physicalLocation", physical(related.at()));
                                location.put("message", Map.of("text", related.note()));
                                return location;
                            })
                            .toList());
        }
        object.put("partialFingerprints", Map.of("subject/v1", finding.rule() + ":" + finding.subject()));
        return object;
    }

    private static Map<String, Object> physical(Location at) {
        var region = new LinkedHashMap<String, Object>();
        region.put("startLine", at.line());
        region.put("startColumn", at.column());
        region.put("endColumn", at.column() + at.length());
        var physical = new LinkedHashMap<String, Object>();
        physical.put("artifactLocation", Map.of("uri", uri(at.file())));
        physical.put("region", region);
        return physical;
    }

    private static String uri(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            return path;
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }
}
