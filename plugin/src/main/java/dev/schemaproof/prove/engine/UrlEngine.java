package dev.schemaproof.prove.engine;

import dev.schemaproof.prove.engine.EngineStart.Started;
import dev.schemaproof.prove.engine.EngineStart.Unavailable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * A server of the user's. Nothing in it is touched but the database, or where none may be created the schema, that is made
 * for the run.
 */
public final class UrlEngine implements PostgresEngine {

    /** A server that is up answers at once; one that accepts and is silent must not hold the build. */
    private static final Duration LONGEST_LOGIN = Duration.ofSeconds(15);

    @Override
    public EngineChoice choice() {
        return EngineChoice.URL;
    }

    @Override
    public String name() {
        return "the database at `schema.url`";
    }

    @Override
    public EngineStart start(EngineRequest request) {
        if (request.given().isEmpty()) {
            return new Unavailable("`schema.url` is not given", false);
        }
        Login login;
        try {
            Duration timeout = request.startTimeout();
            login = Login.given(request.given().get(), timeout.compareTo(LONGEST_LOGIN) < 0 ? timeout : LONGEST_LOGIN);
        } catch (IllegalArgumentException unusable) {
            return new Unavailable(Problems.sentence(unusable), true);
        }
        try (Connection home = login.home().getConnection()) {
            ServerFacts facts = ServerFacts.read(home);
            if (!facts.product().equals("PostgreSQL")) {
                return new Unavailable(
                        "what answers at `" + login.address() + "` is " + facts.product() + ", not PostgreSQL", true);
            }
            if (facts.isTooOld()) {
                return new Unavailable(
                        "the server at `" + login.address() + "` is " + facts.shown() + "; the oldest supported is "
                                + EngineRequest.OLDEST_MAJOR,
                        true);
            }
            return open(login, home, facts);
        } catch (SQLException e) {
            return new Unavailable(Problems.ofLogin(login, e), true);
        }
    }

    private static EngineStart open(Login login, Connection home, ServerFacts facts) {
        Optional<ProcessIdentity> self = identity();
        self.ifPresent(identity -> ScratchSweep.sweep(home, identity));
        if (facts.createsDatabases()) {
            try {
                return create(login, home, facts, self, Isolation.DATABASE);
            } catch (SQLException e) {
                // A right that a managed server withholds all the same, or a server that lets us into no other database
                if (!facts.createsSchemas()) {
                    return new Unavailable(Problems.ofCreation(login, "database", e), true);
                }
            }
        }
        if (!facts.createsSchemas()) {
            return new Unavailable(
                    "role `" + facts.role() + "` may create neither a database at `" + login.address()
                            + "` nor a schema in `" + facts.database() + "`",
                    true);
        }
        try {
            return create(login, home, facts, self, Isolation.SCHEMA);
        } catch (SQLException e) {
            return new Unavailable(Problems.ofCreation(login, "schema", e), true);
        }
    }

    private static EngineStart create(
            Login login, Connection home, ServerFacts facts, Optional<ProcessIdentity> self, Isolation isolation)
            throws SQLException {
        Scratch scratch = isolation == Isolation.DATABASE ? Scratch.database(login) : Scratch.schema(login);
        MadeRoles roles = new MadeRoles();
        Cleanup cleanup;
        try {
            cleanup = new Cleanup(scratch.name(), () -> drop(login, scratch, roles));
        } catch (IllegalStateException shuttingDown) {
            return new Unavailable("the build is being stopped", true);
        }
        try {
            scratch.create(home);
            if (self.isPresent()) {
                ScratchSweep.sign(home, scratch, self.get());
            }
            scratch.dataSource().getConnection().close();
        } catch (SQLException e) {
            try {
                cleanup.run();
            } catch (Exception undropped) {
                e.addSuppressed(undropped);
            }
            throw e;
        }
        String place = isolation == Isolation.DATABASE ? "" : ", in a schema of database `" + facts.database() + "`";
        return new Started(new OpenDatabase(
                EngineChoice.URL,
                facts.shown() + " at `" + login.address() + "`" + place,
                facts,
                scratch,
                Optional.empty(),
                cleanup,
                roles));
    }

    private static void drop(Login login, Scratch scratch, MadeRoles roles) throws SQLException {
        try (Connection home = login.home().getConnection()) {
            scratch.drop(home);
            roles.drop(home);
        }
    }

    /** Without an identity nothing is signed, and so nothing swept later: no reason not to prove. */
    private static Optional<ProcessIdentity> identity() {
        try {
            return Optional.of(ProcessIdentity.current(TemporaryHome.open()));
        } catch (IOException noTemporaryHome) {
            return Optional.empty();
        }
    }
}
