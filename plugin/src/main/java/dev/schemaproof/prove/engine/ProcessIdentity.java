package dev.schemaproof.prove.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A JVM that made something, told apart from every other, so that what it left can be removed once it is gone.
 *
 * @param host where its process number means something: a boot of a machine and, on Linux, a process namespace of it, as
 *     containers number their processes for themselves
 * @param pid its process number
 * @param started guards against a process number that was given out again
 */
record ProcessIdentity(String host, long pid, Instant started) {

    /** Linux computes a start from the time of the boot, which is corrected now and then. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    ProcessIdentity {
        Objects.requireNonNull(started, "started");
        if (host.isBlank() || host.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("not a host: `" + host + "`");
        }
    }

    static ProcessIdentity current(TemporaryHome home) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        return new ProcessIdentity(
                host(home), self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Whether the process surely runs no more; false also where that cannot be known from here. */
    boolean isGone(ProcessIdentity observer) {
        return isSameHost(observer)
                && ProcessHandle.of(pid)
                        .map(other -> !isRunning(other) || !isStart(other, started))
                        .orElse(true);
    }

    boolean isSameHost(ProcessIdentity other) {
        return host.equals(other.host);
    }

    /**
     * Whether a process still does anything. One that has ended stays in the list of Linux until its parent asks for its
     * result, which in a container may be never.
     */
    static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            // The state follows the name, which is in parentheses and may hold any character
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException | StringIndexOutOfBoundsException notLinux) {
            return process.isAlive();
        }
    }

    private static boolean isStart(ProcessHandle process, Instant started) {
        return process.info()
                .startInstant()
                .map(actual -> Duration.between(started, actual).abs().compareTo(CLOCK_TOLERANCE) <= 0)
                .orElse(true);
    }

    /** One line, read back by {@link #parse}. */
    String text() {
        return host + " " + pid + " " + started.toEpochMilli();
    }

    static Optional<ProcessIdentity> parse(String text) {
        String[] words = text.strip().split(" ", -1);
        if (words.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcessIdentity(
                    words[0], Long.parseLong(words[1]), Instant.ofEpochMilli(Long.parseLong(words[2]))));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static String host(TemporaryHome home) throws IOException {
        Path boot = Path.of("/proc/sys/kernel/random/boot_id");
        Path namespace = Path.of("/proc/self/ns/pid");
        if (Files.isReadable(boot) && Files.isSymbolicLink(namespace)) {
            String inode = Files.readSymbolicLink(namespace).toString().replaceAll("[^0-9]", "");
            return Files.readString(boot, StandardCharsets.US_ASCII).strip() + "/" + inode;
        }
        // Elsewhere a name of our own: host names are not unique, and looking them up can take seconds
        Path named = home.directory().resolve("host");
        if (!Files.exists(named)) {
            Path draft = Files.createTempFile(home.directory(), "host-", null);
            Files.writeString(draft, UUID.randomUUID().toString());
            try {
                Files.createLink(named, draft);
            } catch (FileAlreadyExistsException namedMeanwhile) {
                // the other's name is as good
            } finally {
                Files.delete(draft);
            }
        }
        return Files.readString(named, StandardCharsets.US_ASCII).strip();
    }
}
