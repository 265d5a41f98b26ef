package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.model.Container;
import dev.schemaproof.prove.engine.EngineStart.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/**
 * Runs where Docker answers; where {@code SCHEMAPROOF_REQUIRE_CONTAINER=true} says that it must, its absence is a failure.
 */
class ContainerEngineTest {

    private static final long SELF = ProcessHandle.current().pid();

    private static DockerClient docker;

    private final List<String> progress = new ArrayList<>();
    private final ContainerEngine engine = new ContainerEngine(progress::add);

    @BeforeAll
    static void findDocker() {
        TestcontainersLog.silence();
        boolean required = Boolean.parseBoolean(System.getenv("SCHEMAPROOF_REQUIRE_CONTAINER"));
        try {
            docker = DockerClientProviderStrategy.getClientForConfig(
                    DockerClientFactory.instance().getTransportConfig());
        } catch (IllegalStateException noDocker) {
            assertThat(required)
                    .as("a container is required, but no Docker answers")
                    .isFalse();
            abort("no Docker answers");
        }
    }

    @AfterAll
    static void closeDocker() throws IOException {
        if (docker != null) {
            docker.close();
        }
    }

    @Test
    void runsAnEmptyDatabaseAndRemovesItsContainer() throws Exception {
        try (RunningDatabase database = start()) {
            assertThat(database.engine()).isEqualTo(EngineChoice.CONTAINER);
            assertThat(database.description()).matches("container postgres:18 \\(PostgreSQL 18\\.[0-9]+\\)");
            assertThat(database.superuser()).isTrue();
            assertThat(database.isolation()).isEqualTo(Isolation.DATABASE);
            assertThat(EngineTestBed.query(
                            database,
                            "SELECT pg_encoding_to_char(encoding) || ' ' || datcollate || ' ' || datctype"
                                    + " FROM pg_database WHERE datname = current_database()"))
                    .containsExactly("UTF8 C C");
            assertThat(EngineTestBed.query(database, "SHOW autovacuum")).containsExactly("off");
            assertThat(containersOf(SELF)).hasSize(1);
        }
        assertThat(containersOf(SELF)).isEmpty();
    }

    @Test
    void lengthensRelationFilesSoThatThePlannerBelievesIt() throws Exception {
        try (RunningDatabase database = start()) {
            PlannerTwinCheck.check(database);
        }
    }

    @Test
    void saysWhyThereIsNoImage() throws Exception {
        EngineStart start = engine.start(EngineTestBed.requestImage("registry.invalid/no-such-image:18"));

        assertThat(start).isInstanceOfSatisfying(Unavailable.class, unavailable -> {
            assertThat(unavailable.answered()).isTrue();
            assertThat(unavailable.reason())
                    .startsWith("Docker answers, but image `registry.invalid/no-such-image:18` cannot be had: ")
                    .doesNotContain("\n", "Exception", "{");
        });
        assertThat(progress).containsExactly("pulling image `registry.invalid/no-such-image:18`");
    }

    @Test
    void refusesWhatIsNoNameOfAnImage() {
        assertThat(engine.start(EngineTestBed.requestImage("post gres:18")))
                .isEqualTo(new Unavailable("`post gres:18` is not the name of an image", true));
    }

    @Test
    void saysWhyAContainerDoesNotStart(@TempDir Path temporary) throws Exception {
        Path dockerfile = Files.writeString(
                temporary.resolve("Dockerfile"),
                "FROM postgres:18\nENTRYPOINT [\"sh\", \"-c\", \"echo no room left >&2; exit 1\"]\n");
        String tag = "schemaproof-test/broken:latest";
        String image = docker.buildImageCmd(dockerfile.toFile())
                .withTags(Set.of(tag))
                .exec(new BuildImageResultCallback())
                .awaitImageId();
        try {
            assertThat(engine.start(EngineTestBed.requestImage(tag)))
                    .isEqualTo(new Unavailable(
                            "Docker answers, but a container of image `" + tag
                                    + "` does not start: it has ended: no room left",
                            true));
            assertThat(containersOf(SELF)).isEmpty();
        } finally {
            docker.removeImageCmd(image).withForce(true).exec();
        }
    }

    @Test
    void theNextStartSweepsTheContainerOfAKilledBuild() throws Exception {
        Forked.Running forked = Forked.engine("container");
        // as long as it lives, it is not swept
        start().close();
        assertThat(containersOf(forked.process().pid())).hasSize(1);

        forked.process().destroyForcibly().waitFor();
        start().close();

        assertThat(containersOf(forked.process().pid())).isEmpty();
    }

    @Test
    void anInterruptedBuildRemovesItsContainer() throws Exception {
        Forked.Running forked = Forked.engine("container");
        assertThat(containersOf(forked.process().pid())).hasSize(1);
        forked.process().destroy();
        forked.process().waitFor();

        assertThat(containersOf(forked.process().pid())).isEmpty();
    }

    private RunningDatabase start() {
        return EngineTestBed.started(engine.start(EngineTestBed.request(18)));
    }

    /** Other builds of this machine may be running containers too. */
    private static List<String> containersOf(long pid) {
        return docker
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(Docker.RUN_LABEL, Docker.PID_LABEL + "=" + pid))
                .exec()
                .stream()
                .map(Container::getId)
                .toList();
    }
}
