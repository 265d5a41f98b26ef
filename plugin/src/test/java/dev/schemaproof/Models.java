package dev.schemaproof;

import dev.schemaproof.model.Model;
import dev.schemaproof.yaml.ModelReader;
import dev.schemaproof.yaml.ReadResult;
import dev.schemaproof.yaml.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Models for tests, from YAML. */
public final class Models {

    /** The path that findings in models from {@link #read(String)} name. */
    public static final String FILE = "src/main/schema/model.yaml";

    private Models() {}

    /** A model in one file that has to be free of flaws. */
    public static Model read(String yaml) {
        return sound(tryRead(yaml));
    }

    /** A model in one file, with its flaws. */
    public static ReadResult tryRead(String yaml) {
        return ModelReader.read(
                "src/main/schema", List.of(new SourceFile(FILE, yaml.getBytes(StandardCharsets.UTF_8))));
    }

    /** The model of a directory, which has to be free of flaws. */
    public static Model readDirectory(Path directory) throws IOException {
        return readDirectory(directory, text -> text);
    }

    /** The model of a directory, each of whose files is edited before. */
    public static Model readDirectory(Path directory, UnaryOperator<String> edit) throws IOException {
        try (var files = Files.walk(directory)) {
            var sources = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .map(file -> source(directory, file, edit))
                    .toList();
            return sound(ModelReader.read("src/main/schema", sources));
        }
    }

    private static SourceFile source(Path directory, Path file, UnaryOperator<String> edit) {
        try {
            var path = directory.relativize(file).toString().replace('\\', '/');
            return new SourceFile(
                    "src/main/schema/" + path,
                    edit.apply(Files.readString(file)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Model sound(ReadResult result) {
        if (!result.findings().isEmpty()) {
            throw new AssertionError("the model has flaws: " + result.findings());
        }
        return result.model().orElseThrow();
    }
}
