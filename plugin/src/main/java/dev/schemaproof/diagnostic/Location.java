package dev.schemaproof.diagnostic;

import java.util.Comparator;

/**
 * A stretch of one line of a file of the model.
 *
 * @param file path relative to the project, with forward slashes on every system
 * @param line line number, from 1
 * @param column column in code points, from 1
 * @param length code points to underline, at least 1
 */
public record Location(String file, int line, int column, int length) implements Comparable<Location> {

    private static final Comparator<Location> ORDER = Comparator.comparing(Location::file)
            .thenComparingInt(Location::line)
            .thenComparingInt(Location::column)
            .thenComparingInt(Location::length);

    public Location {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("lines and columns count from 1, not " + line + ":" + column);
        }
        length = Math.max(1, length);
    }

    /** The beginning of a file, for what is wrong with the file as a whole. */
    public static Location startOf(String file) {
        return new Location(file, 1, 1, 1);
    }

    @Override
    public int compareTo(Location other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column}, as compilers print it and editors open it. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
