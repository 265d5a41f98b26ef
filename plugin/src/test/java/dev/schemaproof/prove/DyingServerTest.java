package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.template.Templates;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DyingServerTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @Test
    void endsWithOneSentenceWhenTheEngineIsKilledHalfway() throws Exception {
        Model model = Models.readDirectory(Path.of("../it/social/src/main/schema"));
        Facts facts = new Facts(model);
        var database = SERVER.database();
        // The storm's connections are the first that write to this table
        var killer = CompletableFuture.runAsync(() -> {
            try (Connection connection = SERVER.server().connect();
                    var statement = connection.createStatement()) {
                boolean writing = false;
                while (!writing) {
                    try (var row = statement.executeQuery(
                            "SELECT count(*) >= 4, pg_sleep(0.01) FROM pg_stat_activity WHERE query LIKE '%follows%'"
                                    + " AND pid <> pg_backend_pid()")) {
                        row.next();
                        writing = row.getBoolean(1);
                    }
                }
            } catch (java.sql.SQLException error) {
                throw new IllegalStateException(error);
            }
            SERVER.server().close();
        });
        ProofReport report = new Prover(List.of(new AppliesCleanly(), new CopiesStayExact(), new CatalogMatches()))
                .prove(new ProofRequest(
                        facts,
                        model.relationalStore().orElseThrow(),
                        new RelationalGenerator(Templates.builtIn())
                                .generate(facts)
                                .toList(),
                        database,
                        ProofSettings.standard(),
                        Deadline.in(Duration.ofMinutes(5))));
        killer.join();

        assertThat(report.failed()).isTrue();
        assertThat(report.results()).hasSize(3);
        assertThat(report.results().get(1).statement())
                .startsWith("the connection to embedded PostgreSQL ")
                .contains(" was lost: ");
        assertThat(report.results().get(2).statement()).startsWith("not tried, as the connection to ");
    }
}
