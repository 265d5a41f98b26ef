package dev.schemaproof.prove.engine;

import java.time.Duration;
import java.util.Optional;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** How to log in to a server; each call gives data sources that are connected by nobody else. */
final class Login {

    private static final String JDBC_PREFIX = "jdbc:postgresql:";
    private static final int DEFAULT_PORT = 5432;
    private static final int PROBE_CONNECT_SECONDS = 1;
    private static final int PROBE_LOGIN_SECONDS = 5;

    private final String host;
    private final int port;
    private final String database;
    private final String user;
    private final String password;
    private final Optional<GivenDatabase> given;
    private final int timeoutSeconds;

    private Login(
            String host,
            int port,
            String database,
            String user,
            String password,
            Optional<GivenDatabase> given,
            Duration timeout) {
        this.host = host;
        this.port = port;
        this.database = database;
        this.user = user;
        this.password = password;
        this.given = given;
        this.timeoutSeconds = Math.toIntExact(Math.max(1, timeout.toSeconds()));
    }

    /** A server that we started. */
    static Login own(String host, int port, String user, String password, Duration timeout) {
        return new Login(host, port, "postgres", user, password, Optional.empty(), timeout);
    }

    /**
     * A server of the user's.
     *
     * @throws IllegalArgumentException with a sentence for the user, when the URL is none of PostgreSQL's
     */
    static Login given(GivenDatabase given, Duration timeout) {
        if (!given.url().startsWith(JDBC_PREFIX)) {
            throw new IllegalArgumentException("`" + given.shownUrl()
                    + "` is not the URL of a PostgreSQL: those begin with `" + JDBC_PREFIX + "`");
        }
        PGSimpleDataSource parsed = new PGSimpleDataSource();
        try {
            parsed.setURL(given.url());
        } catch (IllegalArgumentException invalid) {
            // The driver's message repeats the URL, which may carry the password
            throw new IllegalArgumentException("`" + given.shownUrl() + "` cannot be read as a URL of the form `"
                    + JDBC_PREFIX + "//host:port/database`");
        }
        return new Login(
                parsed.getServerNames()[0],
                parsed.getPortNumbers()[0] == 0 ? DEFAULT_PORT : parsed.getPortNumbers()[0],
                Optional.ofNullable(parsed.getDatabaseName()).orElse(""),
                given.user()
                        .or(() -> Optional.ofNullable(parsed.getUser()))
                        .orElseGet(() -> System.getProperty("user.name", "")),
                given.password()
                        .or(() -> Optional.ofNullable(parsed.getPassword()))
                        .orElse(""),
                Optional.of(given),
                timeout);
    }

    /** Connects to the database that the login names. */
    PGSimpleDataSource home() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        given.ifPresentOrElse(database -> source.setURL(database.url()), () -> {
            source.setServerNames(new String[] {host});
            source.setPortNumbers(new int[] {port});
            source.setDatabaseName(database);
            source.setSslMode("disable");
        });
        if (!user.isEmpty()) {
            source.setUser(user);
        }
        if (!password.isEmpty()) {
            source.setPassword(password);
        }
        if (source.getLoginTimeout() == 0) {
            source.setLoginTimeout(timeoutSeconds);
        }
        source.setApplicationName("schemaproof");
        // Neither a `currentSchema` of the URL nor a search path of the role's must decide where we create things
        source.setProperty(PGProperty.CURRENT_SCHEMA, "public");
        return source;
    }

    /** Connects to the database that the login names, or soon fails: for asking whether a server is up. */
    PGSimpleDataSource probe() {
        PGSimpleDataSource source = home();
        source.setConnectTimeout(PROBE_CONNECT_SECONDS);
        source.setLoginTimeout(PROBE_LOGIN_SECONDS);
        return source;
    }

    /** Connects to another database of the same server. */
    PGSimpleDataSource database(String name) {
        PGSimpleDataSource source = home();
        source.setDatabaseName(name);
        source.setApplicationName(name);
        return source;
    }

    /** Connects to the database that the login names, with a single schema on the search path. */
    PGSimpleDataSource schema(String name) {
        PGSimpleDataSource source = home();
        source.setCurrentSchema(name);
        source.setApplicationName(name);
        return source;
    }

    /** {@code host:port}. */
    String address() {
        return host + ":" + port;
    }

    String user() {
        return user;
    }

    String databaseName() {
        return database.isEmpty() ? user : database;
    }

    /** The text without the password, should it stand in it. */
    String redact(String text) {
        return password.isEmpty() ? text : text.replace(password, "***");
    }
}
