package dev.schemaproof.prove.engine;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * This user's directory under {@code java.io.tmpdir}, where servers that run have their data, so that a later build finds
 * those that a killed one left.
 *
 * @param directory exists, and belongs to this user alone: others could otherwise make us stop and delete things
 */
record TemporaryHome(Path directory) {

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
        Path probe = Files.createTempFile(directory, "probe-", null);
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(directory))) {
                throw new IOException("`" + directory + "` belongs to " + Files.getOwner(directory) + ", not to "
                        + Files.getOwner(probe));
            }
        } finally {
            Files.delete(probe);
        }
        return new TemporaryHome(directory.toRealPath());
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}
