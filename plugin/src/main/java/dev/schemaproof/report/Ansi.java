package dev.schemaproof.report;

import java.util.regex.Pattern;

/**
 * Styles of a terminal. Messages are always written with them, and whoever shows a message where there is no terminal takes
 * them out; that is safe since no text of the user's keeps an escape character.
 *
 * @see <a href="https://ecma-international.org/publications-and-standards/standards/ecma-48/">ECMA-48, 8.3.117 SGR</a>
 */
public enum Ansi {
    ERROR("1;31"),
    WARNING("1;33"),
    INFO("1;34"),
    PROVEN("1;32"),
    STRONG("1"),
    FAINT("2");

    private static final Pattern STYLE = Pattern.compile("\u001B\\[[0-9;]*m");

    private final String codes;

    Ansi(String codes) {
        this.codes = codes;
    }

    String on(String text) {
        return "\u001B[" + codes + "m" + text + "\u001B[m";
    }

    /** The text without its styles. */
    public static String strip(String text) {
        return STYLE.matcher(text).replaceAll("");
    }
}
