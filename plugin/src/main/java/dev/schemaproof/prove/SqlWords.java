package dev.schemaproof.prove;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names and literals in a piece of SQL, without parsing it. */
final class SqlWords {

    /** A string, a quoted name, a plain name or a number; names know whether a table or alias stands before them. */
    private static final Pattern WORD = Pattern.compile(
            "'(?<string>(?:[^']|'')*)'|(?<dot>\\.)?(?:\"(?<quoted>(?:[^\"]|\"\")*)\"|(?<plain>[\\p{L}_][\\p{L}\\p{N}_$]*))");

    private SqlWords() {}

    /** Whether the name occurs as a word outside of strings. */
    static boolean mentions(String sql, String name) {
        return firstMention(sql, name) >= 0;
    }

    /** Where the name first occurs as a word outside of strings; below zero if nowhere. */
    static int firstMention(String sql, String name) {
        Matcher matcher = WORD.matcher(sql);
        while (matcher.find()) {
            if (name.equals(nameIn(matcher))) {
                return matcher.start();
            }
        }
        return -1;
    }

    /** The names that stand without a table or alias before them. */
    static Set<String> unqualifiedNames(String sql) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = WORD.matcher(sql);
        while (matcher.find()) {
            String name = nameIn(matcher);
            if (!name.isEmpty() && matcher.group("dot") == null) {
                names.add(name);
            }
        }
        return names;
    }

    private static String nameIn(Matcher matcher) {
        String quoted = matcher.group("quoted");
        if (quoted != null) {
            return quoted.replace("\"\"", "\"");
        }
        String plain = matcher.group("plain");
        return plain == null ? "" : plain;
    }
}
