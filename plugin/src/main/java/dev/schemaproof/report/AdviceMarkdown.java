package dev.schemaproof.report;

import dev.schemaproof.diagnostic.Visible;
import dev.schemaproof.discover.judge.FormFinding;
import dev.schemaproof.discover.judge.Rule;
import dev.schemaproof.discover.judge.TableAdvice;
import dev.schemaproof.discover.judge.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** Advice as {@code advice.md}, for people: what the data says of each table, why, and what to paste. */
public final class AdviceMarkdown {

    /** So many keys, and so many dependencies that may be accidents, are listed; the JSON has all. */
    private static final int LISTED = 20;

    private AdviceMarkdown() {}

    /** The page, one part for each table. */
    public static String of(List<TableAdvice> tables) {
        var text = new StringBuilder("# What the data says\n");
        tables.forEach(advice -> append(text, advice));
        return text.toString();
    }

    private static void append(StringBuilder text, TableAdvice advice) {
        text.append("\n## ").append(code(advice.shown())).append("\n\n");
        text.append(AdviceWords.count(advice.rows(), "row", "rows")).append(", ");
        text.append(AdviceWords.keys(advice)).append(".\n");
        AdviceWords.sample(advice).ifPresent(caution -> paragraph(text, caution));
        AdviceWords.unexplored(advice).ifPresent(caution -> paragraph(text, caution));
        columns(text, advice);
        if (advice.rows() > 0) {
            verdicts(text, advice);
            keys(text, advice);
            rules(text, advice);
            forms(text, advice);
        }
        AdviceYaml.of(advice)
                .ifPresent(yaml -> text.append(
                                advice.known().isPresent()
                                        ? "\nTo add to the model, once confirmed:\n"
                                        : "\nA draft for the model:\n")
                        .append("\n```yaml\n")
                        .append(yaml)
                        .append("```\n"));
    }

    private static void paragraph(StringBuilder text, String sentence) {
        text.append('\n')
                .append(Character.toUpperCase(sentence.charAt(0)))
                .append(sentence, 1, sentence.length())
                .append(".\n");
    }

    private static void columns(StringBuilder text, TableAdvice advice) {
        text.append("\n| column | type | different values | rows without a value |\n| --- | --- | --- | --- |\n");
        for (var i = 0; i < advice.columns().size(); i++) {
            var profile = advice.profiles().get(i);
            row(
                    text,
                    code(advice.columns().get(i).name()),
                    code(profile.type()),
                    AdviceWords.number(profile.values())
                            + (advice.rows() > 1 && profile.isConstant() && !profile.isEmpty()
                                    ? ", the same in all rows"
                                    : ""),
                    AdviceWords.number(profile.absent()) + (profile.isEmpty() && advice.rows() > 0 ? ", all" : ""));
        }
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static void verdicts(StringBuilder text, TableAdvice advice) {
        if (advice.verdicts().isEmpty()) {
            return;
        }
        text.append("\n### What the model says of `")
                .append(advice.known().map(known -> known.entity()).orElse(""))
                .append("`\n\n| the model says | the data says | rows |\n| --- | --- | --- |\n");
        advice.verdicts().forEach(verdict -> {
            var rows = verdict instanceof Verdict.Refuted refuted
                    ? refuted.rows().stream()
                            .map(row ->
                                    (row.line() > 0 ? "line " + row.line() + ": " : "") + cell(AdviceWords.values(row)))
                            .collect(Collectors.joining("<br>"))
                    : "";
            row(text, code(verdict.claim().words()), said(verdict), rows);
        });
    }

    private static String said(Verdict verdict) {
        if (verdict instanceof Verdict.Holds) {
            return "holds in all rows";
        } else if (verdict instanceof Verdict.NotRefuted) {
            return "holds in the rows that were read";
        } else if (verdict instanceof Verdict.Unjudged unjudged) {
            return "not judged: " + cell(unjudged.reason());
        } else {
            return "**refuted**";
        }
    }

    private static void keys(StringBuilder text, TableAdvice advice) {
        if (advice.keys().isEmpty()) {
            return;
        }
        text.append("\n### Keys\n\n")
                .append(
                        advice.repeatedRows() > 0
                                ? "Were each row there once, no two rows would share these:\n\n"
                                : "No two rows share these, and no part of one is enough:\n\n");
        advice.keys().stream()
                .limit(LISTED)
                .forEach(key -> text.append("- ")
                        .append(code(AdviceWords.list(advice, key.columns())))
                        .append(key.required() ? "" : ", not in all rows")
                        .append('\n'));
        more(text, advice.keys().size() - LISTED);
    }

    private static void more(StringBuilder text, int count) {
        if (count > 0) {
            text.append("\nand ")
                    .append(AdviceWords.count(count, "more", "more"))
                    .append(", in `advice.json`.\n");
        }
    }

    private static void rules(StringBuilder text, TableAdvice advice) {
        var likely = advice.likely();
        if (!likely.isEmpty()) {
            text.append("\n### What looks like a rule\n\n")
                    .append(
                            "| dependency | values | rows that repeat one | for example |\n| --- | --- | --- | --- |\n");
            likely.forEach(rule -> rule(text, advice, rule));
        }
        var others = advice.rules().stream().filter(rule -> !rule.likely()).toList();
        if (!others.isEmpty()) {
            text.append("\n### What may be an accident\n\n")
                    .append(
                            "These hold in all rows that were read, but so few rows test them that this may be chance:\n\n");
            others.stream()
                    .limit(LISTED)
                    .forEach(rule -> text.append("- ")
                            .append(code(AdviceWords.dependency(advice, rule.determinant(), rule.dependents())))
                            .append('\n'));
            more(text, others.size() - LISTED + advice.unranked());
        }
    }

    private static void rule(StringBuilder text, TableAdvice advice, Rule rule) {
        var example = advice.examples().get(rule.evidence().example());
        row(
                text,
                code(AdviceWords.dependency(advice, rule.determinant(), rule.dependents())),
                AdviceWords.number(rule.evidence().determinants()),
                AdviceWords.number(rule.evidence().repeated()),
                example == null
                        ? ""
                        : cell(AdviceWords.values(
                                        example, advice.names(rule.determinant().union(rule.dependents()))))
                                + " in "
                                + AdviceWords.count(rule.evidence().exampleRows(), "row", "rows"));
    }

    private static void forms(StringBuilder text, TableAdvice advice) {
        text.append("\n### Normal form\n");
        form(text, advice, advice.byRules(), "By what looks like a rule");
        var breaks = advice.byRules().breaks();
        if (!breaks.isEmpty()) {
            text.append("\n| breaks | because |\n| --- | --- |\n");
            breaks.forEach(broken -> row(
                    text,
                    broken.form().word(),
                    code(AdviceWords.dependency(advice, broken.determinant(), broken.dependents()))));
        }
        form(text, advice, advice.byAll(), "By everything that holds, accidents included");
        var ignored = advice.constants().size() + advice.empties().size();
        if (ignored > 0) {
            text.append("\nColumns that are the same in all rows, or empty, are left out of this.\n");
        }
    }

    private static void form(StringBuilder text, TableAdvice advice, FormFinding finding, String by) {
        text.append('\n').append(by).append(": ");
        if (finding.reached().isEmpty()) {
            text.append("unknown.\n");
            return;
        }
        text.append("**").append(AdviceWords.form(finding)).append("**");
        if (!finding.keys().isEmpty() && finding.keys().size() <= LISTED) {
            text.append(finding.keys().stream()
                    .map(key -> code(AdviceWords.list(advice, key)))
                    .collect(Collectors.joining(", ", ", by the keys ", "")));
        }
        text.append(".\n");
    }

    private static String code(String text) {
        var shown = cell(Visible.line(text));
        return shown.indexOf('`') < 0 ? "`" + shown + "`" : "`` " + shown + " ``";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", "<br>");
    }
}
