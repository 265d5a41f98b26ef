package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.generate.relational.FoldBuilder;
import dev.schemaproof.model.Entity;
import dev.schemaproof.prove.data.BulkFiller;
import dev.schemaproof.prove.data.BulkFiller.Filled;
import dev.schemaproof.prove.data.Volume;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Fills the tables of the run's own database anew, with all of them at the same share of their declared rows: so each row has as
 * many children as declared, except of tables that are small at any volume. Children lie in no order, as in life.
 */
final class GainTables {

    private static final PostgresDialect SQL = new PostgresDialect();

    private final Bench bench;
    private final Connection connection;

    GainTables(Bench bench, Connection connection) {
        this.bench = bench;
        this.connection = connection;
    }

    /** The volume at which a table has so many rows, and no other has more. */
    static Volume volume(Entity largest, long rows) {
        return new Volume(Math.min(1, rows / (double) Math.max(1, largest.expectedRows())), rows);
    }

    /** Fills the tables of these entities; those of all others are empty then. */
    Filled fill(Collection<Entity> entities, Volume volume) throws SQLException {
        empty(bench, connection);
        Filled filled = new BulkFiller(
                        CopiesStayExact.synthesizer(bench),
                        bench.request().facts(),
                        volume,
                        bench.settings().seed(),
                        Noon.in(connection))
                .fill(connection, entities);
        fold();
        if (bench.request().database().superuser()) {
            for (Entity entity : bench.entities()) {
                if (filled.rows().containsKey(entity.name().value())) {
                    touch(entity);
                }
            }
        }
        return filled;
    }

    /** Takes all rows out of the run's own database. */
    static void empty(Bench bench, Connection connection) throws SQLException {
        String tables = bench.entities().stream()
                .filter(entity -> !bench.request().facts().contracts().isView(entity))
                .map(SQL::table)
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE " + tables + " RESTART IDENTITY CASCADE");
        }
    }

    /** What was laid aside while they were filled goes into the copies, as it would have long before. */
    private void fold() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (SummaryContract contract : bench.request().facts().contracts().summariesIn(bench.store())) {
                if (contract.isFolded()) {
                    statement.execute(FoldBuilder.call(contract));
                }
            }
        }
    }

    /** What {@link #touch} leaves, in words. */
    String state() {
        return bench.request().database().superuser()
                ? "after VACUUM and writes to half of the pages"
                : "after VACUUM, so that an index alone can answer";
    }

    /**
     * Leaves half of the pages as VACUUM found them all, and the others as if they were written since: what is there has to be
     * looked up in the table, not just in an index. That is how the planner's twin takes them, too. A row that is deleted, which
     * is taken back, does that without another trace.
     */
    private void touch(Entity entity) throws SQLException {
        String table = SQL.table(entity);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // No trigger and no foreign key has anything to do with it
            statement.execute("SET LOCAL session_replication_role = replica");
            statement.execute("DELETE FROM " + table
                    + " WHERE (ctid::text::point)[1] = 1 AND (ctid::text::point)[0]::bigint % 2 = 1");
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        // The rows are as they were when all columns were analyzed; how many pages hold them for all to see is not
        String first = SQL.identifier(
                entity.attributes().values().iterator().next().column().value());
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE " + table + " (" + first + ")");
        }
    }
}
