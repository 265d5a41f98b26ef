package dev.schemaproof.prove;

import dev.schemaproof.prove.CopyTrials.Flaw;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Two runs of a procedure that find the same to do: the rows that hold the copies are locked until both wait, so that neither
 * has done anything when the other begins.
 */
final class RunsAtOnce {

    private static final int RUNS = 2;
    private static final int WRITES = 60;
    private static final int GLANCES = 5_000;

    private final Bench bench;
    private final ScheduledCopy scheduled;

    RunsAtOnce(Bench bench, ScheduledCopy scheduled) {
        this.bench = bench;
        this.scheduled = scheduled;
    }

    /** Gives them something to do; what the database refuses is passed over. */
    void write(Workload workload) throws SQLException {
        try (Connection connection = bench.connect()) {
            for (int i = 0; i < WRITES; i++) {
                try {
                    workload.next().run(connection);
                } catch (SQLException error) {
                    if (connection.isClosed() || !SqlStates.refused(error)) {
                        throw error;
                    }
                }
            }
        }
    }

    /** Lets them run; says what is wrong if one fails. */
    Optional<Flaw> fail() throws SQLException {
        ExecutorService threads = Executors.newFixedThreadPool(RUNS, task -> {
            Thread thread = new Thread(task, "schemaproof-run");
            thread.setDaemon(true);
            return thread;
        });
        List<Connection> connections = new ArrayList<>();
        try (Connection locking = bench.connect()) {
            locking.setAutoCommit(false);
            Storm.execute(
                    locking,
                    "SELECT 1 FROM " + SummaryCopy.table(scheduled.copy().holder()) + " FOR NO KEY UPDATE");
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                Connection connection = bench.connect();
                connections.add(connection);
                int process = process(connection);
                Callable<Long> run = () -> scheduled.run(connection, "");
                Future<Long> pending = threads.submit(run);
                running.add(pending);
                await(locking, process, pending);
            }
            locking.commit();
            for (Future<Long> pending : running) {
                result(pending);
            }
            return Optional.empty();
        } catch (SQLException error) {
            if (SqlStates.gone(error)) {
                throw error;
            }
            return Optional.of(
                    new Flaw("the procedure fails while it runs twice at once", Optional.of(Words.message(error))));
        } finally {
            threads.shutdownNow();
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Until the run is done or waits for a lock. */
    private void await(Connection judge, int process, Future<?> pending) throws SQLException {
        try (PreparedStatement statement =
                judge.prepareStatement("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = ?")) {
            statement.setInt(1, process);
            for (int i = 0; i < GLANCES && !pending.isDone(); i++) {
                bench.deadline().check();
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        return;
                    }
                }
                // Within a transaction, what others do is looked up once
                Storm.execute(judge, "SELECT pg_stat_clear_snapshot()");
                TimeUnit.MILLISECONDS.sleep(1);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new OutOfTimeException();
        }
    }

    private static void result(Future<Long> pending) throws SQLException {
        try {
            pending.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SQLException error) {
                throw error;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new OutOfTimeException();
        }
    }
}
