package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.schemaproof.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** What an editor would say of the models that we read. */
class JsonSchemaTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Json.text(ModelReader.jsonSchema()), InputFormat.JSON);

    @Test
    void theLanguagesOwnExampleIsValid() {
        assertThat(SCHEMA.validate(json(ModelReaderTest.LANGUAGE_EXAMPLE), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("models")
    void everyModelInTheRepositoryIsValid(Path file) throws IOException {
        assertThat(SCHEMA.validate(json(Files.readString(file)), InputFormat.JSON))
                .isEmpty();
    }

    static Stream<Path> models() throws IOException {
        try (var examples = Files.walk(Path.of("../it"))) {
            var cases = Path.of("src/test/cases");
            var files = new ArrayList<>(examples.toList());
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
            assertThat(SCHEMA.validate(json(wrong), InputFormat.JSON))
                    .as(mistake.getValue())
                    .isNotEmpty();
        }
    }

    /** The text as JSON by YAML's core schema, as editors read it: numbers and truth values are none of texts. */
    private static String json(String yaml) {
        var options = new LoaderOptions();
        var resolver = new Resolver() {
            @Override
            protected void addImplicitResolvers() {
                addImplicitResolver(Tag.BOOL, java.util.regex.Pattern.compile("true|false"), "tf");
                addImplicitResolver(Tag.INT, INT, "-+0123456789");
                addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
                addImplicitResolver(Tag.NULL, NULL, "~nN\0");
                addImplicitResolver(Tag.NULL, EMPTY, null);
            }
        };
        Map<String, Object> tree = new Yaml(
                        new SafeConstructor(options),
                        new Representer(new DumperOptions()),
                        new DumperOptions(),
                        options,
                        resolver)
                .load(yaml);
        return Json.text(tree);
    }
}
