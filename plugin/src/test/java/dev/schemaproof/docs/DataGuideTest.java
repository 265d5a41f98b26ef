package dev.schemaproof.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.app.Advise;
import dev.schemaproof.app.AdviseRequest;
import dev.schemaproof.app.FailOn;
import dev.schemaproof.app.LastModel;
import dev.schemaproof.app.ModelRequest;
import dev.schemaproof.discover.csv.CsvDialect;
import dev.schemaproof.output.Json;
import dev.schemaproof.report.Ansi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide shows what its file gives with its model, and names every key of the report. When its screen is out of date: {@code
 * mvn -pl plugin test -Dtest=DataGuideTest -Dschemaproof.bless}.
 */
class DataGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "data.md");

    private static final Pattern CSV = Pattern.compile("```csv\n(.*?)```", Pattern.DOTALL);
    private static final Pattern MODEL = Pattern.compile("```yaml\n(schema: .*?)```", Pattern.DOTALL);
    private static final Pattern SCREEN = Pattern.compile("```text\n.*?```", Pattern.DOTALL);
    private static final Pattern PASTED =
            Pattern.compile("(?<=Visit.dependencies -->\n)```yaml\n.*?```", Pattern.DOTALL);
    private static final Pattern TO_PASTE = Pattern.compile("```yaml\n.*?    dependencies:\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path project;

    private final StringBuilder screen = new StringBuilder();
    private String guide;

    @BeforeEach
    void advise() throws IOException {
        guide = Files.readString(GUIDE);
        write("visits.csv", block(CSV));
        write("src/main/schema/clinic.yaml", block(MODEL));
        var request = new AdviseRequest(
                new ModelRequest(
                        project,
                        project.resolve("src/main/schema"),
                        project.resolve("src/main/schema-baseline"),
                        project.resolve("target/schema"),
                        FailOn.ERROR,
                        new ModelRequest.Tool("1", "1"),
                        LocalDate.of(2026, 6, 1),
                        Optional.empty()),
                List.of("visits.csv"),
                CsvDialect.usual(),
                Optional.empty(),
                Optional.empty(),
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                Duration.ofHours(1),
                64 << 20,
                false);
        Advise.run(
                request,
                new LastModel(),
                (level, text) -> screen.append(Ansi.strip(text)).append('\n'));
    }

    @Test
    void theScreenAndWhatToPasteAreThoseOfTheFile() throws IOException {
        var toPaste = TO_PASTE.matcher(report("advice.md"));
        assertThat(toPaste.find()).isTrue();

        var expected = SCREEN.matcher(guide).replaceFirst(Matcher.quoteReplacement("```text\n" + screen + "```"));
        expected = PASTED.matcher(expected)
                .replaceFirst(
                        Matcher.quoteReplacement("```yaml\n" + toPaste.group(1).indent(-6) + "```"));
        if (System.getProperty("schemaproof.bless") != null) {
            Files.writeString(GUIDE, expected);
        }
        assertThat(GUIDE)
                .as("mend it with: mvn -pl plugin test -Dtest=DataGuideTest -Dschemaproof.bless")
                .content()
                .isEqualTo(expected);
        assertThat(screen).contains("is refuted by two rows");
    }

    @Test
    void everyKeyOfTheReportIsExplained() throws IOException {
        var keys = new TreeSet<String>();
        collect(Json.read(report("advice.json")), keys);

        assertThat(keys)
                .contains("claims", "rules", "line")
                .allSatisfy(key -> assertThat(guide).contains("`" + key + "`"));
    }

    /** Not the values of rows, whose keys are the columns. */
    private static void collect(Object json, TreeSet<String> keys) {
        if (json instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                keys.add(String.valueOf(key));
                if (!(key.equals("values") && value instanceof Map<?, ?>)) {
                    collect(value, keys);
                }
            });
        } else if (json instanceof List<?> list) {
            list.forEach(item -> collect(item, keys));
        }
    }

    private String block(Pattern pattern) {
        var block = pattern.matcher(guide);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private String report(String name) throws IOException {
        return Files.readString(project.resolve("target/schema").resolve(name));
    }

    private void write(String name, String text) throws IOException {
        var file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
