package dev.schemaproof.prove;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The connections of one run. None outlives the run, and none the deadline: whatever still waits for an answer then is
 * cut off, even when the server has stopped answering.
 */
final class Connections implements AutoCloseable {

    /** What the server gets to cancel a statement by itself, which gives a better error than a broken connection. */
    private static final long GRACE_MILLIS = 2_000;

    private final Deadline deadline;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "schemaproof-deadline");
        thread.setDaemon(true);
        return thread;
    });

    Connections(Deadline deadline) {
        this.deadline = deadline;
        // Ended with the run, by shutdownNow()
        var unused = watch.schedule(this::abort, deadline.left().toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A new connection, in auto-commit mode, whose statements end with the deadline. */
    Connection open(DataSource source) throws SQLException {
        deadline.check();
        open.removeIf(Connections::closed);
        Connection connection = source.getConnection();
        open.add(connection);
        long millis = Math.max(1, deadline.left().toMillis());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = " + millis + "; SET lock_timeout = " + millis
                    + "; SET idle_in_transaction_session_timeout = " + (millis + GRACE_MILLIS));
        }
        return connection;
    }

    /** The source, giving connections as {@link #open} does. */
    DataSource limited(DataSource source) {
        return new LimitedSource(source);
    }

    private void abort() {
        for (Connection connection : open) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException alreadyGone) {
                // which is what was wanted
            }
        }
    }

    private static boolean closed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException unusable) {
            return true;
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        open.removeIf(Connections::closed);
        // Not close(), which would wait for statements that other threads may still run
        abort();
    }

    private final class LimitedSource implements DataSource {
        private final DataSource source;

        LimitedSource(DataSource source) {
            this.source = source;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return open(source);
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            throw new SQLFeatureNotSupportedException("only the run's own user connects");
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return source.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter writer) throws SQLException {
            source.setLogWriter(writer);
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            source.setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return source.getLoginTimeout();
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            return source.getParentLogger();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return source.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return source.isWrapperFor(type);
        }
    }
}
