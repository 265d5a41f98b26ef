package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.template.Templates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies that are tied to their sources are proven to follow, and the proof misses each part of what lets them. */
class TiedCopiesTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Model MODEL = Models.read("""
            schema: s
            entities:
              Customer:
                table: customers
                attributes: {id: int, name: string(20)}
                key: [id]
              Order:
                table: orders
                attributes: {id: int, customer_id: int}
                key: [id]
                references: {customer: {entity: Customer, onDelete: cascade}}
                indexes: {by_customer: {on: [customer_id]}}
              Line:
                table: lines
                attributes: {id: int, order_id: "int?", customer_name: "string(20)?"}
                key: [id]
                references: {order: {entity: Order, onDelete: set-null}}
                indexes: {by_order: {on: [order_id]}}
            denormalizations:
              line-name:
                duplicates: {into: Line.customer_name, from: {copy: order.customer.name}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: a former name, repair: every night}
            """);

    /** Over optional and required references, of optional sources, and whatever else the case has. */
    @Test
    void areProvenInEveryShape() throws Exception {
        var model = Models.readDirectory(Path.of("src/test/cases/tied/model"));

        var results = proofOf(
                        model, artifacts(model), new AppliesCleanly(), new CatalogMatches(), new CopiesStayExact())
                .results();

        assertThat(results).hasSize(11).noneMatch(result -> result.verdict() == Verdict.FAILED);
        // Of a table that refers to itself the writes at once may leave too few rows to show anything
        assertThat(results)
                .filteredOn(result -> !result.subject().equals("above"))
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN))
                .extracting(ProofResult::statement)
                .contains("`Line.region_name` is exact after 1,000 statements from 4 connections (0 drift)");
    }

    /** What is taken away, its pattern, and what stands there instead. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    what the foreign keys of ties do on a change | ON UPDATE CASCADE ON DELETE |  ON DELETE
                    the passing on                               | CREATE TRIGGER pass [^;]+; |
                    the reading anew                             | CREATE TRIGGER copy [^;]+; |
                    the locks of what a row depends on           | ' FOR KEY SHARE( OF tie)?' |
                    the trigger on what is copied                | CREATE OR REPLACE TRIGGER \\S+ AFTER UPDATE ON customers[^;]+; |
                    the trigger on a reference of the way        | CREATE OR REPLACE TRIGGER \\S+ AFTER UPDATE ON orders[^;]+; |
                    the trigger on the first reference           | CREATE OR REPLACE TRIGGER \\S+ AFTER UPDATE ON lines[^;]+; |
                    the trigger on new rows                      | CREATE OR REPLACE TRIGGER \\S+ AFTER INSERT ON lines[^;]+; |
                    the filling                                  | CREATE OR REPLACE TRIGGER zzzz_schemaproof_follow_update [^;]+; |
                    """)
    void areMissed(String part, String pattern, String instead) throws Exception {
        var mutated = artifacts(MODEL).stream()
                .map(artifact -> {
                    if (!artifact.path().endsWith("triggers.sql")) {
                        return artifact;
                    }
                    var matcher = Pattern.compile(pattern).matcher(artifact.text());
                    assertThat(matcher.find()).as(artifact.text()).isTrue();
                    return new Artifact(artifact.path(), matcher.replaceAll(instead == null ? "" : instead));
                })
                .toList();

        assertThat(proofOf(MODEL, mutated, new AppliesCleanly(), new CopiesStayExact())
                        .results())
                .anySatisfy(result -> {
                    assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.FAILED);
                    assertThat(result.statement()).startsWith("`Line.customer_name` is not exact: ");
                });
    }

    private static List<Artifact> artifacts(Model model) throws Exception {
        return new RelationalGenerator(Templates.builtIn())
                .generate(new Facts(model))
                .toList();
    }

    private static ProofReport proofOf(Model model, List<Artifact> artifacts, Proof... proofs) throws Exception {
        return new Prover(List.of(proofs))
                .prove(new ProofRequest(
                        new Facts(model),
                        model.relationalStore().orElseThrow(),
                        artifacts,
                        SERVER.database(),
                        new ProofSettings(3, 4, 250, 40),
                        Deadline.in(Duration.ofMinutes(5))));
    }
}
