package dev.schemaproof.analysis.word;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A name taken apart: {@code phone_2}, {@code phone2} and {@code Phone2} are all {@code phone} and {@code 2}.
 *
 * @param words in lower case, numbers apart
 */
public record NameWords(List<String> words) {

    public NameWords {
        words = List.copyOf(words);
    }

    public static NameWords of(String name) {
        var words = new ArrayList<String>();
        var begin = 0;
        for (var i = 0; i <= name.length(); i++) {
            if (i == name.length() || !Character.isLetterOrDigit(name.charAt(i))) {
                add(name, begin, i, words);
                begin = i + 1;
            } else if (i > begin && isBetweenWords(name, i)) {
                add(name, begin, i, words);
                begin = i;
            }
        }
        return new NameWords(words);
    }

    private static void add(String name, int begin, int end, List<String> words) {
        if (end > begin) {
            words.add(name.substring(begin, end).toLowerCase(Locale.ROOT));
        }
    }

    /** Whether a word begins here without anything between it and the one before. */
    private static boolean isBetweenWords(String name, int index) {
        var before = name.charAt(index - 1);
        var here = name.charAt(index);
        if (Character.isDigit(before) != Character.isDigit(here)) {
            return true;
        }
        return Character.isUpperCase(here)
                && (!Character.isUpperCase(before)
                        || index + 1 < name.length() && Character.isLowerCase(name.charAt(index + 1)));
    }

    public int size() {
        return words.size();
    }

    /** The last word, or nothing if there is none. */
    public String last() {
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }

    /** Whether these are its last words. */
    public boolean endWith(List<String> ending) {
        return words.size() >= ending.size()
                && words.subList(words.size() - ending.size(), words.size()).equals(ending);
    }

    /** Whether these are its last words, written in snake case. */
    public boolean endWith(String ending) {
        return endWith(of(ending).words());
    }

    /** The words before its last ones. */
    public NameWords before(int last) {
        return new NameWords(words.subList(0, words.size() - last));
    }

    /** {@code order_item}; a number stays with the word before it. */
    public String snakeCase() {
        return words.stream()
                .reduce(
                        "",
                        (name, word) -> name.isEmpty() || Character.isDigit(word.codePointAt(0))
                                ? name + word
                                : name + "_" + word);
    }

    /** {@code OrderItem}. */
    public String pascalCase() {
        var name = new StringBuilder();
        for (var word : words) {
            var first = word.offsetByCodePoints(0, 1);
            name.append(word.substring(0, first).toUpperCase(Locale.ROOT)).append(word.substring(first));
        }
        return name.toString();
    }

    /** With its last word in the singular. */
    public NameWords singular() {
        if (words.isEmpty()) {
            return this;
        }
        var singular = new ArrayList<>(words);
        singular.set(words.size() - 1, Plural.singular(last()));
        return new NameWords(singular);
    }
}
