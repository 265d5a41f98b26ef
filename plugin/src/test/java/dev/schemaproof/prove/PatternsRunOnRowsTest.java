package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.Execution.Figures;
import dev.schemaproof.prove.PlanBaseline.Entry;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.Templates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

class PatternsRunOnRowsTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final String MODEL = """
            schema: s
            entities:
              Author:
                rows: 20k
                attributes: {id: int, name: text}
                key: [id]
              Post:
                rows: 2M
                attributes:
                  id: int
                  author_id: int
                  status: {type: text, values: {skew: {paid: 95%%, open: 5%%}}}
                  created_at: timestamptz
                key: [id]
                references: {author: {entity: Author, perParent: 100}}
                indexes:
                  by_author: {on: [%s]}
                  by_status: {on: [status]}
            accessPatterns:
              newest: {sql: 'SELECT id FROM post WHERE author_id = :author ORDER BY created_at DESC LIMIT 10'}
              page: {sql: 'SELECT p.created_at, a.name FROM post p JOIN author a ON a.id = p.author_id WHERE p.id = :id'}
              by-status: {sql: 'SELECT id FROM post WHERE status = :status', scan: allowed, reason: rare}
              touch: {sql: "UPDATE post SET created_at = now() + interval '1 day' WHERE id = :id"}
              rename: {sql: "MERGE INTO author a USING post p ON a.id = p.author_id AND p.id = :id WHEN MATCHED THEN UPDATE SET name = p.status"}
              publish: {entity: Post, write: insert}
              withdraw: {entity: Post, write: delete, where: [id = :id]}
            """;

    private static final Model SORTED = Models.read(MODEL.formatted("author_id, created_at desc"));

    @Test
    void countsThePagesThatAreRead() throws Exception {
        ProofReport report = prove(SORTED, SERVER.database(), Optional.empty());

        // An index of two levels, and a page of the table for each row
        assertThat(figures(report, "newest").buffers()).isBetween(10L, 14L);
        assertThat(figures(report, "newest").rows()).isEqualTo(10);
        assertThat(figures(report, "newest").values()).isBetween(4, 8);
        assertThat(figures(report, "page").buffers()).isBetween(4L, 7L);
        // The frequent value is among those that it is run with: all of the table is read, which has some 70 pages
        assertThat(figures(report, "by-status").rows()).isEqualTo(9_500);
        assertThat(figures(report, "by-status").buffers()).isBetween(60L, 120L);
        for (String write : List.of("touch", "rename", "publish", "withdraw")) {
            assertThat(figures(report, write).buffers()).as(write).isBetween(3L, 20L);
        }
        assertThat(ours(report)).singleElement().satisfies(result -> {
            assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
            assertThat(result.statement())
                    .matches(
                            "7 patterns were run on at most 10,000 rows a table; `by-status` reads the most, \\d+ pages");
        });
    }

    /** Where nothing is known of volumes, and no copy can be made. */
    @Test
    void runsOnAServerOfTheUsers() throws Exception {
        RunningDatabase database = SERVER.foreignDatabase();
        ProofReport report = prove(SORTED, database, Optional.empty());
        ProofReport own = prove(SORTED, SERVER.database(), Optional.empty());

        for (String pattern : List.of("newest", "page", "by-status", "touch", "rename", "publish", "withdraw")) {
            assertThat(figures(report, pattern).buffers())
                    .as(pattern)
                    .isEqualTo(figures(own, pattern).buffers());
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT (SELECT count(*) FROM post) + (SELECT count(*) FROM author)")) {
            row.next();
            assertThat(row.getInt(1)).isZero();
        }
    }

    @Test
    void comesToTheSameTwiceAndLeavesNothing() throws Exception {
        RunningDatabase database = SERVER.database();
        ProofReport one = prove(SORTED, database, Optional.empty());
        ProofReport two = prove(SORTED, SERVER.database(), Optional.empty());

        assertThat(one.plans()).isEqualTo(two.plans());
        PGSimpleDataSource original = database.dataSource().unwrap(PGSimpleDataSource.class);
        PGSimpleDataSource filled = new PGSimpleDataSource();
        filled.setURL(original.getURL());
        filled.setUser(original.getUser());
        filled.setPassword(original.getPassword());
        filled.setDatabaseName(original.getDatabaseName() + "_filled");
        try (Connection connection = filled.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*), count(*) FILTER (WHERE created_at > now()) FROM post")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(10_000);
            assertThat(row.getInt(2)).isZero();
        }
    }

    @Test
    void failsWhatReadsMorePagesThanBefore() throws Exception {
        ProofReport before = prove(SORTED, SERVER.database(), Optional.empty());
        PatternPlan newest = plan(before, "newest");
        // Its cost is as before, so that only the pages tell
        PlanBaseline kept = PlanBaseline.of(List.of(
                new Entry("main", "newest", newest.cost(), 10, OptionalLong.of(5), 10_000, "Limit > Index Only Scan"),
                Entry.of("main", plan(before, "page"))));

        List<ProofResult> results = prove(SORTED, SERVER.database(), Optional.of(kept)).results().stream()
                .filter(result -> result.name().equals("plans-get-no-worse"))
                .toList();

        assertThat(results).hasSize(2);
        assertThat(results.get(0).subject()).isEqualTo("newest");
        assertThat(results.get(0).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(results.get(0).statement()).matches("reads 2\\.\\d times the pages of before");
        assertThat(results.get(0).details().get(0))
                .matches("before: cost [\\d.]+ for 10 rows, 5 pages read: Limit > Index Only Scan");
        assertThat(results.get(0).details().get(1))
                .matches("now:    cost [\\d.]+ for 10 rows, 1\\d pages read: Limit > Index Scan of post by by_author");
        assertThat(results.get(1).statement()).startsWith("1 pattern is planned at no more cost than before");
    }

    @Test
    void saysWhatCannotBeRunAndWhy() throws Exception {
        Model model = Models.read("""
                schema: s
                entities:
                  T: {rows: 2k, attributes: {id: int, word: {type: text, check: "md5(word) = 'x'"}}, key: [id]}
                  Other: {rows: 5k, attributes: {id: int, name: text}, key: [id]}
                accessPatterns:
                  word: {sql: 'SELECT word FROM t WHERE id = :id'}
                  name: {sql: 'SELECT name FROM other WHERE id = :id'}
                  slow: {sql: 'SELECT name, pg_sleep(3) FROM other WHERE id = :id'}
                  divided: {sql: 'SELECT 1 / (id - id) FROM other WHERE id = :id AND id < 100000000'}
                """);
        ProofReport report = prove(model, SERVER.database(), Optional.empty());

        assertThat(figures(report, "name").buffers()).isBetween(2L, 4L);
        assertThat(plan(report, "word").execution().orElseThrow().why())
                .contains("no value of `T.word` could be made up that its checks accept");
        assertThat(plan(report, "slow").execution().orElseThrow().why())
                .contains("it takes more than 2 seconds on these rows");
        assertThat(plan(report, "divided").execution().orElseThrow().why())
                .contains("the database refuses every value that was tried: division by zero");
        assertThat(ours(report)).singleElement().satisfies(result -> {
            assertThat(result.verdict()).isEqualTo(Verdict.NOT_PROVEN);
            assertThat(result.statement())
                    .startsWith("1 pattern was run on at most 10,000 rows a table;")
                    .endsWith("; 3 could not be run");
            assertThat(result.details()).hasSize(3).first().asString().startsWith("`word`: no value of");
        });
    }

    private static PatternPlan plan(ProofReport report, String pattern) {
        return report.plans().stream()
                .filter(plan -> plan.pattern().equals(pattern))
                .findFirst()
                .orElseThrow();
    }

    private static Figures figures(ProofReport report, String pattern) {
        Execution execution = plan(report, pattern).execution().orElseThrow();
        assertThat(execution.why()).as(pattern).isEmpty();
        return execution.figures().orElseThrow();
    }

    private static List<ProofResult> ours(ProofReport report) {
        return report.results().stream()
                .filter(result -> result.name().equals("patterns-run-on-rows"))
                .toList();
    }

    private static ProofReport prove(Model model, RunningDatabase database, Optional<PlanBaseline> baseline)
            throws Exception {
        Facts facts = new Facts(model);
        return new Prover(List.of(
                        new AppliesCleanly(), new PatternsUseIndexes(), new PatternsRunOnRows(), new PlansGetNoWorse()))
                .prove(new ProofRequest(
                        facts,
                        model.relationalStore().orElseThrow(),
                        new RelationalGenerator(Templates.builtIn())
                                .generate(facts)
                                .toList(),
                        database,
                        ProofSettings.standard(),
                        Deadline.in(Duration.ofMinutes(2)),
                        baseline));
    }
}
