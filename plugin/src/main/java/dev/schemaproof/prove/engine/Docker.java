package dev.schemaproof.prove.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * A Docker daemon that answers, found and logged in to by Testcontainers. Its containers are run through its client, and
 * not as {@code GenericContainer}s: those first start a privileged cleaner of an image of its own, and where that image
 * cannot be had keep trying for minutes. We remove and sweep by our labels.
 */
final class Docker implements Closeable {

    static final String RUN_LABEL = "dev.schemaproof.run";
    static final String PID_LABEL = "dev.schemaproof.pid";
    private static final String HOST_LABEL = "dev.schemaproof.host";
    private static final String STARTED_LABEL = "dev.schemaproof.started";

    /** A pull that says nothing for so long has come to nothing. */
    private static final Duration PULL_SILENCE = Duration.ofSeconds(30);

    private static final ExposedPort SERVER_PORT = ExposedPort.tcp(5432);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LOG_TAIL = 20;
    private static final int LOG_SECONDS = 5;

    private static final Pattern DAEMON_MESSAGE = Pattern.compile("\"message\" *: *\"((?:[^\"\\\\]|\\\\.)*+)\"");

    private final DockerClient client;
    private final DockerHosts hosts;

    private Docker(DockerClient client, DockerHosts hosts) {
        this.client = client;
        this.hosts = hosts;
    }

    /**
     * The daemon.
     *
     * @throws IllegalStateException when none answers
     */
    static Docker find() {
        TransportConfig transport = DockerClientFactory.instance().getTransportConfig();
        DockerClient client = DockerClientProviderStrategy.getClientForConfig(transport);
        return new Docker(client, DockerHosts.of(transport.getDockerHost(), client));
    }

    /** Where the ports of its containers may be found, the likeliest first. */
    List<String> hosts() {
        return hosts.names();
    }

    boolean hasImage(String image) {
        try {
            client.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException missing) {
            return false;
        }
    }

    /**
     * Pulls an image, in one attempt.
     *
     * @throws IOException with the daemon's own words, when it cannot be had
     */
    void pull(String image) throws IOException, InterruptedException {
        AtomicLong heard = new AtomicLong(System.nanoTime());
        ResultCallback.Adapter<PullResponseItem> pull = new PullImageResultCallback() {
            @Override
            public void onNext(PullResponseItem item) {
                heard.set(System.nanoTime());
                super.onNext(item);
            }
        };
        try (pull) {
            client.pullImageCmd(image).exec(pull);
            while (!pull.awaitCompletion(1, TimeUnit.SECONDS)) {
                if (System.nanoTime() - heard.get() > PULL_SILENCE.toNanos()) {
                    throw new IOException("the registry has been silent for " + PULL_SILENCE.toSeconds() + " s");
                }
            }
        } catch (DockerException | DockerClientException e) {
            throw new IOException(sentence(e), e);
        }
        if (!hasImage(image)) {
            throw new IOException("the registry does not have it for this machine");
        }
    }

    /** The labels that tell whose a container is. */
    static Map<String, String> labels(String run, ProcessIdentity self) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(RUN_LABEL, run);
        labels.put(HOST_LABEL, self.host());
        labels.put(PID_LABEL, Long.toString(self.pid()));
        labels.put(STARTED_LABEL, Long.toString(self.started().toEpochMilli()));
        return labels;
    }

    /**
     * Makes a container with PostgreSQL's port mapped, and starts it.
     *
     * @return its id
     */
    String start(String image, Map<String, String> labels, Map<String, String> environment, List<String> command) {
        // Where the daemon is on this machine, others on the network need not reach the server
        Ports.Binding binding = hosts.isThisMachineOnly() ? Ports.Binding.bindIp(LOOPBACK) : Ports.Binding.empty();
        String id = client.createContainerCmd(image)
                .withLabels(labels)
                .withEnv(environment.entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList())
                .withCmd(command)
                .withExposedPorts(SERVER_PORT)
                .withHostConfig(HostConfig.newHostConfig().withPortBindings(new PortBinding(binding, SERVER_PORT)))
                .exec()
                .getId();
        client.startContainerCmd(id).exec();
        return id;
    }

    boolean isRunning(String id) {
        return Boolean.TRUE.equals(
                client.inspectContainerCmd(id).exec().getState().getRunning());
    }

    /** The port of the daemon's host that leads to the server; empty until it is mapped. */
    OptionalInt mappedPort(String id) {
        Ports.Binding[] bindings = client.inspectContainerCmd(id)
                .exec()
                .getNetworkSettings()
                .getPorts()
                .getBindings()
                .get(SERVER_PORT);
        return bindings == null || bindings.length == 0
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(bindings[0].getHostPortSpec()));
    }

    /** The last line of a container's log, which is why it ended, should it have ended. */
    Optional<String> lastWords(String id) throws InterruptedException {
        AtomicReference<String> last = new AtomicReference<>("");
        ResultCallback.Adapter<Frame> log = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                new String(frame.getPayload(), StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .forEach(last::set);
            }
        };
        client.logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withTail(LOG_TAIL)
                .exec(log);
        log.awaitCompletion(LOG_SECONDS, TimeUnit.SECONDS);
        return Optional.of(Problems.clause(Objects.requireNonNullElse(last.get(), "")))
                .filter(words -> !words.isEmpty());
    }

    /** Removes the containers of a run, running or not, with their volumes. */
    void remove(String run) {
        for (Container container : labelled(RUN_LABEL + "=" + run)) {
            remove(container);
        }
    }

    /** Removes the containers of JVMs of this machine that are gone. */
    void sweep(ProcessIdentity self) {
        for (Container container : labelled(RUN_LABEL)) {
            if (maker(container.getLabels()).filter(maker -> maker.isGone(self)).isPresent()) {
                try {
                    remove(container);
                } catch (DockerException beingRemoved) {
                    // another build sweeps it too
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** What a failure says, without the transport's wrapping. */
    static String sentence(Throwable e) {
        String deepest = Problems.sentence(e);
        Matcher daemon = DAEMON_MESSAGE.matcher(deepest);
        return daemon.find() ? Problems.clause(daemon.group(1).replace("\\\"", "\"")) : deepest;
    }

    private List<Container> labelled(String label) {
        return client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(label))
                .exec();
    }

    private void remove(Container container) {
        try {
            client.removeContainerCmd(container.getId())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException gone) {
            // as wished
        }
    }

    private static Optional<ProcessIdentity> maker(Map<String, String> labels) {
        try {
            return Optional.of(new ProcessIdentity(
                    labels.getOrDefault(HOST_LABEL, ""),
                    Long.parseLong(labels.getOrDefault(PID_LABEL, "")),
                    Instant.ofEpochMilli(Long.parseLong(labels.getOrDefault(STARTED_LABEL, "")))));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
