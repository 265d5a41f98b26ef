package dev.schemaproof.analysis.keyvalue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the checks on a text attribute say about its characters: {@code name ~ '^[a-z]+$'}, {@code name !~ '#'} and
 * {@code name not like '%#%'}, alone or joined by {@code AND}. From any other condition nothing is concluded.
 */
final class TextCheck {

    private static final String LITERAL = "'((?:[^']|'')*)'";

    private TextCheck() {}

    /**
     * The shape that is left of a text under the conditions.
     *
     * @param plain its shape without them
     * @param name the word that stands for it in the conditions
     */
    static Shape narrow(Shape plain, String name, List<String> conditions) {
        var shape = plain;
        var forbidden = new CharacterSet(List.of());
        for (var condition : conditions) {
            for (var term : terms(condition)) {
                var matching = literal(term, name, "~").flatMap(PostgresRegex::read);
                if (matching.isPresent()) {
                    shape = matching.get();
                }
                var single = literal(term, name, "!~")
                        .flatMap(PostgresRegex::readSingle)
                        .or(() -> literal(term, name, "not\\s+like").flatMap(TextCheck::only));
                if (single.isPresent()) {
                    forbidden = forbidden.union(single.get());
                }
            }
        }
        var without = forbidden;
        return without.isEmpty() ? shape : shape.map(characters -> characters.minus(without));
    }

    /** The character between two {@code %}. */
    private static Optional<CharacterSet> only(String like) {
        return Pattern.compile("%([^%_\\\\])%")
                .matcher(like)
                .results()
                .filter(found -> found.end() - found.start() == like.length())
                .map(found -> CharacterSet.of(found.group(1)))
                .findFirst();
    }

    private static Optional<String> literal(String term, String name, String operator) {
        var quoted = Pattern.quote(name);
        var subject = "(?:" + quoted + "|\"" + quoted + "\")";
        Matcher matcher = Pattern.compile("(?i)" + subject + "\\s*" + operator + "\\s*" + LITERAL)
                .matcher(term);
        return matcher.matches() ? Optional.of(matcher.group(1).replace("''", "'")) : Optional.empty();
    }

    /** The conditions that all have to hold; none where an {@code OR} stands among them. */
    static List<String> terms(String condition) {
        var terms = new ArrayList<String>();
        var depth = 0;
        var quoted = false;
        var start = 0;
        for (var i = 0; i < condition.length(); i++) {
            var c = condition.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == ')')) {
                depth += c == '(' ? 1 : -1;
            } else if (!quoted && depth == 0 && word(condition, i, "or")) {
                return List.of();
            } else if (!quoted && depth == 0 && word(condition, i, "and")) {
                terms.add(stripped(condition.substring(start, i)));
                start = i + "and".length();
            }
        }
        terms.add(stripped(condition.substring(start)));
        return terms;
    }

    private static boolean word(String text, int at, String word) {
        var end = at + word.length();
        return text.regionMatches(true, at, word, 0, word.length())
                && (at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1)))
                && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)));
    }

    /** Without the parentheses around the whole of it. */
    private static String stripped(String term) {
        var text = term.strip();
        while (text.startsWith("(") && text.endsWith(")") && closes(text)) {
            text = text.substring(1, text.length() - 1).strip();
        }
        return text;
    }

    private static boolean closes(String text) {
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == ')')) {
                depth += c == '(' ? 1 : -1;
                if (depth == 0 && i < text.length() - 1) {
                    return false;
                }
            }
        }
        return depth == 0;
    }
}
