package dev.schemaproof.prove;

import dev.schemaproof.prove.CopyTrials.Flaw;
import dev.schemaproof.prove.SummaryCopy.Drift;
import dev.schemaproof.prove.data.Synthesizer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
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
import java.util.concurrent.TimeoutException;

/**
 * Every pair of writes to the same parent by two connections, the second before the first has committed: what a storm
 * meets by luck, met for certain. A second write that waits for the first goes on when that commits; one that does not is
 * tried with either commit first. What waits for the commit is tried so, and with its part brought forward, as if the other
 * connection wrote while a commit is under way.
 */
final class Interleavings {

    /** How long a statement may seem to run before the server is asked whether it waits. */
    private static final long GLANCE_MILLIS = 1;

    private static final int GLANCES = 5_000;
    private static final int INSERT_TRIES = 40;
    private static final int ENOUGH_CHILDREN = 4;

    private final Bench bench;
    private final KeptCopy copy;
    private final Link link;
    private final Workload workload;
    private int count;
    private volatile Optional<String> refusedInVain = Optional.empty();

    Interleavings(Bench bench, KeptCopy copy, Link link, Workload workload) {
        this.bench = bench;
        this.copy = copy;
        this.link = link;
        this.workload = workload;
    }

    /** How many were tried. */
    int count() {
        return count;
    }

    private enum Write {
        INSERT("insert"),
        DELETE("delete"),
        MOVE_AWAY("move away"),
        MOVE_HERE("move here"),
        CHANGE("change what is summed up");

        private final String words;

        Write(String words) {
            this.words = words;
        }
    }

    private enum Level {
        READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED, "READ COMMITTED"),
        REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ, "REPEATABLE READ"),
        SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE, "SERIALIZABLE");

        private final int jdbc;
        private final String words;

        Level(int jdbc, String words) {
            this.jdbc = jdbc;
            this.words = words;
        }
    }

    /** Tries them all, up to the first that leaves a wrong copy; says which that is. */
    Optional<Flaw> firstFlaw(List<String> parent, List<String> other) throws SQLException {
        ExecutorService second = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "schemaproof-second");
            thread.setDaemon(true);
            return thread;
        });
        try (Connection one = bench.connect();
                Connection two = bench.connect();
                Connection judge = bench.connect()) {
            Storm.hurryDeadlocks(one);
            Storm.hurryDeadlocks(two);
            one.setAutoCommit(false);
            two.setAutoCommit(false);
            int process = pid(two);
            for (boolean forward : copy.waitsForCommit() ? List.of(true, false) : List.of(false)) {
                Optional<Flaw> flaw =
                        firstFlaw(new Meeting(one, two, judge, second, process, parent, other, forward), one, two);
                if (flaw.isPresent()) {
                    return flaw;
                }
            }
            return Optional.empty();
        } finally {
            second.shutdownNow();
        }
    }

    private static Optional<Flaw> firstFlaw(Meeting meeting, Connection one, Connection two) throws SQLException {
        for (Level level : Level.values()) {
            one.setTransactionIsolation(level.jdbc);
            two.setTransactionIsolation(level.jdbc);
            for (Write first : Write.values()) {
                for (Write then : Write.values()) {
                    Optional<Flaw> flaw = meeting.tryBothCommits(first, then, level);
                    if (flaw.isPresent()) {
                        return flaw;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            int pid = row.getInt(1);
            connection.rollback();
            return pid;
        }
    }

    /** Two connections, and a third that looks on. */
    private final class Meeting {

        private final Connection one;
        private final Connection two;
        private final Connection judge;
        private final ExecutorService second;
        private final int pid;
        private final List<String> parent;
        private final List<String> other;
        private final boolean forward;

        /** @param forward whether what waits for the commit runs with the write */
        Meeting(
                Connection one,
                Connection two,
                Connection judge,
                ExecutorService second,
                int pid,
                List<String> parent,
                List<String> other,
                boolean forward) {
            this.one = one;
            this.two = two;
            this.judge = judge;
            this.second = second;
            this.pid = pid;
            this.parent = parent;
            this.other = other;
            this.forward = forward;
        }

        Optional<Flaw> tryBothCommits(Write first, Write then, Level level) throws SQLException {
            boolean free = meet(first, then, false);
            Optional<Flaw> flaw = judge(first, then, level);
            if (flaw.isPresent() || !free) {
                return flaw;
            }
            meet(first, then, true);
            return judge(first, then, level);
        }

        private Optional<Flaw> judge(Write first, Write then, Level level) throws SQLException {
            count++;
            List<Drift> wrong = copy.recount(judge);
            String when = " two transactions at " + level.words + ", one to " + words(first)
                    + " and, before that commits, one to " + words(then);
            if (!wrong.isEmpty()) {
                return Optional.of(new Flaw("it is wrong after" + when, Optional.of("row " + wrong.get(0))));
            }
            return refusedInVain.map(
                    message -> new Flaw("a write that is right is refused in" + when, Optional.of(message)));
        }

        /** Lets the two meet; answers whether the second had nothing to wait for. */
        private boolean meet(Write first, Write then, boolean secondCommitsFirst) throws SQLException {
            bench.deadline().check();
            prepare(parent);
            prepare(other);
            boolean firstDone = write(one, first, 0);
            Future<Boolean> pending = second.submit((Callable<Boolean>) () -> write(two, then, 1));
            boolean free = !waits(pending);
            Callable<Boolean> commit = () -> end(two, result(pending));
            if (free && secondCommitsFirst) {
                Future<Boolean> committing = second.submit(commit);
                // A commit may have to wait for the first as well
                waits(committing);
                end(one, firstDone);
                result(committing);
            } else {
                end(one, firstDone);
                result(second.submit(commit));
            }
            return free;
        }

        /** Gives a parent children to delete and to move. */
        private void prepare(List<String> key) throws SQLException {
            for (int i = children(key); i < ENOUGH_CHILDREN; i++) {
                if (!insert(one, key)) {
                    break;
                }
            }
            one.commit();
        }

        private int children(List<String> key) throws SQLException {
            String sql = "SELECT count(*) FROM " + SummaryCopy.table(link.child()) + " WHERE "
                    + SummaryCopy.equal(link.child(), link.reference().names());
            try (PreparedStatement statement = one.prepareStatement(sql)) {
                Synthesizer.bind(statement, key);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        }

        /**
         * Runs a write; answers whether its transaction can be committed.
         *
         * @param skip how many children to pass over, so that the two do not meet in a child
         */
        private boolean write(Connection connection, Write write, int skip) throws SQLException {
            try {
                switch (write) {
                    case INSERT -> insert(connection, parent);
                    case DELETE -> workload.delete(link, parent, 1, skip).run(connection);
                    case MOVE_AWAY ->
                        workload.move(link, parent, other, 1, skip).run(connection);
                    case MOVE_HERE ->
                        workload.move(link, other, parent, 1, skip).run(connection);
                    case CHANGE -> {
                        Optional<Command> command;
                        synchronized (workload) {
                            command = link.isFollowed()
                                    ? workload.touchParent(link, parent)
                                    : workload.touch(link, parent, 1, skip);
                        }
                        if (command.isPresent()) {
                            command.get().run(connection);
                        }
                    }
                }
                if (forward) {
                    Storm.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
                }
                return true;
            } catch (SQLException error) {
                return tolerate(error);
            }
        }

        private boolean insert(Connection connection, List<String> key) throws SQLException {
            for (int i = 0; i < INSERT_TRIES; i++) {
                Optional<Command> command;
                synchronized (workload) {
                    command = workload.insert(link, key);
                }
                if (command.isEmpty()) {
                    return false;
                }
                Savepoint before = connection.setSavepoint();
                try {
                    command.get().run(connection);
                    connection.releaseSavepoint(before);
                    return true;
                } catch (SQLException error) {
                    if (connection.isClosed() || !SqlStates.refused(error)) {
                        throw error;
                    }
                    note(error);
                    connection.rollback(before);
                }
            }
            return false;
        }

        private boolean end(Connection connection, boolean commit) throws SQLException {
            try {
                if (commit) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                return commit;
            } catch (SQLException error) {
                boolean tolerated = tolerate(error);
                connection.rollback();
                return tolerated;
            }
        }

        private String words(Write write) {
            return write == Write.CHANGE && link.isFollowed() ? "change what is copied" : write.words;
        }

        private void note(SQLException error) {
            if (refusedInVain.isEmpty() && copy.refusesInVain(error)) {
                refusedInVain = Optional.of(Words.message(error));
            }
        }

        /** The database may ask to repeat a transaction, or refuse a row: such a transaction simply did not happen. */
        private boolean tolerate(SQLException error) throws SQLException {
            note(error);
            if (SqlStates.retry(error) || SqlStates.refused(error)) {
                return false;
            }
            throw error;
        }

        /** Whether the second connection waits for a lock, or is done. */
        private boolean waits(Future<?> pending) throws SQLException {
            try (PreparedStatement statement =
                    judge.prepareStatement("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = ?")) {
                statement.setInt(1, pid);
                for (int i = 0; i < GLANCES; i++) {
                    if (finished(pending)) {
                        return false;
                    }
                    try (ResultSet row = statement.executeQuery()) {
                        if (row.next() && row.getBoolean(1)) {
                            return !pending.isDone();
                        }
                    }
                }
            }
            return true;
        }

        private boolean finished(Future<?> pending) {
            try {
                pending.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException running) {
                return false;
            } catch (ExecutionException failed) {
                return true;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new OutOfTimeException();
            }
        }

        private <T> T result(Future<T> pending) throws SQLException {
            try {
                return pending.get();
            } catch (ExecutionException failed) {
                List<Throwable> causes = new ArrayList<>();
                for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
                    causes.add(cause);
                    if (cause instanceof SQLException error) {
                        throw error;
                    }
                    if (cause instanceof OutOfTimeException late) {
                        throw late;
                    }
                }
                throw new IllegalStateException(causes.toString(), failed);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new OutOfTimeException();
            }
        }
    }
}
