package dev.schemaproof.prove.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** A Docker daemon that answers, found the way Testcontainers finds it. */
final class Docker implements Closeable {

    static final String RUN_LABEL = "dev.schemaproof.run";
    private static final String PID_LABEL = "dev.schemaproof.pid";
    private static final String HOST_LABEL = "dev.schemaproof.host";
    private static final String STARTED_LABEL = "dev.schemaproof.started";

    /** A pull that says nothing for so long has come to nothing. */
    private static final Duration PULL_SILENCE = Duration.ofSeconds(30);

    private static final Pattern DAEMON_MESSAGE = Pattern.compile("\"message\" *: *\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final DockerClient client;

    private Docker(DockerClient client) {
        this.client = client;
    }

    /**
     * The daemon.
     *
     * @throws IllegalStateException when none answers
     */
    static Docker find() {
        return new Docker(DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig()));
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
