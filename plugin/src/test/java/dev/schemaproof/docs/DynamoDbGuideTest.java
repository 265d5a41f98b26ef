package dev.schemaproof.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Findings;
import dev.schemaproof.generate.keyvalue.KeyValueGenerator;
import dev.schemaproof.output.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide's model is sound, and the requests that it prints are those that are generated. */
class DynamoDbGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "dynamodb.md");

    @Test
    void theModelsAreWithoutErrors() throws IOException {
        assertThat(blocks("yaml"))
                .hasSize(4)
                .allSatisfy(
                        model -> assertThat(Findings.briefly(model)).noneMatch(finding -> finding.startsWith("error")));
    }

    @Test
    void theRequestsAreThoseThatAreGenerated() throws IOException {
        var generated = blocks("yaml").stream()
                .flatMap(model -> new KeyValueGenerator().generate(new Facts(Models.read(model))))
                .filter(artifact -> artifact.path().endsWith("/access-patterns.json"))
                .map(artifact -> (Map<?, ?>) Json.read(artifact.text()))
                .flatMap(file -> ((List<?>) file.get("patterns")).stream())
                .toList();

        assertThat(blocks("json"))
                .hasSize(4)
                .allSatisfy(printed -> assertThat(generated)
                        .as(printed)
                        .anySatisfy(pattern ->
                                assertThat(Json.text(ordered(pattern)).strip()).isEqualTo(printed.strip())));
    }

    private static Map<String, ?> ordered(Object pattern) {
        var entry = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) pattern).forEach((key, value) -> entry.put(String.valueOf(key), value));
        return numbers(entry);
    }

    /** Whole numbers are read as decimals, and printed as texts. */
    private static Map<String, Object> numbers(Map<String, Object> map) {
        map.replaceAll((key, value) -> value instanceof Map<?, ?> inner
                ? ordered(inner)
                : value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)
                        ? list.stream().map(DynamoDbGuideTest::ordered).toList()
                        : value instanceof BigDecimal number ? number.longValueExact() : value);
        return map;
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
