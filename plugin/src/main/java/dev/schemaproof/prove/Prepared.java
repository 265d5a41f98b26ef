package dev.schemaproof.prove;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A statement with numbered parameters that the server knows by a name, until it is closed.
 *
 * <p>PREPARE is sent as a plain statement: what is a {@code ?} in it stays an operator, and {@code $1} its own affair.
 *
 * @param connection the session that knows it
 * @param name without quotes
 * @param types of its parameters, in the database's words
 */
record Prepared(Connection connection, String name, List<String> types) implements AutoCloseable {

    Prepared {
        types = List.copyOf(types);
    }

    /** @throws SQLException when the database refuses the statement; see {@link SqlPlaces} for where */
    static Prepared of(Connection connection, String name, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(prefix(name) + sql);
            try (ResultSet row = statement.executeQuery("SELECT ARRAY(SELECT format_type(type, NULL)"
                    + " FROM unnest(parameter_types::oid[]) WITH ORDINALITY u(type, ord) ORDER BY ord)"
                    + " FROM pg_prepared_statements WHERE name = '" + name + "'")) {
                row.next();
                return new Prepared(
                        connection, name, List.of((String[]) row.getArray(1).getArray()));
            }
        }
    }

    /** What stands before the statement when it is sent, and shifts the positions that errors name. */
    static String prefix(String name) {
        return "PREPARE " + name + " AS ";
    }

    /** Runs it, or has its plan explained. */
    String execute(List<String> arguments) {
        return "EXECUTE " + name + (arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")");
    }

    @Override
    public void close() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DEALLOCATE " + name);
        }
    }
}
