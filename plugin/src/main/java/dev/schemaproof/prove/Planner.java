package dev.schemaproof.prove;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * Plans statements without running them. Plans are generic: they must do for any value of a parameter, as the driver's
 * prepared statements do after a few runs.
 */
abstract sealed class Planner implements AutoCloseable permits TwinPlanner, PricedOutPlanner {

    static final String NAME = "schemaproof";

    private final Connection connection;

    Planner(Connection connection) {
        this.connection = connection;
    }

    /** The best planner that the bench's database allows. */
    static Planner of(Bench bench) throws SQLException {
        return bench.request().database().files().isPresent() ? TwinPlanner.open(bench) : PricedOutPlanner.open(bench);
    }

    /** Whether it plans at the declared volume, so that its choices and costs mean something. */
    abstract boolean knowsVolumes();

    /** How it plans, to follow "planned". */
    abstract String manner();

    /**
     * What becomes of a statement's plan with more rows.
     *
     * @return empty where it doesn't know the volumes
     * @throws SQLException when the database refuses the statement
     */
    abstract Optional<Growth> growth(String sql) throws SQLException;

    /**
     * The plan of a statement.
     *
     * @param sql one statement, its parameters as {@code $1}, {@code $2}
     * @throws SQLException when the database refuses the statement
     */
    PlanNode plan(String sql) throws SQLException {
        return plan(connection, sql);
    }

    static PlanNode plan(Connection connection, String sql) throws SQLException {
        return plan(connection, sql, Map.of());
    }

    /** The plan of a statement when it may not read whole tables unless nothing else is possible. */
    PlanNode planWithoutSequentialScans(String sql) throws SQLException {
        return plan(connection, sql, Map.of("enable_seqscan", "off"));
    }

    /** The plan of a statement when nothing that was read once is still in memory. */
    PlanNode planWithoutCache(String sql) throws SQLException {
        return planWithoutCache(connection, sql);
    }

    static PlanNode planWithoutCache(Connection connection, String sql) throws SQLException {
        // In pages, of which it has to be one at least
        return plan(connection, sql, Map.of("effective_cache_size", "1"));
    }

    private static PlanNode plan(Connection connection, String sql, Map<String, String> settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET plan_cache_mode = force_generic_plan");
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                statement.execute("SET " + setting.getKey() + " = " + setting.getValue());
            }
            try (Prepared prepared = Prepared.of(connection, NAME, sql);
                    ResultSet row = statement.executeQuery("EXPLAIN (FORMAT JSON) "
                            // A generic plan does not look at the values
                            + prepared.execute(
                                    Collections.nCopies(prepared.types().size(), "NULL")))) {
                row.next();
                return PlanNode.parse(row.getString(1));
            } finally {
                for (String setting : settings.keySet()) {
                    statement.execute("RESET " + setting);
                }
            }
        }
    }

    @Override
    public void close() {
        close(connection);
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            // so it is closed
        }
    }
}
