package dev.schemaproof.prove.data;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows on their way into a table through PostgreSQL's COPY, in its text format. */
final class CopyRows implements AutoCloseable {

    private static final PostgresDialect SQL = new PostgresDialect();
    private static final int BUFFER = 1 << 16;
    private static final byte[] NULL = {'\\', 'N'};

    private final CopyIn copy;
    private byte[] buffer = new byte[2 * BUFFER];
    private int length;

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
            String value = row[i];
            byte[] bytes = value == null ? NULL : value.getBytes(StandardCharsets.UTF_8);
            // Each byte may be escaped, and something follows
            int least = length + 2 * bytes.length + 1;
            if (least > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(least, 2 * buffer.length));
            }
            if (value == null) {
                append(bytes);
            } else {
                escape(bytes);
            }
            buffer[length++] = (byte) (i < row.length - 1 ? '\t' : '\n');
        }
        if (length >= BUFFER) {
            send();
        }
    }

    private void append(byte[] bytes) {
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    /** What is escaped are single bytes in UTF-8, and no part of any other character. */
    private void escape(byte[] bytes) {
        for (byte b : bytes) {
            byte letter = switch (b) {
                case '\\' -> (byte) '\\';
                case '\t' -> (byte) 't';
                case '\n' -> (byte) 'n';
                case '\r' -> (byte) 'r';
                default -> 0;
            };
            if (letter == 0) {
                buffer[length++] = b;
            } else {
                buffer[length++] = '\\';
                buffer[length++] = letter;
            }
        }
    }

    private void send() throws SQLException {
        copy.writeToCopy(buffer, 0, length);
        length = 0;
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
