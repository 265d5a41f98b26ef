package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.Price.Kind;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.Templates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractsEarnTheirGainTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final String SCHEMA = """
            schema: blog
            entities:
              Author:
                table: authors
                rows: 100k
                attributes:
                  id: int
                  name: text
                  post_count: {type: int, default: 0}
                  last_post: {type: timestamptz, optional: true}
                key: [id]
              Post:
                table: posts
                rows: 2M
                attributes: {id: int, author_id: int, body: {type: text, values: {width: 200}}, created_at: timestamptz}
                key: [id]
                references: {author: {entity: Author, onDelete: cascade}}
                indexes: {by_author: {on: [author_id]}}
            accessPatterns:
              profile: {sql: "SELECT name, post_count FROM authors WHERE id = :id", rate: 100/s}
              newest: {sql: "SELECT name, last_post FROM authors WHERE id = :id"}
              publish: {entity: Post, write: insert, rate: 1/s}
              withdraw: {entity: Post, write: delete, where: [id = :id], rate: 1/day}
            denormalizations:
            """;

    private static final String COUNT = contract(
            "posts-of-author",
            "into: Author.post_count, from: {count: Post, by: author}",
            "profile",
            "SELECT a.name, (SELECT count(*) FROM posts p WHERE p.author_id = a.id AND p.body IS NOT NULL) FROM authors a"
                    + " WHERE a.id = :id");

    private static final String LATEST = contract(
            "last-post-of-author",
            "into: Author.last_post, from: {max: Post.created_at, by: author}",
            "newest",
            "SELECT a.name, (SELECT max(created_at) FROM posts p WHERE p.author_id = a.id) FROM authors a WHERE a.id = :id");

    /** Twenty posts an author, each on a page of its own: some 20 pages, where two or three find the author. */
    @Test
    void provesAGainThatIsThere() {
        ProofReport report = prove(SERVER.database(), SCHEMA, COUNT.replace("CLAIM", "4x"));

        ProofResult result = ours(report).get(0);
        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN);
        assertThat(result.statement())
                .matches(
                        "earns its gain: `instead` reads [\\d.]+ pages where `profile` reads 3, [\\d.]+x as many, at 10,000"
                                + " rows of `posts`, and costs [\\d.]+x as much as the planner takes it at the declared rows; 4x is"
                                + " claimed; its price is [\\d.]+ pages for each insert, and 4 bytes a row");
        assertThat(ours(report)).hasSize(1);
        assertThat(report.gains()).singleElement().satisfies(gain -> {
            assertThat(gain.steps()).extracting(MeasuredGain.Step::rows).containsExactly(1_000L, 10_000L);
            assertThat(gain.last().before()).isBetween(15.0, 40.0);
            assertThat(gain.last().timing().runs()).isGreaterThanOrEqualTo(30);
            assertThat(gain.last().timing().low())
                    .isLessThanOrEqualTo(gain.last().timing().ratio())
                    .isGreaterThan(0);
        });
    }

    @Test
    void failsAGainThatIsNotThere() {
        ProofReport report = prove(SERVER.database(), SCHEMA, COUNT.replace("CLAIM", "5000x"));

        ProofResult result = ours(report).get(0);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.statement()).startsWith("no longer earns its gain: ").contains("; 5,000x is claimed");
        assertThat(result.details())
                .anyMatch(detail -> detail.startsWith("at 1,000 rows of `posts`: "))
                .anyMatch(detail -> detail.startsWith("at 10,000 rows of `posts`: "))
                .contains("help: claim what was measured, or remove the copy and let `profile` run `instead`");
        assertThat(result.at()).hasToString("Optional[" + Models.FILE + ":32:16]");
    }

    @Test
    void failsACopyThatIsNoCheaper() {
        ProofReport report = prove(
                SERVER.database(),
                SCHEMA,
                contract(
                                "posts-of-author",
                                "into: Author.post_count, from: {count: Post, by: author}",
                                "profile",
                                "SELECT name, post_count FROM authors WHERE id = :id")
                        .replace("CLAIM", "2x"));

        assertThat(ours(report)).first().satisfies(result -> {
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.statement()).contains("reads 3 pages where `profile` reads 3, 1x as many");
        });
    }

    @Test
    void measuresThePriceOfWrites() {
        ProofReport report =
                prove(SERVER.database(), SCHEMA, COUNT.replace("CLAIM", "2x"), LATEST.replace("CLAIM", "2x"));

        assertThat(report.gains())
                .extracting(MeasuredGain::contract)
                .containsExactly("posts-of-author", "last-post-of-author");
        assertThat(report.gains()).allSatisfy(gain -> {
            assertThat(gain.price().writes())
                    .extracting(Price.Write::kind)
                    .containsExactly(Kind.INSERT, Kind.UPDATE, Kind.DELETE, Kind.BULK_INSERT);
            assertThat(gain.price().writes()).allSatisfy(write -> {
                assertThat(write.pages()).as(write.toString()).isGreaterThan(0);
                assertThat(write.wal()).as(write.toString()).isGreaterThan(0);
                assertThat(write.base()).isGreaterThan(0);
            });
            assertThat(gain.price().of(Kind.INSERT).orElseThrow().millis()).isGreaterThan(0);
        });
        assertThat(report.gains().get(0).price().shared()).containsExactly("last-post-of-author");
        assertThat(report.gains().get(0).price().bytes()).isEqualTo(4);
        assertThat(ours(report))
                .hasSize(2)
                .allSatisfy(result ->
                        assertThat(result.details()).anyMatch(detail -> detail.startsWith("the same triggers keep `")));
    }

    @Test
    void comesToTheSameTwice() {
        List<List<Object>> one = told(prove(SERVER.database(), SCHEMA, COUNT.replace("CLAIM", "2x")));

        assertThat(told(prove(SERVER.database(), SCHEMA, COUNT.replace("CLAIM", "2x"))))
                .isEqualTo(one);
    }

    /** A copy that is written more often than it is read. */
    @Test
    void warnsOfACopyThatCostsMoreThanItSaves() {
        ProofReport report = prove(
                SERVER.database(),
                SCHEMA.replace("rate: 1/s", "rate: 1000/s").replace("rate: 100/s", "rate: 1/min"),
                COUNT.replace("CLAIM", "2x"));

        assertThat(ours(report)).extracting(ProofResult::verdict).containsExactly(Verdict.PROVEN, Verdict.NOT_PROVEN);
        assertThat(ours(report).get(1).statement())
                .startsWith("at the declared rates the copy costs more than it saves: ")
                .contains("1,000 writes cost ");
    }

    /** One page holds all posts that the largest volume has for an author; at the declared rows there are thousands of them. */
    @Test
    void trustsThePlannerWhereTheGainGrows() {
        String few = SCHEMA.replace("rows: 100k", "rows: 50").replace("2M", "500M");
        ProofReport report = prove(SERVER.database(), few, COUNT.replace("CLAIM", "4000x"));

        ProofResult result = ours(report).get(0);
        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN);
        assertThat(result.statement())
                .startsWith(
                        "earns its gain at the declared rows, as the planner estimates it, and the gain grows with the rows");
        assertThat(result.details())
                .contains(
                        "there are 200 rows of `Post` for each of `Author`, where 10,000,000 are declared, so that less is gained here than there");
    }

    @Test
    void measuresOnAServerThatIsNotOurs() {
        ProofReport report = prove(SERVER.foreignDatabase(), SCHEMA, COUNT.replace("CLAIM", "4x"));

        assertThat(ours(report)).singleElement().satisfies(result -> {
            assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN);
            assertThat(result.statement()).doesNotContain("planner");
        });
    }

    @Test
    void saysWhyItCouldNotMeasure() {
        ProofReport report = prove(
                SERVER.database(),
                SCHEMA,
                COUNT.replace("CLAIM", "4x").replace("a.id = :id", "a.id = :id AND a.name = 'nobody''s name'"),
                LATEST.replace("CLAIM", "4x").replace("max(created_at)", "max(created)"));

        assertThat(ours(report))
                .extracting(ProofResult::statement)
                .contains(
                        "its gain is not measured: the database refuses `instead`: column \"created\" does not exist");
        assertThat(ours(report)).extracting(ProofResult::verdict).contains(Verdict.NOT_PROVEN);
    }

    /** Copies that the application keeps, and what the archetype begins with. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../it/application-code/src/main/schema",
                "../archetype/src/main/resources/archetype-resources/src/main/schema"
            })
    void provesTheGainsOfTheExamples(String directory) throws IOException {
        ProofReport report = prove(SERVER.database(), Models.readDirectory(Path.of(directory)));

        assertThat(ours(report))
                .isNotEmpty()
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN));
        assertThat(report.gains())
                .allSatisfy(gain -> assertThat(gain.price().bytes()).isGreaterThan(0));
    }

    /** Composite keys, parents that are their own children, views, names that need quotes. */
    @ParameterizedTest
    @ValueSource(strings = {"threads", "hostile-names"})
    void measuresWhateverTheModelHolds(String name) throws IOException {
        Model model =
                Models.readDirectory(Path.of("src/test/cases").resolve(name).resolve("model"));

        ProofReport report = prove(SERVER.database(), model);

        assertThat(ours(report))
                .extracting(ProofResult::subject)
                .containsAll(model.contracts().keySet());
        assertThat(report.gains()).as(ours(report).toString()).isNotEmpty();
        assertThat(report.gains())
                .allSatisfy(gain ->
                        assertThat(gain.price().why()).as(gain.toString()).isEmpty());
    }

    /** What a materialized view costs is its refresh. */
    @Test
    void measuresAView() {
        ProofReport report = prove(SERVER.database(), Models.read("""
                schema: shop
                entities:
                  Customer: {rows: 10k, attributes: {id: int}, key: [id]}
                  Invoice:
                    rows: 1M
                    attributes: {id: int, customer_id: int, amount: int}
                    key: [id]
                    references: {customer: {entity: Customer}}
                    partition: {by: hash, on: [id], partitions: 3}
                    indexes: {by_customer: {on: [customer_id]}}
                  Turnover:
                    attributes: {customer_id: int, amount: bigint}
                    key: [customer_id]
                accessPatterns:
                  turnover: {entity: Turnover, find: one, where: [customer_id = :customer], select: [amount]}
                denormalizations:
                  turnover:
                    duplicates: {into: Turnover, from: {query: "SELECT customer_id, sum(amount) FROM invoice GROUP BY customer_id"}}
                    sync: {by: materialized-view, refresh: {every: 1h}}
                    staleness: {allowed: 1h, effect: old numbers, repair: every hour}
                    gain:
                      pattern: turnover
                      instead: SELECT sum(amount) FROM invoice WHERE customer_id = :customer
                      atLeast: 10x
                """));

        assertThat(ours(report)).singleElement().satisfies(result -> {
            assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PROVEN);
            assertThat(result.figures()).extracting(Figure::name).contains("time for a refresh", "WAL for a refresh");
        });
        assertThat(report.gains()).singleElement().satisfies(gain -> {
            assertThat(gain.last().table()).isEqualTo("invoice");
            assertThat(gain.last().rows()).isEqualTo(10_000);
            assertThat(gain.price().run().orElseThrow().means()).isEqualTo(Price.Means.REFRESH);
            assertThat(gain.price().bytes()).isGreaterThan(8);
            assertThat(gain.price().writes()).isEmpty();
        });
    }

    private static String contract(String name, String duplicates, String pattern, String instead) {
        return """
              %s:
                duplicates: {%s}
                sync: {by: trigger}
                staleness: {allowed: none, effect: wrong numbers, repair: every night}
                gain:
                  pattern: %s
                  instead: %s
                  atLeast: CLAIM
            """.formatted(name, duplicates, pattern, instead);
    }

    static List<ProofResult> ours(ProofReport report) {
        return report.results().stream()
                .filter(result -> result.name().equals("contracts-earn-their-gain"))
                .toList();
    }

    /** Everything but what differs from run to run. */
    static List<List<Object>> told(ProofReport report) {
        return ours(report).stream()
                .map(result -> Stream.of(
                                result.verdict(),
                                result.statement(),
                                result.details(),
                                result.figures().stream()
                                        .filter(figure -> !figure.varies())
                                        .toList())
                        .toList())
                .toList();
    }

    private static ProofReport prove(RunningDatabase database, String schema, String... contracts) {
        return prove(database, Models.read(schema + String.join("", contracts)));
    }

    static ProofReport prove(RunningDatabase database, Model model) {
        Facts facts = new Facts(model);
        ProofReport report;
        try {
            report = new Prover(List.of(new AppliesCleanly(), new ContractsEarnTheirGain()))
                    .prove(new ProofRequest(
                            facts,
                            model.relationalStore().orElseThrow(),
                            new RelationalGenerator(Templates.builtIn())
                                    .generate(facts)
                                    .toList(),
                            database,
                            ProofSettings.standard(),
                            Deadline.in(Duration.ofMinutes(5))));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        assertThat(report.results().get(0).statement()).containsPattern("appl(y|ies) to an empty database");
        return report;
    }
}
