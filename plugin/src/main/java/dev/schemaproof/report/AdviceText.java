package dev.schemaproof.report;

import dev.schemaproof.discover.judge.Rule;
import dev.schemaproof.discover.judge.TableAdvice;
import dev.schemaproof.discover.judge.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Advice as a terminal or a log shows it. */
public final class AdviceText {

    /** So many rules of a table are shown; the page has all. */
    private static final int SHOWN = 10;

    private AdviceText() {}

    /** A table: how it is, and what in it looks like a rule. */
    public static String of(TableAdvice advice) {
        var text = new StringBuilder(Ansi.STRONG.on(advice.shown() + ":"))
                .append(' ')
                .append(AdviceWords.count(advice.rows(), "row", "rows"))
                .append(" of ")
                .append(AdviceWords.count(advice.columns().size(), "column", "columns"))
                .append("; ")
                .append(AdviceWords.keys(advice));
        var likely = advice.likely();
        if (advice.byRules().reached().isPresent()) {
            text.append("; ")
                    .append(AdviceWords.form(advice.byRules()))
                    .append(likely.isEmpty() ? ", as nothing else looks like a rule" : " by what looks like a rule:");
        }
        likely.stream().limit(SHOWN).forEach(rule -> text.append("\n  ").append(line(advice, rule)));
        if (likely.size() > SHOWN) {
            text.append("\n  and ").append(likely.size() - SHOWN).append(" more");
        }
        var accidents = advice.rules().size() - likely.size() + advice.unranked();
        if (accidents > 0) {
            text.append("\n  ")
                    .append(AdviceWords.count(accidents, "other holds too, which", "others hold too, which"))
                    .append(" may be accidents");
        }
        return text.toString();
    }

    private static String line(TableAdvice advice, Rule rule) {
        return Ansi.STRONG.on(AdviceWords.dependency(advice, rule.determinant(), rule.dependents())) + "  "
                + Ansi.FAINT.on(AdviceWords.evidence(rule.evidence()));
    }

    /** What has to be known to judge the advice: that it is from a sample, or that something was not explored. */
    public static List<String> cautions(TableAdvice advice) {
        var cautions = new ArrayList<String>();
        AdviceWords.sample(advice).ifPresent(cautions::add);
        AdviceWords.unexplored(advice).ifPresent(cautions::add);
        return cautions.stream().map(caution -> advice.shown() + ": " + caution).toList();
    }

    /** What the data refutes of the model, each with the rows that do. */
    public static List<String> refutations(TableAdvice advice) {
        return advice.verdicts().stream()
                .filter(Verdict.Refuted.class::isInstance)
                .map(Verdict.Refuted.class::cast)
                .map(refuted -> refutation(advice, refuted))
                .toList();
    }

    private static String refutation(TableAdvice advice, Verdict.Refuted refuted) {
        var line = refuted.rows().isEmpty() || refuted.rows().get(0).line() == 0
                ? ""
                : ":" + refuted.rows().get(refuted.rows().size() - 1).line();
        var text = new StringBuilder(Ansi.STRONG.on(advice.shown() + line + ":"))
                .append(' ')
                .append(AdviceWords.refutation(advice, refuted));
        refuted.rows().forEach(row -> text.append("\n  ").append(AdviceWords.values(row)));
        return text.toString();
    }
}
