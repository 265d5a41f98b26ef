package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AppliesCleanlyTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Model MODEL = Models.read("""
            schema: s
            entities:
              Note:
                attributes:
                  id: int
                  body: text
                key: [id]
                indexes:
                  by_body: {on: [body]}
            """);

    private static final String TRIGGERS = """
            -- ${kept} as it is
            CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RETURN NULL;
            END;
            $$;
            CREATE OR REPLACE TRIGGER t AFTER INSERT ON note FOR EACH ROW EXECUTE FUNCTION f();
            """;

    @Test
    void appliesBothFilesAndTheTriggersTwice() {
        assertThat(prove("CREATE TABLE note (id int PRIMARY KEY, body text NOT NULL);\n", TRIGGERS))
                .first()
                .satisfies(result -> {
                    assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
                    assertThat(result.statement())
                            .isEqualTo("`schema.sql` and `triggers.sql` apply to an empty database, and `triggers.sql`"
                                    + " once more on top");
                });
    }

    @Test
    void namesTheLineAndTheColumnThatTheDatabaseRefuses() {
        var results = prove("-- a\n\nCREATE TABLE note (\n    id int PRIMARY KEY,\n    body textt\n);\n", TRIGGERS);

        assertThat(results).hasSize(2);
        assertThat(results.get(0).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(results.get(0).statement())
                .isEqualTo("the database refuses `main/schema.sql:5`: type \"textt\" does not exist");
        assertThat(results.get(0).at()).hasToString("Optional[" + Models.FILE + ":6:7]");
        assertThat(results.get(1).verdict()).isEqualTo(Verdict.NOT_PROVEN);
        assertThat(results.get(1).statement()).isEqualTo("not tried, as the generated SQL does not apply");
    }

    @Test
    void failsWhereTheTriggersApplyOnlyOnce() {
        assertThat(prove(
                                "CREATE TABLE note (id int PRIMARY KEY, body text);\n",
                                TRIGGERS.replace("OR REPLACE TRIGGER", "TRIGGER"))
                        .get(0)
                        .statement())
                .isEqualTo("the database refuses `main/triggers.sql:7`, applied a second time:"
                        + " trigger \"t\" for relation \"note\" already exists");
    }

    @Test
    void failsWithoutASchema() {
        assertThat(prove().get(0).statement()).isEqualTo("no `schema.sql` was generated for this store");
    }

    private static List<ProofResult> prove(String... texts) {
        var paths = List.of("main/schema.sql", "main/triggers.sql");
        var artifacts = new ArrayList<Artifact>();
        for (int i = 0; i < texts.length; i++) {
            artifacts.add(new Artifact(paths.get(i), texts[i]));
        }
        return new Prover(List.of(new AppliesCleanly(), new CatalogMatches()))
                .prove(new ProofRequest(
                        new Facts(MODEL),
                        MODEL.relationalStore().orElseThrow(),
                        artifacts,
                        SERVER.database(),
                        ProofSettings.standard(),
                        Deadline.in(Duration.ofMinutes(2))))
                .results();
    }
}
