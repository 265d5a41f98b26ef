package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaproof.prove.engine.EngineStart.Unavailable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlEngineTest {

    private static final String PASSWORD = "s3cr3t-w0rd";

    private static Path temporary;
    private static RunningDatabase server;
    private static String url;

    private final UrlEngine engine = new UrlEngine();

    /** The embedded server plays the user's: with a database `shop`, and roles of different rights. */
    @BeforeAll
    static void startServer(@TempDir Path directory) throws SQLException {
        temporary = directory;
        server = EngineTestBed.started(
                EngineTestBed.embedded(temporary.resolve("home")).start(EngineTestBed.request(18)));
        EngineTestBed.execute(
                server,
                "CREATE ROLE maker LOGIN CREATEDB PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE schemer LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE reader LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE stuck LOGIN CREATEDB PASSWORD '" + PASSWORD + "'",
                "ALTER ROLE stuck SET default_transaction_read_only = on",
                "ALTER ROLE maker SET search_path = elsewhere",
                "CREATE DATABASE shop");
        try (Connection connection = server.connect()) {
            url = connection.getMetaData().getURL().replaceFirst("/schemaproof_.*", "/shop");
        }
        try (Connection shop = asPostgres("shop").getConnection()) {
            Scratch.execute(
                    shop,
                    "GRANT CREATE ON DATABASE shop TO schemer",
                    "CREATE TABLE users (id int)",
                    "INSERT INTO users VALUES (1)",
                    "GRANT ALL ON users TO schemer");
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void makesADatabaseForTheRunAndDropsIt() throws Exception {
        List<String> before = databases();
        try (RunningDatabase database = start(url, "maker", PASSWORD)) {
            assertThat(database.engine()).isEqualTo(EngineChoice.URL);
            assertThat(database.description()).startsWith("PostgreSQL 18.6 at `127.0.0.1:");
            assertThat(database.isolation()).isEqualTo(Isolation.DATABASE);
            assertThat(database.superuser()).isFalse();
            assertThat(database.files()).isEmpty();
            EngineTestBed.execute(database, "CREATE TABLE users (id int)");
            assertThat(EngineTestBed.query(database, "SELECT schemaname FROM pg_tables WHERE tablename = 'users'"))
                    .containsExactly(database.schema());
            assertThat(EngineTestBed.query(database, "SELECT current_database()"))
                    .first()
                    .asString()
                    .matches("schemaproof_[a-z0-9]{12}");
            assertThat(databases()).hasSize(before.size() + 1);
        }
        assertThat(databases()).isEqualTo(before);
    }

    @Test
    void dropsADatabaseThatIsStillConnectedTo() throws Exception {
        List<String> before = databases();
        RunningDatabase database = start(url, "maker", PASSWORD);
        Connection open = database.connect();
        database.close();

        assertThat(databases()).isEqualTo(before);
        assertThat(open.isValid(1)).isFalse();
    }

    @Test
    void makesASchemaWhereNoDatabaseMayBeCreated() throws Exception {
        List<String> before = databases();
        try (RunningDatabase database = start(url, "schemer", PASSWORD)) {
            assertThat(database.isolation()).isEqualTo(Isolation.SCHEMA);
            assertThat(database.schema()).matches("schemaproof_[a-z0-9]{12}");
            assertThat(database.description()).endsWith(", in a schema of database `shop`");
            EngineTestBed.execute(database, "CREATE TABLE posts (id int)");
            assertThat(EngineTestBed.query(database, "SELECT schemaname FROM pg_tables WHERE tablename = 'posts'"))
                    .containsExactly(database.schema());
            assertThat(databases()).isEqualTo(before);

            // The user's own table of that name is not within reach by its bare name
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> EngineTestBed.execute(database, "DELETE FROM users"))
                    .withMessageContaining("does not exist");
            Connection holdsALock = database.connect();
            holdsALock.setAutoCommit(false);
            Scratch.execute(holdsALock, "LOCK TABLE posts");
        }
        assertThat(schemasOfShop()).isEmpty();
        try (Connection shop = asPostgres("shop").getConnection()) {
            assertThat(EngineTestBed.query(shop, "SELECT id FROM users")).containsExactly("1");
        }
    }

    @Test
    void acceptsAUrlWithParameters() throws Exception {
        String full = url + "?user=maker&password=" + PASSWORD + "&currentSchema=shop&ApplicationName=build";
        EngineStart start = engine.start(new EngineRequest(
                EngineChoice.URL,
                18,
                Optional.empty(),
                Optional.of(new GivenDatabase(full, Optional.empty(), Optional.empty())),
                temporary,
                java.time.Duration.ofSeconds(30)));

        try (RunningDatabase database = EngineTestBed.started(start)) {
            assertThat(EngineTestBed.query(database, "SELECT current_user || ' ' || current_schema()"))
                    .containsExactly("maker public");
        }
    }

    @Test
    void refusesARoleThatMayMakeNothing() {
        assertThat(reason(url, "reader", PASSWORD))
                .isEqualTo("role `reader` may create neither a database at `" + address() + "` nor a schema in `shop`");
    }

    @Test
    void saysThatAServerIsReadOnly() {
        assertThat(reason(url, "stuck", PASSWORD))
                .isEqualTo("the server at `" + address() + "` is read-only, so that no database can be made there");
    }

    @Test
    void saysThatThePasswordIsWrong() {
        assertThat(reason(url, "maker", "wr0ng"))
                .isEqualTo("the server at `" + address() + "` refuses role `maker`: the password is wrong or missing")
                .doesNotContain("wr0ng");
    }

    @Test
    void saysThatAPasswordIsMissing() {
        assertThat(reason(url, "maker", ""))
                .isEqualTo("the server at `" + address() + "` asks for a password of role `maker`, and none is given");
    }

    @Test
    void saysThatTheDatabaseDoesNotExist() {
        assertThat(reason(url.replace("/shop", "/shopp"), "maker", PASSWORD))
                .isEqualTo("the server at `" + address() + "` has no database `shopp`");
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        int free = ServerProcess.freePort();

        assertThat(reason("jdbc:postgresql://127.0.0.1:" + free + "/shop", "maker", PASSWORD))
                .startsWith("no PostgreSQL answers at `127.0.0.1:" + free + "`: connection refused");
    }

    @Test
    void saysThatTheHostIsUnknown() {
        assertThat(reason("jdbc:postgresql://nowhere.invalid/shop", "maker", PASSWORD))
                .isEqualTo("no PostgreSQL answers at `nowhere.invalid:5432`: the host is unknown");
    }

    @Test
    void saysThatSomethingElseAnswers() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            Thread web = new Thread(() -> answer(other));
            web.setDaemon(true);
            web.start();

            assertThat(reason("jdbc:postgresql://127.0.0.1:" + other.getLocalPort() + "/shop", "maker", PASSWORD))
                    .contains("`127.0.0.1:" + other.getLocalPort() + "`")
                    .doesNotContain(PASSWORD)
                    .doesNotContain("\n");
        }
    }

    @Test
    void refusesOtherDatabases() {
        assertThat(reason("jdbc:mysql://ann:" + PASSWORD + "@db/shop?password=" + PASSWORD, "maker", PASSWORD))
                .isEqualTo(
                        "`jdbc:mysql://db/shop` is not the URL of a PostgreSQL: those begin with `jdbc:postgresql:`");
    }

    @Test
    void refusesAUrlThatCannotBeRead() {
        assertThat(reason("jdbc:postgresql://db:port/shop?password=" + PASSWORD, "maker", PASSWORD))
                .isEqualTo("`jdbc:postgresql://db:port/shop` cannot be read as a URL of the form"
                        + " `jdbc:postgresql://host:port/database`");
    }

    @Test
    void theNextStartSweepsWhatAKilledBuildLeft() throws Exception {
        List<String> before = databases();
        Forked.Running forked = Forked.engine("url", url, asPostgres("shop").getPassword());
        String left = forked.said();
        assertThat(databases()).contains(left);
        // as long as it lives, it is not swept
        start(url, "postgres", asPostgres("shop").getPassword()).close();
        assertThat(databases()).contains(left);

        forked.process().destroyForcibly().waitFor();
        start(url, "postgres", asPostgres("shop").getPassword()).close();

        assertThat(databases()).isEqualTo(before);
    }

    @Test
    void anInterruptedBuildDropsItsDatabase() throws Exception {
        List<String> before = databases();
        Forked.Running forked = Forked.engine("url", url, asPostgres("shop").getPassword());
        forked.process().destroy();
        forked.process().waitFor();

        assertThat(databases()).isEqualTo(before);
    }

    private RunningDatabase start(String at, String user, String password) {
        return EngineTestBed.started(engine.start(EngineTestBed.requestUrl(at, user, password)));
    }

    private String reason(String at, String user, String password) {
        EngineStart start = engine.start(EngineTestBed.requestUrl(at, user, password));
        assertThat(start).isInstanceOf(Unavailable.class);
        return ((Unavailable) start).reason();
    }

    private static String address() {
        return url.replaceAll("^jdbc:postgresql://|/shop$", "");
    }

    private static org.postgresql.ds.PGSimpleDataSource asPostgres(String database) {
        org.postgresql.ds.PGSimpleDataSource source = ((org.postgresql.ds.PGSimpleDataSource) server.dataSource());
        org.postgresql.ds.PGSimpleDataSource other = new org.postgresql.ds.PGSimpleDataSource();
        other.setServerNames(source.getServerNames());
        other.setPortNumbers(source.getPortNumbers());
        other.setUser(source.getUser());
        other.setPassword(source.getPassword());
        other.setDatabaseName(database);
        return other;
    }

    private static List<String> databases() throws SQLException {
        return EngineTestBed.query(server, "SELECT datname FROM pg_database ORDER BY datname");
    }

    private static List<String> schemasOfShop() throws SQLException {
        try (Connection shop = asPostgres("shop").getConnection()) {
            return EngineTestBed.query(shop, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'schemaproof%'");
        }
    }

    private static void answer(ServerSocket other) {
        while (!other.isClosed()) {
            try (Socket socket = other.accept()) {
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                return;
            }
        }
    }
}
