package dev.schemaproof.report;

import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.diagnostic.Sources;
import dev.schemaproof.diagnostic.Visible;
import dev.schemaproof.prove.Figure;
import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.ProofResult;
import dev.schemaproof.prove.Verdict;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Proofs as a terminal or a log shows them. */
public final class ProofText {

    private ProofText() {}

    /**
     * One result. What was proven takes a line; what was not shows the place in the model, like a finding, and everything
     * that is known about it.
     */
    public static String result(ProofResult result, Sources sources) {
        return Ansi.strip(styled(result, sources));
    }

    /** The same in the styles of a terminal. */
    public static String styled(ProofResult result, Sources sources) {
        var sentence = Visible.lines(subject(result) + result.statement() + figures(result));
        if (result.verdict() == Verdict.PROVEN) {
            return Ansi.PROVEN.on("proven:") + " " + sentence;
        }
        var severity = severity(result.verdict());
        var style = Console.style(severity);
        var text = new StringBuilder();
        result.at()
                .ifPresent(at ->
                        text.append(Ansi.STRONG.on(Console.place(at) + ":")).append(' '));
        text.append(style.on(Console.word(severity) + "[" + result.name() + "]:"))
                .append(' ')
                .append(result.verdict() == Verdict.NOT_PROVEN ? "not proven: " : "")
                .append(sentence);
        result.at().ifPresent(at -> Console.underline(text, at, sources, style));
        result.details()
                .forEach(detail ->
                        text.append("\n  ").append(Visible.lines(detail.strip()).replace("\n", "\n  ")));
        return text.toString();
    }

    private static Severity severity(Verdict verdict) {
        return verdict == Verdict.FAILED ? Severity.ERROR : Severity.WARNING;
    }

    /** The result as a line for GitHub Actions, where it isn't as it should be and has a place. */
    public static Optional<String> annotation(ProofResult result, GitHubAnnotations annotations) {
        return result.verdict() == Verdict.PROVEN
                ? Optional.empty()
                : result.at()
                        .map(at -> annotations.of(
                                severity(result.verdict()), at, result.name(), subject(result) + result.statement()));
    }

    private static String subject(ProofResult result) {
        return "`" + result.subject() + "` ";
    }

    /** What differs from run to run; everything else that was counted is in the statement, or in the JSON. */
    private static String figures(ProofResult result) {
        var varying = result.figures().stream()
                .filter(Figure::varies)
                .map(Figure::toString)
                .toList();
        return varying.isEmpty() ? "" : " (" + String.join(", ", varying) + ")";
    }

    /** How many proofs ended how: {@code 21 proven, 1 failed, 2 not proven}. */
    public static String summary(Collection<ProofReport> reports) {
        var counts = reports.stream()
                .flatMap(report -> report.results().stream())
                .collect(Collectors.groupingBy(ProofResult::verdict, Collectors.counting()));
        return java.util.Arrays.stream(Verdict.values())
                .filter(verdict -> verdict == Verdict.PROVEN || counts.containsKey(verdict))
                .map(verdict -> counts.getOrDefault(verdict, 0L) + " " + word(verdict))
                .collect(Collectors.joining(", "));
    }

    static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
