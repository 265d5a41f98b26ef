package dev.schemaproof.diagnostic;

import java.util.Locale;

/**
 * Makes characters visible that a screen would hide, act on, or set in another order: control characters, line separators,
 * direction and other format characters, blanks other than the usual one, halves of surrogate pairs. They are shown as YAML's double quotes write them.
 *
 * @see <a href="https://trojansource.codes">Trojan Source: invisible vulnerabilities</a>
 */
public final class Visible {

    private Visible() {}

    /** The text in one line; a tab too is shown as its escape. */
    public static String line(String text) {
        return shown(text, "");
    }

    /** The text with its line breaks. */
    public static String lines(String text) {
        return shown(text, "\n");
    }

    /** A line of a file, with its tabs. */
    public static String source(String text) {
        return shown(text, "\t");
    }

    /** The text as it is, but for halves of surrogate pairs, which no file can hold. */
    public static String writable(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE) ? text : line(text);
    }

    private static String shown(String text, String kept) {
        if (text.codePoints().noneMatch(c -> hidden(c) && kept.indexOf(c) < 0)) {
            return text;
        }
        var shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (hidden(c) && kept.indexOf(c) < 0) {
                shown.append(escape(c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static boolean hidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            // What looks like a blank and is none; the ideographic one stands in texts of its scripts
            case Character.SPACE_SEPARATOR -> c != ' ' && c != 0x3000;
            default -> false;
        };
    }

    private static String escape(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, c < 0x100 ? "\\x%02X" : c < 0x10000 ? "\\u%04X" : "\\U%08X", c);
        };
    }
}
