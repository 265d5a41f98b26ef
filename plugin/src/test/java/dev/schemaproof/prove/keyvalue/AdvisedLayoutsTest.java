package dev.schemaproof.prove.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.layout.LayoutAdvice;
import dev.schemaproof.analysis.layout.LayoutAdvice.Unserved;
import dev.schemaproof.analysis.layout.LayoutAdvisor;
import dev.schemaproof.analysis.layout.RandomStore;
import dev.schemaproof.check.Findings;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.generate.keyvalue.KeyValueGenerator;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.ProofResult;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.prove.dynamodb.TableEvaluator;
import dev.schemaproof.report.LayoutText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is advised, written into the model and read from it, breaks no rule beside those about patterns that it says it doesn't serve, and is
 * proven. The property {@code schemaproof.advised} says how many random models of each kind are tried.
 */
class AdvisedLayoutsTest {

    private static final int MODELS = Integer.getInteger("schemaproof.advised", 8);

    /** About a model whatever its tables are. */
    private static final List<String> OF_ENTITIES = List.of("undocumented-copy", "partial-dependency");

    @Test
    void randomModelsGetLayoutsThatAreSound() {
        var flaws = new ArrayList<String>();
        var served = 0;
        var unserved = 0;
        var proven = 0L;
        for (var seed = 1L; seed <= MODELS; seed++) {
            for (var yaml : List.of(RandomStore.yaml(seed), without(RandomLayout.yaml(seed)))) {
                var advice = advice(yaml);
                var again = advice(yaml);
                assertThat(LayoutText.yaml(again)).isEqualTo(LayoutText.yaml(advice));
                served += advice.served();
                unserved += advice.unserved().size();
                if (advice.table().isEmpty()) {
                    continue;
                }
                var name = "seed " + seed + ": ";
                flaws(advice, with(yaml, advice)).forEach(flaw -> flaws.add(name + flaw));
                var results = prove(with(yaml, advice));
                results.stream()
                        .filter(result -> result.verdict() == Verdict.FAILED)
                        .forEach(result -> flaws.add(
                                name + result.subject() + ": " + result.statement() + " " + result.details()));
                proven += results.stream()
                        .filter(result -> result.verdict() == Verdict.PROVEN)
                        .count();
            }
        }
        assertThat(flaws).isEmpty();
        assertThat(served).isGreaterThan(2 * unserved);
        assertThat(proven).isGreaterThan(served);
    }

    private static List<String> flaws(LayoutAdvice advice, String yaml) {
        var flaws = new ArrayList<String>();
        var told = advice.unserved().stream().map(Unserved::pattern).collect(Collectors.toSet());
        var store = new Facts(Models.read(yaml)).keyValue().stores().get(0);
        store.resolutions().stream()
                .filter(resolution -> !(resolution instanceof Served)
                        && !told.contains(resolution.pattern().name().value()))
                .forEach(resolution ->
                        flaws.add("`" + resolution.pattern().name() + "` is not served, which isn't told"));
        Findings.in(yaml).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .filter(finding -> !told.contains(finding.subject())
                        && !OF_ENTITIES.contains(finding.rule().value()))
                .forEach(finding -> flaws.add(finding.rule() + " " + finding.subject() + " " + finding.summary()));
        return flaws;
    }

    /** The authors' numbers are those of their designs, with their tables taken out. */
    @ParameterizedTest
    @CsvSource({"game, 12, 1, 2", "code-hosting, 14, 1, 2", "orders, 8, 1, 2", "retail-cart, 4, 2, 1"})
    void publishedDesignsAreServedByAsManyIndexes(String design, int served, int indexes, int theirs)
            throws IOException {
        var written = Files.readString(Path.of("src/test/resources/designs", design + ".yaml"));
        var yaml = without(written);
        var advice = advice(yaml);
        assertThat(advice.unserved()).isEmpty();
        assertThat(advice.served()).isEqualTo(served);
        assertThat(advice.indexes()).isEqualTo(indexes);
        assertThat(advice.bound().fewest()).isTrue();
        assertThat(advice(written).indexesAsWritten()).isEqualTo(theirs);
        assertThat(advice(written).sufficesAsWritten()).isTrue();
        assertThat(Files.readString(Path.of("..", "docs", "dynamodb.md")))
                .containsPattern("\\| " + design + ", .* \\| " + served + " \\| " + served + " \\| " + indexes + " \\| "
                        + theirs + " \\|\n");
        assertThat(flaws(advice, with(yaml, advice))).isEmpty();
        assertThat(prove(with(yaml, advice)))
                .hasSize(served + 1)
                .allMatch(result -> result.verdict() == Verdict.PROVEN);
    }

    private static LayoutAdvice advice(String yaml) {
        var model = Models.read(yaml);
        return LayoutAdvisor.of(model, model.keyValueStores().findFirst().orElseThrow());
    }

    private static List<ProofResult> prove(String yaml) {
        var facts = new Facts(Models.read(yaml));
        var store = facts.keyValue().stores().get(0);
        return new KeyValueProver(
                        facts.model(),
                        new StoreFacts(
                                store.store(),
                                store.tables(),
                                store.problems(),
                                store.collisions(),
                                store.resolutions().stream()
                                        .filter(Served.class::isInstance)
                                        .toList()),
                        new KeyValueGenerator().generate(facts).toList(),
                        new TableEvaluator(),
                        new KeyValueProver.Settings(24, 24, 12, 3),
                        Deadline.in(Duration.ofMinutes(1)))
                .prove()
                .results();
    }

    /** The model without the tables of its store. */
    private static String without(String yaml) {
        return yaml.replaceAll("(?m)^    tables:\n(?:^ {5}.*\n)*", "");
    }

    /** The model with the advised tables. */
    private static String with(String yaml, LayoutAdvice advice) {
        var lines = LayoutText.yaml(advice).stream()
                .map(line -> "    " + line + "\n")
                .collect(Collectors.joining());
        return yaml.contains("edge: {engine: dynamodb}")
                ? yaml.replace(
                        "stores: {edge: {engine: dynamodb}}",
                        "stores:\n  edge:\n    engine: dynamodb\n" + lines.stripTrailing())
                : yaml.replace("    engine: dynamodb\n", "    engine: dynamodb\n" + lines);
    }
}
