package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.prove.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What copies kept by trigger cost the writers, beside the same writes without copies: nothing drifts, and there are hardly
 * more deadlocks. Times are printed as ratios, and judged by whoever reads them.
 *
 * <p>{@code mvn -pl plugin -Prates test} runs enough transactions for the ratios to mean something; the ordinary build runs a few.
 * {@code -Dschemaproof.rates.transactions} says how many a session, {@code -Dschemaproof.rates.rounds} how often all are run in turn.
 */
class SyncRatesTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final int SESSIONS = 8;
    private static final int TRANSACTIONS = Integer.getInteger("schemaproof.rates.transactions", 60);
    private static final int ROUNDS = Integer.getInteger("schemaproof.rates.rounds", 1);
    private static final int BULK = Integer.getInteger("schemaproof.rates.bulk", 2_000);
    private static final double MORE_DEADLOCKS = 0.005;
    private static final int CAUGHT_UP_EVERY_MILLIS = 200;

    private static final String DEADLOCK = "40P01";
    private static final String NOT_SERIALIZABLE = "40001";
    private static final String REFERRED_ROW_GONE = "23503";
    private static final String INTERNAL_ERROR = "XX000";
    private static final Set<String> KNOWN = Set.of("done", DEADLOCK, NOT_SERIALIZABLE, REFERRED_ROW_GONE);

    private static final String MODEL = """
            schema: rates
            entities:
              Account:
                attributes:
                  id: int
                  entries: {type: bigint, default: 0}
                  balance: {type: bigint, default: 0}
                  highest: {type: int, optional: true}
                key: [id]
              Entry:
                attributes:
                  id: {type: bigint, identity: by-default}
                  account_id: int
                  amount: int
                key: [id]
                references: {account: {entity: Account, onDelete: cascade}}
                indexes: {by_account: {on: [account_id, amount]}}
            denormalizations:
              entries:
                duplicates: {into: Account.entries, from: {count: Entry, by: account}}
                sync: {by: trigger, mode: %1$s}
                staleness: {allowed: none, effect: x, repair: every night}
              balance:
                duplicates: {into: Account.balance, from: {sum: Entry.amount, by: account}}
                sync: {by: trigger, mode: %1$s}
                staleness: {allowed: none, effect: x, repair: every night}
            """;

    /** What only can be read anew. */
    private static final String HIGHEST = """
              highest:
                duplicates: {into: Account.highest, from: {max: Entry.amount, by: account}}
                sync: {by: trigger, mode: %1$s}
                staleness: {allowed: none, effect: x, repair: every night}
            """;

    /** The obvious trigger, as many write it first: row by row, and for the count alone. */
    private static final String ROW_BY_ROW = """
            CREATE FUNCTION naive() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP <> 'INSERT' THEN
                    UPDATE account SET entries = entries - 1 WHERE id = OLD.account_id;
                END IF;
                IF TG_OP <> 'DELETE' THEN
                    UPDATE account SET entries = entries + 1 WHERE id = NEW.account_id;
                END IF;
                RETURN NULL;
            END
            $$;
            CREATE TRIGGER naive AFTER INSERT OR UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION naive();
            """;

    /** How the copies are kept. */
    private enum Way {
        NOT,
        ROW_BY_ROW,
        IMMEDIATE,
        DEFERRED,
        SLOTTED,
        LEDGER,
        OUTBOX;

        /** Whether it is ours. */
        boolean generated() {
            return this != NOT && this != ROW_BY_ROW;
        }

        /** Whether changes are laid aside. */
        boolean folded() {
            return this == SLOTTED || this == LEDGER;
        }
    }

    /** Those that keep any summary. */
    private static final Way[] OF_ANY = {Way.NOT, Way.ROW_BY_ROW, Way.IMMEDIATE, Way.DEFERRED, Way.OUTBOX};

    /**
     * What came of a run.
     *
     * @param seconds for all of it
     * @param outcomes how often each SQL state ended a transaction; {@code done} for none
     */
    private record Run(double seconds, Map<String, Integer> outcomes) {

        Run plus(Run other) {
            var all = new TreeMap<>(outcomes);
            other.outcomes.forEach((state, times) -> all.merge(state, times, Integer::sum));
            return new Run(seconds + other.seconds, all);
        }

        double done() {
            return outcomes.getOrDefault("done", 0) / seconds;
        }

        double rate(String state) {
            return outcomes.getOrDefault(state, 0)
                    / (double) outcomes.values().stream()
                            .mapToInt(Integer::intValue)
                            .sum();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"})
    void nothingDriftsAndHardlyMoreDeadlocks(String isolation) throws Exception {
        var runs = inTurn(20, isolation, HIGHEST, OF_ANY);
        for (var way : OF_ANY) {
            var run = runs.get(way);
            System.out.printf(
                    Locale.ROOT,
                    "%s, copies kept %s: %.2f of the transactions, deadlocks %.2f %%, not serializable %.1f %%%n",
                    isolation,
                    way,
                    run.done() / runs.get(Way.NOT).done(),
                    100 * run.rate(DEADLOCK),
                    100 * run.rate(NOT_SERIALIZABLE));
        }
        assertThat(runs.get(Way.DEFERRED).rate(DEADLOCK))
                .isLessThanOrEqualTo(runs.get(Way.NOT).rate(DEADLOCK) + MORE_DEADLOCKS);
    }

    /**
     * All write to one parent, which copies in its row make them do one after the other. What is laid aside is folded all the
     * while.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", HIGHEST})
    void oneParentForAll(String more) throws Exception {
        var ways = more.isEmpty() ? Way.values() : OF_ANY;
        var runs = inTurn(1, "READ COMMITTED", more, ways);
        System.out.println("one parent for all, " + (more.isEmpty() ? "count and sum" : "count, sum and max")
                + ", transactions beside those without copies: "
                + Arrays.stream(ways)
                        .map(way -> String.format(
                                Locale.ROOT,
                                "%s %.2f",
                                way,
                                runs.get(way).done() / runs.get(Way.NOT).done()))
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void manyRowsInOneStatement() throws Exception {
        Map<Way, Double> seconds = new EnumMap<>(Way.class);
        for (var round = 0; round < ROUNDS; round++) {
            for (var way : OF_ANY) {
                try (var bed = bed(way, 5, HIGHEST)) {
                    var begin = System.nanoTime();
                    bed.execute(
                            "INSERT INTO entry (account_id, amount) SELECT 1 + n % 5, n % 100 FROM generate_series(1, "
                                    + BULK + ") n");
                    seconds.merge(way, seconds(begin), Double::sum);
                    catchUp(bed, way);
                    assertThat(way.generated() ? bed.drift() : List.of()).isEmpty();
                }
            }
        }
        seconds.forEach((way, all) -> System.out.printf(
                Locale.ROOT,
                "%d rows in one statement, copies kept %s: %.1f of the time without%n",
                BULK,
                way,
                all / seconds.get(Way.NOT)));
    }

    /** The same writes in every way, one way after the other and all of it again, so that what changes meanwhile meets all. */
    private static Map<Way, Run> inTurn(int parents, String isolation, String more, Way... ways) throws Exception {
        Map<Way, Run> runs = new EnumMap<>(Way.class);
        for (var round = 0; round < ROUNDS; round++) {
            for (var way : ways) {
                try (var bed = bed(way, parents, more)) {
                    var going = new AtomicBoolean(way.folded() || way == Way.OUTBOX);
                    var beside = bed.elsewhere(() -> {
                        for (; going.get(); TimeUnit.MILLISECONDS.sleep(CAUGHT_UP_EVERY_MILLIS)) {
                            catchUp(bed, way);
                        }
                        return null;
                    });
                    runs.merge(way, run(bed, way, parents, isolation, round), Run::plus);
                    going.set(false);
                    beside.get(1, TimeUnit.MINUTES);
                    catchUp(bed, way);
                    assertThat(way.generated() ? bed.drift() : List.of()).isEmpty();
                }
            }
        }
        return runs;
    }

    /** What is called now and then beside the writers. */
    private static void catchUp(SyncBed bed, Way way) throws SQLException {
        if (way.folded()) {
            bed.fold();
        } else if (way == Way.OUTBOX) {
            bed.consume();
        }
    }

    private static SyncBed bed(Way way, int parents, String more) throws Exception {
        var mode = way.generated() && way != Way.OUTBOX ? way.name().toLowerCase(Locale.ROOT) : "deferred";
        var model = (MODEL + more).formatted(mode + (way.folded() ? ", every: 1s" : ""));
        if (way == Way.OUTBOX) {
            model = model.replace("by: trigger, mode: deferred", "by: outbox").replace("allowed: none", "allowed: 10s");
        }
        var bed = new SyncBed(SERVER.database(), Models.read(model));
        bed.execute(
                bed.script("schema.sql"),
                "INSERT INTO account (id) SELECT n FROM generate_series(1, " + parents + ") n",
                "INSERT INTO entry (account_id, amount) SELECT 1 + n % " + parents
                        + ", n % 100 FROM generate_series(1, 4000) n");
        switch (way) {
            case NOT -> {}
            case ROW_BY_ROW -> bed.execute(ROW_BY_ROW);
            case IMMEDIATE, DEFERRED, SLOTTED, LEDGER, OUTBOX -> bed.execute(bed.script("triggers.sql"));
        }
        return bed;
    }

    private static Run run(SyncBed bed, Way way, int parents, String isolation, int seed) throws Exception {
        var together = new CyclicBarrier(SESSIONS + 1);
        var sessions = new ArrayList<Future<Map<String, Integer>>>();
        for (var session = 0; session < SESSIONS; session++) {
            var random = new SplittableRandom(100L * seed + session);
            sessions.add(bed.elsewhere(() -> {
                try (var connection = bed.connect()) {
                    SyncBed.execute(connection, "SET deadlock_timeout = '20ms'");
                    together.await(1, TimeUnit.MINUTES);
                    return transactions(connection, random, parents, isolation);
                }
            }));
        }
        together.await(1, TimeUnit.MINUTES);
        var begin = System.nanoTime();
        var outcomes = new TreeMap<String, Integer>();
        for (var session : sessions) {
            session.get().forEach((state, times) -> outcomes.merge(state, times, Integer::sum));
        }
        assertThat(outcomes.keySet())
                .allMatch(outcome -> KNOWN.contains(outcome)
                        // PostgreSQL 18.6 itself, now and then, where row triggers update at REPEATABLE READ
                        || way == Way.ROW_BY_ROW && outcome.contains("multixact has more than one updating member"));
        return new Run(seconds(begin), outcomes);
    }

    private static Map<String, Integer> transactions(
            Connection connection, SplittableRandom random, int parents, String isolation) throws SQLException {
        var outcomes = new TreeMap<String, Integer>();
        for (var i = 0; i < TRANSACTIONS; i++) {
            var statements = new ArrayList<String>();
            statements.add("BEGIN ISOLATION LEVEL " + isolation);
            for (var n = random.nextInt(4); n >= 0; n--) {
                statements.add(statement(random, parents));
            }
            statements.add("COMMIT");
            try {
                SyncBed.execute(connection, statements.toArray(String[]::new));
                outcomes.merge("done", 1, Integer::sum);
            } catch (SQLException e) {
                SyncBed.execute(connection, "ROLLBACK");
                var state = e.getSQLState();
                outcomes.merge(INTERNAL_ERROR.equals(state) ? e.getMessage() : state, 1, Integer::sum);
            }
        }
        return outcomes;
    }

    private static String statement(SplittableRandom random, int parents) {
        var id = 1 + random.nextInt(4_000);
        var parent = 1 + random.nextInt(parents);
        return switch (random.nextInt(8)) {
            case 0 ->
                "INSERT INTO entry (account_id, amount) SELECT 1 + (" + parent + " + n * 7) % " + parents
                        + ", n FROM generate_series(1, 4) n";
            case 1 -> "UPDATE entry SET account_id = " + parent + " WHERE id = " + id;
            case 2 -> "UPDATE entry SET amount = amount + 1 WHERE id = " + id;
            case 3 -> "DELETE FROM entry WHERE id = " + id;
            default -> "INSERT INTO entry (account_id, amount) VALUES (" + parent + ", " + random.nextInt(100) + ")";
        };
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
