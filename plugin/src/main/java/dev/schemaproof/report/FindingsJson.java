package dev.schemaproof.report;

import dev.schemaproof.check.Accepted;
import dev.schemaproof.check.Judgement;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Fix;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.output.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Findings as {@code findings.json}, for other tools. */
public final class FindingsJson {

    /** Raised when a key changes its meaning or goes away. */
    private static final int VERSION = 1;

    private FindingsJson() {}

    /** The document; what is accepted stands among the others, in the order of the places. */
    public static String of(Judgement judgement) {
        var document = new LinkedHashMap<String, Object>();
        document.put("version", VERSION);
        var summary = new LinkedHashMap<String, Object>();
        for (var severity : Severity.values()) {
            summary.put(
                    Console.word(severity),
                    judgement.findings().stream()
                            .filter(finding -> finding.severity() == severity)
                            .count());
        }
        var accepted = new LinkedHashMap<String, Object>();
        for (var by : Accepted.By.values()) {
            accepted.put(
                    word(by),
                    judgement.accepted().stream()
                            .filter(finding -> finding.by() == by)
                            .count());
        }
        summary.put("accepted", accepted);
        document.put("summary", summary);
        document.put(
                "findings",
                Stream.concat(
                                judgement.findings().stream().map(finding -> entry(finding, finding(finding))),
                                judgement.accepted().stream().map(accept -> entry(accept.finding(), accepted(accept))))
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList());
        return Json.text(document);
    }

    private static Map.Entry<Finding, Map<String, Object>> entry(Finding finding, Map<String, Object> object) {
        return Map.entry(finding, object);
    }

    private static Map<String, Object> accepted(Accepted accepted) {
        var object = finding(accepted.finding());
        object.put("accepted", word(accepted.by()));
        object.put("reason", accepted.reason());
        return object;
    }

    private static String word(Accepted.By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> finding(Finding finding) {
        var object = new LinkedHashMap<String, Object>();
        object.put("rule", finding.rule().value());
        object.put("severity", Console.word(finding.severity()));
        place(object, finding.at());
        object.put("subject", finding.subject());
        object.put("summary", finding.summary());
        finding.help().ifPresent(help -> object.put("help", help));
        object.put("see", RulePages.url(finding.rule()));
        object.put("related", related(finding));
        finding.fix().ifPresent(fix -> object.put("fix", fix(fix)));
        return object;
    }

    private static Map<String, Object> fix(Fix fix) {
        var object = new LinkedHashMap<String, Object>();
        object.put("description", fix.description());
        object.put(
                "edits",
                fix.edits().stream()
                        .map(edit -> {
                            Map<String, Object> change = new LinkedHashMap<>();
                            place(change, edit.at());
                            change.put("text", edit.after());
                            return change;
                        })
                        .toList());
        return object;
    }

    private static List<Map<String, Object>> related(Finding finding) {
        return finding.related().stream()
                .map(related -> {
                    Map<String, Object> object = new LinkedHashMap<>();
                    place(object, related.at());
                    object.put("note", related.note());
                    return object;
                })
                .toList();
    }

    private static void place(Map<String, Object> object, Location at) {
        object.put("file", at.file());
        object.put("line", at.line());
        object.put("column", at.column());
        object.put("endColumn", at.column() + at.length());
    }
}
