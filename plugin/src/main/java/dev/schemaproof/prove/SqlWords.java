package dev.schemaproof.prove;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in a piece of SQL, without parsing it: what the database prints is its own, and needs no parser of ours. */
final class SqlWords {

    /** Strings and parameters, which are none; then names, which know whether a table or alias stands before them. */
    private static final Pattern WORD = Pattern.compile("'(?:[^']|'')*+'|[:$][\\p{L}\\p{N}_]+|::"
            + "|(?<dot>\\.)?(?:\"(?<quoted>(?:[^\"]|\"\")*+)\"|(?<plain>[\\p{L}_][\\p{L}\\p{N}_$]*))");

    private SqlWords() {}

    /**
     * A name.
     *
     * @param qualified whether a table or alias stands before it
     * @param begin where it begins, its quotes included
     * @param end before where it ends
     */
    record Word(String name, boolean qualified, int begin, int end) {}

    /** All names, in order. */
    static List<Word> words(String sql) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(sql);
        while (matcher.find()) {
            String quoted = matcher.group("quoted");
            String name = quoted == null ? matcher.group("plain") : quoted.replace("\"\"", "\"");
            if (name != null) {
                boolean qualified = matcher.group("dot") != null;
                words.add(new Word(name, qualified, matcher.start() + (qualified ? 1 : 0), matcher.end()));
            }
        }
        return words;
    }

    /** Whether the name occurs. */
    static boolean mentions(String sql, String name) {
        return firstMention(sql, name) >= 0;
    }

    /** Where the name first occurs; below zero if nowhere. */
    static int firstMention(String sql, String name) {
        return words(sql).stream()
                .filter(word -> word.name().equals(name))
                .mapToInt(Word::begin)
                .findFirst()
                .orElse(-1);
    }

    /** The names that stand without a table or alias before them. */
    static Set<String> unqualifiedNames(String sql) {
        Set<String> names = new LinkedHashSet<>();
        words(sql).stream().filter(word -> !word.qualified()).forEach(word -> names.add(word.name()));
        return names;
    }
}
