package dev.schemaproof.report;

import dev.schemaproof.discover.judge.FormFinding;
import dev.schemaproof.discover.judge.KeyCandidate;
import dev.schemaproof.discover.judge.Rule;
import dev.schemaproof.discover.judge.TableAdvice;
import dev.schemaproof.discover.judge.Verdict;
import dev.schemaproof.output.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Advice as {@code advice.json}, for other tools. */
public final class AdviceJson {

    /** Raised when a key changes its meaning or goes away. */
    private static final int VERSION = 1;

    private AdviceJson() {}

    /** The document, one part for each table. */
    public static String of(List<TableAdvice> tables) {
        var document = new LinkedHashMap<String, Object>();
        document.put("version", VERSION);
        document.put("tables", tables.stream().map(AdviceJson::table).toList());
        return Json.text(document);
    }

    private static Map<String, Object> table(TableAdvice advice) {
        var object = new LinkedHashMap<String, Object>();
        object.put("table", advice.shown());
        advice.known().ifPresent(known -> object.put("entity", known.entity()));
        object.put("rows", advice.rows());
        object.put("repeatedRows", advice.repeatedRows());
        object.put("extent", advice.extent().name().toLowerCase(Locale.ROOT));
        object.put("columns", columns(advice));
        object.put("explored", advice.discovered().explored());
        object.put("end", advice.discovered().end().name().toLowerCase(Locale.ROOT));
        object.put("keys", advice.keys().stream().map(key -> key(advice, key)).toList());
        object.put(
                "rules", advice.rules().stream().map(rule -> rule(advice, rule)).toList());
        object.put("unranked", advice.unranked());
        object.put("normalForm", form(advice, advice.byRules()));
        object.put("normalFormByAll", form(advice, advice.byAll()));
        object.put("claims", advice.verdicts().stream().map(AdviceJson::verdict).toList());
        return object;
    }

    private static List<Object> columns(TableAdvice advice) {
        var columns = new ArrayList<Object>();
        for (var i = 0; i < advice.columns().size(); i++) {
            var profile = advice.profiles().get(i);
            var column = new LinkedHashMap<String, Object>();
            column.put("column", advice.columns().get(i).name());
            column.put("type", profile.type());
            column.put("values", profile.values());
            column.put("absent", profile.absent());
            columns.add(column);
        }
        return columns;
    }

    private static Map<String, Object> key(TableAdvice advice, KeyCandidate key) {
        var object = new LinkedHashMap<String, Object>();
        object.put("columns", advice.names(key.columns()));
        object.put("required", key.required());
        object.put("score", rounded(key.score()));
        return object;
    }

    private static Map<String, Object> rule(TableAdvice advice, Rule rule) {
        var object = new LinkedHashMap<String, Object>();
        object.put("determinant", advice.names(rule.determinant()));
        object.put("dependents", advice.names(rule.dependents()));
        object.put("likely", rule.likely());
        object.put("score", rounded(rule.score()));
        object.put("determinants", rule.evidence().determinants());
        object.put("repeatedRows", rule.evidence().repeated());
        object.put("tests", rule.evidence().tests());
        object.put("bits", rounded(rule.evidence().bits()));
        return object;
    }

    private static Map<String, Object> form(TableAdvice advice, FormFinding finding) {
        var object = new LinkedHashMap<String, Object>();
        object.put("form", AdviceWords.form(finding));
        object.put("keys", finding.keys().stream().map(advice::names).toList());
        object.put(
                "breaks",
                finding.breaks().stream()
                        .map(broken -> {
                            var part = new LinkedHashMap<String, Object>();
                            part.put("determinant", advice.names(broken.determinant()));
                            part.put("dependents", advice.names(broken.dependents()));
                            part.put("form", broken.form().word());
                            return part;
                        })
                        .toList());
        return object;
    }

    private static Map<String, @Nullable Object> verdict(Verdict verdict) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("claim", verdict.claim().words());
        if (verdict instanceof Verdict.Holds) {
            object.put("verdict", "holds");
        } else if (verdict instanceof Verdict.NotRefuted) {
            object.put("verdict", "not refuted");
        } else if (verdict instanceof Verdict.Refuted refuted) {
            object.put("verdict", "refuted");
            object.put(
                    "rows",
                    refuted.rows().stream()
                            .map(row -> {
                                var part = new LinkedHashMap<String, @Nullable Object>();
                                if (row.line() > 0) {
                                    part.put("line", row.line());
                                }
                                part.put("values", row.values());
                                return part;
                            })
                            .toList());
        } else if (verdict instanceof Verdict.Unjudged unjudged) {
            object.put("verdict", "not judged");
            object.put("reason", unjudged.reason());
        }
        return object;
    }

    private static double rounded(double number) {
        return Math.round(number * 1000) / 1000.0;
    }
}
