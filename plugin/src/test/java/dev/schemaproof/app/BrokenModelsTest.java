package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Findings;
import dev.schemaproof.output.RunRecord.Message;
import dev.schemaproof.report.Ansi;
import dev.schemaproof.yaml.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page of broken models shows for each exactly what the log would. What it shows is written by {@code mvn -pl plugin test
 * -Dtest=BrokenModelsTest -Dschemaproof.bless}; read it as somebody would who meets it for the first time.
 */
class BrokenModelsTest {

    private static final Path PAGE = Path.of("..", "docs", "broken-models.md");
    private static final Path PROJECT = Path.of("project");

    private static final Pattern SECTION = Pattern.compile("^## .*?(?=^## |\\z)", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern FILE = Pattern.compile("<!-- is wrong: (\\S+) -->\n```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SCREEN = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);

    @Test
    void theScreensAreThoseOfTheLog() throws IOException {
        var page = Files.readString(PAGE);
        var expected =
                SECTION.matcher(page).replaceAll(section -> Matcher.quoteReplacement(withScreen(section.group())));
        if (System.getProperty("schemaproof.bless") != null) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE)
                .as("mend it with: mvn -pl plugin test -Dtest=BrokenModelsTest -Dschemaproof.bless")
                .content()
                .isEqualTo(expected);
    }

    @Test
    void thereAreTenAndEachFails() throws IOException {
        var sections = SECTION.matcher(Files.readString(PAGE)).results().toList();
        assertThat(sections).hasSize(10);
        assertThat(sections)
                .allSatisfy(section -> assertThat(
                                SCREEN.matcher(section.group()).results().toList())
                        .singleElement()
                        .extracting(screen -> screen.group(1))
                        .asString()
                        .contains("[ERROR]"));
    }

    private static String withScreen(String section) {
        var files = FILE.matcher(section)
                .results()
                .map(file -> new SourceFile(
                        "src/main/schema/" + file.group(1), file.group(2).getBytes(StandardCharsets.UTF_8)))
                .toList();
        assertThat(files).as(section).isNotEmpty();
        return SCREEN.matcher(section).replaceFirst(Matcher.quoteReplacement("```text\n" + screen(files) + "```"));
    }

    private static String screen(List<SourceFile> files) {
        var request = new ModelRequest(
                PROJECT,
                PROJECT.resolve("src/main/schema"),
                PROJECT.resolve("src/main/schema-baseline"),
                PROJECT.resolve("target/schema"),
                FailOn.ERROR,
                new ModelRequest.Tool("1", "1"),
                Findings.TODAY,
                Optional.empty());
        var model = CheckedModel.of(request, new ModelFiles("src/main/schema", files, Optional.empty()));
        var messages = new ArrayList<>(model.messages(request));
        if (model.fails(request)) {
            messages.add(new Message("error", model.failure(request)));
        }
        return messages.stream()
                .map(message ->
                        "[" + message.level().toUpperCase(Locale.ROOT) + "] " + Ansi.strip(message.text()) + "\n")
                .collect(Collectors.joining());
    }
}
