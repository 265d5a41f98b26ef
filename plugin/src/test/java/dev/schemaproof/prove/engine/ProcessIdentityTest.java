package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessIdentityTest {

    private Path temporary;
    private ProcessIdentity self;

    @BeforeEach
    void identify(@TempDir Path directory) throws IOException {
        temporary = directory;
        self = ProcessIdentity.current(TemporaryHome.open(temporary.resolve("home")));
    }

    @Test
    void thisProcessIsNotGone() {
        assertThat(self.isGone(self)).isFalse();
    }

    @Test
    void isReadBackFromItsText() {
        assertThat(ProcessIdentity.parse(self.text() + "\n")).isPresent().hasValueSatisfying(read -> {
            assertThat(read.isSameHost(self)).isTrue();
            assertThat(read.pid()).isEqualTo(self.pid());
            assertThat(read.isGone(self)).isFalse();
        });
    }

    @Test
    void aProcessThatHasEndedIsGone() throws Exception {
        Process process = new ProcessBuilder(Forked.java(), "-version").start();
        ProcessIdentity other = new ProcessIdentity(
                self.host(), process.pid(), process.info().startInstant().orElse(self.started()));
        process.waitFor();

        assertThat(other.isGone(self)).isTrue();
    }

    @Test
    void aProcessThatNobodyBuriesIsGone() throws Exception {
        assumeThat(Path.of("/proc/self/stat")).exists();
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 60").start();
        try (BufferedReader output = parent.inputReader()) {
            long pid = Long.parseLong(output.readLine());
            await(() -> Files.readString(Path.of("/proc/" + pid + "/stat")).contains(" Z "));
            ProcessHandle process = ProcessHandle.of(pid).orElseThrow();

            assertThat(process.isAlive()).isTrue();
            assertThat(ProcessIdentity.isRunning(process)).isFalse();
        } finally {
            parent.destroyForcibly();
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.call()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void aProcessNumberGivenOutAgainIsNotTheSameProcess() {
        ProcessIdentity before =
                new ProcessIdentity(self.host(), self.pid(), self.started().minus(Duration.ofHours(1)));

        assertThat(before.isGone(self)).isTrue();
    }

    @Test
    void whatRunsElsewhereCannotBeSeenToBeGone() {
        ProcessIdentity elsewhere =
                new ProcessIdentity("elsewhere", self.pid(), self.started().minus(Duration.ofHours(1)));

        assertThat(elsewhere.isGone(self)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host 1", "host one 2", "host 1 2 3"})
    void whatIsNoIdentityIsNotReadAsOne(String text) {
        assertThat(ProcessIdentity.parse(text)).isEmpty();
    }

    @Test
    void aHomeThatIsNoDirectoryIsRefused() throws IOException {
        Path target = Files.createDirectory(temporary.resolve("target"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), target);

        assertThatIOException().isThrownBy(() -> TemporaryHome.open(link)).withMessageContaining("is not a directory");
    }
}
