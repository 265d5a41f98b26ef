package dev.schemaproof.prove;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.generate.relational.PatternSql;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Entity;
import dev.schemaproof.prove.Execution.Figures;
import dev.schemaproof.prove.data.Population;
import dev.schemaproof.prove.data.Row;
import dev.schemaproof.prove.data.RowMaker;
import dev.schemaproof.prove.data.Synthesizer;
import dev.schemaproof.prove.data.Volume;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Runs access patterns on tables that are filled, and counts the pages that they read. Nothing that is written stays. */
final class PatternRuns {

    private static final PostgresDialect SQL = new PostgresDialect();
    private static final String NAME = "schemaproof_run";

    /** With how many tuples of values a pattern is run, each by a generic and a custom plan. */
    private static final int TUPLES = 8;

    /** What takes longer on so few rows is stopped, and said to be. */
    private static final int SECONDS = 2;

    /** Far from the numbers of the rows that are there. */
    private static final long NEW_ROWS = 1L << 40;

    private final Bench bench;
    private final Connection connection;
    private final Synthesizer synthesizer;
    private final Volume volume;
    private final Map<String, List<List<ParameterValues.Cell>>> known = new HashMap<>();

    /**
     * @param volume how many rows the tables have
     */
    PatternRuns(Bench bench, Connection connection, Synthesizer synthesizer, Volume volume) {
        this.bench = bench;
        this.connection = connection;
        this.synthesizer = synthesizer;
        this.volume = volume;
    }

    /**
     * Runs a pattern.
     *
     * @param entities whose tables it reads or writes
     */
    Execution run(AccessPattern pattern, PatternSql statement, Collection<Entity> entities) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement settings = connection.createStatement()) {
            settings.execute("SET LOCAL statement_timeout = '" + SECONDS + "s'");
            try (Prepared prepared = Prepared.of(connection, NAME, statement.sql())) {
                List<List<@Nullable String>> values = values(pattern, statement, prepared, entities);
                return values.isEmpty()
                        ? Execution.none("no row gives values of the right types for its parameters")
                        : new Running(prepared).run(values);
            }
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private List<List<@Nullable String>> values(
            AccessPattern pattern, PatternSql statement, Prepared prepared, Collection<Entity> entities)
            throws SQLException {
        Optional<Entity> inserted =
                pattern instanceof AccessPattern.Write write && write.where().isEmpty()
                        ? bench.model().entity(write.entity().value())
                        : Optional.empty();
        if (inserted.isPresent()) {
            return newRows(inserted.get(), statement.parameterNames());
        }
        List<List<@Nullable String>> values = new ArrayList<>();
        new ParameterValues(connection, prepared.types(), known)
                .withFrequent(entities)
                .from(entities, new SplittableRandom(bench.settings().seed()), TUPLES)
                .forEach(tuple -> values.add(new ArrayList<>(tuple)));
        return values;
    }

    /** Rows that are not there yet, as the parameters of an insert want them. */
    private List<List<@Nullable String>> newRows(Entity entity, List<String> names) throws SQLException {
        Population population = synthesizer.known(connection, synthesizer.withParents(List.of(entity)));
        RowMaker maker = synthesizer.rowsOf(entity, List.of());
        SplittableRandom random = new SplittableRandom(bench.settings().seed());
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < TUPLES; i++) {
            Optional<Row> row = maker.draw(random, serial(i), i, population, Map.of());
            if (row.isPresent() && row.get().values().keySet().containsAll(names)) {
                List<@Nullable String> values = new ArrayList<>();
                names.forEach(name -> values.add(row.get().values().get(name)));
                rows.add(values);
            }
        }
        return rows;
    }

    /** Small columns have no room for large numbers. */
    private static long serial(int i) {
        return i % 2 == 0 ? NEW_ROWS + i : 30_000 + i;
    }

    /** One pattern's run. */
    private final class Running {

        private final Prepared prepared;
        private long buffers;
        private long custom;
        private long rows;
        private int tuples;
        private String line = "";
        private String refusal = "";

        Running(Prepared prepared) {
            this.prepared = prepared;
        }

        Execution run(List<List<@Nullable String>> values) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                // What a session reads once, of the catalog and of roots of indexes, is not the pattern's
                statement.execute("SET LOCAL plan_cache_mode = force_generic_plan");
                explain(statement, values.get(0));
                for (List<@Nullable String> tuple : values) {
                    bench.deadline().check();
                    explain(statement, tuple).ifPresent(plan -> {
                        tuples++;
                        line = PatternPlan.line(plan);
                        buffers = Math.max(buffers, pages(plan));
                        rows = Math.max(rows, rows(plan));
                    });
                }
                statement.execute("SET LOCAL plan_cache_mode = force_custom_plan");
                for (List<@Nullable String> tuple : values) {
                    explain(statement, tuple).ifPresent(plan -> custom = Math.max(custom, pages(plan)));
                }
            } catch (SQLException slow) {
                if (SqlStates.gone(slow)
                        || !SqlStates.cancelled(slow)
                        || bench.deadline().passed()) {
                    throw slow;
                }
                return Execution.none("it takes more than " + SECONDS + " seconds on these rows");
            }
            return tuples == 0
                    ? Execution.none("the database refuses every value that was tried: " + refusal)
                    : Execution.of(new Figures(buffers, custom, rows, tuples, volume.most(), line));
        }

        /** Runs it and takes back what it did; nothing where the database refuses the values. */
        private Optional<PlanNode> explain(Statement statement, List<@Nullable String> tuple) throws SQLException {
            Savepoint before = connection.setSavepoint();
            try (ResultSet row =
                    statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF, FORMAT JSON) "
                            + prepared.execute(arguments(tuple)))) {
                row.next();
                return Optional.of(PlanNode.parse(row.getString(1)));
            } catch (SQLException refused) {
                String state = String.valueOf(refused.getSQLState());
                if (!state.startsWith("22") && !SqlStates.refused(refused)) {
                    throw refused;
                }
                refusal = Words.message(refused);
                return Optional.empty();
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback(before);
                }
            }
        }

        private List<String> arguments(List<@Nullable String> tuple) {
            List<String> arguments = new ArrayList<>();
            for (int i = 0; i < tuple.size(); i++) {
                String value = tuple.get(i);
                arguments.add((value == null ? "NULL" : SQL.literal(value)) + "::"
                        + prepared.types().get(i));
            }
            return arguments;
        }

        private long pages(PlanNode plan) {
            return number(plan, "Shared Hit Blocks") + number(plan, "Shared Read Blocks");
        }

        private long rows(PlanNode plan) {
            PlanNode source =
                    plan.type().equals("ModifyTable") && !plan.children().isEmpty()
                            ? plan.children().get(0)
                            : plan;
            return Math.round(
                    source.text("Actual Rows").map(Double::parseDouble).orElse(0.0));
        }

        private long number(PlanNode plan, String property) {
            return plan.text(property).map(Long::parseLong).orElse(0L);
        }
    }
}
