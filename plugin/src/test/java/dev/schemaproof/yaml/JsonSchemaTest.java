package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an editor would say of the models that we read. */
class JsonSchemaTest {

    @Test
    void theLanguagesOwnExampleIsValid() {
        assertThat(EditorSchema.complaints(ModelReaderTest.LANGUAGE_EXAMPLE)).isEmpty();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("models")
    void everyModelInTheRepositoryIsValid(Path file) throws IOException {
        assertThat(EditorSchema.complaints(Files.readString(file))).isEmpty();
    }

    static Stream<Path> models() throws IOException {
        try (var examples = Files.walk(Path.of("../it"));
                var starters = Files.walk(Path.of("../archetype/src"))) {
            var cases = Path.of("src/test/cases");
            var files = new ArrayList<>(examples.toList());
            starters.forEach(files::add);
            if (Files.isDirectory(cases)) {
                try (var golden = Files.walk(cases)) {
                    golden.forEach(files::add);
                }
            }
            return files.stream()
                    .filter(file -> file.toString().matches(".*[/\\\\](model|schema)[/\\\\].*\\.ya?ml"))
                    .filter(file -> !file.toString().contains("target"))
                    .filter(file -> !file.toString().contains("broken"));
        }
    }

    @Test
    void unknownKeysAndWrongWordsAreNot() {
        for (var mistake : Map.of(
                        "username:     text", "username: {tpye: text}",
                        "onDelete: cascade", "onDelete: kaskade",
                        "rows: 10M", "rows: many",
                        "find: many", "find: all")
                .entrySet()) {
            var wrong = ModelReaderTest.LANGUAGE_EXAMPLE.replace(mistake.getKey(), mistake.getValue());

            assertThat(wrong).isNotEqualTo(ModelReaderTest.LANGUAGE_EXAMPLE);
            assertThat(EditorSchema.complaints(wrong)).as(mistake.getValue()).isNotEmpty();
        }
    }
}
