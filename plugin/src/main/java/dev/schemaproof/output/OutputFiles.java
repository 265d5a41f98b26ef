package dev.schemaproof.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a set of files so that a failed run leaves every earlier file as it was: all texts go to temporary files beside
 * their targets first, and are moved only when all of them could be written. Files that have the text already are not
 * touched.
 */
public final class OutputFiles {

    private OutputFiles() {}

    /**
     * Writes the texts.
     *
     * @throws IOException with the path that could not be written in its message
     */
    public static void write(Map<Path, String> texts) throws IOException {
        var prepared = new LinkedHashMap<Path, Path>();
        try {
            for (var entry : texts.entrySet()) {
                var bytes = entry.getValue().getBytes(StandardCharsets.UTF_8);
                if (!holds(entry.getKey(), bytes)) {
                    prepared.put(prepare(entry.getKey(), bytes), entry.getKey());
                }
            }
            for (var entry : prepared.entrySet()) {
                move(entry.getKey(), entry.getValue());
            }
        } finally {
            for (var temporary : prepared.keySet()) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private static boolean holds(Path file, byte[] bytes) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == bytes.length
                && Arrays.equals(Files.readAllBytes(file), bytes);
    }

    private static Path prepare(Path target, byte[] bytes) throws IOException {
        try {
            Files.createDirectories(target.getParent());
            // Not createTempFile, whose files nobody else may read
            var temporary = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + "-"
                            + Thread.currentThread().getId() + ".tmp");
            try {
                Files.write(temporary, bytes);
            } catch (IOException e) {
                Files.deleteIfExists(temporary);
                throw e;
            }
            return temporary;
        } catch (IOException e) {
            throw new IOException("can't write " + target + ": " + reason(e), e);
        }
    }

    private static void move(Path temporary, Path target) throws IOException {
        try {
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new IOException("can't replace " + target + ": " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException
                ? "access denied"
                : e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage());
    }
}
