package dev.schemaproof.prove.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The main process of a server, as its data directory's {@code postmaster.pid} names it.
 *
 * @param pid its process number
 * @param started when it wrote that file, in whole seconds
 */
record Postmaster(long pid, Instant started) {

    private static final int START_LINE = 2;
    private static final long POLL_MILLIS = 10;

    /** Between the start of the process and the writing of the file. */
    private static final Duration START_TOLERANCE = Duration.ofMinutes(1);

    /** Empty when no server runs on the directory. */
    static Optional<Postmaster> of(Path data) throws IOException {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.UTF_8);
            return lines.size() <= START_LINE
                    ? Optional.empty()
                    : Optional.of(new Postmaster(
                            // negative while initdb runs one
                            Math.abs(Long.parseLong(lines.get(0).strip())),
                            Instant.ofEpochSecond(
                                    Long.parseLong(lines.get(START_LINE).strip()))));
        } catch (NoSuchFileException notRunning) {
            return Optional.empty();
        } catch (NumberFormatException beingWritten) {
            throw new IOException("`postmaster.pid` cannot be read", beingWritten);
        }
    }

    /** The process, unless it is gone and its number belongs to another. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessIdentity::isRunning).filter(this::isServer);
    }

    private boolean isServer(ProcessHandle process) {
        boolean startedThen = process.info()
                .startInstant()
                .map(start -> Duration.between(start, started).abs().compareTo(START_TOLERANCE) <= 0)
                .orElse(true);
        boolean postgres = process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(true);
        return startedThen && postgres;
    }

    /**
     * Asks the server to end, and kills it when it has not after the grace.
     *
     * @return whether it is gone
     */
    boolean terminate(Duration grace) {
        Optional<ProcessHandle> process = process();
        if (process.isEmpty()) {
            return true;
        }
        // A server asked so waits for its clients; those of a JVM that is gone are gone too
        process.get().destroy();
        if (ends(process.get(), grace)) {
            return true;
        }
        List<ProcessHandle> children = process.get().descendants().toList();
        process.get().destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        return ends(process.get(), grace);
    }

    /** Asks again and again, as the JVM hears of the end of a process that is not its child only after seconds. */
    private static boolean ends(ProcessHandle process, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        while (ProcessIdentity.isRunning(process)) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return !ProcessIdentity.isRunning(process);
            }
        }
        return true;
    }
}
