package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.engine.EngineChoice;
import dev.schemaproof.prove.engine.EngineRequest;
import dev.schemaproof.prove.engine.EngineStart.Started;
import dev.schemaproof.prove.engine.GivenDatabase;
import dev.schemaproof.prove.engine.Isolation;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.prove.engine.UrlEngine;
import dev.schemaproof.template.Templates;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A server of the user's, where little more may be done than to make a schema. */
class GivenSchemaTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @Test
    void provesTheExampleInASchemaAndLeavesNothingElse(@TempDir Path cache) throws Exception {
        PGSimpleDataSource source = SERVER.database().dataSource().unwrap(PGSimpleDataSource.class);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE schemer LOGIN PASSWORD 'secret'");
            statement.execute("GRANT CREATE ON DATABASE " + connection.getCatalog() + " TO schemer");
            statement.execute("CREATE TABLE users (id int)");
        }
        Model model = Models.readDirectory(Path.of("../it/social/src/main/schema"));
        Facts facts = new Facts(model);
        var request = new EngineRequest(
                EngineChoice.URL,
                18,
                Optional.empty(),
                Optional.of(new GivenDatabase(source.getURL(), Optional.of("schemer"), Optional.of("secret"))),
                cache,
                Duration.ofMinutes(1));
        ProofReport report;
        try (RunningDatabase database = ((Started) new UrlEngine().start(request)).database()) {
            assertThat(database.isolation()).isEqualTo(Isolation.SCHEMA);
            report = new Prover()
                    .prove(new ProofRequest(
                            facts,
                            model.relationalStore().orElseThrow(),
                            new RelationalGenerator(Templates.builtIn())
                                    .generate(facts)
                                    .toList(),
                            database,
                            ProofSettings.standard(),
                            Deadline.in(Duration.ofMinutes(5))));
        }

        assertThat(report.results())
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT string_agg(n.nspname || '.' || c.relname, ' ')"
                        + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname !~ '^(pg_|information_schema)'")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("public.users");
        }
    }
}
