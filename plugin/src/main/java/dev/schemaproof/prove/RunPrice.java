package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.ContractAnalysis;
import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.analysis.contract.ViewContract;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.generate.relational.FoldBuilder;
import dev.schemaproof.generate.relational.Procedures;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import dev.schemaproof.prove.Price.Means;
import dev.schemaproof.prove.Price.Run;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures what it takes to bring a copy up to date once: a run of a job, a call of an outbox's consumer, a fold, or the refresh of a
 * materialized view. Rows are moved to other parents before, and back before the next run, as procedures commit and can't be taken
 * back.
 */
final class RunPrice {

    private static final PostgresDialect SQL = new PostgresDialect();
    private static final String STAGE = "schemaproof_run_rows";
    private static final String NUMBER = "schemaproof_row";

    /** How many rows are changed before a run, at most. */
    private static final int CHANGED = 100;

    /** The least of them counts: sessions that are idle by now may report in the middle of one what they did before. */
    private static final int TURNS = 2;

    private static final int DIGITS = 2;

    /**
     * Pages of tables and indexes that have been asked for, over all transactions: a procedure has many. The catalog's are left
     * out, by their low numbers.
     */
    private static final String PROGRESS = "SELECT (SELECT coalesce(sum(pg_stat_get_blocks_fetched(oid)), 0)"
            + " FROM pg_class WHERE oid >= 16384), pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')";

    private final Bench bench;

    RunPrice(Bench bench) {
        this.bench = bench;
    }

    /**
     * What is run.
     *
     * @param call the statement
     * @param child the entity whose rows are moved to another parent before
     * @param reference by which they refer to it
     * @param parent the entity that they refer to
     */
    private record Procedure(Means means, String call, Entity child, Reference reference, Entity parent) {

        /** Those that are written, as SQL names them. */
        String tables() {
            return Stream.of(child, parent).distinct().map(SQL::table).collect(Collectors.joining(", "));
        }
    }

    /** What a run costs, of a contract that something has to be run for. */
    Optional<Run> of(GainCase one) throws SQLException, NotMeasuredException {
        Optional<ViewContract> view = bench.request().facts().contracts().viewsIn(bench.store()).stream()
                .filter(candidate -> candidate.contract().equals(one.contract()))
                .findFirst();
        Optional<Procedure> procedure = procedure(one);
        if (view.isEmpty() && procedure.isEmpty()) {
            return Optional.empty();
        }
        // A session of its own, without plans that were made while the tables were filled
        try (Connection connection = bench.connect();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            return Optional.of(view.isPresent() ? refresh(statement, view.get()) : run(statement, procedure.get()));
        } catch (SQLException refused) {
            if (SqlStates.gone(refused) || SqlStates.cancelled(refused)) {
                throw refused;
            }
            throw new NotMeasuredException(Words.message(refused));
        }
    }

    private Optional<Procedure> procedure(GainCase one) {
        ContractAnalysis contracts = bench.request().facts().contracts();
        return Stream.of(
                        contracts.summariesIn(bench.store()).stream()
                                .filter(SummaryContract::isFolded)
                                .filter(found -> found.contract().equals(one.contract()))
                                .map(found -> of(Means.FOLD, found, FoldBuilder.call(found))),
                        contracts.scheduledIn(bench.store()).stream()
                                .filter(found -> found.contract().equals(one.contract()))
                                .map(found -> of(Means.JOB, found, call(one))),
                        contracts.notedIn(bench.store()).stream()
                                .filter(found -> found.contract().equals(one.contract()))
                                .map(found -> of(Means.CONSUMER, found, call(one))),
                        contracts.scheduledCopiesIn(bench.store()).stream()
                                .filter(found -> found.contract().equals(one.contract()))
                                .map(found -> of(Means.JOB, found, call(one))),
                        contracts.notedCopiesIn(bench.store()).stream()
                                .filter(found -> found.contract().equals(one.contract()))
                                .map(found -> of(Means.CONSUMER, found, call(one))))
                .flatMap(found -> found)
                .findFirst();
    }

    private String call(GainCase one) {
        return Procedures.call(bench.model(), one.contract(), one.holder());
    }

    private static Procedure of(Means means, SummaryContract summary, String call) {
        return new Procedure(means, call, summary.child(), summary.reference(), summary.parent());
    }

    private static Procedure of(Means means, CopyContract copy, String call) {
        return new Procedure(means, call, copy.entity(), copy.reference(), copy.target());
    }

    private Run run(Statement statement, Procedure procedure) throws SQLException, NotMeasuredException {
        Changes changes = Changes.of(bench, procedure);
        int changed = changes.stage(statement);
        if (changed == 0) {
            throw new NotMeasuredException("there are no rows that could be moved to another parent");
        }
        if (procedure.means() != Means.JOB) {
            // At the declared rows it reads no whole table; here some are small enough for that. A job reads them
            // anyway
            statement.execute("SET enable_seqscan = off");
        }
        // What waits since the tables were filled is not of these rows
        statement.execute(procedure.call());
        List<Cost> forth = new ArrayList<>();
        List<Cost> back = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            forth.add(cost(statement, changes.forth(), procedure));
            back.add(cost(statement, changes.back(), procedure));
        }
        return run(procedure.means(), changed, List.of(forth, back), 0);
    }

    private Cost cost(Statement statement, String change, Procedure procedure) throws SQLException {
        bench.deadline().check();
        statement.execute(change);
        // What was there before lies around until then, and would be read by what comes next
        statement.execute("VACUUM " + procedure.tables());
        return cost(statement, procedure.call());
    }

    private Run refresh(Statement statement, ViewContract view) throws SQLException {
        String table = SQL.table(view.entity());
        List<Cost> costs = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            bench.deadline().check();
            statement.execute("VACUUM " + table);
            costs.add(cost(
                    statement,
                    "REFRESH MATERIALIZED VIEW " + (view.refreshedConcurrently() ? "CONCURRENTLY " : "") + table));
        }
        // The server counts what is written anew for a table that is gone when it takes the place of this one
        return run(
                Means.REFRESH,
                0,
                List.of(costs),
                view.refreshedConcurrently()
                        ? 0
                        : number(
                                statement,
                                "SELECT pg_total_relation_size(" + SQL.literal(table)
                                        + "::regclass) / current_setting('block_size')::int"));
    }

    /** @param costs of each kind of run, those of all turns */
    private static Run run(Means means, int changed, List<List<Cost>> costs, long written) {
        List<Cost> all = costs.stream().flatMap(List::stream).toList();
        double pages = costs.stream()
                .mapToLong(turns -> turns.stream().mapToLong(Cost::pages).min().orElse(0))
                .average()
                .orElse(0);
        return new Run(
                means,
                changed,
                rounded(written + pages),
                Timing.median(all.stream().map(cost -> (double) cost.wal()).toList()),
                Timing.median(all.stream().map(Cost::millis).toList()));
    }

    /** Of thousands of pages some differ from run to run, whatever the server was busy with. */
    private static double rounded(double pages) {
        return BigDecimal.valueOf(pages).round(new MathContext(DIGITS)).doubleValue();
    }

    /** What one run came to. */
    private record Cost(long pages, long wal, double millis) {}

    private static Cost cost(Statement statement, String call) throws SQLException {
        long[] start = progress(statement);
        long began = System.nanoTime();
        statement.execute(call);
        double millis = (System.nanoTime() - began) / 1e6;
        long[] end = progress(statement);
        return new Cost(end[0] - start[0], end[1] - start[1], millis);
    }

    private static long[] progress(Statement statement) throws SQLException {
        // A session reports what it has done now and then; this makes it do so before the next statement
        statement.execute("SELECT pg_stat_force_next_flush()");
        try (ResultSet row = statement.executeQuery(PROGRESS)) {
            row.next();
            return new long[] {row.getLong(1), row.getLong(2)};
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * What makes copies wrong, and what takes that back: of two rows that are set aside, one goes to the parent of the other; or, where
     * the reference is part of its key, it goes and comes back. Were all to change places, each parent would have as many as before.
     *
     * @param table the table
     * @param columns those that are set aside
     * @param key what rows are found by
     * @param reference the columns that refer; none of the key
     */
    private record Changes(String table, List<String> columns, List<String> key, List<String> reference) {

        static Changes of(Bench bench, Procedure procedure) {
            Entity child = procedure.child();
            // Copies that rows of the child hold themselves take no direct writes
            List<Attribute> copies = bench.request().facts().contracts().triggeredIn(bench.store()).stream()
                    .filter(other -> other.parent().equals(child))
                    .map(SummaryContract::copy)
                    .toList();
            List<String> names = procedure.reference().names();
            List<String> key = columns(child, child.keyNames());
            return new Changes(
                    SQL.table(child),
                    columns(
                            child,
                            child.attributes().values().stream()
                                    .filter(attribute -> attribute.generated().isEmpty() && !copies.contains(attribute))
                                    .map(attribute -> attribute.name().value())
                                    .toList()),
                    key,
                    names.stream().anyMatch(child.keyNames()::contains) ? List.of() : columns(child, names));
        }

        private static List<String> columns(Entity entity, List<String> names) {
            return names.stream()
                    .flatMap(name -> entity.attribute(name).stream())
                    .map(SummaryCopy::column)
                    .toList();
        }

        /** Sets some rows aside, the same in every run; answers how many of them will be changed. */
        int stage(Statement statement) throws SQLException, NotMeasuredException {
            if (key.isEmpty()) {
                throw new NotMeasuredException(Words.name(table) + " has no key to find single rows by");
            }
            statement.execute("CREATE TEMP TABLE " + STAGE + " AS SELECT row_number() OVER () AS " + NUMBER
                    + ", t.* FROM (SELECT " + String.join(", ", columns) + " FROM " + table + " ORDER BY md5(ROW("
                    + String.join(", ", key) + ")::text) LIMIT " + 2 * CHANGED + ") t");
            statement.execute("ANALYZE " + STAGE);
            return (int) number(statement, "SELECT count(*) / 2 FROM " + STAGE);
        }

        String forth() {
            return reference.isEmpty()
                    ? "DELETE FROM " + table + " t USING " + STAGE + " s WHERE " + found() + " AND " + one()
                    : move() + " + 1";
        }

        String back() {
            String names = String.join(", ", columns);
            return reference.isEmpty()
                    ? "INSERT INTO " + table + " (" + names + ") OVERRIDING SYSTEM VALUE SELECT " + names + " FROM "
                            + STAGE + " s WHERE " + one()
                    : move();
        }

        private String move() {
            return "UPDATE " + table + " t SET "
                    + reference.stream()
                            .map(column -> column + " = o." + column)
                            .collect(Collectors.joining(", "))
                    + " FROM " + STAGE + " s, " + STAGE + " o WHERE " + found() + " AND " + one() + " AND o." + NUMBER
                    + " = s." + NUMBER;
        }

        private String found() {
            return key.stream().map(column -> "t." + column + " = s." + column).collect(Collectors.joining(" AND "));
        }

        /** The first of two. */
        private static String one() {
            return "s." + NUMBER + " % 2 = 1 AND s." + NUMBER + " < (SELECT max(" + NUMBER + ") FROM " + STAGE + ")";
        }
    }
}
