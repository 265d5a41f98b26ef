package dev.schemaproof.prove;

import dev.schemaproof.prove.CopyTrials.Flaw;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Several connections that write at the same time: single statements and transactions of a few, with savepoints, at READ
 * COMMITTED, REPEATABLE READ and SERIALIZABLE, some of them rolled back. Transactions that the database asks to repeat are repeated.
 */
final class Storm {

    private static final int LONGEST_TRANSACTION = 4;
    private static final double REPEATABLE_READ = 0.2;
    private static final double SERIALIZABLE = 0.15;
    private static final double ROLLED_BACK = 0.1;
    private static final double ROLLED_BACK_TO_SAVEPOINT = 0.15;
    private static final double CHECKED_EARLY = 0.2;

    /** A transaction that is still refused then meets more than bad luck. */
    private static final int TRIES = 300;

    private static final int LONGEST_PAUSE_MILLIS = 6;

    private final Bench bench;
    private volatile boolean calledOff;

    Storm(Bench bench) {
        this.bench = bench;
    }

    /**
     * What happened.
     *
     * @param statements how many were run, each repeated one counted once
     * @param changed how many of them changed rows
     * @param retries how often a transaction was repeated
     * @param looks how often was looked at what was there meanwhile
     */
    record Outcome(long statements, long changed, long retries, long looks) {

        Outcome plus(Outcome other) {
            return new Outcome(
                    statements + other.statements,
                    changed + other.changed,
                    retries + other.retries,
                    looks + other.looks);
        }
    }

    /** Looks at a committed state while others write. */
    @FunctionalInterface
    interface Watch {

        /** Whether all is well; the storm is called off if not. */
        boolean look() throws SQLException;
    }

    /**
     * Lets all write at once, and looks at every copy in one snapshot after the other meanwhile.
     *
     * @param workload that of a connection, by its number
     * @param flaws told what is wrong with a copy
     */
    <C extends KeptCopy> Outcome runAround(List<C> copies, IntFunction<Workload> workload, Map<C, Flaw> flaws)
            throws SQLException {
        List<Workload> workloads = IntStream.range(0, bench.settings().connections())
                .mapToObj(workload)
                .toList();
        try (Connection connection = bench.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return run(workloads, bench.settings().seed(), () -> {
                for (C copy : copies) {
                    new CopyTrials(copy, connection)
                            .nothingHasDrifted("some of the statements, in a committed state")
                            .ifPresent(flaw -> flaws.put(copy, flaw));
                }
                return flaws.isEmpty();
            });
        }
    }

    /**
     * Lets every workload run on a connection of its own.
     *
     * @param watch looks on all the while, because what goes wrong may be put right again by chance before the end
     */
    Outcome run(List<Workload> workloads, long seed, Watch watch) throws SQLException {
        ExecutorService threads = Executors.newFixedThreadPool(workloads.size(), task -> {
            Thread thread = new Thread(task, "schemaproof-storm");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Outcome>> running = new ArrayList<>();
            for (int i = 0; i < workloads.size(); i++) {
                Workload workload = workloads.get(i);
                SplittableRandom random = new SplittableRandom(seed + i);
                Callable<Outcome> task = () -> new Session(workload, random).run();
                running.add(threads.submit(task));
            }
            long looks = 0;
            while (!running.stream().allMatch(Future::isDone) && !calledOff) {
                calledOff = !watch.look();
                looks++;
            }
            Outcome all = new Outcome(0, 0, 0, looks);
            for (Future<Outcome> one : running) {
                all = all.plus(finished(one));
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Outcome finished(Future<Outcome> running) throws SQLException {
        try {
            return running.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SQLException error) {
                throw error;
            }
            if (failed.getCause() instanceof OutOfTimeException late) {
                throw late;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new OutOfTimeException();
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Has deadlocks found at once, where we may; each costs a second otherwise. Answers whether we may. */
    static boolean hurryDeadlocks(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET deadlock_timeout = '10ms'");
            return true;
        } catch (SQLException notAllowed) {
            if (SqlStates.gone(notAllowed)) {
                throw notAllowed;
            }
            return false;
        }
    }

    /** One connection's part. */
    private final class Session {

        private final Workload workload;
        private final SplittableRandom random;
        private long changed;
        private long retries;

        Session(Workload workload, SplittableRandom random) {
            this.workload = workload;
            this.random = random;
        }

        Outcome run() throws SQLException {
            int wanted = bench.settings().statements();
            int done = 0;
            try (Connection connection = bench.connect()) {
                if (!hurryDeadlocks(connection)) {
                    try (Statement statement = connection.createStatement()) {
                        // Who waits so long is taken for deadlocked, and tries again
                        statement.execute("SET lock_timeout = '250ms'");
                    }
                }
                connection.setAutoCommit(false);
                while (done < wanted && !calledOff) {
                    bench.deadline().check();
                    List<Command> commands = new ArrayList<>();
                    boolean single = random.nextBoolean();
                    int length = single ? 1 : 1 + random.nextInt(LONGEST_TRANSACTION);
                    for (int i = 0; i < length && done < wanted; i++, done++) {
                        commands.add(workload.next());
                    }
                    transaction(connection, commands);
                }
            }
            return new Outcome(done, changed, retries, 0);
        }

        private void transaction(Connection connection, List<Command> commands) throws SQLException {
            boolean rollback = commands.size() > 1 && random.nextDouble() < ROLLED_BACK;
            int undone = commands.size() > 1 && random.nextDouble() < ROLLED_BACK_TO_SAVEPOINT
                    ? random.nextInt(commands.size())
                    : -1;
            int early = commands.size() > 1 && random.nextDouble() < CHECKED_EARLY
                    ? random.nextInt(commands.size() - 1)
                    : -1;
            connection.setTransactionIsolation(isolation());
            for (int tries = 1; ; tries++) {
                try {
                    long rows = attempt(connection, commands, undone, early);
                    if (rollback) {
                        connection.rollback();
                    } else {
                        connection.commit();
                        changed += rows;
                    }
                    return;
                } catch (SQLException error) {
                    if (connection.isClosed() || SqlStates.gone(error)) {
                        throw error;
                    }
                    connection.rollback();
                    if (SqlStates.refused(error)) {
                        // A constraint that is checked at the end
                        return;
                    }
                    if (!(SqlStates.retry(error) || SqlStates.waitedTooLong(error)) || tries == TRIES) {
                        throw error;
                    }
                    retries++;
                    pause(tries);
                }
            }
        }

        private int isolation() {
            double drawn = random.nextDouble();
            if (drawn < SERIALIZABLE) {
                return Connection.TRANSACTION_SERIALIZABLE;
            }
            return drawn < SERIALIZABLE + REPEATABLE_READ
                    ? Connection.TRANSACTION_REPEATABLE_READ
                    : Connection.TRANSACTION_READ_COMMITTED;
        }

        /**
         * Runs all commands; answers how many of them changed rows.
         *
         * @param undone which of them is taken back by a savepoint; negative for none
         * @param early after which of them runs what waits for the commit, and again after each that follows; negative for none
         */
        private long attempt(Connection connection, List<Command> commands, int undone, int early) throws SQLException {
            long effective = 0;
            for (int i = 0; i < commands.size(); i++) {
                // A single statement is over when it is refused
                Savepoint before = commands.size() > 1 ? connection.setSavepoint() : null;
                try {
                    int rows = commands.get(i).run(connection);
                    if (i == early) {
                        execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
                    }
                    if (before != null && i == undone) {
                        connection.rollback(before);
                    } else if (rows > 0) {
                        effective++;
                    }
                } catch (SQLException error) {
                    if (before == null || connection.isClosed() || !SqlStates.refused(error)) {
                        throw error;
                    }
                    connection.rollback(before);
                }
            }
            return effective;
        }

        private void pause(int tries) {
            try {
                Thread.sleep(random.nextInt(Math.min(tries, LONGEST_PAUSE_MILLIS)) + 1L);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new OutOfTimeException();
            }
        }
    }
}
