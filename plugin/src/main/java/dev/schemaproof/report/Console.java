package dev.schemaproof.report;

import dev.schemaproof.check.Accepted;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.diagnostic.Sources;
import dev.schemaproof.diagnostic.Visible;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Findings as a terminal or a log shows them. */
public final class Console {

    /** Columns from one tab stop to the next. */
    private static final int TAB = 4;

    /** So many characters of a line are shown: tools write whole files in one, and each finding would show all of it. */
    private static final int LONGEST = 240;

    private static final String CUT = "...";

    private Console() {}

    /** One finding: its line, the source with the place underlined, related places, the edit to make, where to read on. */
    public static String finding(Finding finding, Sources sources) {
        return Ansi.strip(styled(finding, sources));
    }

    /** The same in the styles of a terminal. */
    public static String styled(Finding finding, Sources sources) {
        var style = style(finding.severity());
        var text = new StringBuilder()
                .append(Ansi.STRONG.on(place(finding.at()) + ":"))
                .append(' ')
                .append(style.on(word(finding.severity()) + "[" + finding.rule() + "]:"))
                .append(' ')
                .append(Visible.line(finding.summary()));
        underline(text, finding.at(), sources, style);
        finding.related()
                .forEach(related -> text.append("\n  ")
                        .append(place(related.at()))
                        .append(": ")
                        .append(Visible.line(related.note())));
        finding.help()
                .ifPresent(help -> text.append("\n  ")
                        .append(Ansi.STRONG.on("help:"))
                        .append(' ')
                        .append(Visible.lines(help.strip()).replace("\n", "\n        ")));
        return text.append("\n  ")
                .append(Ansi.FAINT.on("see:  " + RulePages.url(finding.rule())))
                .toString();
    }

    static String place(Location at) {
        return Visible.line(at.toString());
    }

    static Ansi style(Severity severity) {
        return switch (severity) {
            case ERROR -> Ansi.ERROR;
            case WARNING -> Ansi.WARNING;
            case INFO -> Ansi.INFO;
        };
    }

    /** Shows the line of a place, and marks under it the cells that its code points take; of a long line, what is near. */
    static void underline(StringBuilder text, Location at, Sources sources, Ansi style) {
        sources.lineAt(at).ifPresent(line -> {
            var number = String.valueOf(at.line());
            var near = Math.min(at.column() - LONGEST / 3, line.codePointCount(0, line.length()));
            var first = line.length() <= LONGEST ? 1 : Math.max(1, near);
            var begin = Sources.index(line, first);
            var part = line.substring(begin, Math.min(line.length(), begin + 2 * LONGEST))
                    .codePoints()
                    .limit(LONGEST)
                    .toArray();
            var shown = new StringBuilder(first == 1 ? "" : CUT);
            var before = shown.length();
            var marked = 0;
            var cells = before;
            var column = first;
            for (var codePoint : part) {
                var visible =
                        codePoint == '\t' ? " ".repeat(TAB - cells % TAB) : Visible.line(Character.toString(codePoint));
                var width = Cells.of(visible);
                if (column < at.column()) {
                    before += width;
                } else if (column < at.column() + at.length()) {
                    marked += width;
                }
                shown.append(visible);
                cells += width;
                column++;
            }
            if (begin + new String(part, 0, part.length).length() < line.length()) {
                shown.append(CUT);
            }
            text.append('\n').append(Ansi.FAINT.on("  " + number + " | ")).append(shown);
            text.append('\n')
                    .append(Ansi.FAINT.on("  " + " ".repeat(number.length()) + " | "))
                    .append(" ".repeat(before))
                    .append(style.on("^".repeat(Math.max(1, marked))));
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

    /** The same with those that the team lives with: {@code 1 warning, 14 accepted in the baseline}. */
    public static String summary(Collection<Finding> findings, Collection<Accepted> accepted) {
        var parts = new ArrayList<>(List.of(summary(findings)));
        var counts =
                accepted.stream().collect(Collectors.groupingBy(Accepted::by, TreeMap::new, Collectors.counting()));
        counts.forEach((by, number) -> parts.add(number
                + switch (by) {
                    case EXCEPTION -> " accepted by " + (number == 1 ? "an exception" : "exceptions");
                    case BASELINE -> " accepted in the baseline";
                }));
        return String.join(", ", parts);
    }

    /** A number with its noun: {@code 1 error}, {@code 2 errors}; {@code info} has no plural. */
    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 || "info".equals(noun) ? "" : "s");
    }

    static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
