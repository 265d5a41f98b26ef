package dev.schemaproof.yaml;

import dev.schemaproof.model.SourceText;

/**
 * Finds where each character of a scalar's value stands in the file, by walking the value and its presentation side by
 * side. YAML keeps only where a scalar starts; for block scalars even that is the place of the indicator.
 *
 * @see <a href="https://yaml.org/spec/1.1/#id903915">YAML 1.1, chapter 9, scalar styles</a>
 */
final class ScalarPlaces {

    private final Node.Scalar scalar;
    private final FileText file;
    private final String value;
    private final int[] lines;
    private final int[] columns;
    private int next;
    private int raw;

    private ScalarPlaces(Node.Scalar scalar) {
        this.scalar = scalar;
        this.file = scalar.file();
        this.value = scalar.value();
        this.lines = new int[value.length() + 1];
        this.columns = new int[value.length() + 1];
        this.raw = scalar.begin();
    }

    static SourceText of(Node.Scalar scalar) {
        return new ScalarPlaces(scalar).align();
    }

    private SourceText align() {
        switch (scalar.style()) {
            case LITERAL, FOLDED -> alignBlock();
            default -> alignFlow();
        }
        while (next <= value.length()) {
            place(next++, Math.min(raw, scalar.end()));
        }
        return new SourceText(value, scalar.at(), lines, columns);
    }

    /** Plain and quoted scalars: breaks are folded, quotes doubled or escaped. */
    private void alignFlow() {
        if (scalar.style() != Node.Style.PLAIN) {
            raw++;
        }
        while (next < value.length() && raw < scalar.end()) {
            var at = raw;
            if (isBlankUpToBreak()) {
                skipWhitespace();
                takeFolded(at);
            } else if (scalar.style() == Node.Style.DOUBLE_QUOTED && file.codePoints()[raw] == '\\') {
                takeEscape();
            } else {
                if (scalar.style() == Node.Style.SINGLE_QUOTED && file.codePoints()[raw] == '\'') {
                    raw++;
                }
                raw++;
                take(at);
            }
        }
    }

    /** Literal and folded scalars: indentation is cut off, in folded ones single breaks become blanks. */
    private void alignBlock() {
        var line = file.lineOf(scalar.begin()) + 1;
        var indent = blockIndent(line);
        for (; next < value.length() && line < file.lineStarts().length; line++) {
            var start = file.lineStarts()[line];
            var end = file.endOfLine(line);
            raw = Math.min(start + indent, end);
            while (raw < end && next < value.length() && value.codePointAt(next) == file.codePoints()[raw]) {
                take(raw++);
            }
            raw = end;
            if (next < value.length() && (value.charAt(next) == '\n' || value.charAt(next) == ' ')) {
                take(end);
            }
        }
    }

    private int blockIndent(int firstLine) {
        for (var line = firstLine; line < file.lineStarts().length; line++) {
            var start = file.lineStarts()[line];
            var end = file.endOfLine(line);
            var text = start;
            while (text < end && file.codePoints()[text] == ' ') {
                text++;
            }
            if (text < end) {
                // A first line that is itself more indented than the block still begins with the value's own blanks
                var ownBlanks = 0;
                var first = value.stripLeading();
                var skipped = value.substring(0, value.length() - first.length());
                ownBlanks = skipped.length() - (skipped.lastIndexOf('\n') + 1);
                return Math.max(0, text - start - ownBlanks);
            }
        }
        return 0;
    }

    private boolean isBlankUpToBreak() {
        for (var i = raw; i < scalar.end(); i++) {
            switch (file.codePoints()[i]) {
                case '\n', '\r' -> {
                    return true;
                }
                case ' ', '\t' -> {}
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    private void skipWhitespace() {
        while (raw < scalar.end() && " \t\r\n".indexOf(file.codePoints()[raw]) >= 0) {
            raw++;
        }
    }

    private void takeFolded(int at) {
        if (value.charAt(next) == ' ') {
            take(at);
            return;
        }
        while (next < value.length() && value.charAt(next) == '\n') {
            take(at);
        }
    }

    private void takeEscape() {
        var at = raw;
        var kind = raw + 1 < scalar.end() ? file.codePoints()[raw + 1] : '\\';
        raw += switch (kind) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
        if (kind == '\n' || kind == '\r') {
            skipWhitespace();
        } else {
            take(at);
        }
    }

    private void take(int at) {
        var pair = Character.isHighSurrogate(value.charAt(next)) && next + 1 < value.length();
        place(next++, at);
        if (pair) {
            place(next++, at);
        }
    }

    private void place(int index, int at) {
        var line = file.lineOf(at);
        lines[index] = line + 1;
        columns[index] = at - file.lineStarts()[line] + 1;
    }
}
