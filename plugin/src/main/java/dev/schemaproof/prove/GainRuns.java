package dev.schemaproof.prove;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.model.Entity;
import dev.schemaproof.output.Json;
import dev.schemaproof.prove.MeasuredGain.Step;
import dev.schemaproof.prove.data.Volume;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Runs a pattern and the statement that does without the copy, by turns, on tables that are filled. */
final class GainRuns {

    private static final PostgresDialect SQL = new PostgresDialect();
    private static final String PATTERN = "schemaproof_gain_pattern";
    private static final String INSTEAD = "schemaproof_gain_instead";

    /** What takes longer at once is not measured many times. */
    private static final int SECONDS = 20;

    /** Some tuples of values find nothing, and tell nothing. */
    private static final int TRIED = 4;

    private final Bench bench;
    private final Connection connection;

    GainRuns(Bench bench, Connection connection) {
        this.bench = bench;
        this.connection = connection;
    }

    /**
     * Runs both.
     *
     * @param volume that the tables are filled to
     */
    Step run(GainCase gain, Volume volume) throws SQLException, NotMeasuredException {
        connection.setAutoCommit(false);
        try (Statement settings = connection.createStatement()) {
            settings.execute("SET LOCAL statement_timeout = '" + SECONDS + "s'");
            // As the driver's prepared statements are planned after a few runs, and by one process
            settings.execute("SET LOCAL plan_cache_mode = force_generic_plan");
            settings.execute("SET LOCAL max_parallel_workers_per_gather = 0");
            try (Prepared asked = prepared(PATTERN, gain.asked().sql(), gain.scanned());
                    Prepared other = prepared(INSTEAD, gain.other().sql(), gain.otherScanned())) {
                return run(gain, volume, answered(gain, asked), asked, other);
            }
        } catch (SQLException slow) {
            if (SqlStates.cancelled(slow) && !bench.deadline().passed()) {
                throw new NotMeasuredException("a run takes more than " + SECONDS + " seconds on these rows");
            }
            throw slow;
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /**
     * A statement, planned once for all values. What reads no whole table at the declared rows reads none here either, where some
     * tables are so small that the planner would take that to be cheaper.
     */
    private Prepared prepared(String name, String sql, boolean scans) throws SQLException {
        Prepared prepared = Prepared.of(connection, name, sql);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET LOCAL enable_seqscan = " + (scans ? "on" : "off"));
            // The plan is made now, and kept
            statement.execute("EXPLAIN "
                    + prepared.execute(Collections.nCopies(prepared.types().size(), "NULL")));
            statement.execute("SET LOCAL enable_seqscan = on");
        }
        return prepared;
    }

    private Step run(GainCase gain, Volume volume, List<List<String>> values, Prepared asked, Prepared other)
            throws SQLException {
        List<Double> before = new ArrayList<>();
        List<Double> after = new ArrayList<>();
        long pagesBefore = 0;
        long pagesAfter = 0;
        int rounds = bench.settings().gain().rounds();
        for (int round = 0; round <= rounds; round++) {
            pagesBefore = 0;
            pagesAfter = 0;
            for (int i = 0; i < values.size(); i++) {
                bench.deadline().check();
                List<String> tuple = values.get(i);
                List<String> without = gain.forOther(tuple);
                // By turns: what comes first may find less in memory than what comes second
                boolean patternFirst = (round + i) % 2 == 0;
                Run with;
                Run instead;
                if (patternFirst) {
                    with = explain(asked, tuple);
                    instead = explain(other, without);
                } else {
                    instead = explain(other, without);
                    with = explain(asked, tuple);
                }
                pagesBefore += instead.pages();
                pagesAfter += with.pages();
                // The first round warms up
                if (round > 0) {
                    before.add(instead.millis());
                    after.add(with.millis());
                }
            }
        }
        Entity largest = gain.largest();
        long rows = volume.rows(largest);
        return new Step(
                largest.table().value(),
                rows,
                rows / (double) Math.max(1, largest.expectedRows()),
                pagesBefore / (double) values.size(),
                pagesAfter / (double) values.size(),
                values.size(),
                Timing.of(before, after, bench.settings().seed()));
    }

    /** Values of the parameters that the pattern answers with rows: first of rows that hold the copy, then of others. */
    private List<List<String>> answered(GainCase gain, Prepared asked) throws SQLException, NotMeasuredException {
        int wanted = bench.settings().gain().values();
        ParameterValues values = new ParameterValues(connection, asked.types()).withAny(gain.holder(), wanted * TRIED);
        for (Entity entity : gain.filled()) {
            if (!entity.equals(gain.holder())) {
                values.withAny(entity, TRIED);
            }
        }
        List<List<String>> answered = new ArrayList<>();
        for (List<String> tuple : values.taken()) {
            bench.deadline().check();
            if (answered.size() < wanted && !Answer.to(asked, tuple).isEmpty()) {
                answered.add(tuple);
            }
        }
        if (answered.isEmpty()) {
            throw new NotMeasuredException(
                    "no row was found that " + Words.name(gain.pattern().name().value()) + " answers with");
        }
        return answered;
    }

    /** What one run came to. */
    private record Run(long pages, double millis) {}

    private Run explain(Prepared statement, List<String> tuple) throws SQLException {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < tuple.size(); i++) {
            arguments.add(SQL.literal(tuple.get(i)) + "::" + statement.types().get(i));
        }
        try (Statement explain = connection.createStatement()) {
            explain.setEscapeProcessing(false);
            try (ResultSet row = explain.executeQuery(
                    "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) " + statement.execute(arguments))) {
                row.next();
                String json = row.getString(1);
                PlanNode plan = PlanNode.parse(json);
                return new Run(
                        number(plan, "Shared Hit Blocks") + number(plan, "Shared Read Blocks"), executionTime(json));
            }
        }
    }

    private static long number(PlanNode plan, String property) {
        return plan.text(property).map(Long::parseLong).orElse(0L);
    }

    /** The milliseconds that EXPLAIN says the execution took, with triggers and without planning. */
    static double executionTime(String json) {
        if (Json.read(json) instanceof List<?> list
                && !list.isEmpty()
                && list.get(0) instanceof Map<?, ?> answer
                && answer.get("Execution Time") instanceof BigDecimal millis) {
            return millis.doubleValue();
        }
        throw new IllegalArgumentException("EXPLAIN ANALYZE answered without a time");
    }
}
