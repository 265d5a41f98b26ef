package dev.schemaproof.discover.jdbc;

import dev.schemaproof.discover.table.TableSource;
import dev.schemaproof.discover.table.UnreadableTableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The tables of a PostgreSQL database, as one snapshot in a transaction that can only read.
 *
 * <p>Values are compared as the database prints them. That is its own equality for all types of the model language but
 * {@code decimal} without a scale and text under a collation that takes different texts for equal.
 */
public final class JdbcTables {

    private static final String TABLES = """
            SELECT c.relname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition
            ORDER BY c.relname
            """;

    private final Connection connection;

    /**
     * The tables that a connection sees.
     *
     * @param connection used by nobody else; its transaction ends with it
     * @throws UnreadableTableException if the database refuses such a transaction
     */
    public JdbcTables(Connection connection) throws UnreadableTableException {
        this.connection = connection;
        try {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (var statement = connection.createStatement()) {
                // Each reading begins at the same row, and none waits for a lock that others hold for long
                statement.execute("SET LOCAL synchronize_seqscans = off");
                statement.execute("SET LOCAL lock_timeout = '10s'");
            }
        } catch (SQLException e) {
            throw new UnreadableTableException("the database can't be read: " + sentence(e));
        }
    }

    /**
     * The tables of a SQL schema, by name; partitions count as parts of their table.
     *
     * @throws UnreadableTableException if the database can't be asked
     */
    public List<TableSource> in(String schema) throws UnreadableTableException {
        try (var statement = connection.prepareStatement(TABLES)) {
            statement.setString(1, schema);
            var tables = new ArrayList<TableSource>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    tables.add(table(schema, Objects.requireNonNull(rows.getString(1))));
                }
            }
            return tables;
        } catch (SQLException e) {
            throw new UnreadableTableException("the database can't be read: " + sentence(e));
        }
    }

    /** A table, which need not exist before it is read. */
    public TableSource table(String schema, String name) {
        return new JdbcTable(connection, schema, name);
    }

    /** What the database says, in a line; no message of its own repeats a password. */
    static String sentence(SQLException e) {
        var message = Objects.requireNonNullElse(e.getMessage(), String.valueOf(e.getSQLState()));
        return message.lines().findFirst().orElse("").replaceFirst("^(ERROR|FATAL): +", "");
    }
}
