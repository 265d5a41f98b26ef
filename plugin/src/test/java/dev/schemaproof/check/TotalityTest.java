package dev.schemaproof.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Rules;
import dev.schemaproof.model.Model;
import dev.schemaproof.report.NormalFormJson;
import dev.schemaproof.report.NormalFormMarkdown;
import dev.schemaproof.report.NormalFormReport;
import dev.schemaproof.yaml.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules and reports judge what they can see and never throw, however broken the model is that could still be read. */
class TotalityTest {

    private static final Pattern YAML = Pattern.compile("## Wrong\n\n```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");

    static Stream<Path> pages() {
        return Rules.all().stream().map(rule -> Path.of("..", "docs", "rules", rule.id() + ".md"));
    }

    /** Models that are taken apart. */
    static Stream<Path> cures() throws IOException {
        try (var files = Files.list(Path.of("src/test/cures"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noRuleThrowsOnABrokenModel(Path page) throws IOException {
        check(YAML.matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .toList());
    }

    @ParameterizedTest
    @MethodSource("cures")
    void nothingThrowsOnAModelThatIsTakenApart(Path file) throws IOException {
        check(List.of(Files.readString(file)));
    }

    private static void check(List<String> models) {
        var checker = new Checker(Rules.all(), ModelReader.flaws());
        var checked = 0;
        for (var yaml : models) {
            for (var broken : broken(yaml)) {
                var model = Models.tryRead(broken).model();
                checked += model.isPresent() ? 1 : 0;
                model.ifPresent(read ->
                        assertThatCode(() -> check(checker, read)).as(broken).doesNotThrowAnyException());
            }
        }
        assertThat(checked).isPositive();
    }

    private static void check(Checker checker, Model model) {
        var facts = new Facts(model, Findings.TODAY);
        checker.check(facts);
        var forms = NormalFormReport.of(facts);
        assertThat(NormalFormMarkdown.of(forms, facts)).isNotEmpty();
        assertThat(NormalFormJson.of(forms, facts)).isNotEmpty();
    }

    /** The text without each of its lines, and with one word put in the place of another. */
    private static List<String> broken(String yaml) {
        var lines = yaml.lines().toList();
        var broken = new ArrayList<String>();
        for (var i = 0; i < lines.size(); i++) {
            var without = i;
            broken.add(String.join(
                    "\n",
                    IntStream.range(0, lines.size())
                            .filter(line -> line != without)
                            .mapToObj(lines::get)
                            .toList()));
        }
        var random = new Random(yaml.hashCode());
        var words = WORD.matcher(yaml).results().toList();
        for (var i = 0; i < 30; i++) {
            var from = words.get(random.nextInt(words.size()));
            var to = words.get(random.nextInt(words.size()));
            broken.add(yaml.substring(0, from.start()) + to.group() + yaml.substring(from.end()));
        }
        return broken;
    }
}
