package dev.schemaproof.generate.relational;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.template.Templates;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A database and the scripts that are generated for a model. */
final class SyncBed implements AutoCloseable {

    /** Users who follow each other. */
    static final Path SOCIAL = Path.of("../it/social/src/main/schema");

    /** Comments on boards, by authors and in reply to each other. */
    static final Path THREADS = Path.of("src/test/cases/threads/model");

    /** What became of a statement that was not refused. */
    static final String DONE = "done";

    private final RunningDatabase database;
    private final Map<String, String> scripts = new TreeMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    SyncBed(RunningDatabase database, Path model) throws IOException, TemplateFailedException {
        this(database, Models.readDirectory(model));
    }

    /** With all triggers of one mode. */
    SyncBed(RunningDatabase database, Path model, Contract.Mode mode) throws IOException, TemplateFailedException {
        this(
                database,
                Models.readDirectory(
                        model,
                        text -> text.replaceAll(
                                "by: trigger",
                                "by: trigger, mode: " + mode.word() + (mode.isFolded() ? ", every: 1s" : ""))));
    }

    SyncBed(RunningDatabase database, Model model) throws TemplateFailedException {
        this.database = database;
        new RelationalGenerator(Templates.builtIn())
                .generate(new Facts(model))
                .forEach(artifact ->
                        scripts.put(artifact.path().substring(artifact.path().indexOf('/') + 1), artifact.text()));
    }

    /** With another's script in the place of {@code triggers.sql}; the rest is ours, and above all what finds wrong copies. */
    SyncBed keptBy(String triggers) {
        scripts.put("triggers.sql", triggers);
        return this;
    }

    /** With schema and triggers in place. */
    SyncBed applied() throws SQLException {
        execute(script("schema.sql"));
        execute(script("triggers.sql"));
        return this;
    }

    String script(String name) {
        return scripts.get(name);
    }

    Connection connect() throws SQLException {
        return database.connect();
    }

    void execute(String... statements) throws SQLException {
        try (var connection = connect()) {
            execute(connection, statements);
        }
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the result. */
    List<String> query(String sql) throws SQLException {
        try (var connection = connect()) {
            return query(connection, sql);
        }
    }

    static List<String> query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** What every drift script of the model finds. */
    List<String> drift() throws SQLException {
        try (var connection = connect()) {
            return drift(connection);
        }
    }

    List<String> drift(Connection connection) throws SQLException {
        var found = new ArrayList<String>();
        for (var script : scripts.entrySet()) {
            if (script.getKey().endsWith(".drift.sql")) {
                query(connection, script.getValue()).forEach(key -> found.add(script.getKey() + ": " + key));
            }
        }
        return found;
    }

    /** Folds all that is laid aside into the copies; what triggers of the users lay aside meanwhile, too. */
    void fold() throws SQLException {
        callAll("schemaproof_fold_");
        if (aside() > 0) {
            callAll("schemaproof_fold_");
        }
    }

    /** Brings up to date what the notes in the outboxes say. */
    void consume() throws SQLException {
        callAll("schemaproof_consume_");
    }

    private void callAll(String prefix) throws SQLException {
        for (var procedure :
                query("SELECT oid::regproc::text FROM pg_proc WHERE proname ~ '^" + prefix + "' ORDER BY 1")) {
            execute("CALL " + procedure + "()");
        }
    }

    /** What is laid aside: how many rows in all tables for that. */
    int aside() throws SQLException {
        var rows = 0;
        for (var table : query(
                "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relname ~ '^schemaproof_(slots|ledger)_'")) {
            rows += Integer.parseInt(query("SELECT count(*) FROM " + table).get(0));
        }
        return rows;
    }

    void repair() throws SQLException {
        for (var script : scripts.entrySet()) {
            if (script.getKey().endsWith(".repair.sql")) {
                execute(script.getValue());
            }
        }
    }

    /** Lets something happen elsewhere. */
    <T> Future<T> elsewhere(Callable<T> task) {
        return threads.submit(task);
    }

    /** Runs a statement in a session of its own and comes back when it waits for a lock of another. */
    Future<Void> blocked(String... statements) throws SQLException, InterruptedException {
        var connection = connect();
        var process = query(connection, "SELECT pg_backend_pid()").get(0);
        Future<Void> running = elsewhere(() -> {
            try (connection) {
                execute(connection, statements);
            }
            return null;
        });
        untilItWaits(process, running);
        return running;
    }

    /**
     * Runs the second statement before the transaction of the first commits, and commits the second when the first has; both
     * have looked at the tables before.
     *
     * @param look how they look at the tables
     * @param pair the statements, with a bar between them
     * @return what became of them
     */
    List<String> race(String isolation, String look, String pair) throws Exception {
        var statements = pair.split("\\|");
        try (var first = connect();
                var second = connect()) {
            for (var connection : List.of(first, second)) {
                execute(connection, "BEGIN ISOLATION LEVEL " + isolation, look);
            }
            var process = query(second, "SELECT pg_backend_pid()").get(0);
            execute(first, statements[0]);
            var other = elsewhere(() -> outcome(second, statements[1]));
            untilItWaits(process, other);
            var one = outcome(first, "COMMIT");
            var two = other.get();
            return List.of(one, two.equals(DONE) ? outcome(second, "COMMIT") : two);
        }
    }

    /** Comes back when the session of that process waits for a lock of another, or its statement is done. */
    void untilItWaits(String process, Future<?> running) throws SQLException, InterruptedException {
        while (!running.isDone()
                && query("SELECT 1 FROM pg_locks WHERE NOT granted AND pid = " + process)
                        .isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** What became of a statement: done, or the SQL state by which it was refused. */
    static String outcome(Connection connection, String statement) {
        try {
            execute(connection, statement);
            return DONE;
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    /** A role that is this test's own, as roles belong to the whole server. */
    String role(String name) throws SQLException {
        return name + "_" + query("SELECT current_database()").get(0);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
