package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import dev.schemaproof.prove.Price.Kind;
import dev.schemaproof.prove.Price.Write;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures what triggers add to writes of the rows that a copy is made of: rows that are there are deleted, inserted again, and
 * moved to another parent, with the triggers on and off by turns. Every write is taken back.
 */
final class WritePrice {

    private static final PostgresDialect SQL = new PostgresDialect();
    private static final String STAGE = "schemaproof_gain_rows";
    private static final String NUMBER = "schemaproof_row";

    /** How many rows are inserted at once. */
    private static final int BULK = 500;

    private static final int TURNS = 2;

    /** Two writes of each kind. */
    private static final int WARMING_UP = 6;

    /** How many rows are written one by one. */
    private static final int SINGLE = 16;

    /** Pages of tables and indexes that this session has asked for; the catalog's are left out, by their low numbers. */
    private static final String PROGRESS = "SELECT (SELECT coalesce(sum(pg_stat_get_xact_blocks_fetched(oid)), 0)"
            + " FROM pg_class WHERE oid >= 16384), pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')";

    private final Bench bench;
    private final Connection connection;
    private final Entity child;
    /** The child's table, and those of all parents that its triggers write to. */
    private final String written;

    private final List<String> key;
    private final List<String> columns;
    private final List<String> reference;
    private String refusal = "no row is there to be written";

    /**
     * @param child whose rows are written
     * @param reference by which they are moved to another parent
     */
    WritePrice(Bench bench, Connection connection, Entity child, Reference reference) {
        this.bench = bench;
        this.connection = connection;
        this.child = child;
        this.written = Stream.concat(
                        Stream.of(child),
                        bench.request().facts().contracts().triggeredIn(bench.store()).stream()
                                .filter(other -> other.child().equals(child))
                                .map(SummaryContract::parent))
                .distinct()
                .map(SQL::table)
                .collect(Collectors.joining(", "));
        this.key = child.keyNames().stream()
                .flatMap(name -> child.attribute(name).stream())
                .map(SummaryCopy::column)
                .toList();
        // Copies that rows of the child hold themselves take no direct writes
        List<Attribute> copies = bench.request().facts().contracts().triggeredIn(bench.store()).stream()
                .filter(other -> other.parent().equals(child))
                .map(SummaryContract::copy)
                .toList();
        this.columns = child.attributes().values().stream()
                .filter(attribute -> attribute.generated().isEmpty() && !copies.contains(attribute))
                .map(SummaryCopy::column)
                .toList();
        this.reference = reference.names().stream()
                .flatMap(name -> child.attribute(name).stream())
                .map(SummaryCopy::column)
                .toList();
    }

    /** What each kind of write costs more, of those that the database allows. */
    List<Write> measure() throws SQLException, NotMeasuredException {
        if (key.isEmpty()) {
            throw new NotMeasuredException(Words.name(child.name().value()) + " has no key to find single rows by");
        }
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            int staged = stage(statement);
            // At the declared rows neither triggers nor foreign keys read whole tables; here some are small enough for
            // that
            statement.execute("SET enable_seqscan = off");
            try {
                return measure(statement, operations(staged));
            } finally {
                if (!connection.isClosed()) {
                    triggers(statement, true);
                    statement.execute("DROP TABLE " + STAGE);
                }
            }
        }
    }

    private List<Write> measure(Statement statement, List<Operation> operations)
            throws SQLException, NotMeasuredException {
        Map<Kind, List<Trial>> trials = new EnumMap<>(Kind.class);
        for (int turn = 0; turn < TURNS; turn++) {
            for (boolean on : List.of(false, true)) {
                triggers(statement, on);
                // What was taken back lies around until then, and would be read by what comes next
                statement.execute("VACUUM " + written);
                // What a session looks up once is not the write's
                for (Operation operation : operations.subList(0, Math.min(WARMING_UP, operations.size()))) {
                    run(statement, operation);
                }
                for (int i = 0; i < operations.size(); i++) {
                    bench.deadline().check();
                    Operation operation = operations.get(i);
                    Optional<Cost> cost = run(statement, operation);
                    trial(trials, operation, i).add(on, cost);
                }
            }
        }
        List<Write> writes = new ArrayList<>();
        trials.forEach((kind, tried) -> write(kind, tried).ifPresent(writes::add));
        if (writes.isEmpty()) {
            throw new NotMeasuredException(refusal);
        }
        return writes;
    }

    private static Trial trial(Map<Kind, List<Trial>> trials, Operation operation, int number) {
        List<Trial> known = trials.computeIfAbsent(operation.kind(), kind -> new ArrayList<>());
        return known.stream()
                .filter(trial -> trial.number == number)
                .findFirst()
                .orElseGet(() -> {
                    Trial added = new Trial(number, operation.rows());
                    known.add(added);
                    return added;
                });
    }

    /** Some rows of the table; answers how many. */
    private int stage(Statement statement) throws SQLException {
        statement.execute("CREATE TEMP TABLE " + STAGE + " AS SELECT row_number() OVER () AS " + NUMBER
                + ", t.* FROM (SELECT " + String.join(", ", columns) + " FROM " + SQL.table(child)
                + " ORDER BY md5(ROW(" + String.join(", ", key) + ")::text) LIMIT " + BULK + ") t");
        statement.execute("ANALYZE " + STAGE);
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + STAGE)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** A write that is tried, and what must be done before, which is not measured. */
    private record Operation(Kind kind, int rows, Optional<String> before, String sql) {}

    private List<Operation> operations(int staged) {
        String table = SQL.table(child);
        String names = String.join(", ", columns);
        String found =
                key.stream().map(column -> "t." + column + " = s." + column).collect(Collectors.joining(" AND "));
        String insert = "INSERT INTO " + table + " (" + names + ") OVERRIDING SYSTEM VALUE SELECT " + names + " FROM "
                + STAGE + " s";
        String delete = "DELETE FROM " + table + " t USING " + STAGE + " s WHERE " + found;
        List<Operation> operations = new ArrayList<>();
        int single = Math.min(staged, SINGLE);
        for (int i = 1; i <= single; i++) {
            String one = "s." + NUMBER + " = " + i;
            operations.add(
                    new Operation(Kind.INSERT, 1, Optional.of(delete + " AND " + one), insert + " WHERE " + one));
            operations.add(new Operation(
                    Kind.UPDATE,
                    1,
                    Optional.empty(),
                    "UPDATE " + table + " t SET "
                            + reference.stream()
                                    .map(column -> column + " = o." + column)
                                    .collect(Collectors.joining(", "))
                            + " FROM " + STAGE + " s, " + STAGE + " o WHERE " + found + " AND " + one + " AND o."
                            + NUMBER + " = " + (i % staged + 1)));
            operations.add(new Operation(Kind.DELETE, 1, Optional.empty(), delete + " AND " + one));
        }
        if (staged > 0) {
            operations.add(new Operation(Kind.BULK_INSERT, staged, Optional.of(delete), insert));
        }
        return operations;
    }

    private void triggers(Statement statement, boolean on) throws SQLException {
        statement.execute("ALTER TABLE " + SQL.table(child) + (on ? " ENABLE" : " DISABLE") + " TRIGGER USER");
    }

    /** What one write came to. */
    private record Cost(long pages, long wal, double millis) {}

    /** Writes, and takes it back; nothing where the database refuses it. */
    private Optional<Cost> run(Statement statement, Operation operation) throws SQLException {
        // A transaction for each: within one, what was taken back could not be cleared away
        connection.setAutoCommit(false);
        try {
            // What triggers leave for the end of the transaction is part of the write
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            if (operation.before().isPresent()) {
                statement.execute(operation.before().get());
            }
            long[] start = progress(statement);
            double millis;
            try (ResultSet row =
                    statement.executeQuery("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + operation.sql())) {
                row.next();
                millis = GainRuns.executionTime(row.getString(1));
            }
            long[] end = progress(statement);
            return Optional.of(new Cost(end[0] - start[0], end[1] - start[1], millis));
        } catch (SQLException refused) {
            if (SqlStates.gone(refused) || SqlStates.cancelled(refused)) {
                throw refused;
            }
            refusal = Words.message(refused);
            return Optional.empty();
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static long[] progress(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(PROGRESS)) {
            row.next();
            return new long[] {row.getLong(1), row.getLong(2)};
        }
    }

    /** One write, with the triggers and without. */
    private static final class Trial {

        private final int number;
        private final int rows;
        private final List<Cost> with = new ArrayList<>();
        private final List<Cost> without = new ArrayList<>();
        private boolean refused;

        Trial(int number, int rows) {
            this.number = number;
            this.rows = rows;
        }

        void add(boolean on, Optional<Cost> cost) {
            refused |= cost.isEmpty();
            cost.ifPresent((on ? with : without)::add);
        }
    }

    private Optional<Write> write(Kind kind, List<Trial> tried) {
        List<Trial> written = tried.stream().filter(trial -> !trial.refused).toList();
        if (written.isEmpty()) {
            return Optional.empty();
        }
        int rows = written.get(0).rows;
        List<Cost> with = written.stream().flatMap(trial -> trial.with.stream()).toList();
        List<Cost> without =
                written.stream().flatMap(trial -> trial.without.stream()).toList();
        double base = millis(without);
        return Optional.of(new Write(
                kind,
                child.table().value(),
                rows,
                (pages(with) - pages(without)) / rows,
                (wal(with) - wal(without)) / rows,
                (millis(with) - base) / rows,
                base / rows));
    }

    private static double pages(List<Cost> costs) {
        return costs.stream().mapToLong(Cost::pages).average().orElse(0);
    }

    /** The median, as others may write to the log meanwhile. */
    private static double wal(List<Cost> costs) {
        return Timing.median(costs.stream().map(cost -> (double) cost.wal()).toList());
    }

    private static double millis(List<Cost> costs) {
        return Timing.median(costs.stream().map(Cost::millis).toList());
    }

    /** How many bytes of a row hold a column, on average. */
    static double bytes(Connection connection, Entity entity, Attribute attribute) throws SQLException {
        return number(
                connection,
                "SELECT coalesce(sum(pg_column_size(" + SummaryCopy.column(attribute)
                        + ")), 0)::float8 / greatest(count(*), 1) FROM " + SQL.table(entity));
    }

    /** How many bytes a row of a materialized view takes, with its indexes. */
    static double bytes(Connection connection, Entity view) throws SQLException {
        return number(
                connection,
                "SELECT pg_total_relation_size(" + SQL.literal(SQL.table(view))
                        + "::regclass)::float8 / greatest(count(*), 1) FROM " + SQL.table(view));
    }

    private static double number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getDouble(1);
        }
    }
}
