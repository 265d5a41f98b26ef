package dev.schemaproof.prove.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.keyvalue.KeyValueGenerator;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.prove.dynamodb.TableEndpoint;
import dev.schemaproof.prove.dynamodb.TableEvaluator;
import dev.schemaproof.prove.dynamodb.TableService;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The evaluator answers every call of the proofs as a DynamoDB for tests does, where the machine has one. */
@EnabledIfEnvironmentVariable(
        named = EndpointAgreementTest.VARIABLE,
        matches = "https?://.+",
        disabledReason = "no DynamoDB for tests runs here")
class EndpointAgreementTest {

    static final String VARIABLE = "SCHEMAPROOF_DYNAMODB_ENDPOINT";

    /** Makes every call twice, and compares. */
    private static final class Both implements TableService {

        private final TableService evaluator = new TableEvaluator();
        private final TableService endpoint;
        private final List<String> differences = new ArrayList<>();
        private int calls;

        Both(TableService endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public String description() {
            return endpoint.description();
        }

        @Override
        public Map<String, @Nullable Object> call(String operation, Map<String, ?> body)
                throws RefusedCallException, IOException {
            calls++;
            Map<String, @Nullable Object> expected = Map.of();
            var code = "";
            try {
                expected = evaluator.call(operation, body);
            } catch (RefusedCallException e) {
                code = e.code();
            }
            try {
                var answer = endpoint.call(operation, body);
                if (!code.isEmpty() || !seen(operation, answer).equals(seen(operation, expected))) {
                    differences.add(operation + " " + body + "\n  evaluator: " + code + seen(operation, expected)
                            + "\n  endpoint: " + seen(operation, answer));
                }
                return answer;
            } catch (RefusedCallException e) {
                if (!e.code().equals(code)) {
                    differences.add(operation + " " + body + "\n  evaluator: " + code + expected + "\n  endpoint: "
                            + e.code() + ": " + e.getMessage());
                }
                throw e;
            }
        }

        /** What has an order is compared with it; the items of a scan, and equal sort keys of an index, have none. */
        private static Object seen(String operation, Map<String, @Nullable Object> answer) {
            if (operation.equals("GetItem")) {
                return WireValues.normalItem(Laboratory.strings(answer.get("Item")));
            }
            if (!operation.equals("Query")) {
                return Map.of();
            }
            var items = answer.get("Items") instanceof List<?> list ? list : List.of();
            Set<Object> seen = new HashSet<>();
            items.forEach(item -> seen.add(WireValues.normalItem(Laboratory.strings(item))));
            return List.of(seen, String.valueOf(answer.get("Count")));
        }
    }

    @Test
    void theEvaluatorAnswersAsTheEndpoint() {
        var address = URI.create(System.getenv(VARIABLE));
        var facts = new Facts(Models.read(KeyValueProverTest.MODEL));
        try (var endpoint = new TableEndpoint(
                address, "agreement-" + ProcessHandle.current().pid() + "-")) {
            var both = new Both(endpoint);
            var report = new KeyValueProver(
                            facts.model(),
                            facts.keyValue().stores().get(0),
                            new KeyValueGenerator().generate(facts).toList(),
                            both,
                            new KeyValueProver.Settings(24, 40, 12, 11),
                            Deadline.in(Duration.ofMinutes(4)))
                    .prove();
            assertThat(both.differences).isEmpty();
            assertThat(both.calls).isGreaterThan(1000);
            assertThat(report.engine()).isEqualTo("the DynamoDB at " + address);
            assertThat(report.results())
                    .hasSize(27)
                    .allSatisfy(result -> assertThat(result.verdict())
                            .as(result.subject() + ": " + result.statement() + result.details())
                            .isEqualTo(Verdict.PROVEN));
        }
    }
}
