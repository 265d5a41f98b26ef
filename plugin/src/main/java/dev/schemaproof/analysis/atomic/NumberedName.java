package dev.schemaproof.analysis.atomic;

import dev.schemaproof.analysis.word.NameWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name with a number in it.
 *
 * @param before the words before the number
 * @param number the number
 * @param behind the words behind it
 */
record NumberedName(List<String> before, int number, List<String> behind) {

    /** Numbers that count anything have no more digits. */
    private static final int DIGITS = 4;

    NumberedName {
        before = List.copyOf(before);
        behind = List.copyOf(behind);
    }

    /** The last number in the name, unless it begins with it. */
    static Optional<NumberedName> of(NameWords name) {
        var words = name.words();
        for (var i = words.size() - 1; i > 0; i--) {
            var word = words.get(i);
            if (word.length() <= DIGITS && word.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
                return Optional.of(new NumberedName(
                        words.subList(0, i), Integer.parseInt(word), words.subList(i + 1, words.size())));
            }
        }
        return Optional.empty();
    }

    /** The name without its number. */
    NameWords fact() {
        var words = new ArrayList<>(before);
        words.addAll(behind);
        return new NameWords(words);
    }
}
