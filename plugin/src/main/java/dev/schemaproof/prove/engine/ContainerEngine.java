package dev.schemaproof.prove.engine;

import com.github.dockerjava.api.exception.DockerException;
import dev.schemaproof.prove.engine.EngineStart.Started;
import dev.schemaproof.prove.engine.EngineStart.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * PostgreSQL in a container, through Testcontainers. The container is removed at the end of the run; those of a build that
 * was killed are swept by the next.
 */
public final class ContainerEngine implements PostgresEngine {

    private static final String SUPERUSER = "postgres";
    private static final long POLL_MILLIS = 100;

    /** A daemon that is there answers at once; one that is not must not hold the build. */
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(20);

    private final Consumer<String> progress;
    private final Supplier<Docker> search;

    /**
     * An engine.
     *
     * @param progress told when an image is being pulled, which may take a while
     */
    public ContainerEngine(Consumer<String> progress) {
        this(progress, Docker::find);
    }

    ContainerEngine(Consumer<String> progress, Supplier<Docker> search) {
        this.progress = progress;
        this.search = search;
    }

    @Override
    public EngineChoice choice() {
        return EngineChoice.CONTAINER;
    }

    @Override
    public String name() {
        return "container";
    }

    @Override
    public EngineStart start(EngineRequest request) {
        TestcontainersLog.silence();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Testcontainers finds its services through it
        thread.setContextClassLoader(ContainerEngine.class.getClassLoader());
        try {
            Docker docker = find(
                    request.startTimeout().compareTo(LONGEST_SEARCH) < 0 ? request.startTimeout() : LONGEST_SEARCH);
            boolean started = false;
            try {
                EngineStart start = start(request, docker);
                started = start instanceof Started;
                return start;
            } finally {
                if (!started) {
                    docker.close();
                }
            }
        } catch (NoDockerException e) {
            return new Unavailable(Problems.sentence(e), false);
        } catch (IOException | SQLException e) {
            return new Unavailable(Problems.sentence(e), true);
        } catch (RuntimeException e) {
            // Whatever goes wrong between us and a Docker, as one that is stopped halfway, is thrown unchecked
            return new Unavailable("Docker answers, but fails: " + Docker.sentence(e), true);
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            return new Unavailable("the build is being stopped", true);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private EngineStart start(EngineRequest request, Docker docker)
            throws IOException, InterruptedException, SQLException {
        ProcessIdentity self = ProcessIdentity.current(TemporaryHome.open());
        docker.sweep(self);
        String shown = request.image().orElse("postgres:" + request.majorVersion());
        DockerImageName image;
        try {
            image = ImageNameSubstitutor.instance().apply(DockerImageName.parse(shown));
            image.assertValid();
        } catch (IllegalArgumentException notAName) {
            return new Unavailable("`" + shown + "` is not the name of an image", true);
        }
        String canonical = image.asCanonicalNameString();
        if (!docker.hasImage(canonical)) {
            progress.accept("pulling image `" + canonical + "`");
            try {
                docker.pull(canonical);
            } catch (IOException e) {
                return new Unavailable(
                        "Docker answers, but image `" + shown + "` cannot be had: " + Docker.sentence(e), true);
            }
        }
        String run = UUID.randomUUID().toString();
        Cleanup cleanup;
        try {
            cleanup = new Cleanup(run, () -> {
                docker.remove(run);
                docker.close();
            });
        } catch (IllegalStateException shuttingDown) {
            return new Unavailable("the build is being stopped", true);
        }
        try {
            return run(request, docker, shown, canonical, new ContainerRun(run, self), cleanup);
        } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
            try {
                cleanup.run();
            } catch (Exception undone) {
                e.addSuppressed(undone);
            }
            throw e;
        }
    }

    private static EngineStart run(
            EngineRequest request, Docker docker, String shown, String image, ContainerRun run, Cleanup cleanup)
            throws IOException, SQLException, InterruptedException {
        String password = UUID.randomUUID().toString();
        Login login;
        try {
            String id = docker.start(
                    image,
                    run.labels(),
                    Map.of("POSTGRES_USER", SUPERUSER, "POSTGRES_PASSWORD", password, "POSTGRES_DB", SUPERUSER),
                    command());
            login = awaitAnswer(docker, id, password, request.startTimeout());
        } catch (IOException | DockerException e) {
            throw new IOException(
                    "Docker answers, but a container of image `" + shown + "` does not start: " + Docker.sentence(e));
        }
        Scratch scratch = Scratch.database(login);
        ServerFacts facts;
        try (Connection home = login.home().getConnection()) {
            facts = ServerFacts.read(home);
            if (facts.isTooOld()) {
                throw new IOException("image `" + shown + "` runs " + facts.shown() + "; the oldest supported is "
                        + EngineRequest.OLDEST_MAJOR);
            }
            scratch.create(home);
        }
        return new Started(new OpenDatabase(
                EngineChoice.CONTAINER,
                "container " + shown + " (" + facts.shown() + ")",
                facts,
                scratch,
                Optional.of(new ProgramFiles(login.home())),
                cleanup));
    }

    /**
     * Waits until the server answers a login. Not by the container's log: how often an image says that its server is ready
     * differs from image to image. While an image initialises, its server listens on no network, so that an answer is
     * final.
     */
    private static Login awaitAnswer(Docker docker, String id, String password, Duration timeout)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        String problem = "its port is not mapped";
        while (true) {
            OptionalInt port = docker.mappedPort(id);
            for (String host : port.isPresent() ? docker.hosts() : List.<String>of()) {
                Login login = Login.own(host, port.getAsInt(), SUPERUSER, password, timeout);
                try (Connection connection = login.probe().getConnection()) {
                    ServerFacts.read(connection);
                    return login;
                } catch (SQLException notYet) {
                    problem = Problems.ofLogin(login, notYet);
                }
            }
            if (!docker.isRunning(id)) {
                throw new IOException("it has ended"
                        + docker.lastWords(id).map(words -> ": " + words).orElse(""));
            }
            if (System.nanoTime() > end) {
                throw new IOException("its server does not answer within " + timeout.toSeconds() + " s: " + problem);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of("postgres"));
        ServerSettings.ofThrowaway().forEach((name, value) -> {
            command.add("-c");
            command.add(name + "=" + value);
        });
        return command;
    }

    /** What its containers are labelled with. */
    private record ContainerRun(String id, ProcessIdentity self) {
        Map<String, String> labels() {
            return Docker.labels(id, self);
        }
    }

    private Docker find(Duration within) throws NoDockerException, InterruptedException {
        CompletableFuture<Docker> found = new CompletableFuture<>();
        ClassLoader loader = ContainerEngine.class.getClassLoader();
        Thread searching = new Thread(
                () -> {
                    Thread.currentThread().setContextClassLoader(loader);
                    try {
                        found.complete(search.get());
                    } catch (Exception | LinkageError e) {
                        found.completeExceptionally(e);
                    }
                },
                "schemaproof-docker-search");
        searching.setDaemon(true);
        searching.start();
        try {
            return found.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            throw new NoDockerException("no Docker answers within " + within.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new NoDockerException("no Docker answers" + hint());
        }
    }

    private static String hint() {
        Path socket = Path.of("/var/run/docker.sock");
        String host = System.getenv("DOCKER_HOST");
        if (host != null && !host.isBlank()) {
            return " at `" + host + "`, as DOCKER_HOST says";
        }
        return Files.exists(socket) && !Files.isWritable(socket) ? ", as this user may not use `" + socket + "`" : "";
    }

    /** There is no Docker here, which is no failure of anything. */
    private static final class NoDockerException extends Exception {

        private static final long serialVersionUID = 1L;

        NoDockerException(String message) {
            super(message);
        }
    }
}
