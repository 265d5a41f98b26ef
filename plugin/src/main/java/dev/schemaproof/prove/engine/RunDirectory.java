package dev.schemaproof.prove.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where one embedded server lives: {@code owner} says which JVM started it, {@code server} holds all that the server
 * writes.
 *
 * @param path below {@link TemporaryHome}
 */
record RunDirectory(Path path) {

    private static final String PREFIX = "run-";
    private static final String OWNER = "owner";

    /** Longer than any build, so that what is older is nobody's, even where its process cannot be seen from here. */
    private static final Duration ABANDONED_AFTER = Duration.ofDays(2);

    private static final Duration GRACE = Duration.ofSeconds(5);

    static RunDirectory create(TemporaryHome home, ProcessIdentity self) throws IOException {
        RunDirectory run = new RunDirectory(Files.createTempDirectory(home.directory(), PREFIX));
        Files.writeString(run.path.resolve(OWNER), self.text() + "\n");
        Files.createDirectory(run.server());
        return run;
    }

    /** Belongs to the account that the server runs as. */
    Path server() {
        return path.resolve("server");
    }

    Path data() {
        return server().resolve("data");
    }

    void delete() throws IOException {
        Trees.delete(path);
    }

    /** Stops the servers of JVMs that are gone and deletes their directories; what cannot be removed stays. */
    static void sweep(TemporaryHome home, ProcessIdentity self) throws IOException {
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(home.directory(), PREFIX + "*")) {
            for (Path path : paths) {
                RunDirectory run = new RunDirectory(path);
                try {
                    if (run.isLeftover(self)) {
                        Optional<Postmaster> server = Postmaster.of(run.data());
                        if (server.isEmpty() || server.get().terminate(GRACE)) {
                            run.delete();
                        }
                    }
                } catch (IOException unswept) {
                    // another build may be sweeping it too
                }
            }
        }
    }

    private boolean isLeftover(ProcessIdentity self) throws IOException {
        Path owner = path.resolve(OWNER);
        Optional<ProcessIdentity> maker = Files.exists(owner)
                ? ProcessIdentity.parse(Files.readString(owner, StandardCharsets.UTF_8))
                : Optional.empty();
        if (maker.isPresent() && maker.get().isSameHost(self)) {
            return maker.get().isGone(self);
        }
        return Files.getLastModifiedTime(path)
                .toInstant()
                .isBefore(Instant.now().minus(ABANDONED_AFTER));
    }
}
