package dev.schemaproof.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Generators;
import dev.schemaproof.app.Rules;
import dev.schemaproof.check.Checker;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A model in, the whole set of files out. Every folder of {@code src/test/cases} is a case: {@code model/} is what is read
 * and {@code expected/} what has to come of it, byte for byte; the case {@code social} is the worked example, whose model
 * is that of {@code it/social}.
 *
 * <p>What is expected is never written by hand: {@code mvn -pl plugin test -Dtest=GoldenCasesTest -Dschemaproof.bless}
 * writes it anew, and the review of the difference is the review of the change.
 */
class GoldenCasesTest {

    private static final Path CASES = Path.of("src/test/cases");
    private static final Path WORKED_EXAMPLE = Path.of("../it/social/src/main/schema");
    private static final boolean BLESS = System.getProperty("schemaproof.bless") != null;

    static List<String> cases() throws IOException {
        try (var folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void generatesWhatIsExpected(String name) throws Exception {
        var folder = CASES.resolve(name);
        var model = name.equals("social") ? WORKED_EXAMPLE : folder.resolve("model");
        assertThat(errors(model)).as("errors in the model").isEmpty();

        var generated = generate(model);
        assertThat(generate(model)).as("the second run").isEqualTo(generated);

        var expected = folder.resolve("expected");
        if (BLESS) {
            replace(expected, generated);
        }
        assertThat(read(expected))
                .as("-Dschemaproof.bless writes %s anew", expected)
                .isEqualTo(generated);
    }

    private static List<Finding> errors(Path model) throws IOException {
        return new Checker(Rules.all(), Set.of())
                .check(new Facts(Models.readDirectory(model))).stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .toList();
    }

    private static Map<String, String> generate(Path model) throws IOException, TemplateFailedException {
        var facts = new Facts(Models.readDirectory(model));
        var texts = new TreeMap<String, String>();
        for (var generator : Generators.all(Templates.builtIn())) {
            generator
                    .generate(facts)
                    .forEach(artifact -> assertThat(texts.put(artifact.path(), artifact.text()))
                            .as("another text for %s", artifact.path())
                            .isNull());
        }
        return texts;
    }

    private static Map<String, String> read(Path directory) throws IOException {
        var texts = new TreeMap<String, String>();
        if (Files.isDirectory(directory)) {
            try (var files = Files.walk(directory)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    texts.put(directory.relativize(file).toString().replace('\\', '/'), Files.readString(file));
                }
            }
        }
        return texts;
    }

    private static void replace(Path directory, Map<String, String> texts) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        for (var text : texts.entrySet()) {
            var file = directory.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
    }
}
