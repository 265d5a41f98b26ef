package dev.schemaproof.model;

import dev.schemaproof.diagnostic.Location;
import java.util.Arrays;

/**
 * A text inside the model whose every character knows its place in the file: SQL, expressions, templates.
 *
 * <p>YAML folds, unescapes and unindents, so the place of a character can't be computed from where the scalar starts.
 */
public final class SourceText {

    private final String value;
    private final Location at;
    private final int[] lines;
    private final int[] columns;

    /**
     * @param value the text as the model means it
     * @param at the whole scalar
     * @param lines the line of each {@code char} of the value, from 1, with one entry more for its end
     * @param columns likewise the columns
     */
    public SourceText(String value, Location at, int[] lines, int[] columns) {
        if (lines.length != value.length() + 1 || columns.length != lines.length) {
            throw new IllegalArgumentException("every character and the end need a place");
        }
        this.value = value;
        this.at = at;
        this.lines = lines.clone();
        this.columns = columns.clone();
    }

    /** A text that stands on one line exactly as written. */
    public static SourceText of(String value, Location at) {
        var lines = new int[value.length() + 1];
        var columns = new int[lines.length];
        var column = at.column();
        for (var i = 0; i < lines.length; i++) {
            lines[i] = at.line();
            columns[i] = column;
            if (i < value.length() && !Character.isHighSurrogate(value.charAt(i))) {
                column++;
            }
        }
        return new SourceText(value, at, lines, columns);
    }

    public String value() {
        return value;
    }

    /** The whole scalar. */
    public Location at() {
        return at;
    }

    /** Where the characters from {@code begin} to before {@code end} stand; only the first line of them is underlined. */
    public Location locate(int begin, int end) {
        var first = Math.min(Math.max(begin, 0), value.length());
        var last = Math.min(Math.max(end, first), value.length());
        var length = 1;
        for (var i = first; i < last && lines[i] == lines[first]; i++) {
            length = columns[i] - columns[first] + 1;
        }
        return new Location(at.file(), lines[first], columns[first], length);
    }

    /** The part from {@code begin} to before {@code end}, with its places. */
    public SourceText part(int begin, int end) {
        return new SourceText(
                value.substring(begin, end),
                locate(begin, end),
                Arrays.copyOfRange(lines, begin, end + 1),
                Arrays.copyOfRange(columns, begin, end + 1));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceText text && value.equals(text.value) && at.equals(text.at);
    }

    @Override
    public int hashCode() {
        // The same expression stands in many places, and all of them may be keys of one map
        return 31 * value.hashCode() + at.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
