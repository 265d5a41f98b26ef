package dev.schemaproof.discover.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.RecordType;
import dev.schemaproof.discover.table.RowSink;
import dev.schemaproof.discover.table.RowSink.Column;
import dev.schemaproof.discover.table.UnreadableTableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Hands the records of a file to a sink, and collects what is wrong with them. */
final class CsvRecords extends AbstractBaseCsvCallbackHandler<Boolean> {

    /** So many flaws are named; of the others only how many there are. */
    private static final int SHOWN_FLAWS = 20;

    private static final Pattern PLACE = Pattern.compile(" \\(record starting at line ([0-9]+)\\)$");

    private final String file;
    private final char[] nullText;
    private final RowSink sink;
    private final List<String> names = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();
    private long flawCount;
    private boolean header = true;
    private boolean more = true;

    CsvRecords(String file, String nullText, RowSink sink) {
        this.file = file;
        this.nullText = nullText.toCharArray();
        this.sink = sink;
    }

    boolean wantsMore() {
        return more;
    }

    @Override
    protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
        if (header) {
            names.add(new String(text, offset, length).strip());
        } else if (flawCount == 0 && index < names.size()) {
            if (!quoted && isNull(text, offset, length)) {
                sink.absent(index);
            } else {
                sink.value(index, text, offset, length);
            }
        }
    }

    private boolean isNull(char[] text, int offset, int length) {
        if (length != nullText.length) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            if (text[offset + i] != nullText[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    protected Boolean buildRecord() {
        if (getRecordType() != RecordType.DATA) {
            return false;
        }
        if (header) {
            header = false;
            begin();
        } else if (getFieldCount() != names.size()) {
            flaw(
                    getStartingLineNumber(),
                    "this record has " + count(getFieldCount(), "value") + ", but there are "
                            + count(names.size(), "column"));
        } else if (flawCount == 0) {
            more = sink.endRow(getStartingLineNumber());
        }
        return true;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private void begin() {
        var line = getStartingLineNumber();
        Map<String, Integer> known = new HashMap<>();
        for (var i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                flaw(line, "column " + (i + 1) + " has no name");
                continue;
            }
            var other = known.putIfAbsent(names.get(i), i + 1);
            if (other != null) {
                flaw(line, "columns " + other + " and " + (i + 1) + " have the same name, `" + names.get(i) + "`");
            }
        }
        if (flawCount == 0) {
            sink.begin(names.stream().map(Column::named).toList());
        }
    }

    private void flaw(long line, String text) {
        if (flawCount++ < SHOWN_FLAWS) {
            flaws.add(file + ":" + line + ": " + text);
        }
    }

    /** What the parser stumbled over, behind which nothing more can be read. */
    UnreadableTableException unreadable(CsvParseException e) {
        var message = String.valueOf(e.getMessage());
        var place = PLACE.matcher(message);
        var line = place.find() ? Long.parseLong(place.group(1)) : getStartingLineNumber();
        var said = place.replaceFirst("");
        if (said.startsWith("Unclosed quoted field")) {
            flaw(line, "a quote in this record is never closed");
        } else if (said.startsWith("Unexpected character after closing quote")) {
            flaw(
                    line,
                    "a quoted value in this record goes on behind its closing quote;"
                            + " a quote within a value is written twice");
        } else {
            flaw(
                    line,
                    "a value in this record is longer than " + CsvTable.LONGEST_VALUE
                            + " characters; a quote may not be closed");
        }
        return unreadable();
    }

    private UnreadableTableException unreadable() {
        if (flawCount > flaws.size()) {
            flaws.add(file + ": " + (flawCount - flaws.size()) + " more records are like that");
        }
        return new UnreadableTableException(flaws);
    }

    /**
     * Ends the file.
     *
     * @throws UnreadableTableException if anything was wrong with it
     */
    void end() throws UnreadableTableException {
        if (header) {
            flaw(1, "the file is empty, but its first line has to name the columns");
        }
        if (flawCount > 0) {
            throw unreadable();
        }
    }
}
