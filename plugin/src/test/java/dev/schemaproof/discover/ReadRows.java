package dev.schemaproof.discover;

import dev.schemaproof.discover.table.RowSink;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a source reads, each row in a line: its number in the file, and its values between bars. */
public final class ReadRows implements RowSink {

    private final List<String> lines = new ArrayList<>();
    private final long most;
    private StringBuilder current = new StringBuilder();

    /** Keeps all. */
    public ReadRows() {
        this(Long.MAX_VALUE);
    }

    /** Wants no more than so many rows. */
    public ReadRows(long most) {
        this.most = most;
    }

    /** The columns in the first line, then the rows. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void begin(List<Column> columns) {
        lines.add(String.join("|", columns.stream().map(Column::name).toList()));
    }

    @Override
    public void value(int column, char[] text, int offset, int length) {
        current.append(column == 0 ? "" : "|").append(text, offset, length);
    }

    @Override
    public void absent(int column) {
        current.append(column == 0 ? "" : "|").append("<null>");
    }

    @Override
    public boolean endRow(long line) {
        lines.add(line + ": " + current);
        current = new StringBuilder();
        return lines.size() <= most;
    }
}
