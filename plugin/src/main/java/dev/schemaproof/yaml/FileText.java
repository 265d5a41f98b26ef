package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Location;
import java.util.Arrays;
import java.util.List;

/** The text of one file in code points, which is how YAML counts. To be used by one thread at a time. */
final class FileText {

    private final String path;
    private final int[] codePoints;
    private final int[] lineStarts;
    /** Most places are asked for in order. */
    private int lastLine;

    private FileText(String path, int[] codePoints, int[] lineStarts) {
        this.path = path;
        this.codePoints = codePoints;
        this.lineStarts = lineStarts;
    }

    static FileText of(String path, String text) {
        var codePoints = text.codePoints().toArray();
        var starts = new int[codePoints.length + 1];
        var lines = 1;
        for (var i = 0; i < codePoints.length; i++) {
            if (codePoints[i] == '\n'
                    || codePoints[i] == '\r' && !(i + 1 < codePoints.length && codePoints[i + 1] == '\n')) {
                starts[lines++] = i + 1;
            }
        }
        return new FileText(path, codePoints, Arrays.copyOf(starts, lines));
    }

    /** The path that locations name. */
    String path() {
        return path;
    }

    /** The whole text, without a byte order mark; not copied, for it is asked for at every character. */
    int[] codePoints() {
        return codePoints;
    }

    /** The offset of the first code point of each line. */
    int[] lineStarts() {
        return lineStarts;
    }

    /** The line of an offset, from 0. */
    int lineOf(int offset) {
        if (!isOn(lastLine, offset)) {
            var found = Arrays.binarySearch(lineStarts, offset);
            lastLine = found >= 0 ? found : -found - 2;
        }
        return lastLine;
    }

    private boolean isOn(int line, int offset) {
        return offset >= lineStarts[line] && (line + 1 == lineStarts.length || offset < lineStarts[line + 1]);
    }

    /** The place of the code points from {@code begin} to before {@code end}, cut off at the end of the first line. */
    Location locate(int begin, int end) {
        var line = lineOf(begin);
        return new Location(path, line + 1, begin - lineStarts[line] + 1, Math.min(end, endOfLine(line)) - begin);
    }

    /** The offset behind the last code point of a line, before its break. */
    int endOfLine(int line) {
        var end = line + 1 < lineStarts.length ? lineStarts[line + 1] : codePoints.length;
        while (end > lineStarts[line] && (codePoints[end - 1] == '\n' || codePoints[end - 1] == '\r')) {
            end--;
        }
        return end;
    }

    /** The lines of the text, without their breaks. */
    List<String> lines() {
        var lines = new String[lineStarts.length];
        for (var line = 0; line < lines.length; line++) {
            lines[line] = new String(codePoints, lineStarts[line], endOfLine(line) - lineStarts[line]);
        }
        return List.of(lines);
    }
}
