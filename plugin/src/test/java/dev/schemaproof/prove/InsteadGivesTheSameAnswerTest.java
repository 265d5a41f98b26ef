package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.Model;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InsteadGivesTheSameAnswerTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final String SCHEMA = """
            CREATE TABLE users (id uuid PRIMARY KEY, name text NOT NULL, post_count int NOT NULL DEFAULT 0);
            CREATE TABLE posts (id uuid PRIMARY KEY, author_id uuid NOT NULL REFERENCES users ON DELETE CASCADE);
            CREATE INDEX ON posts (author_id);
            """;

    private static final String TRIGGERS = """
            CREATE OR REPLACE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                UPDATE users SET post_count = post_count + 1 WHERE id = NEW.author_id;
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER counts AFTER INSERT ON posts FOR EACH ROW EXECUTE FUNCTION keep();
            """;

    private static final String NUMBER = "(SELECT count(*) FROM posts p WHERE p.author_id = u.id)";

    @Test
    void provesTheSameAnswer() {
        var results = prove("SELECT u.name, " + NUMBER + " FROM users u WHERE u.id = :id", "2x");

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.statement())
                    .isEqualTo("`instead` gives the answer of `profile` while the copy is right, and another when it is"
                            + " damaged");
            assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
            assertThat(result.figures()).extracting(Figure::name).containsExactly("answers compared");
        });
    }

    @Test
    void failsAnotherAnswer() {
        var result = prove("SELECT u.name, " + NUMBER + " + 1 FROM users u WHERE u.id = :id", "2x")
                .get(0);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.statement()).isEqualTo("`instead` gives another answer than `profile`");
        assertThat(result.details().get(0)).startsWith("asked for `id` = '");
        assertThat(result.at()).hasToString("Optional[" + Models.FILE + ":31:16]");
    }

    @Test
    void failsMissingRows() {
        assertThat(prove(
                                "SELECT u.name, count(*) FROM users u JOIN posts p ON p.author_id = u.id WHERE u.id = :id"
                                        + " GROUP BY u.id",
                                "2x")
                        .get(0)
                        .statement())
                .isEqualTo("`instead` gives another answer than `profile`");
    }

    @Test
    void failsOtherColumns() {
        assertThat(prove("SELECT " + NUMBER + " FROM users u WHERE u.id = :id", "2x")
                        .get(0)
                        .statement())
                .isEqualTo("`instead` gives 1 column, but `profile` gives 2");
    }

    @Test
    void provesNothingByReadingTheCopyAsWell() {
        var result =
                prove("SELECT name, post_count FROM users WHERE id = :id", "2x").get(0);

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_PROVEN);
        assertThat(result.statement()).contains("even when `User.post_count` is damaged on purpose");
    }

    @Test
    void failsAnUnknownColumnAtItsPlace() {
        var result = prove("SELECT u.name, " + NUMBER + " FROM users u WHERE u.idd = :id", "2x")
                .get(0);

        assertThat(result.statement()).isEqualTo("the database refuses `instead`: column u.idd does not exist");
        assertThat(result.at()).hasToString("Optional[" + Models.FILE + ":31:106]");
    }

    @Test
    void failsAParameterOfItsOwn() {
        assertThat(prove("SELECT u.name, " + NUMBER + " FROM users u WHERE u.id = :person", "2x")
                        .get(0)
                        .statement())
                .isEqualTo("`instead` has a parameter that `profile` does not have: `person`");
    }

    private static List<ProofResult> prove(String instead, String atLeast) {
        Model model = Models.read("""
                schema: s
                entities:
                  User:
                    table: users
                    rows: 1M
                    attributes:
                      id: uuid
                      name: text
                      post_count: {type: int, default: 0}
                    key: [id]
                  Post:
                    table: posts
                    rows: 100M
                    attributes:
                      id: uuid
                      author_id: uuid
                    key: [id]
                    references:
                      author: {entity: User, attributes: [author_id], onDelete: cascade}
                accessPatterns:
                  profile: {sql: "SELECT u.name, u.post_count FROM users u WHERE u.id = :id"}
                denormalizations:
                  posts:
                    duplicates: {into: User.post_count, from: {count: Post, by: author}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: wrong numbers on the profile, repair: every night}
                    gain:
                      pattern: profile
                      atLeast: ATLEAST
                      measured: {before: 4 ms, after: 1 ms, rows: 1M, on: 2026-05-02, where: staging}
                      instead: INSTEAD
                """.replace("INSTEAD", instead).replace("ATLEAST", atLeast));
        List<ProofResult> results = new Prover(List.of(new AppliesCleanly(), new InsteadGivesTheSameAnswer()))
                .prove(new ProofRequest(
                        new Facts(model),
                        model.relationalStore().orElseThrow(),
                        List.of(new Artifact("main/schema.sql", SCHEMA), new Artifact("main/triggers.sql", TRIGGERS)),
                        SERVER.database(),
                        ProofSettings.standard(),
                        Deadline.in(Duration.ofMinutes(2))))
                .results();
        assertThat(results.get(0).statement()).contains("apply to an empty database");
        return results.subList(1, results.size());
    }
}
