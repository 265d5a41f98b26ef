package dev.schemaproof.yaml;

import dev.schemaproof.diagnostic.Location;
import java.util.Arrays;
import java.util.List;

/** The text of one file in code points, which is how YAML counts. To be used by one thread at a time. */
final class FileText {

    private final String path;
    private final int[] codePoints;
    private final int[] lineStarts;
    private final int[] lineEnds;
    /** Most places are asked for in order. */
    private int lastLine;

    private FileText(String path, int[] codePoints, int[] lineStarts, int[] lineEnds) {
        this.path = path;
        this.codePoints = codePoints;
        this.lineStarts = lineStarts;
        this.lineEnds = lineEnds;
    }

    static FileText of(String path, String text) {
        var codePoints = new int[text.codePointCount(0, text.length())];
        var starts = new int[breaks(text) + 1];
        var ends = new int[starts.length];
        var lines = 1;
        var count = 0;
        for (var i = 0; i < text.length(); ) {
            var codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            codePoints[count++] = codePoint;
            if (codePoint == '\n' || codePoint == '\r' && !(i < text.length() && text.charAt(i) == '\n')) {
                var pair = codePoint == '\n' && count > 1 && codePoints[count - 2] == '\r';
                ends[lines - 1] = count - (pair ? 2 : 1);
                starts[lines++] = count;
            }
        }
        ends[lines - 1] = count;
        return new FileText(path, codePoints, Arrays.copyOf(starts, lines), Arrays.copyOf(ends, lines));
    }

    /** At least as many line breaks as the text has. */
    private static int breaks(String text) {
        var breaks = 0;
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n' || text.charAt(i) == '\r') {
                breaks++;
            }
        }
        return breaks;
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
        return lineEnds[line];
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
