package dev.schemaproof.published;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes apart what PostgreSQL prints of its own definitions. */
final class SqlPieces {

    private static final Pattern NAME = Pattern.compile("\"(?:[^\"]|\"\")+\"|[^.\"]+");

    /** A column of varying characters among literals, as PostgreSQL prints an {@code IN}. */
    private static final Pattern ANY_OF_LITERALS = Pattern.compile(
            "\\(\\((\\w+)\\)::text = ANY \\(\\(ARRAY\\[((?:'[^']*'::character varying(?:, )?)+)\\]\\)::text\\[\\]\\)\\)");

    private SqlPieces() {}

    /** The parts of a name with dots, without quotes. */
    static List<String> names(String qualified) {
        return NAME.matcher(qualified)
                .results()
                .map(match -> unquoted(match.group()))
                .toList();
    }

    static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    /** The text between the parenthesis at {@code open} and the one that closes it. */
    static String inParentheses(String text, int open) {
        return text.substring(open + 1, end(text, open) - 1);
    }

    /** Behind the parenthesis that closes the one at {@code open}. */
    static int end(String text, int open) {
        var depth = 0;
        for (var i = open; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character == '\'' || character == '"') {
                i = text.indexOf(character, i + 1);
            } else if (character == '(' || character == '[') {
                depth++;
            } else if (character == ')' || character == ']') {
                depth--;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        throw new IllegalArgumentException("no end of the parenthesis at " + open + " in " + text);
    }

    /** The elements of a list, separated by commas. */
    static List<String> elements(String list) {
        var elements = new ArrayList<String>();
        var begin = 0;
        for (var i = 0; i < list.length(); i++) {
            var character = list.charAt(i);
            if (character == '\'' || character == '"') {
                i = list.indexOf(character, i + 1);
            } else if (character == '(' || character == '[') {
                i = end(list, i) - 1;
            } else if (character == ',') {
                elements.add(list.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        elements.add(list.substring(begin).strip());
        return elements;
    }

    /** An expression as a person writes it: without parentheses around the whole, and with {@code IN}. */
    static String expression(String printed) {
        var text = ANY_OF_LITERALS
                .matcher(printed)
                .replaceAll(match -> Matcher.quoteReplacement(
                        "(" + match.group(1) + " IN (" + match.group(2).replace("::character varying", "") + "))"));
        while (text.startsWith("(") && end(text, 0) == text.length()) {
            text = inParentheses(text, 0);
        }
        return text;
    }
}
