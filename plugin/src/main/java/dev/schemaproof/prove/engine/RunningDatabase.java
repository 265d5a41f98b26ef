package dev.schemaproof.prove.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A server with an empty database (or schema) made for this run. It is dropped, and what was started is stopped, on
 * {@link #close()}, and by a shutdown hook when the build is interrupted.
 */
public interface RunningDatabase extends AutoCloseable {

    /** The engine that runs it. */
    EngineChoice engine();

    /** What runs, for the log: {@code embedded PostgreSQL 18.6}, {@code container postgres:18 (PostgreSQL 18.6)}. */
    String description();

    /** The server's {@code server_version_num}: 180006 is 18.6. */
    int serverVersion();

    /** The server's major version. */
    default int majorVersion() {
        return serverVersion() / 10_000;
    }

    /** Connections to the database made for this run, not pooled. */
    DataSource dataSource();

    /** A new connection to the database made for this run. */
    default Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    /** What this run has to itself. */
    Isolation isolation();

    /** The schema where names without a qualifier are created; {@code public} in a database of our own. */
    String schema();

    /** Whether the connections are those of a superuser. */
    boolean superuser();

    /** The server's relation files, where they can be reached: never on a server of the user's. */
    Optional<RelationFiles> files();

    /**
     * Notes roles that this run makes. They belong to the whole server: on one of the user's they are dropped after the
     * database, unless something else depends on them by then; the others are gone with the server.
     */
    default void makesRoles(List<String> names) {}

    /**
     * Drops the database and stops what was started for it. A second call does nothing.
     *
     * @throws LeftBehindException when something could not be dropped
     */
    @Override
    void close();
}
