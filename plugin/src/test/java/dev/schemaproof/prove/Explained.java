package dev.schemaproof.prove;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A database that is asked for its plans, with tables that seem to have any number of rows. */
final class Explained {

    private static final Pattern PARAMETER = Pattern.compile(":p\\d+");

    private final Connection connection;
    private final Map<String, Long> sizes = new HashMap<>();

    Explained(Connection connection) {
        this.connection = connection;
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException error) {
            throw new SQLException(sql, error);
        }
        if (sql.startsWith("DROP TABLE ")) {
            sizes.remove(sql.substring("DROP TABLE ".length()));
        }
    }

    /** Has the planner take tables, which have pages, for so many rows. */
    void resize(Map<String, Long> rows) throws SQLException {
        if (sizes.entrySet().containsAll(rows.entrySet())) {
            return;
        }
        sizes.putAll(rows);
        execute("UPDATE pg_class SET relpages = pg_relation_size(oid) / 8192, reltuples = CASE relname "
                + rows.entrySet().stream()
                        .map(entry -> "WHEN '" + entry.getKey() + "' THEN " + entry.getValue())
                        .collect(Collectors.joining(" "))
                + " END WHERE relname IN ("
                + rows.keySet().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ")) + ")");
    }

    /** The generic plan of a statement with named parameters. */
    PlanNode plan(String settings, String sql) throws SQLException {
        var parameters = new AtomicInteger();
        var numbered = PARAMETER.matcher(sql).replaceAll(found -> "\\$" + parameters.incrementAndGet());
        var nulls = parameters.get() == 0
                ? ""
                : Collections.nCopies(parameters.get(), "NULL").stream().collect(Collectors.joining(", ", "(", ")"));
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            // In one go, as the way to the server takes longer than planning
            statement.execute("DEALLOCATE ALL; " + settings + "; PREPARE it AS " + numbered
                    + "; EXPLAIN (FORMAT JSON) EXECUTE it" + nulls);
            while (statement.getResultSet() == null) {
                statement.getMoreResults();
            }
            try (var row = statement.getResultSet()) {
                row.next();
                return PlanNode.parse(row.getString(1));
            }
        } catch (SQLException error) {
            throw new SQLException(sql, error);
        }
    }
}
