package dev.schemaproof.generate.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.analysis.keyvalue.Resolution.Refused;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.prove.dynamodb.TableEvaluator;
import dev.schemaproof.prove.keyvalue.KeyValueProver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single-table designs that others published: their patterns become the requests that their authors give, and are proven. */
class PublishedDesignsTest {

    private static final Path DESIGNS = Path.of("src/test/resources/designs");

    @ParameterizedTest
    @ValueSource(strings = {"game", "code-hosting", "retail-cart", "orders", "ecommerce"})
    void becomeTheirAuthorsRequests(String name) throws IOException {
        var facts = facts(name);
        var store = facts.keyValue().stores().get(0);
        assertThat(store.problems()).isEmpty();
        assertThat(store.collisions()).isEmpty();
        var lines = new LinkedHashMap<String, String>();
        store.resolutions()
                .forEach(resolution -> lines.put(resolution.pattern().name().value(), line(resolution)));
        var expected = new LinkedHashMap<String, String>();
        for (var line : Files.readAllLines(DESIGNS.resolve(name + ".requests"))) {
            var colon = line.indexOf(": ");
            expected.put(line.substring(0, colon), line.substring(colon + 2));
        }
        assertThat(lines).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"game", "code-hosting", "retail-cart", "orders", "ecommerce"})
    void areProven(String name) throws IOException {
        var facts = facts(name);
        var report = new KeyValueProver(
                        facts.model(),
                        facts.keyValue().stores().get(0),
                        new KeyValueGenerator().generate(facts).toList(),
                        new TableEvaluator(),
                        KeyValueProver.Settings.standard(),
                        Deadline.in(Duration.ofMinutes(2)))
                .prove();
        assertThat(report.results())
                .hasSize(facts.model().patterns().size() + 1)
                .allSatisfy(result -> assertThat(result.verdict())
                        .as(result.subject() + ": " + result.statement() + result.details())
                        .isEqualTo(Verdict.PROVEN));
    }

    private static Facts facts(String name) throws IOException {
        return new Facts(Models.read(Files.readString(DESIGNS.resolve(name + ".yaml"))));
    }

    private static String line(Resolution resolution) {
        return resolution instanceof Served served
                ? RequestLine.of(served)
                : resolution instanceof Refused refused ? "refused: " + refused.summary() : "unjudged";
    }
}
