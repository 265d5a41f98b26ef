package dev.schemaproof.analysis.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.PatternSql;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.template.Templates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Statements as applications have them, which PostgreSQL takes, are found no fault with. */
class EverydayStatementsTest {

    private static final Path HERE = Path.of("src/test/resources/everyday");

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @Test
    void areFoundNoFaultWith() throws Exception {
        var yaml = new StringBuilder(Files.readString(HERE.resolve("model.yaml"))).append("accessPatterns:\n");
        var statements = Files.readAllLines(HERE.resolve("statements.sql"));
        for (var i = 0; i < statements.size(); i++) {
            yaml.append("  p")
                    .append(i)
                    .append(": {sql: '")
                    .append(statements.get(i).replace("'", "''"))
                    .append("'}\n");
        }
        var model = Models.read(yaml.toString());
        var facts = new Facts(model);
        var refused = new ArrayList<String>();
        try (var connection = SERVER.database().connect();
                var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (var artifact :
                    new RelationalGenerator(Templates.builtIn()).generate(facts).toList()) {
                if (artifact.path().endsWith("schema.sql")) {
                    statement.execute(artifact.text());
                }
            }
            for (var pattern : model.patterns().values()) {
                try {
                    statement.execute(
                            "PREPARE s AS " + PatternSql.of(model, pattern).sql());
                    statement.execute("DEALLOCATE s");
                } catch (SQLException refusal) {
                    refused.add(PatternSql.of(model, pattern).sql() + ": " + refusal.getMessage());
                }
            }
        }

        assertThat(refused).isEmpty();
        assertThat(facts.typing().flaws()).isEmpty();
        assertThat(facts.sql().all()).allSatisfy(reading -> {
            assertThat(reading.parsed().tree()).as(reading.source().value()).isPresent();
            assertThat(reading.names().flaws()).as(reading.source().value()).isEmpty();
        });
    }
}
