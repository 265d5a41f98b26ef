package dev.schemaproof.prove.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * This user's directory under {@code java.io.tmpdir}, where servers that run have their data, so that a later build finds
 * those that a killed one left.
 *
 * @param directory exists, and belongs to this user alone: others could otherwise make us stop and delete things
 */
record TemporaryHome(Path directory) {

    private static final String PROBE = "probe-";
    private static final Duration PROBE_LIFETIME = Duration.ofHours(1);

    /**
     * The directory of the user that runs this JVM, made when missing.
     *
     * @throws IOException when it cannot be made, or is not ours
     */
    static TemporaryHome open() throws IOException {
        String user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9._-]", "_");
        return open(Path.of(System.getProperty("java.io.tmpdir")).resolve("schemaproof-" + user));
    }

    static TemporaryHome open(Path directory) throws IOException {
        Files.createDirectories(directory.toAbsolutePath().getParent());
        try {
            Files.createDirectory(directory);
            if (isPosix(directory)) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (FileAlreadyExistsException made) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("`" + directory + "` is in the way, as it is not a directory", made);
            }
        }
        Path probe = Files.createTempFile(directory, PROBE, null);
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(directory))) {
                throw new IOException("`" + directory + "` belongs to " + Files.getOwner(directory) + ", not to "
                        + Files.getOwner(probe));
            }
        } finally {
            Files.delete(probe);
        }
        sweepProbes(directory);
        return new TemporaryHome(directory.toRealPath());
    }

    /** Of builds that were killed at that very moment. */
    private static void sweepProbes(Path directory) throws IOException {
        Instant abandoned = Instant.now().minus(PROBE_LIFETIME);
        try (DirectoryStream<Path> probes = Files.newDirectoryStream(directory, PROBE + "*")) {
            for (Path probe : probes) {
                if (Files.exists(probe)
                        && Files.getLastModifiedTime(probe).toInstant().isBefore(abandoned)) {
                    Files.deleteIfExists(probe);
                }
            }
        } catch (NoSuchFileException deletedMeanwhile) {
            // by another build
        }
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}
