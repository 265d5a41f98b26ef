package dev.schemaproof.prove.data;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows on their way into a table through PostgreSQL's COPY, in its text format. */
final class CopyRows implements AutoCloseable {

    private static final PostgresDialect SQL = new PostgresDialect();
    private static final int BUFFER = 1 << 16;

    private final CopyIn copy;
    private final StringBuilder buffer = new StringBuilder(BUFFER + (BUFFER >> 2));

    private CopyRows(CopyIn copy) {
        this.copy = copy;
    }

    /**
     * Begins.
     *
     * @param table as SQL names it
     * @param columns in the order in which rows have their values
     */
    static CopyRows into(Connection connection, String table, List<String> columns) throws SQLException {
        String sql = "COPY " + table + " (" + SQL.identifiers(columns) + ") FROM STDIN";
        return new CopyRows(connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql));
    }

    void add(@Nullable String[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                buffer.append('\t');
            }
            String value = row[i];
            if (value == null) {
                buffer.append("\\N");
            } else {
                append(value);
            }
        }
        buffer.append('\n');
        if (buffer.length() >= BUFFER) {
            send();
        }
    }

    private void append(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> buffer.append("\\\\");
                case '\t' -> buffer.append("\\t");
                case '\n' -> buffer.append("\\n");
                case '\r' -> buffer.append("\\r");
                default -> buffer.append(c);
            }
        }
    }

    private void send() throws SQLException {
        byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        buffer.setLength(0);
    }

    /** Ends the rows; the database judges those of the whole statement now. */
    void finish() throws SQLException {
        send();
        copy.endCopy();
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
