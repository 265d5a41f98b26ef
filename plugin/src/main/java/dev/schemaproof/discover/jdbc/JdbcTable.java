package dev.schemaproof.discover.jdbc;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.discover.table.RowSink;
import dev.schemaproof.discover.table.RowSink.Column;
import dev.schemaproof.discover.table.TableSource;
import dev.schemaproof.discover.table.UnreadableTableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table of a database; its rows pass by in portions and are not kept. */
final class JdbcTable implements TableSource {

    private static final String COLUMNS = """
            SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """;

    private static final int ROWS_AT_A_TIME = 2_000;
    private static final int FIRST_BUFFER = 256;
    private static final PostgresDialect POSTGRES = new PostgresDialect();

    private final Connection connection;
    private final String schema;
    private final String name;

    JdbcTable(Connection connection, String schema, String name) {
        this.connection = connection;
        this.schema = schema;
        this.name = name;
    }

    @Override
    public String shown() {
        return schema.equals("public") ? name : schema + "." + name;
    }

    @Override
    public String tableName() {
        return name;
    }

    @Override
    public void read(RowSink sink) throws UnreadableTableException {
        try {
            var savepoint = connection.setSavepoint();
            try {
                readAll(sink);
            } catch (SQLException e) {
                // Other tables are to be read in the same transaction
                connection.rollback(savepoint);
                throw e;
            }
            connection.releaseSavepoint(savepoint);
        } catch (SQLException e) {
            throw new UnreadableTableException(shown() + ": can't be read: " + JdbcTables.sentence(e));
        }
    }

    private void readAll(RowSink sink) throws SQLException, UnreadableTableException {
        var columns = columns();
        if (columns.isEmpty()) {
            throw new UnreadableTableException(shown() + ": there is no such table, or it has no columns");
        }
        sink.begin(columns);
        var select = columns.stream()
                .map(column -> POSTGRES.identifier(column.name()))
                .collect(Collectors.joining(
                        ", ", "SELECT ", " FROM " + POSTGRES.identifier(schema) + "." + POSTGRES.identifier(name)));
        try (var statement = connection.prepareStatement(select)) {
            statement.setFetchSize(ROWS_AT_A_TIME);
            try (var rows = statement.executeQuery()) {
                pass(rows, columns.size(), sink);
            }
        }
    }

    private static void pass(ResultSet rows, int width, RowSink sink) throws SQLException {
        var buffer = new char[FIRST_BUFFER];
        var more = true;
        while (more && rows.next()) {
            for (var column = 0; column < width; column++) {
                var value = rows.getString(column + 1);
                if (value == null) {
                    sink.absent(column);
                } else {
                    var length = value.length();
                    if (length > buffer.length) {
                        buffer = new char[Math.max(length, 2 * buffer.length)];
                    }
                    value.getChars(0, length, buffer, 0);
                    sink.value(column, buffer, 0, length);
                }
            }
            more = sink.endRow(0);
        }
    }

    private List<Column> columns() throws SQLException {
        try (var statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, schema);
            statement.setString(2, name);
            var columns = new ArrayList<Column>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(new Column(
                            Objects.requireNonNull(rows.getString(1)),
                            Optional.of(LanguageType.of(Objects.requireNonNull(rows.getString(2)))),
                            rows.getBoolean(3)));
                }
            }
            return columns;
        }
    }
}
