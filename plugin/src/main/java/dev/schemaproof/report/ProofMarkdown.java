package dev.schemaproof.report;

import dev.schemaproof.prove.Execution;
import dev.schemaproof.prove.Growth;
import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.ProofResult;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Proofs as {@code proof.md}, for people and pull requests. */
public final class ProofMarkdown {

    private static final String BUFFERS =
            "; buffers are the pages read when it was run on synthetic rows, the most for any values, and in parentheses with"
                    + " a plan for just these values, where that differs";

    private ProofMarkdown() {}

    /**
     * The page.
     *
     * @param model the model's name
     */
    public static String of(String model, Collection<ProofReport> reports) {
        var text = new StringBuilder("# Proofs of `" + model + "`\n\n")
                .append(ProofText.summary(reports))
                .append(".\n");
        reports.forEach(report -> append(text, report));
        return text.toString();
    }

    private static void append(StringBuilder text, ProofReport report) {
        text.append("\n## Store `")
                .append(report.store())
                .append("`\n\nProven on ")
                .append(report.engine())
                .append(".\n");
        var byProof = report.results().stream()
                .collect(Collectors.groupingBy(ProofResult::name, java.util.LinkedHashMap::new, Collectors.toList()));
        byProof.forEach((proof, results) -> {
            text.append("\n### ")
                    .append(proof)
                    .append("\n\n| subject | verdict | what was shown |\n| --- | --- | --- |\n");
            results.forEach(result -> text.append("| `")
                    .append(cell(result.subject()))
                    .append("` | ")
                    .append(ProofText.word(result.verdict()))
                    .append(" | ")
                    .append(cell(shown(result)))
                    .append(" |\n"));
        });
        plans(text, report);
    }

    private static void plans(StringBuilder text, ProofReport report) {
        if (report.plans().isEmpty()) {
            return;
        }
        var known =
                report.plans().stream().flatMap(plan -> plan.growth().stream()).findFirst();
        var run = report.plans().stream().anyMatch(plan -> plan.execution().isPresent());
        text.append(
                        "\n### plans\n\nFor any values of the parameters, as a prepared statement is planned. Costs are the planner's,")
                .append(" of which 1 is to read a page in order")
                .append(known.map(ProofMarkdown::volumes).orElse(""))
                .append(run ? BUFFERS : "")
                .append(".\n\n| pattern | plan | rows | cost |")
                .append(known.isPresent() ? " growth |" : "")
                .append(run ? " buffers |" : "")
                .append("\n| --- | --- | ---: | ---: |")
                .append(known.isPresent() ? " ---: |" : "")
                .append(run ? " ---: |" : "")
                .append('\n');
        report.plans().forEach(plan -> {
            text.append("| `").append(cell(plan.pattern())).append("` | ").append(cell(plan.line()));
            text.append(String.format(Locale.ROOT, " | %,d | %,.2f |", plan.rows(), plan.cost()));
            plan.growth()
                    .ifPresent(growth -> text.append(' ').append(growth.shown()).append(" |"));
            plan.execution()
                    .ifPresent(execution ->
                            text.append(' ').append(cell(shown(execution))).append(" |"));
            text.append('\n');
        });
    }

    private static String shown(Execution execution) {
        return execution
                .figures()
                .map(figures -> String.format(Locale.ROOT, "%,d", figures.buffers())
                        + (figures.custom() == figures.buffers()
                                ? ""
                                : String.format(Locale.ROOT, " (%,d)", figures.custom())))
                .orElseGet(() -> "not run: " + execution.why().orElse(""));
    }

    private static String volumes(Growth growth) {
        return "; growth is how many times as much it costs with " + Growth.TIMES + " times the rows"
                + (growth.from() < 1 ? ", from a hundredth of the declared ones on" : "");
    }

    private static String shown(ProofResult result) {
        var details = result.details().stream().map(detail -> "<br>" + detail).collect(Collectors.joining());
        return result.statement() + details;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", "<br>");
    }
}
