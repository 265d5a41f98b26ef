package dev.schemaproof.prove;

import dev.schemaproof.generate.relational.Procedures;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Staleness;
import dev.schemaproof.model.Located;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A copy that the consumer of an outbox brings up to date.
 *
 * @param scheduled the copy, and what the consumer calls
 * @param outbox the table that holds the notes, as SQL names it
 * @param allowed for how long the copy may be stale
 */
record NotedCopy(ScheduledCopy scheduled, String outbox, Duration allowed) {

    static NotedCopy of(Bench bench, ScheduledCopy scheduled) {
        Contract contract = scheduled.contract();
        return new NotedCopy(
                scheduled,
                Procedures.outbox(bench.model(), contract, scheduled.copy().holder()),
                contract.staleness()
                        .flatMap(Staleness::allowed)
                        .map(Located::value)
                        .orElse(Duration.ZERO));
    }

    KeptCopy copy() {
        return scheduled.copy();
    }

    /** How many notes wait, by our own count. */
    long waiting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + outbox)) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * What the generated clock says.
     *
     * @param waiting how many notes wait
     * @param seconds how long the oldest one has been waiting; zero where there is none
     */
    record Reading(long waiting, double seconds) {}

    /** Looks at the generated clock. */
    Reading clock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT waiting, extract(epoch FROM staleness) FROM " + Procedures.CLOCK + " WHERE contract = ?")) {
            statement.setString(1, scheduled.contract().name().value());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Reading(row.getLong(1), row.getDouble(2)) : new Reading(-1, 0);
            }
        }
    }
}
