package dev.schemaproof.report;

import dev.schemaproof.diagnostic.Visible;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Pieces of Markdown in which names may hold anything. */
final class Markdown {

    private static final Pattern MARKS = Pattern.compile("[\\\\`*_\\[\\]<>|#~&]");
    private static final Pattern BACK_QUOTES = Pattern.compile("`+");

    private Markdown() {}

    /** A name or another text in one line, as code: nothing in it is read as Markdown or HTML. */
    static String code(String text) {
        var line = Visible.line(text);
        var fence = "`".repeat(longest(line) + 1);
        var apart = line.startsWith("`") || line.endsWith("`") || line.isBlank() ? " " : "";
        return fence + apart + line + apart + fence;
    }

    /** The same where a bar would end the cell of a table. */
    static String cell(String markdown) {
        return markdown.replace("|", "\\|");
    }

    /** Words in one line: nothing in them is read as Markdown or HTML. */
    static String text(String words) {
        return MARKS.matcher(Visible.line(words.replaceAll("\\s+", " "))).replaceAll("\\\\$0");
    }

    /** Lines of a language. */
    static String block(String language, String text) {
        var fence = "`".repeat(Math.max(3, longest(text) + 1));
        var lines = text.stripTrailing().lines().map(Visible::writable).collect(Collectors.joining("\n"));
        return fence + language + "\n" + lines + "\n" + fence + "\n";
    }

    private static int longest(String text) {
        return BACK_QUOTES
                .matcher(text)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
    }
}
