package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.prove.data.Synthesizer;
import dev.schemaproof.template.Templates;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A model with SQL schemas, partitions, references to unique keys and a materialized view goes through the proofs. */
class EverythingProofTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @Test
    void appliesPlansAndFills() throws Exception {
        var model = Models.readDirectory(Path.of("src/test/cases/everything/model"));
        var facts = new Facts(model);
        var store = model.relationalStore().orElseThrow();
        var database = SERVER.database();
        var report = new Prover(List.of(new AppliesCleanly(), new PatternsUseIndexes()))
                .prove(new ProofRequest(
                        facts,
                        store,
                        new RelationalGenerator(Templates.builtIn())
                                .generate(facts)
                                .toList(),
                        database,
                        ProofSettings.standard(),
                        Deadline.in(Duration.ofMinutes(5))));
        assertThat(report.results())
                .hasSize(2)
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN));
    }

    @Test
    void fillsWhatUniqueKeysPartitionsAndViewsAreMadeOf() throws Exception {
        var model = Models.read("""
                schema: filled
                stores: {main: {engine: postgresql, version: 18, schemas: [billing]}}
                types: {state: {enum: [open, paid], schema: billing}}
                entities:
                  Customer:
                    schema: billing
                    attributes: {id: {type: int, identity: always}, code: text}
                    key: [id]
                    unique: [[code]]
                  Invoice:
                    schema: billing
                    attributes: {id: int, customer_code: text, state: state}
                    key: [id]
                    references: {customer: {entity: Customer, attributes: [customer_code], to: [code]}}
                    partition: {by: hash, on: [id], partitions: 3}
                  Turnover:
                    schema: billing
                    attributes: {customer_code: text, invoices: int}
                    key: [customer_code]
                denormalizations:
                  turnover:
                    duplicates:
                      into: Turnover
                      from: {query: "SELECT customer_code, count(*) FROM billing.invoice GROUP BY customer_code"}
                    sync: {by: materialized-view, refresh: {every: 1h}}
                """);
        var facts = new Facts(model);
        var database = SERVER.database();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (var artifact : new RelationalGenerator(Templates.builtIn())
                    .generate(facts)
                    .filter(artifact -> !artifact.path().contains("reconcile"))
                    .toList()) {
                statement.execute(artifact.text());
            }
            new Synthesizer(facts, model.relationalStore().orElseThrow(), List.of(), 1)
                    .fill(connection, List.of(model.entity("Invoice").orElseThrow()), 20);
            try (ResultSet row = statement.executeQuery("SELECT count(*) = (SELECT count(DISTINCT customer_code)"
                    + " FROM billing.invoice) AND count(*) > 0 FROM billing.turnover")) {
                row.next();
                assertThat(row.getBoolean(1)).isTrue();
            }
        }
    }
}
