package dev.schemaproof.report;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.diagnostic.Visible;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Findings as commands of GitHub Actions, which shows them beside the lines of a pull request. Of a step it shows ten
 * errors and ten warnings; the worst come first.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">Workflow commands</a>
 */
public final class GitHubAnnotations {

    private final UnaryOperator<String> path;

    /** @param path makes a path from the repository's root of one from the project */
    public GitHubAnnotations(UnaryOperator<String> path) {
        this.path = path;
    }

    /** A line for each finding; it has to be the beginning of a line of the log. */
    public List<String> of(Collection<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .map(finding -> of(
                        finding.severity(),
                        finding.at(),
                        finding.rule().value(),
                        finding.summary()
                                + finding.help()
                                        .map(help -> "\nhelp: " + help.strip())
                                        .orElse("")))
                .toList();
    }

    String of(Severity severity, Location at, String title, String message) {
        return "::" + command(severity)
                + " file=" + property(path.apply(at.file()))
                + ",line=" + at.line()
                + ",col=" + at.column()
                + ",endColumn=" + (at.column() + at.length())
                + ",title=" + property(title)
                + "::" + data(Visible.lines(message));
    }

    private static String command(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "notice";
        };
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
