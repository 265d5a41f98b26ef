package dev.schemaproof.yaml;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts that stand where an answer belongs and answer nothing. */
final class Placeholders {

    private static final Set<String> PHRASES = Set.of(
            "todo",
            "to do",
            "tbd",
            "tba",
            "tbc",
            "fixme",
            "fix me",
            "wip",
            "n/a",
            "na",
            "not applicable",
            "none yet",
            "not yet",
            "nothing yet",
            "no idea",
            "unknown",
            "unclear",
            "pending",
            "later",
            "placeholder",
            "dummy",
            "lorem ipsum",
            "to be done",
            "to be decided",
            "to be defined",
            "to be determined",
            "to be discussed",
            "to be measured",
            "to be announced",
            "not measured",
            "not measured yet",
            "not known",
            "not known yet",
            "see above",
            "see below",
            "as above",
            "same as above",
            "same",
            "ditto",
            "dito",
            "idem",
            "etc",
            "etc.",
            "null",
            "nil",
            "fill in",
            "fill me in",
            "fill this in",
            "your answer here",
            "...");

    private static final Pattern LEADING_MARK = Pattern.compile("(todo|tbd|fixme|xxx)\\b.*", Pattern.DOTALL);
    private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]*");
    private static final Pattern ONLY_X = Pattern.compile("x{2,}");
    private static final Pattern BRACKETED = Pattern.compile("<.*>|\\[.*]|\\{.*}", Pattern.DOTALL);

    private Placeholders() {}

    static boolean isPlaceholder(String text) {
        var plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return NO_LETTER_OR_DIGIT.matcher(plain).matches()
                || LEADING_MARK.matcher(plain).matches()
                || ONLY_X.matcher(plain).matches()
                || BRACKETED.matcher(plain).matches()
                || PHRASES.contains(plain.replaceAll("[.!?]+$", ""))
                || PHRASES.contains(plain);
    }
}
