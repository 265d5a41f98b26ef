package dev.schemaproof.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change of the model's text after which a finding is gone. Tools apply it unseen, so it is given only where there is no
 * doubt about the edit itself; whether it is what the user meant remains for the user to say.
 *
 * @param description what it does, such as "replace `txet` by `text`"
 * @param edits the changes, none of which touches another
 */
public record Fix(String description, List<Edit> edits) {

    public Fix {
        edits = List.copyOf(edits);
        if (edits.isEmpty()) {
            throw new IllegalArgumentException("a fix changes something");
        }
    }

    /** A fix of one edit: another text in the place of one that stands at or within the location. */
    public static Fix replace(Location at, String before, String after) {
        return new Fix("replace `" + before + "` by `" + after + "`", List.of(new Edit(at, before, after)));
    }

    /**
     * Other text for a stretch of a line.
     *
     * @param at what goes, or a stretch around it
     * @param before the text that goes, in upper or lower case
     * @param after what comes in its place, without line breaks; may be empty
     */
    public record Edit(Location at, String before, String after) {

        public Edit {
            if (before.isEmpty()) {
                throw new IllegalArgumentException("an edit replaces something");
            }
        }

        /** This edit at exactly the text that goes; empty when that isn't there, or more than once. */
        Optional<Edit> narrowed(String stretch) {
            var found = -1;
            for (var i = 0; i + before.length() <= stretch.length(); i++) {
                if (stretch.regionMatches(true, i, before, 0, before.length()) && isWhole(stretch, i)) {
                    if (found >= 0) {
                        return Optional.empty();
                    }
                    found = i;
                }
            }
            if (found < 0) {
                return Optional.empty();
            }
            var end = found + before.length();
            return Optional.of(new Edit(
                    new Location(
                            at.file(),
                            at.line(),
                            at.column() + stretch.codePointCount(0, found),
                            stretch.codePointCount(found, end)),
                    stretch.substring(found, end),
                    after));
        }

        /** Whether the text at the index is no part of a longer word. */
        private boolean isWhole(String stretch, int begin) {
            var end = begin + before.length();
            return (begin == 0 || !isWord(stretch.codePointBefore(begin)) || !isWord(before.codePointAt(0)))
                    && (end == stretch.length()
                            || !isWord(stretch.codePointAt(end))
                            || !isWord(before.codePointBefore(before.length())));
        }

        private static boolean isWord(int codePoint) {
            return Character.isLetterOrDigit(codePoint) || codePoint == '_' || codePoint == '-';
        }
    }

    /** This fix at exactly the texts that go; empty when the sources don't hold them, so that nothing is certain. */
    Optional<Fix> in(Sources sources) {
        var narrowed = new ArrayList<Edit>();
        for (var edit : edits) {
            sources.textAt(edit.at()).flatMap(edit::narrowed).ifPresent(narrowed::add);
        }
        return narrowed.size() == edits.size() ? Optional.of(new Fix(description, narrowed)) : Optional.empty();
    }
}
