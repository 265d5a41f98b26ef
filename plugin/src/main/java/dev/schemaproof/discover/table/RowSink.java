package dev.schemaproof.discover.table;

import java.util.List;
import java.util.Optional;

/** Takes the rows of a table, value by value: one call for each column, then one for the end of the row. */
public interface RowSink {

    /** Takes the columns, before any row. */
    void begin(List<Column> columns);

    /**
     * Takes a value.
     *
     * @param column its position, from 0
     * @param text holds the value between the offset and the length; not to be kept
     */
    void value(int column, char[] text, int offset, int length);

    /** Takes that there is no value. */
    void absent(int column);

    /**
     * Ends a row.
     *
     * @param line where it begins in its file, from 1; 0 where there is no file
     * @return whether more rows are wanted
     */
    boolean endRow(long line);

    /**
     * A column.
     *
     * @param name as the file or database spells it
     * @param type in the language's words, where the source knows it
     * @param required whether the source lets no row be without a value
     */
    record Column(String name, Optional<String> type, boolean required) {

        /** A column of which only the name is known. */
        public static Column named(String name) {
            return new Column(name, Optional.empty(), false);
        }
    }
}
