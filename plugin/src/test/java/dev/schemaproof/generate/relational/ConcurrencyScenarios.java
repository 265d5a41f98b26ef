package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaproof.model.Contract;
import dev.schemaproof.prove.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts stay exact, and single statements free of deadlocks, when many write at once. */
@ParameterizedClass
@EnumSource(Contract.Mode.class)
abstract class ConcurrencyScenarios {

    private static final int WRITERS = 6;
    private static final String DEADLOCK = "40P01";
    private static final String NOT_SERIALIZABLE = "40001";
    private static final String REFERRED_ROW_GONE = "23503";

    @Parameter
    Contract.Mode mode;

    private SyncBed bed;

    abstract TestServer server();

    /** With what keeps the copies. */
    SyncBed bed() throws Exception {
        return new SyncBed(server().database(), SyncBed.THREADS, mode);
    }

    @BeforeEach
    void open() throws Exception {
        bed = bed();
        bed.execute(
                bed.script("schema.sql"),
                "INSERT INTO boards (tenant, number, title) SELECT 1, n, 'b' FROM generate_series(1, 8) n",
                "INSERT INTO authors (name) SELECT 'a' || n FROM generate_series(1, 8) n");
    }

    @AfterEach
    void isExact() throws Exception {
        // Some tests have a database of their own
        if (!bed.query("SELECT 1 FROM pg_trigger WHERE NOT tgisinternal").isEmpty()) {
            assertThat(bed.drift()).isEmpty();
            bed.fold();
            assertThat(bed.drift()).isEmpty();
            assertThat(bed.aside()).isZero();
        }
        bed.close();
    }

    /** A statement that waits for one parent must not lose what it adds to the next. */
    @Test
    @Withstands(2)
    void losesNothingBehindALock() throws Exception {
        bed.execute(bed.script("triggers.sql"));
        var insert =
                "INSERT INTO comments (tenant, board_number, author_name) SELECT 1, n, 'a' || n FROM generate_series(1, 3) n";
        try (var first = bed.connect()) {
            first.setAutoCommit(false);
            SyncBed.execute(first, insert);
            var second = bed.blocked(insert);
            first.commit();
            second.get();
        }
        bed.fold();
        assertThat(bed.query("SELECT comment_count FROM boards ORDER BY number LIMIT 4"))
                .containsExactly("2", "2", "2", "0");
    }

    @Test
    @Withstands(8)
    void twoUsersFollowEachOtherWithoutDeadlock() throws Exception {
        try (var social = new SyncBed(server().database(), SyncBed.SOCIAL, mode).applied()) {
            assertThat(followEachOther(social)).containsExactly("done", "done");
            assertThat(social.drift()).isEmpty();
        }
    }

    /** Were this test to fail, the one above would show nothing. */
    @Test
    @FallsInto(8)
    void aNaiveTriggerDeadlocksWhenTwoUsersFollowEachOther() throws Exception {
        try (var social = new SyncBed(server().database(), SyncBed.SOCIAL, mode)) {
            social.execute(social.script("schema.sql"), """
                    CREATE FUNCTION naive() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        UPDATE users SET following_count = following_count + 1 WHERE id = NEW.follower_id;
                        UPDATE users SET follower_count = follower_count + 1 WHERE id = NEW.following_id;
                        RETURN NULL;
                    END
                    $$;
                    CREATE TRIGGER naive AFTER INSERT ON follows FOR EACH ROW EXECUTE FUNCTION naive();
                    """);
            assertThat(followEachOther(social)).containsExactly(DEADLOCK, "done");
        }
    }

    /** Two users follow each other in the same moment, which a pause after each change of a count makes long enough. */
    private static List<String> followEachOther(SyncBed social) throws Exception {
        social.execute(
                "INSERT INTO users (id, username, email, display_name)"
                        + " SELECT md5(n::text)::uuid, 'u' || n, 'e' || n, 'd' FROM generate_series(1, 2) n",
                """
                CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_sleep(0.3);
                    RETURN NULL;
                END
                $$;
                CREATE TRIGGER pause AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION pause();
                """);
        var together = new CyclicBarrier(2);
        var outcomes = new ArrayList<Future<String>>();
        for (var pair : List.of("md5('1')::uuid, md5('2')::uuid", "md5('2')::uuid, md5('1')::uuid")) {
            outcomes.add(social.elsewhere(() -> {
                try (var connection = social.connect()) {
                    SyncBed.execute(connection, "SET deadlock_timeout = '20ms'");
                    together.await();
                    SyncBed.execute(
                            connection, "INSERT INTO follows (follower_id, following_id) VALUES (" + pair + ")");
                    return "done";
                } catch (SQLException e) {
                    return e.getSQLState();
                }
            }));
        }
        return List.of(outcomes.get(0).get(), outcomes.get(1).get()).stream()
                .sorted()
                .toList();
    }

    /** Statements of many rows for parents in random order, each a transaction of its own. */
    @Test
    @Withstands(8)
    void singleStatementsNeverDeadlock() throws Exception {
        bed.execute(bed.script("triggers.sql"));
        var outcomes = storm(60, (connection, random, mine) -> {
            switch (random.nextInt(4)) {
                case 0, 1 -> SyncBed.execute(connection, insertOfMany(random, mine));
                case 2 ->
                    SyncBed.execute(
                            connection,
                            "UPDATE comments SET author_name = 'a' || (1 + random() * 7)::int, board_number = (1 + random() * 7)::int"
                                    + " WHERE status = 'w" + mine + "'");
                default ->
                    SyncBed.execute(
                            connection,
                            "DELETE FROM comments WHERE id IN (SELECT id FROM comments WHERE status = 'w" + mine
                                    + "' LIMIT 5)");
            }
        });
        assertThat(outcomes).containsOnlyKeys("done");
    }

    /** Transactions of several statements of every kind, some rolled back, in part or as a whole. */
    @ParameterizedTest
    @CsvSource({"READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"})
    void aStorm(String isolation) throws Exception {
        bed.execute(bed.script("triggers.sql"));
        var outcomes = storm(50, (connection, random, mine) -> {
            SyncBed.execute(connection, "BEGIN ISOLATION LEVEL " + isolation);
            try {
                for (var statement = random.nextInt(3); statement >= 0; statement--) {
                    SyncBed.execute(connection, "SAVEPOINT s", anyStatement(random, mine));
                    if (random.nextInt(5) == 0) {
                        SyncBed.execute(connection, "ROLLBACK TO SAVEPOINT s");
                    }
                }
                SyncBed.execute(connection, random.nextInt(6) == 0 ? "ROLLBACK" : "COMMIT");
            } catch (SQLException e) {
                SyncBed.execute(connection, "ROLLBACK");
                throw e;
            }
        });
        assertThat(outcomes.getOrDefault("done", 0)).isGreaterThan(WRITERS);
        outcomes.remove("done");
        assertThat(outcomes.keySet()).isSubsetOf(DEADLOCK, NOT_SERIALIZABLE, REFERRED_ROW_GONE);
    }

    /** Whoever writes while the triggers are made is counted, by the backfill or by the triggers. */
    @Test
    @Withstands(25)
    void countsWhatIsWrittenWhileItIsApplied() throws Exception {
        bed.execute("INSERT INTO comments (author_name) VALUES ('a1')");
        try (var writer = bed.connect()) {
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "INSERT INTO comments (author_name) VALUES ('a2')");
            var script = bed.blocked(bed.script("triggers.sql"));
            var after = bed.blocked("INSERT INTO comments (author_name) VALUES ('a2'), ('a3')");
            writer.commit();
            script.get();
            after.get();
        }
        bed.fold();
        assertThat(bed.query("SELECT name || comment_count FROM authors WHERE comment_count > 0 ORDER BY name"))
                .containsExactly("a11", "a22", "a31");
    }

    /** The repair waits for who is about to change the count, and then counts what is there. */
    @Test
    void repairsWhileOthersWrite() throws Exception {
        bed.execute(bed.script("triggers.sql"));
        try (var spoiler = bed.connect()) {
            SyncBed.execute(
                    spoiler,
                    "SET schemaproof.repair = 'on'",
                    "UPDATE authors SET comment_count = 40 WHERE name IN ('a1', 'a2')");
        }
        try (var writer = bed.connect()) {
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "INSERT INTO comments (author_name) VALUES ('a1'), ('a2')");
            var repair = bed.blocked(bed.script("reconcile/author-comment-count.repair.sql"));
            writer.commit();
            repair.get();
        }
        bed.fold();
        assertThat(bed.query("SELECT name || comment_count FROM authors WHERE comment_count > 0 ORDER BY name"))
                .containsExactly("a11", "a21");
    }

    /**
     * A repair that cannot see what was written since it began is refused, not wrong; where that was laid aside, it does not have to
     * see it.
     */
    @Test
    void repairsNothingByAnOldSnapshot() throws Exception {
        bed.execute(bed.script("triggers.sql"));
        try (var spoiler = bed.connect()) {
            SyncBed.execute(
                    spoiler,
                    "SET schemaproof.repair = 'on'",
                    "UPDATE authors SET comment_count = 40 WHERE name = 'a1'");
        }
        try (var repair = bed.connect()) {
            SyncBed.execute(repair, "BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT 1 FROM authors");
            bed.execute("INSERT INTO comments (author_name) VALUES ('a1')");
            if (mode.isFolded()) {
                SyncBed.execute(repair, bed.script("reconcile/author-comment-count.repair.sql"), "COMMIT");
                assertThat(bed.drift()).isEmpty();
            } else {
                assertThatThrownBy(
                                () -> SyncBed.execute(repair, bed.script("reconcile/author-comment-count.repair.sql")))
                        .hasMessageContaining("could not serialize access");
            }
        }
        bed.repair();
    }

    @Test
    void repairsInTheMiddleOfAStorm() throws Exception {
        bed.execute(bed.script("triggers.sql"));
        var outcomes = storm(40, (connection, random, mine) -> {
            if (mine == 0) {
                SyncBed.execute(
                        connection,
                        "BEGIN",
                        "SET LOCAL schemaproof.repair = 'on'",
                        "UPDATE authors SET comment_count = comment_count + 5 WHERE name = 'a" + (1 + random.nextInt(8))
                                + "'",
                        "COMMIT",
                        bed.script("reconcile/author-comment-count.repair.sql"));
            } else {
                SyncBed.execute(connection, insertOfMany(random, mine));
            }
        });
        assertThat(outcomes).containsOnlyKeys("done");
    }

    private static String insertOfMany(Random random, int mine) {
        return "INSERT INTO comments (tenant, board_number, author_name, status)"
                + " SELECT 1, (1 + random() * 7)::int, 'a' || (1 + random() * 7)::int, 'w" + mine
                + "' FROM generate_series(1, " + (1 + random.nextInt(9)) + ")";
    }

    private static String anyStatement(Random random, int mine) {
        var author = "'a" + (1 + random.nextInt(8)) + "'";
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> insertOfMany(random, mine);
            case 3 -> "UPDATE comments SET author_name = NULL WHERE author_name = " + author;
            case 4 ->
                "UPDATE comments SET status = CASE status WHEN 'open' THEN 'w' ELSE 'open' END WHERE author_name = "
                        + author;
            case 5 -> "DELETE FROM comments WHERE author_name = " + author;
            case 6 ->
                "INSERT INTO comments (parent_id, author_name) SELECT id, author_name FROM comments ORDER BY random() LIMIT 3";
            case 7 -> "DELETE FROM comments WHERE id IN (SELECT id FROM comments ORDER BY random() LIMIT 4)";
            default -> "UPDATE comments SET board_number = 1 + (id % 8) WHERE author_name = " + author;
        };
    }

    /** What one writer does in one round. */
    private interface Round {
        void run(Connection connection, Random random, int mine) throws SQLException;
    }

    /** Lets all writers run at once; how often each outcome came about, by SQL state. */
    private Map<String, Integer> storm(int rounds, Round round) throws Exception {
        var together = new CyclicBarrier(WRITERS);
        var writers = new ArrayList<Future<Map<String, Integer>>>();
        for (var writer = 0; writer < WRITERS; writer++) {
            var mine = writer;
            writers.add(bed.elsewhere(() -> {
                var outcomes = new TreeMap<String, Integer>();
                var random = new Random(mine);
                try (var connection = bed.connect()) {
                    SyncBed.execute(connection, "SET deadlock_timeout = '20ms'");
                    together.await();
                    for (var i = 0; i < rounds; i++) {
                        try {
                            round.run(connection, random, mine);
                            outcomes.merge("done", 1, Integer::sum);
                        } catch (SQLException e) {
                            outcomes.merge(e.getSQLState(), 1, Integer::sum);
                        }
                    }
                }
                return outcomes;
            }));
        }
        var all = new TreeMap<String, Integer>();
        for (var writer : writers) {
            writer.get().forEach((outcome, times) -> all.merge(outcome, times, Integer::sum));
        }
        return all;
    }
}
