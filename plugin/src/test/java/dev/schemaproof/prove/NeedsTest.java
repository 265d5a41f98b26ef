package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.prove.engine.EngineChoice;
import dev.schemaproof.prove.engine.EngineRequest;
import dev.schemaproof.prove.engine.EngineStart.Started;
import dev.schemaproof.prove.engine.GivenDatabase;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.prove.engine.UrlEngine;
import dev.schemaproof.template.Templates;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What a model needs of a server beside tables. */
class NeedsTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final String MODEL = """
            schema: needy
            stores:
              main: {engine: postgresql, version: 18, %s}
            entities:
              Thing:
                attributes: {id: int}
                key: [id]
            """;

    @Test
    void namesTheExtensionThatTheEngineLacksAndTheWayToOneThatHasIt() throws Exception {
        var result = applied(SERVER.database(), "extensions: [citext, no such thing]");
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.statement()).contains("extension `no such thing`").contains("PostgreSQL 18");
        assertThat(result.details()).anySatisfy(help -> assertThat(help).contains("-Dschema.image"));
        assertThat(result.at()).hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(3));
    }

    @Test
    void looksAtTheVersionOfAnExtension() throws Exception {
        assertThat(applied(SERVER.database(), "extensions: {citext: {version: '77.0'}}")
                        .statement())
                .contains("extension `citext` 77.0");
        assertThat(applied(SERVER.database(), "extensions: [citext]").verdict()).isEqualTo(Verdict.PROVEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    extensions: [citext] | extension `citext`
                    roles: [app]         | role `app`
                    schemas: [billing]   | SQL schema `billing`
                    """)
    void refusesInASchemaWhatIsNotASchemas(String needs, String named, @TempDir Path cache) throws Exception {
        var source = source();
        var user = "schemer_" + named.replaceAll("\\W+", "_").toLowerCase(Locale.ROOT);
        execute(
                source,
                "CREATE ROLE " + user + " LOGIN PASSWORD 'secret'",
                "GRANT CREATE ON DATABASE " + source.getDatabaseName() + " TO " + user);
        try (var database = given(source, user, "secret", cache)) {
            var result = applied(database, needs);
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.statement()).contains(named).contains("only a schema");
            assertThat(result.details()).anySatisfy(help -> assertThat(help).contains("CREATEDB"));
        }
    }

    @Test
    void dropsTheRolesItMadeOnAServerOfTheUsersUnlessTheyAreUsed(@TempDir Path cache) throws Exception {
        var source = source();
        execute(source, "CREATE ROLE \"was there\"", "CREATE TABLE kept (id int)");
        try (var database = given(source, source.getUser(), String.valueOf(source.getPassword()), cache)) {
            var result = applied(database, "roles: {was there: {}, made 'here': {memberOf: [was there]}, used: {}}");
            assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
            assertThat(result.details())
                    .singleElement()
                    .asString()
                    .contains("`made 'here'`", "`used`")
                    .doesNotContain("was there");
            execute(source, "GRANT SELECT ON kept TO used");
        }
        assertThat(roles(source)).contains("was there", "used").doesNotContain("made 'here'");
    }

    private static PGSimpleDataSource source() throws SQLException {
        return SERVER.database().dataSource().unwrap(PGSimpleDataSource.class);
    }

    private static RunningDatabase given(PGSimpleDataSource source, String user, String password, Path cache) {
        var request = new EngineRequest(
                EngineChoice.URL,
                18,
                Optional.empty(),
                Optional.of(new GivenDatabase(source.getURL(), Optional.of(user), Optional.of(password))),
                cache,
                Duration.ofMinutes(1));
        return ((Started) new UrlEngine().start(request)).database();
    }

    private static void execute(PGSimpleDataSource source, String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> roles(PGSimpleDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT array_agg(rolname::text) FROM pg_roles")) {
            row.next();
            return List.of((String[]) row.getArray(1).getArray());
        }
    }

    private static ProofResult applied(RunningDatabase database, String needs) throws Exception {
        var model = Models.read(MODEL.formatted(needs));
        var facts = new Facts(model);
        var report = new Prover(List.of(new AppliesCleanly()))
                .prove(new ProofRequest(
                        facts,
                        model.relationalStore().orElseThrow(),
                        new RelationalGenerator(Templates.builtIn())
                                .generate(facts)
                                .toList(),
                        database,
                        ProofSettings.standard(),
                        Deadline.in(Duration.ofMinutes(5))));
        assertThat(report.results()).hasSize(1);
        return report.results().get(0);
    }
}
