package dev.schemaproof.discover;

import dev.schemaproof.discover.table.RowSink;
import dev.schemaproof.discover.table.TableSource;
import java.util.Arrays;

/**
 * A table that a test holds.
 *
 * @param names of the columns
 * @param rows of texts, null where there is no value
 */
public record Rows(String[] names, String[][] rows) implements TableSource {

    /** A table whose columns are called a, b, c, and so on. */
    public static Rows of(String[]... rows) {
        var width = rows.length == 0 ? 0 : rows[0].length;
        var names = new String[width];
        for (var i = 0; i < width; i++) {
            names[i] = width > 26 ? "c" + i : String.valueOf((char) ('a' + i));
        }
        return new Rows(names, rows);
    }

    /** A table of words: the names in the first line, {@code -} where there is no value. */
    public static Rows of(String text) {
        var lines = text.strip().lines().map(line -> line.strip().split("\\s+")).toArray(String[][]::new);
        for (var line : lines) {
            Arrays.setAll(line, i -> line[i].equals("-") ? null : line[i]);
        }
        return new Rows(lines[0], Arrays.copyOfRange(lines, 1, lines.length));
    }

    @Override
    public String shown() {
        return "rows";
    }

    @Override
    public String tableName() {
        return "rows";
    }

    @Override
    public void read(RowSink sink) {
        sink.begin(Arrays.stream(names).map(RowSink.Column::named).toList());
        for (var row = 0; row < rows.length; row++) {
            for (var column = 0; column < names.length; column++) {
                var value = rows[row][column];
                if (value == null) {
                    sink.absent(column);
                } else {
                    sink.value(column, value.toCharArray(), 0, value.length());
                }
            }
            if (!sink.endRow(row + 2)) {
                return;
            }
        }
    }
}
