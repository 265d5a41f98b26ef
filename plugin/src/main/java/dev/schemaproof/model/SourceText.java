package dev.schemaproof.model;

import dev.schemaproof.diagnostic.Location;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A text inside the model whose every character knows its place in the file: SQL, expressions, templates.
 *
 * <p>YAML folds, unescapes and unindents, so the place of a character can't be computed from where the scalar starts.
 */
public final class SourceText {

    private final String value;
    private final Location at;

    /** Where its stretches begin that stand on one line without a break: mostly one for each line. */
    private final int[] begins;

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
        begins = begins(lines, columns);
        this.lines = at(begins, lines);
        this.columns = at(begins, columns);
    }

    private static int[] begins(int[] lines, int[] columns) {
        var begins = new int[lines.length];
        var count = 0;
        for (var i = 0; i < lines.length; i++) {
            if (i == 0 || lines[i] != lines[i - 1] || columns[i] != columns[i - 1] + 1) {
                begins[count++] = i;
            }
        }
        return Arrays.copyOf(begins, count);
    }

    private static int[] at(int[] places, int[] values) {
        var found = new int[places.length];
        for (var i = 0; i < places.length; i++) {
            found[i] = values[places[i]];
        }
        return found;
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
        var line = line(first);
        var column = column(first);
        for (var i = first; i < last && line(i) == line; i++) {
            length = column(i) - column + 1;
        }
        return new Location(at.file(), line, column, length);
    }

    private int line(int index) {
        return lines[stretch(index)];
    }

    private int column(int index) {
        var stretch = stretch(index);
        return columns[stretch] + index - begins[stretch];
    }

    private int stretch(int index) {
        var found = Arrays.binarySearch(begins, index);
        return found >= 0 ? found : -found - 2;
    }

    /** The part from {@code begin} to before {@code end}, with its places. */
    public SourceText part(int begin, int end) {
        return new SourceText(
                value.substring(begin, end),
                locate(begin, end),
                IntStream.rangeClosed(begin, end).map(this::line).toArray(),
                IntStream.rangeClosed(begin, end).map(this::column).toArray());
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
