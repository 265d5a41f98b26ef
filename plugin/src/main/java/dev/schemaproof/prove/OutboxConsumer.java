package dev.schemaproof.prove;

import java.sql.Connection;
import java.sql.SQLException;

/** One who calls the consumer of an outbox again and again, and measures how old the notes are when they are gone. */
final class OutboxConsumer {

    /** So few that a call takes several batches. */
    static final String IN_SMALL_BATCHES = "batch => 5";

    /** Nobody else holds a lock so long. */
    private static final String PATIENCE = "SET lock_timeout = '20s'";

    private final NotedCopy noted;
    private final Connection connection;
    private long calls;
    private long broughtUp;
    private double longest;

    /** @param connection in auto-commit mode */
    OutboxConsumer(NotedCopy noted, Connection connection) throws SQLException {
        this.noted = noted;
        this.connection = connection;
        Storm.hurryDeadlocks(connection);
        Storm.execute(connection, PATIENCE);
    }

    /** Calls it once. Every note that it takes was there before, so that none is older afterwards than the oldest one. */
    void call() throws SQLException {
        double before = noted.clock(connection).seconds();
        long start = System.nanoTime();
        broughtUp += noted.scheduled().run(connection, IN_SMALL_BATCHES);
        if (before > 0) {
            longest = Math.max(longest, before + (System.nanoTime() - start) / 1e9);
        }
        calls++;
    }

    Connection connection() {
        return connection;
    }

    long calls() {
        return calls;
    }

    /** How many rows it has changed. */
    long broughtUp() {
        return broughtUp;
    }

    /** The age in seconds that no note has exceeded which was taken. */
    double longest() {
        return longest;
    }
}
