package dev.schemaproof.discover.table;

/** A table whose rows can be read, again and again in the same order. */
public interface TableSource {

    /** As messages name it: a path, or a table with its schema. */
    String shown();

    /** The name of the table, without folders, extension or schema. */
    String tableName();

    /**
     * Reads all rows, as far as they are wanted.
     *
     * @throws UnreadableTableException with everything that is wrong with it
     */
    void read(RowSink sink) throws UnreadableTableException;
}
