package dev.schemaproof.prove;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Plans on the empty tables themselves, where the planner knows nothing of volumes. Everything that reads whole tables is
 * priced out, and with it the joins that do so, which leaves the question whether an index <em>can</em> serve.
 */
final class PricedOutPlanner extends Planner {

    private PricedOutPlanner(Connection connection) {
        super(connection);
    }

    static PricedOutPlanner open(Bench bench) throws SQLException {
        Connection connection = bench.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;"
                    + " SET enable_material = off; SET max_parallel_workers_per_gather = 0");
        }
        return new PricedOutPlanner(connection);
    }

    @Override
    boolean knowsVolumes() {
        return false;
    }

    @Override
    String manner() {
        return "with sequential scans priced out: an index can serve it, at whatever volume";
    }

    @Override
    Optional<Growth> growth(String sql) {
        return Optional.empty();
    }
}
