package dev.schemaproof.app;

import dev.schemaproof.output.Fingerprint;
import dev.schemaproof.yaml.ModelReader;
import dev.schemaproof.yaml.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of a model.
 *
 * @param directory their directory, as messages show it
 * @param files in the order of their paths
 * @param contents the fingerprint of the files, taken once, as every goal asks for it several times
 * @param baseline the list of accepted findings, if there is one
 */
record ModelFiles(String directory, List<SourceFile> files, String contents, Optional<String> baseline) {

    /** Deep enough for any layout, and an end to links that go round in circles. */
    private static final int MAX_DEPTH = 32;

    ModelFiles(String directory, List<SourceFile> files, Optional<String> baseline) {
        this(directory, files, contents(files), baseline);
    }

    /** The files below the directory; empty when there is no such directory, which is no model and no flaw. */
    static Optional<ModelFiles> load(ModelRequest request) throws IOException {
        var directory = request.schemaDirectory();
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        var files = new ArrayList<SourceFile>();
        try (var walk = Files.walk(directory, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            for (var file : (Iterable<Path>) walk.filter(ModelFiles::belongs).sorted()::iterator) {
                files.add(new SourceFile(request.shown(file), read(file)));
            }
        } catch (java.io.UncheckedIOException e) {
            throw new IOException(
                    "can't read the model in " + directory + ": "
                            + Objects.requireNonNull(e.getCause()).getMessage(),
                    e);
        }
        return Optional.of(new ModelFiles(request.shown(directory), files, baseline(request.baselineFile())));
    }

    private static String contents(List<SourceFile> files) {
        var fingerprint = new Fingerprint();
        files.forEach(file -> fingerprint.add(file.path(), file.bytes()));
        return fingerprint.hex();
    }

    private static Optional<String> baseline(Path file) throws IOException {
        // What is no UTF-8 is no JSON either, and is reported as such
        return Files.isRegularFile(file)
                ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** The same files with another list of accepted findings, or none. */
    ModelFiles with(Optional<String> other) {
        return new ModelFiles(directory, files, contents, other);
    }

    private static boolean belongs(Path file) {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file);
    }

    /** The content, or of a file that is too large just enough to see that it is. */
    private static byte[] read(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return Files.size(file) <= ModelReader.MAX_FILE_SIZE
                    ? stream.readAllBytes()
                    : stream.readNBytes(ModelReader.MAX_FILE_SIZE + 1);
        } catch (IOException e) {
            throw new IOException("can't read " + file + ": " + e.getMessage(), e);
        }
    }

    void addTo(Fingerprint fingerprint) {
        fingerprint.add("files", contents);
        baseline.ifPresent(text -> fingerprint.add("baseline", text));
    }
}
