package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.schemaproof.Models;
import dev.schemaproof.prove.Price.Kind;
import dev.schemaproof.prove.Price.Means;
import dev.schemaproof.prove.engine.RunningDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has to be run for a copy has its price, too. */
class RunPriceTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final String MODEL = """
            schema: blog
            entities:
              Author:
                table: authors
                rows: 100k
                attributes: {id: int, name: text, post_count: {type: int, default: 0}, fan_count: {type: int, default: 0}}
                key: [id]
              Post:
                table: posts
                rows: 2M
                attributes: {id: int, author_id: int, body: {type: text, values: {width: 200}}, author_name: text}
                key: [id]
                references: {author: {entity: Author}}
                indexes: {by_author: {on: [author_id]}}
              Fan:
                table: fans
                rows: 2M
                attributes: {author_id: int, name: text}
                key: [author_id, name]
                references: {author: {entity: Author}}
            accessPatterns:
              profile: {sql: "SELECT name, post_count FROM authors WHERE id = :id", rate: 10/s}
              fame: {sql: "SELECT name, fan_count FROM authors WHERE id = :id"}
              post: {sql: "SELECT body, author_name FROM posts WHERE id = :id"}
              publish: {entity: Post, write: insert, rate: RATE/s}
            denormalizations:
            """;

    private static final String POSTS = contract(
            "into: Author.post_count, from: {count: Post, by: author}",
            "profile",
            "SELECT a.name, (SELECT count(*) FROM posts p WHERE p.author_id = a.id) FROM authors a WHERE a.id = :id");

    /** Whose reference is part of the key. */
    private static final String FANS = contract(
            "into: Author.fan_count, from: {count: Fan, by: author}",
            "fame",
            "SELECT a.name, (SELECT count(*) FROM fans f WHERE f.author_id = a.id) FROM authors a WHERE a.id = :id");

    private static final String NAME = contract(
            "into: Post.author_name, from: {copy: author.name}",
            "post",
            "SELECT p.body, a.name FROM posts p JOIN authors a ON a.id = p.author_id WHERE p.id = :id");

    private static final String JOB = "by: job, every: 5m";
    private static final String OUTBOX = "by: outbox, every: 5m";

    /** It looks at all rows, however few have changed, though an index may have what it asks of them. */
    @Test
    void aJobReadsTheWholeTable() throws SQLException {
        RunningDatabase database = SERVER.database();
        ProofReport report = prove(database, POSTS.replace("HOW", JOB));

        Price.Run run = run(report);
        assertThat(run.means()).isEqualTo(Means.JOB);
        assertThat(run.changed()).isEqualTo(100);
        assertThat(run.pages()).isGreaterThan(pagesOf(database, "by_author") + 100);
        assertThat(run.wal()).isPositive();
        assertThat(run.millis()).isPositive();
        assertThat(price(report).writes()).isEmpty();
        assertThat(price(report).later()).isZero();
        ProofResult result = ContractsEarnTheirGainTest.ours(report).get(0);
        assertThat(result.statement())
                .matches(".*; its price is [\\d,]+ pages for each run of the job, and 4 bytes a row");
        assertThat(result.details())
                .anyMatch(detail ->
                        detail.matches("run of the job: [\\d,]+ pages, after 100 rows of its source were changed"));
        assertThat(result.figures())
                .extracting(Figure::name)
                .contains("time for a run of the job", "WAL for a run of the job");
    }

    /** It reads only what was noted; each change is paid twice, when it is noted and when the note is taken. */
    @Test
    void aConsumerReadsWhatWasNoted() throws SQLException {
        RunningDatabase database = SERVER.database();
        ProofReport report = prove(database, POSTS.replace("HOW", OUTBOX));

        Price.Run run = run(report);
        assertThat(run.means()).isEqualTo(Means.CONSUMER);
        // A hundred rows leave one parent each and come to another: some ten pages for each of those, of 500 in all
        assertThat(run.pages()).isBetween(1_000.0, 200 * 40.0);
        assertThat(run.wal()).isPositive();
        assertThat(price(report).later()).isEqualTo(run.pages() / 100);
        assertThat(price(report).of(Kind.INSERT).orElseThrow().pages()).isPositive();
        assertThat(ContractsEarnTheirGainTest.ours(report).get(0).statement())
                .matches(".*; its price is [\\d.]+ pages for each insert, [\\d,]+ pages for each call of the consumer,"
                        + " and 4 bytes a row");
    }

    @Test
    void aFoldTakesWhatWasLaidAside() throws SQLException {
        ProofReport report = prove(SERVER.database(), POSTS.replace("HOW", "by: trigger, mode: ledger, every: 5m"));

        assertThat(run(report).means()).isEqualTo(Means.FOLD);
        assertThat(run(report).pages()).isPositive();
        assertThat(price(report).of(Kind.INSERT)).isPresent();
    }

    /** Rows whose key changes when they are moved are taken away and put back. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"by: job, every: 5m | JOB", "by: outbox | CONSUMER"})
    void aReferenceThatIsPartOfTheKey(String how, Means means) throws SQLException {
        RunningDatabase database = SERVER.database();
        ProofReport report = prove(database, FANS.replace("HOW", how));

        assertThat(price(report).why()).isEmpty();
        assertThat(run(report).means()).isEqualTo(means);
        assertThat(run(report).pages()).isGreaterThan(100);
        assertThat(number(database, "SELECT count(*) FROM fans"))
                .isEqualTo(report.gains().get(0).last().rows());
    }

    /** The rows that hold the copy are those whose writers note it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"by: job, every: 5m | JOB", "by: outbox | CONSUMER"})
    void aCopyThroughAReference(String how, Means means) throws SQLException {
        ProofReport report = prove(SERVER.database(), NAME.replace("HOW", how));

        assertThat(price(report).why()).isEmpty();
        assertThat(run(report).means()).isEqualTo(means);
        assertThat(run(report).pages()).isGreaterThan(100);
        if (means == Means.CONSUMER) {
            assertThat(price(report).of(Kind.INSERT).orElseThrow().pages()).isPositive();
            assertThat(price(report).of(Kind.UPDATE).orElseThrow().wal()).isPositive();
        } else {
            assertThat(price(report).writes()).isEmpty();
        }
    }

    /** The rows of the source are read, and those of the view written anew, or compared with what is there. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aRefreshReadsAllAndWritesTheView(boolean concurrently) throws SQLException {
        RunningDatabase database = SERVER.database();
        ProofReport report = prove(database, VIEW.formatted(concurrently));

        Price.Run run = run(report);
        assertThat(run.means()).isEqualTo(Means.REFRESH);
        assertThat(run.pages())
                .isGreaterThanOrEqualTo(0.95 * (pagesOf(database, "posts") + pagesOf(database, "turnout")));
        assertThat(run.wal()).isPositive();
        assertThat(ContractsEarnTheirGainTest.ours(report).get(0).statement())
                .contains(" pages for each refresh, and ");
    }

    /** Whether the copy pays, at the declared rates, depends on the consumer, too. */
    @Test
    void aConsumerCountsAmongTheWrites() throws SQLException {
        ProofReport once = prove(SERVER.database(), POSTS.replace("HOW", OUTBOX));
        MeasuredGain gain = once.gains().get(0);
        double saved = 10 * (gain.last().before() - gain.last().after());
        double noted = price(once).of(Kind.INSERT).orElseThrow().pages();
        // So many writes that noting them costs less than the reads save, and taking the notes, too, costs more
        long rate = Math.round(saved / (noted + price(once).later() / 2));
        assertThat(rate * noted).isLessThan(saved);

        ProofReport report = prove(rate, SERVER.database(), POSTS.replace("HOW", OUTBOX));

        assertThat(ContractsEarnTheirGainTest.ours(report))
                .extracting(ProofResult::statement)
                .anyMatch(
                        statement -> statement.startsWith("at the declared rates the copy costs more than it saves: "));
    }

    /** But for the last digit, in which it may be on either side. */
    @Test
    void comesToTheSameTwice() throws SQLException {
        for (String contract : List.of(
                POSTS.replace("HOW", JOB),
                POSTS.replace("HOW", OUTBOX),
                FANS.replace("HOW", "by: trigger, mode: ledger, every: 5m"))) {
            double pages = run(prove(SERVER.database(), contract)).pages();
            assertThat(pages).isEqualTo(Double.parseDouble(String.format(Locale.ROOT, "%.1e", pages)));
            assertThat(run(prove(SERVER.database(), contract)).pages()).isCloseTo(pages, withinPercentage(10));
        }
    }

    private static final String VIEW = """
              turnout:
                duplicates: {into: Turnout, from: {query: "SELECT author_id, count(*) FROM posts GROUP BY author_id"}}
                sync: {by: materialized-view, refresh: {every: 5m, concurrently: %s}}
                staleness: {allowed: 10m, effect: old numbers, repair: every hour}
                gain:
                  pattern: turnout
                  instead: SELECT count(*) FROM posts WHERE author_id = :author
                  atLeast: 1.1x
            """;

    private static final String VIEWED = """
              Turnout:
                attributes: {author_id: int, number: bigint}
                key: [author_id]
            accessPatterns:
              turnout: {entity: Turnout, find: one, where: [author_id = :author], select: [number]}
            """;

    private static String contract(String duplicates, String pattern, String instead) {
        return """
              kept:
                duplicates: {%s}
                sync: {HOW}
                staleness: {allowed: 10m, effect: wrong numbers, repair: every night}
                gain:
                  pattern: %s
                  instead: %s
                  atLeast: 1.1x
            """.formatted(duplicates, pattern, instead);
    }

    private static ProofReport prove(RunningDatabase database, String contract) {
        return prove(1, database, contract);
    }

    private static ProofReport prove(long rate, RunningDatabase database, String contract) {
        String model = MODEL.replace("RATE", Long.toString(rate)) + contract;
        return ContractsEarnTheirGainTest.prove(
                database,
                Models.read(contract.contains("Turnout") ? model.replace("accessPatterns:\n", VIEWED) : model));
    }

    private static Price price(ProofReport report) {
        assertThat(report.gains())
                .as(ContractsEarnTheirGainTest.ours(report).toString())
                .hasSize(1);
        return report.gains().get(0).price();
    }

    private static Price.Run run(ProofReport report) {
        Optional<Price.Run> run = price(report).run();
        assertThat(run).as(price(report).toString()).isPresent();
        return run.orElseThrow();
    }

    private static double pagesOf(RunningDatabase database, String table) throws SQLException {
        return number(database, "SELECT pg_relation_size('" + table + "') / 8192");
    }

    private static long number(RunningDatabase database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
