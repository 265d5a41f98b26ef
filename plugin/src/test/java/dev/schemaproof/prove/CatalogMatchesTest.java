package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Generators;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.Templates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is generated makes exactly what the model says. */
class CatalogMatchesTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Path CASES = Path.of("src/test/cases");

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    static Stream<Path> models() throws Exception {
        try (Stream<Path> folders = Files.list(CASES)) {
            List<Path> models = new ArrayList<>();
            for (Path folder : folders.map(folder -> folder.resolve("model"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList()) {
                if (Models.readDirectory(folder).relationalStore().isPresent()) {
                    models.add(folder);
                }
            }
            return models.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyGoldenCaseIsWhatItsModelSays(Path folder) throws Exception {
        assertThat(prove(Models.readDirectory(folder), SERVER.database(), new AppliesCleanly(), new CatalogMatches()))
                .allSatisfy(result -> {
                    assertThat(result.verdict()).as("%s", result).isEqualTo(Verdict.PROVEN);
                    assertThat(result.details()).isEmpty();
                });
    }

    /** What PostgreSQL prints otherwise than it is written: it keeps no dimensions, and has names of its own for types. */
    @Test
    void knowsTypesUnderTheNamesThatTheServerGivesThem() throws Exception {
        Model model = Models.read("""
                schema: s
                types:
                  mood: {enum: [ok]}
                  grid: {domain: "int[][]"}
                entities:
                  T:
                    attributes:
                      id: {native: int8}
                      matrix: "uuid[][]"
                      moods: "mood[][]"
                      cells: "grid[]"
                      code: {native: "varchar(4)"}
                      bits: {native: "bit varying(8)"}
                      due: {native: "timestamp(3) with time zone"}
                      span: {native: "interval day to second(2)"}
                      amount: {native: numeric}
                      codes: "string(3)[]"
                    key: [id]
                """);
        RunningDatabase database = SERVER.database();

        assertThat(prove(model, database, new AppliesCleanly(), new CatalogMatches()))
                .extracting(ProofResult::verdict)
                .containsExactly(Verdict.PROVEN, Verdict.PROVEN);
    }

    @Test
    void pointsAtTheTableOfTheSchemaThatIsMeant() throws Exception {
        Model model = Models.read("""
                schema: s
                stores: {main: {engine: postgresql, version: 18, schemas: {other: {}}}}
                entities:
                  First: {table: t, attributes: {id: int}, key: [id]}
                  Second:
                    table: t
                    schema: other
                    attributes: {id: int}
                    key: [id]
                    references:
                      first: {entity: First, attributes: [id]}
                """);
        RunningDatabase database = SERVER.database();
        prove(model, database, new AppliesCleanly());
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE other.t DROP CONSTRAINT t_first_fkey");
        }

        assertThat(prove(model, database, new CatalogMatches())).singleElement().satisfies(result -> {
            assertThat(result.statement())
                    .isEqualTo("foreign key `t_first_fkey` of `other.t` is missing in the database");
            assertThat(result.at())
                    .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(11));
        });
    }

    private static List<ProofResult> prove(Model model, RunningDatabase database, Proof... proofs) throws Exception {
        Facts facts = new Facts(model);
        List<Artifact> artifacts = new ArrayList<>();
        for (var generator : Generators.all(Templates.builtIn())) {
            generator.generate(facts).forEach(artifacts::add);
        }
        return new Prover(List.of(proofs))
                .prove(new ProofRequest(
                        facts,
                        model.relationalStore().orElseThrow(),
                        artifacts,
                        database,
                        ProofSettings.standard(),
                        Deadline.in(LONG_ENOUGH)))
                .results();
    }
}
