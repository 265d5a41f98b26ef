package dev.schemaproof.diagnostic;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Guesses which known name a misspelt one was meant to be.
 *
 * <p>Names are compared without regard to case, {@code _} and {@code -}, by the optimal string alignment distance
 * (Damerau-Levenshtein where no stretch is edited twice): insertions, deletions, replacements and swaps of neighbours.
 */
public final class NearestName {

    /** Longer words are no typos of a name, and comparing them costs the product of their lengths. */
    private static final int LONGEST = 100;

    private NearestName() {}

    /**
     * The known name that differs least, if it differs so little that it may be meant: in at most a third of the
     * letters. Among equals the first in the alphabet, so that the guess doesn't depend on the order of the names.
     */
    public static Optional<String> of(String wanted, Collection<String> known) {
        var word = letters(wanted);
        if (word.isEmpty() || word.length() > LONGEST) {
            return Optional.empty();
        }
        var limit = Math.max(1, word.length() / 3);
        String nearest = null;
        for (var name : known) {
            var candidate = letters(name);
            // One letter in the place of one other is a different name, not a typo
            var allowed = Math.min(limit, Math.max(word.length(), candidate.length()) - 1);
            if (name.equals(wanted) || Math.abs(candidate.length() - word.length()) > allowed) {
                continue;
            }
            var distance = distance(word, candidate);
            if (distance > allowed) {
                continue;
            }
            if (nearest == null || distance < limit || name.compareTo(nearest) < 0) {
                nearest = name;
            }
            limit = distance;
        }
        return Optional.ofNullable(nearest);
    }

    private static String letters(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static int distance(String a, String b) {
        var beforeLast = new int[b.length() + 1];
        var last = new int[b.length() + 1];
        var current = new int[b.length() + 1];
        Arrays.setAll(last, j -> j);
        for (var i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
                }
            }
            var spare = beforeLast;
            beforeLast = last;
            last = current;
            current = spare;
        }
        return last[b.length()];
    }
}
