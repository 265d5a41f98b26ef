package dev.schemaproof.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.check.Accepted;
import dev.schemaproof.check.Findings;
import dev.schemaproof.check.Judgement;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Fix;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.output.Json;
import dev.schemaproof.report.Console;
import dev.schemaproof.report.FindingsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The guide shows what its model gives, and names every key of the report. When its screen is out of date: {@code mvn -pl plugin
 * test -Dtest=FindingsGuideTest -Dschemaproof.bless}.
 */
class FindingsGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "findings.md");

    private static final Pattern MODEL = Pattern.compile("```yaml\n(schema: .*?)```", Pattern.DOTALL);
    private static final Pattern SCREEN = Pattern.compile("```text\n.*?```", Pattern.DOTALL);

    @Test
    void theScreenIsThatOfTheModel() throws IOException {
        var guide = Files.readString(GUIDE);
        var model = MODEL.matcher(guide);
        assertThat(model.find()).isTrue();
        var read = Models.tryRead(model.group(1));
        var screen = Findings.in(model.group(1)).stream()
                .map(finding -> Console.finding(finding, read.sources()) + "\n")
                .collect(Collectors.joining());

        var expected = SCREEN.matcher(guide).replaceFirst(Matcher.quoteReplacement("```text\n" + screen + "```"));
        if (System.getProperty("schemaproof.bless") != null) {
            Files.writeString(GUIDE, expected);
        }
        assertThat(GUIDE)
                .as("mend it with: mvn -pl plugin test -Dtest=FindingsGuideTest -Dschemaproof.bless")
                .content()
                .isEqualTo(expected);
    }

    @Test
    void everyKeyOfTheReportIsExplained() throws IOException {
        var at = Location.startOf("a.yaml");
        var finding = Finding.of(new RuleId("a"), Severity.ERROR, at, "x", "y")
                .withHelp("z")
                .withRelated(at, "note")
                .withFix(Fix.replace(at, "a", "b"));
        var report =
                FindingsJson.of(new Judgement(List.of(), List.of(new Accepted(finding, Accepted.By.BASELINE, "old"))));

        var keys = new TreeSet<String>();
        collect(Json.read(report), keys);

        assertThat(keys)
                .contains("fix", "reason")
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
