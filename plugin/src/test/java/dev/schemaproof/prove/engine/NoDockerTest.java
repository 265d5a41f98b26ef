package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.prove.engine.EngineStart.Unavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class NoDockerTest {

    private static final EngineRequest REQUEST = new EngineRequest(
            EngineChoice.AUTO, 18, Optional.empty(), Optional.empty(), Path.of("cache"), Duration.ofMillis(200));

    @Test
    void isNoFailureOfDocker() {
        ContainerEngine engine = new ContainerEngine(ignored -> {}, () -> {
            throw new IllegalStateException("Could not find a valid Docker environment.\nAttempted configurations");
        });

        assertThat(engine.start(REQUEST)).isInstanceOfSatisfying(Unavailable.class, unavailable -> {
            assertThat(unavailable.answered()).isFalse();
            assertThat(unavailable.reason()).startsWith("no Docker answers").doesNotContain("\n", "configurations");
        });
    }

    @Test
    void aDockerThatIsSilentDoesNotHoldTheBuild() {
        CountDownLatch never = new CountDownLatch(1);
        ContainerEngine engine = new ContainerEngine(ignored -> {}, () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException();
        });

        assertThat(engine.start(REQUEST)).isInstanceOfSatisfying(Unavailable.class, unavailable -> {
            assertThat(unavailable.answered()).isFalse();
            assertThat(unavailable.reason()).startsWith("no Docker answers within");
        });
        never.countDown();
    }
}
