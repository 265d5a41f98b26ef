package dev.schemaproof.diagnostic;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The text that was read, so that a finding can show its line.
 *
 * @param lines the lines of each file, by the path that locations name; the lists are not copied, as they may make their
 *     lines when they are asked for
 */
public record Sources(Map<String, List<String>> lines) {

    public Sources {
        lines = Collections.unmodifiableMap(new TreeMap<>(lines));
    }

    /** No text at all, for findings without a model. */
    public static Sources none() {
        return new Sources(Map.of());
    }

    /** The line that the location points into, if its file was read. */
    public Optional<String> lineAt(Location at) {
        var text = lines.get(at.file());
        return text == null || at.line() > text.size() ? Optional.empty() : Optional.of(text.get(at.line() - 1));
    }

    /** What stands at the location, as far as its line reaches, if its file was read. */
    public Optional<String> textAt(Location at) {
        return lineAt(at).map(line -> line.substring(index(line, at.column()), index(line, at.column() + at.length())));
    }

    /**
     * Where a column begins in a line, or the end of a line that has no such column. Of a line in Latin letters this is known
     * at once, however long it is.
     *
     * @param column column in code points, from 1
     */
    public static int index(String line, int column) {
        var points = line.codePointCount(0, line.length());
        var before = Math.min(column - 1, points);
        return points == line.length() ? before : line.offsetByCodePoints(0, before);
    }

    /** These sources and one file more. */
    public Sources with(String file, List<String> text) {
        var all = new TreeMap<>(lines);
        all.put(file, text);
        return new Sources(all);
    }
}
