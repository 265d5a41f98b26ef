package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.generate.keyvalue.KeyValueGenerator;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.prove.dynamodb.TableEvaluator;
import dev.schemaproof.prove.keyvalue.KeyValueProver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every DynamoDB store in the manual, the examples and the golden cases that no rule finds fault with keeps what it promises. */
class KeyValueExamplesTest {

    @Test
    void noneThatPassesTheRulesFailsAProof() {
        var flaws = new ArrayList<String>();
        var stores = 0;
        for (var files : Seeds.all()) {
            var checked = Examination.checked(files);
            if (checked.findings().stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
                continue;
            }
            for (var store : checked.facts().stream()
                    .flatMap(facts -> facts.keyValue().stores().stream())
                    .toList()) {
                stores++;
                flaws.addAll(prove(checked.facts().orElseThrow(), store));
            }
        }
        assertThat(flaws).isEmpty();
        assertThat(stores).isGreaterThan(15);
    }

    private static List<String> prove(Facts facts, StoreFacts store) {
        return new KeyValueProver(
                        facts.model(),
                        store,
                        new KeyValueGenerator().generate(facts).toList(),
                        new TableEvaluator(),
                        new KeyValueProver.Settings(24, 24, 12, 5),
                        Deadline.in(Duration.ofMinutes(2)))
                .prove().results().stream()
                        .filter(result -> result.verdict() == Verdict.FAILED)
                        .map(result ->
                                result.at() + " " + result.subject() + " " + result.statement() + result.details())
                        .toList();
    }
}
