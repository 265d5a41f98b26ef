package dev.schemaproof.prove.engine;

import dev.schemaproof.prove.engine.NoEngineException.Attempt;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** A connection to a database of the user's in which nothing is made, unlike one that proofs run on. */
public final class OpenForReading implements AutoCloseable {

    /** A server that is up answers at once; one that accepts and is silent must not hold the build. */
    private static final Duration LONGEST_LOGIN = Duration.ofSeconds(15);

    private final Connection connection;
    private final String shown;

    private OpenForReading(Connection connection, String shown) {
        this.connection = connection;
        this.shown = shown;
    }

    /**
     * Logs in.
     *
     * @throws NoEngineException with the reason and what the user can do, when that is not possible
     */
    public static OpenForReading at(GivenDatabase given) throws NoEngineException {
        Login login;
        try {
            login = Login.given(given, LONGEST_LOGIN);
        } catch (IllegalArgumentException unusable) {
            throw refused(Problems.sentence(unusable));
        }
        try {
            Connection connection = login.home().getConnection();
            try {
                ServerFacts facts = ServerFacts.read(connection);
                if (!facts.product().equals("PostgreSQL")) {
                    throw refused(
                            "what answers at `" + login.address() + "` is " + facts.product() + ", not PostgreSQL");
                }
                return new OpenForReading(
                        connection, "database `" + facts.database() + "` at `" + login.address() + "`");
            } catch (SQLException | NoEngineException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw refused(Problems.ofLogin(login, e));
        }
    }

    private static NoEngineException refused(String reason) {
        return new NoEngineException(
                "no database can be read",
                List.of(new Attempt("`schema.url`", reason)),
                List.of("correct -Dschema.url, or leave it out to read CSV files only"));
    }

    /** The connection, closed with this. */
    public Connection connection() {
        return connection;
    }

    /** The database, for messages: without what the login says. */
    public String shown() {
        return shown;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing was written that could be lost
        }
    }
}
