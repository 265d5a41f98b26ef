package dev.schemaproof.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Findings;
import dev.schemaproof.output.Json;
import dev.schemaproof.report.Console;
import dev.schemaproof.report.EntityForm.Verdict;
import dev.schemaproof.report.NormalFormJson;
import dev.schemaproof.report.NormalFormReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The guide shows what its model gives, and names every key of the report. When its screens are out of date: {@code mvn -pl
 * plugin test -Dtest=NormalFormsGuideTest -Dschemaproof.bless}.
 */
class NormalFormsGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "normal-forms.md");

    private static final Pattern MODEL = Pattern.compile("```yaml\n(schema: .*?)```", Pattern.DOTALL);
    private static final Pattern SCREEN = Pattern.compile("```text\n.*?```", Pattern.DOTALL);
    private static final Pattern SCRIPT = Pattern.compile("```sql\n.*?```", Pattern.DOTALL);

    @Test
    void theScreensAreThoseOfTheModel() throws IOException {
        var guide = Files.readString(GUIDE);
        var model = MODEL.matcher(guide);
        assertThat(model.find()).isTrue();
        var read = Models.tryRead(model.group(1));
        var screen = Findings.in(model.group(1)).stream()
                .map(finding -> Console.finding(finding, read.sources()) + "\n")
                .collect(Collectors.joining());
        var script = NormalFormReport.of(new Facts(Models.read(model.group(1)), Findings.TODAY)).entities().stream()
                .flatMap(form -> form.dependencies().stream())
                .flatMap(judged ->
                        judged.verdict() instanceof Verdict.Broken broken ? broken.example().stream() : Stream.empty())
                .findFirst()
                .orElseThrow()
                .script();

        var withScreen = SCREEN.matcher(guide).replaceFirst(Matcher.quoteReplacement("```text\n" + screen + "```"));
        var expected = SCRIPT.matcher(withScreen).replaceFirst(Matcher.quoteReplacement("```sql\n" + script + "```"));
        if (System.getProperty("schemaproof.bless") != null) {
            Files.writeString(GUIDE, expected);
        }
        assertThat(GUIDE)
                .as("mend it with: mvn -pl plugin test -Dtest=NormalFormsGuideTest -Dschemaproof.bless")
                .content()
                .isEqualTo(expected);
    }

    @Test
    void everyKeyOfTheReportIsExplained() throws IOException {
        var facts =
                new Facts(Models.read(Files.readString(Path.of("src/test/normal-forms/model.yaml"))), Findings.TODAY);
        var keys = new TreeSet<String>();
        collect(Json.read(NormalFormJson.of(NormalFormReport.of(facts), facts)), keys);

        assertThat(keys)
                .contains("cures", "derivation", "suspected", "wanted")
                .allSatisfy(key -> assertThat(Files.readString(GUIDE)).contains("`" + key + "`"));
    }

    private static void collect(Object json, TreeSet<String> keys) {
        if (json instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                keys.add(String.valueOf(key));
                collect(value, keys);
            });
        } else if (json instanceof List<?> list) {
            list.forEach(item -> collect(item, keys));
        }
    }
}
