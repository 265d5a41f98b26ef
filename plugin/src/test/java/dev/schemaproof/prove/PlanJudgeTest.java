package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.catalog.CatalogReader;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.PlanJudge.Judgement;
import dev.schemaproof.template.Templates;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans of the planner's own making, where the use of an index says little of what is read. */
class PlanJudgeTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Model MODEL = Models.read("""
            schema: s
            entities:
              T:
                rows: 10M
                attributes:
                  id: int
                  a: {type: int, values: {distinct: 100k}}
                  b: {type: int, values: {distinct: 100k}}
                  c: {type: int, values: {distinct: 100k}}
                  few: {type: int, values: {distinct: 4}}
                  deleted_at: {type: timestamptz, optional: true, values: {nulls: 50%}}
                  at: timestamptz
                  email: {type: text, values: {distinct: 10M}}
                  tags: "text[]"
                  "Odd": {type: int, values: {distinct: 1M}}
                  parent_id: {type: int, optional: true, values: {nulls: 90%}}
                key: [id]
                unique: [[email]]
                references: {parent: {entity: T}}
                indexes:
                  abc: {on: [a, b, c]}
                  few_b: {on: [few, b]}
                  by_at: {on: [at, id]}
                  deleted: {on: [deleted_at]}
                  live: {on: [c], where: deleted_at is null}
                  by_tags: {on: [tags], using: gin}
                  by_lower: {on: [lower(email)]}
                  odd: {on: ["Odd"]}
                  by_parent: {on: [parent_id]}
            """);

    private static Bench bench;
    private static IndexShapes indexes;

    @BeforeAll
    static void apply() throws Exception {
        Facts facts = new Facts(MODEL);
        bench = new Bench(new ProofRequest(
                facts,
                MODEL.relationalStore().orElseThrow(),
                List.<Artifact>of(),
                SERVER.database(),
                ProofSettings.standard(),
                Deadline.in(Duration.ofMinutes(5))));
        try (Connection connection = bench.connect();
                Statement statement = connection.createStatement()) {
            for (Artifact artifact :
                    new RelationalGenerator(Templates.builtIn()).generate(facts).toList()) {
                statement.execute(artifact.text());
            }
            indexes = new IndexShapes(new CatalogReader(connection, "public").read());
        }
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SELECT * FROM t WHERE a = $1 AND b = $2 AND c = $3         | abc
        SELECT * FROM t WHERE a = $1                               | abc
        SELECT * FROM t WHERE few = 1 AND b = $1                   | few_b
        SELECT few, b FROM t WHERE b = $1                          | few_b
        SELECT * FROM t WHERE (at, id) > ($1, $2) ORDER BY at, id LIMIT 10 | by_at
        SELECT * FROM t ORDER BY at DESC LIMIT 10                  | by_at
        SELECT * FROM t WHERE email = $1 ORDER BY a                | t_email_key
        SELECT max(at) FROM t                                      | by_at
        SELECT * FROM t WHERE tags @> ARRAY[$1]                    | by_tags
        SELECT * FROM t WHERE lower(email) = $1                    | by_lower
        SELECT * FROM t WHERE "Odd" = $1                           | odd
        SELECT c FROM t WHERE deleted_at IS NULL AND c = $1        | live
        SELECT * FROM t WHERE a IN ($1, $2, $3)                    | abc
        SELECT * FROM t WHERE id = ANY ($1)                        | t_pkey
        SELECT * FROM t x WHERE x.a = $1 AND EXISTS (SELECT FROM t y WHERE y.parent_id = x.id) | abc
        UPDATE t SET c = 1 WHERE a = $1 AND b = $2                 | abc
        DELETE FROM t WHERE parent_id = $1                         | by_parent
        SELECT c FROM t WHERE deleted_at IS NULL ORDER BY c LIMIT 3 FOR UPDATE SKIP LOCKED | live
        """)
    void findsWhatServes(String sql, String index) throws Exception {
        Judgement judgement = judge(sql);

        assertThat(judgement.flaws()).isEmpty();
        assertThat(judgement.uses()).anySatisfy(use -> assertThat(use.index()).contains(index));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SELECT c FROM t WHERE c = $1                                | of `t`
        SELECT a, b, c FROM t WHERE c = $1                          | `abc`
        SELECT * FROM t                                             | reads all of `t`
        SELECT count(*) FROM t                                      | reads all of
        SELECT count(*) FROM t WHERE deleted_at IS NOT NULL         | reads all of
        SELECT * FROM t WHERE at > $1 OR (at = $1 AND id > $2) ORDER BY at, id LIMIT 10 | walks index `by_at` until enough rows of `t` pass
        SELECT * FROM t WHERE c = $1 ORDER BY at LIMIT 1            | until enough rows of `t` pass
        SELECT * FROM t WHERE deleted_at IS NULL AND email LIKE $1  | reads all of
        SELECT * FROM t WHERE a + 1 = $1                            | reads all of `t`
        SELECT * FROM t ORDER BY c                                  | reads all of `t`
        SELECT a, count(*) FROM t GROUP BY a                        | reads all of
        UPDATE t SET c = 1 WHERE c = 2                              | because `(c = 2)` does not bound its first column, `a`
        """)
    void findsWhatReadsTooMuch(String sql, String sentence) throws Exception {
        assertThat(judge(sql).flaws())
                .isNotEmpty()
                .anySatisfy(flaw -> assertThat(flaw.sentence()).contains(sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SELECT * FROM t LIMIT 5 | `t` read until its limit
        SELECT x.a, y.a FROM t x LEFT JOIN t y ON y.id = x.parent_id ORDER BY x.at LIMIT 5 | `t` via `by_at`
        """)
    void acceptsWhatEndsAtItsLimit(String sql, String use) throws Exception {
        Judgement judgement = judge(sql);

        assertThat(judgement.flaws()).isEmpty();
        assertThat(judgement.uses()).first().hasToString(use);
    }

    private static Judgement judge(String sql) throws Exception {
        return PlanJudge.judge(bench, indexes, bench.planner().plan(sql));
    }
}
