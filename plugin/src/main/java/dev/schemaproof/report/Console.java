package dev.schemaproof.report;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.diagnostic.Sources;
import dev.schemaproof.diagnostic.Visible;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Findings as a terminal or a log shows them. */
public final class Console {

    private Console() {}

    /** One finding: its line, the source with the place underlined, related places, the edit to make, where to read on. */
    public static String finding(Finding finding, Sources sources) {
        var text = new StringBuilder()
                .append(finding.at())
                .append(": ")
                .append(word(finding.severity()))
                .append('[')
                .append(finding.rule())
                .append("]: ")
                .append(finding.summary());
        underline(text, finding.at(), sources);
        finding.related()
                .forEach(related ->
                        text.append("\n  ").append(related.at()).append(": ").append(related.note()));
        finding.help()
                .ifPresent(help -> text.append("\n  help: ").append(help.strip().replace("\n", "\n        ")));
        return text.append("\n  see:  ").append(RulePages.url(finding.rule())).toString();
    }

    static void underline(StringBuilder text, Location at, Sources sources) {
        sources.lineAt(at).ifPresent(line -> {
            var number = String.valueOf(at.line());
            var begin = line.offsetByCodePoints(0, Math.min(at.column() - 1, line.codePointCount(0, line.length())));
            var before = Visible.source(line.substring(0, begin))
                    .codePoints()
                    .mapToObj(c -> c == '\t' ? "\t" : " ")
                    .collect(Collectors.joining());
            var rest = line.substring(begin);
            var underlined = rest.substring(
                    0, rest.offsetByCodePoints(0, Math.min(at.length(), rest.codePointCount(0, rest.length()))));
            var width =
                    (int) Math.max(1, Visible.source(underlined).codePoints().count());
            text.append("\n  ").append(number).append(" | ").append(Visible.source(line));
            text.append("\n  ")
                    .append(" ".repeat(number.length()))
                    .append(" | ")
                    .append(before)
                    .append("^".repeat(width));
        });
    }

    /** How many findings there are, by severity: {@code 2 errors, 1 warning}; {@code no findings} for none. */
    public static String summary(Collection<Finding> findings) {
        if (findings.isEmpty()) {
            return "no findings";
        }
        var counts = findings.stream()
                .collect(Collectors.groupingBy(Finding::severity, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(counted -> count(counted.getValue(), word(counted.getKey())))
                .collect(Collectors.joining(", "));
    }

    /** A number with its noun: {@code 1 error}, {@code 2 errors}; {@code info} has no plural. */
    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 || "info".equals(noun) ? "" : "s");
    }

    static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
