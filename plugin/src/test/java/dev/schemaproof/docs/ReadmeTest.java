package dev.schemaproof.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Rules;
import dev.schemaproof.check.Checker;
import dev.schemaproof.yaml.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The model on the first page is a model, and has no findings. */
class ReadmeTest {

    private static final Pattern MODEL = Pattern.compile("```yaml\n(schema: .*?)```", Pattern.DOTALL);

    @Test
    void theModelOnTheFirstPageHasNoFindings() throws IOException {
        var models = MODEL.matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(models).hasSize(1);
        var facts = new Facts(Models.read(models.get(0)), LocalDate.of(2026, 11, 20));
        assertThat(new Checker(Rules.all(), ModelReader.flaws()).check(facts)).isEmpty();
    }
}
