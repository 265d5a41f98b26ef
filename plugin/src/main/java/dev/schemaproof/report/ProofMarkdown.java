package dev.schemaproof.report;

import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.ProofResult;
import java.util.Collection;
import java.util.stream.Collectors;

/** Proofs as {@code proof.md}, for people and pull requests. */
public final class ProofMarkdown {

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
    }

    private static String shown(ProofResult result) {
        var details = result.details().stream().map(detail -> "<br>" + detail).collect(Collectors.joining());
        return result.statement() + details;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", "<br>");
    }
}
