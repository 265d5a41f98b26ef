package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.engine.RunningDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsUseIndexesTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final String ENTITIES = """
            schema: s
            entities:
              User:
                table: users
                rows: 10M
                attributes:
                  id: uuid
                  username: text
                  plan: {type: text, values: {distinct: 3}}
                key: [id]
                unique: [[username]]
              Post:
                table: posts
                rows: 500M
                attributes:
                  id: uuid
                  author_id: uuid
                  body: {type: text, values: {width: 300}}
                  created_at: {type: timestamptz, default: now()}
                key: [id]
                references:
                  author: {entity: User, attributes: [author_id], onDelete: cascade, perParent: 50}
              Follow:
                table: follows
                rows: 1G
                attributes:
                  follower_id: uuid
                  following_id: uuid
                  since: {type: timestamptz null, default: now()}
                key: [follower_id, following_id]
                references:
                  follower: {entity: User, attributes: [follower_id], onDelete: cascade}
                  following: {entity: User, attributes: [following_id], onDelete: cascade}
              Country:
                table: countries
                rows: 250
                attributes: {code: text, name: text}
                key: [code]
            accessPatterns:
            """;

    private static final String TABLES = """
            CREATE TABLE users (id uuid PRIMARY KEY, username text NOT NULL UNIQUE, plan text NOT NULL);
            CREATE TABLE posts (
                id uuid PRIMARY KEY, author_id uuid NOT NULL REFERENCES users ON DELETE CASCADE, body text NOT NULL,
                created_at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE follows (
                follower_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
                following_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
                since timestamptz DEFAULT now(), PRIMARY KEY (follower_id, following_id));
            CREATE TABLE countries (code text PRIMARY KEY, name text NOT NULL);
            """;

    private static final String BY_AUTHOR = "CREATE INDEX by_author ON posts (author_id, created_at DESC);";

    private static final String FEED = """
              feed:
                sql: |
                  SELECT p.id, p.body, u.username FROM posts p
                  JOIN follows f ON f.following_id = p.author_id JOIN users u ON u.id = p.author_id
                  WHERE f.follower_id = :reader ORDER BY p.created_at DESC LIMIT 20
            """;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void namesTheIndexOfEveryTable(boolean twin) {
        ProofResult result = prove(twin, FEED, BY_AUTHOR);

        assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(result.statement())
                .contains("`follows` via `follows_pkey`", "`posts` via `by_author`", "`users` via `users_pkey`")
                .endsWith(
                        twin
                                ? ", planned at the declared rows"
                                : ", planned with sequential scans priced out: an index can serve it, at whatever volume");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failsWithoutTheIndex(boolean twin) {
        ProofResult result = prove(twin, FEED, "");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.statement()).startsWith("reads all of `posts` (500,000,000 rows)");
        assertThat(result.at()).hasToString("Optional[" + Models.FILE + ":40:3]");
    }

    @Test
    void failsAnIndexWhoseFirstColumnIsNotBounded() {
        assertThat(prove(
                                true,
                                "  p: {sql: 'SELECT id FROM posts WHERE created_at = :then'}",
                                "CREATE INDEX by_author ON posts (author_id, created_at);")
                        .statement())
                .contains("reads all of");
    }

    @Test
    void failsAWalkUntilEnoughRowsPassAFilter() {
        ProofResult result = prove(
                true,
                "  p: {sql: 'SELECT id FROM posts WHERE body LIKE :word ORDER BY created_at LIMIT 1'}",
                "CREATE INDEX by_time ON posts (created_at);");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.statement())
                .startsWith("walks index `by_time` until enough rows of `posts` pass `(body ~~ $1)`");
    }

    @Test
    void acceptsAWalkThatStopsAtTheLimit() {
        ProofResult result = prove(
                true,
                "  p: {sql: 'SELECT p.id, u.username FROM posts p JOIN users u ON u.id = p.author_id"
                        + " ORDER BY p.created_at DESC LIMIT 10'}",
                "CREATE INDEX by_time ON posts (created_at);");

        assertThat(result.statement()).startsWith("is served by `posts` via `by_time` and `users` via `users_pkey`");
        assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void failsAWalkThatHopesForMatches() {
        ProofResult result = prove(
                true,
                "  p: {sql: 'SELECT p.id FROM posts p JOIN follows f ON f.following_id = p.author_id"
                        + " AND f.follower_id = p.id ORDER BY p.created_at DESC LIMIT 10'}",
                "CREATE INDEX by_time ON posts (created_at);");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void readsSmallTablesAsAWhole() {
        assertThat(prove(true, "  p: {sql: SELECT code FROM countries ORDER BY name}", "")
                        .statement())
                .isEqualTo("is served by `countries` read as a whole, as it is small, planned at the declared rows");
    }

    @Test
    void acceptsADeclaredScan() {
        ProofResult result =
                prove(true, "  p: {sql: SELECT count(*) FROM posts, scan: allowed, reason: once a year}", "");

        assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(result.statement()).contains(", which `scan` allows");
        assertThat(result.details()).containsExactly("reason: once a year");
    }

    @Test
    void provesARangeThatTheGenericPlanCannotJudge() {
        ProofResult result = prove(true, "  p: {sql: 'SELECT id, plan FROM users WHERE username >= :from'}", "");

        assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(result.statement())
                .isEqualTo(
                        "is served by `users` via `users_username_key` when its range is narrow, planned at the declared rows");
        assertThat(result.details()).singleElement().asString().contains("reads all of `users`");
    }

    @Test
    void warnsOfAnIndexThatThePlannerWouldRatherNotUse() {
        ProofResult result = prove(
                true,
                "  p: {sql: 'SELECT id, username FROM users WHERE plan = :plan'}",
                "CREATE INDEX by_plan ON users (plan);");

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_PROVEN);
        assertThat(result.statement())
                .startsWith(
                        "an index can serve it (`users` via `by_plan`), but planned at the declared rows it reads all"
                                + " of `users`");
    }

    @Test
    void failsWhatCostsMoreAndMoreForTheSameRows() {
        String pattern = "SELECT count(*) FROM posts WHERE created_at > now() - interval ''60 days''";
        String index = "CREATE INDEX by_time ON posts (created_at);";
        ProofResult result = prove(true, "  p: {sql: '" + pattern + "'}", index);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.statement())
                .matches(
                        "is served by `posts` via `by_time`, but costs (9|10)\\d times as much with 100 times as many rows,"
                                + " while no more come out of it");
        assertThat(prove(true, "  p: {sql: '" + pattern + "', scan: allowed, reason: once a day}", index)
                        .statement())
                .endsWith("while no more come out of it, which `scan` allows");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT id FROM posts WHERE author_id = :a ORDER BY body | `posts` do not come in this order
            SELECT body FROM posts WHERE author_id = :a GROUP BY body ORDER BY count(*) | what it orders by is computed from its rows
            """)
    void saysWhyItSorts(String sql, String reason) {
        ProofResult result = prove(true, "  p: {sql: '" + sql + "'}", BY_AUTHOR);

        assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(result.statement()).matches("is served by `posts` via `by_author`, then sorts \\d+ rows by .*");
        assertThat(result.details())
                .contains("it sorts, as " + reason + "; with 100 times the rows it sorts 1.0 times as many");
    }

    @Test
    void provesWrites() {
        assertThat(prove(true, "  p: {sql: 'UPDATE posts SET body = :body WHERE id = :id'}", "")
                        .statement())
                .startsWith("is served by `posts` via `posts_pkey`");
        assertThat(prove(true, "  p: {sql: 'INSERT INTO countries VALUES (:code, :name)'}", "")
                        .statement())
                .startsWith("needs no search");
        assertThat(prove(true, "  p: {sql: 'DELETE FROM posts WHERE author_id = :id'}", "")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            f.follower_id = s.reader AND f.following_id = s.author | WHEN MATCHED THEN UPDATE SET since = now() WHEN NOT MATCHED THEN INSERT (follower_id, following_id) VALUES (s.reader, s.author) | PROVEN
            f.follower_id = s.reader AND f.following_id = s.author | WHEN MATCHED THEN DELETE                       | PROVEN
            f.following_id = s.author                              | WHEN MATCHED THEN DELETE                       | FAILED
            f.follower_id = s.reader                               | WHEN NOT MATCHED BY SOURCE THEN DELETE         | FAILED
            """)
    void provesMerges(String on, String branches, Verdict verdict) {
        var merge =
                "MERGE INTO follows f USING (SELECT CAST(:reader AS uuid) AS reader, CAST(:author AS uuid) AS author) s ON "
                        + on + " " + branches;

        ProofResult result = prove(true, "  p: {sql: '" + merge + "'}", "");

        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.statement())
                .startsWith(
                        verdict == Verdict.PROVEN
                                ? "is served by `follows` via `follows_pkey`"
                                : "reads all of `follows` (1,000,000,000 rows)");
    }

    @Test
    void pointsAtTheWordThatTheDatabaseRefuses() {
        ProofResult result = prove(true, """
                  p:
                    sql: |
                      SELECT id FROM posts
                      WHERE author_id = :id AND writen_at > :then
                """, "");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.statement()).isEqualTo("the database refuses it: column \"writen_at\" does not exist");
        assertThat(result.at()).hasToString("Optional[" + Models.FILE + ":43:33]");
    }

    private static ProofResult prove(boolean twin, String patterns, String indexes) {
        Model model = Models.read(ENTITIES + patterns);
        RunningDatabase database = twin ? SERVER.database() : SERVER.foreignDatabase();
        List<ProofResult> results = new Prover(List.of(new AppliesCleanly(), new PatternsUseIndexes()))
                .prove(new ProofRequest(
                        new Facts(model),
                        model.relationalStore().orElseThrow(),
                        List.of(new Artifact("main/schema.sql", TABLES + indexes)),
                        database,
                        ProofSettings.standard(),
                        Deadline.in(Duration.ofMinutes(2))))
                .results();
        assertThat(results).hasSize(2);
        return results.get(1);
    }
}
