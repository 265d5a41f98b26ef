package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.data.Population;
import dev.schemaproof.prove.data.Synthesizer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Triggers written by hand, right and wrong: the proof is there to tell them apart. */
class CopiesStayExactTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Model MODEL = Models.read("""
            schema: s
            entities:
              User:
                table: users
                attributes:
                  id: uuid
                  name: text
                  follower_count: {type: int, default: 0}
                key: [id]
                unique: [[name]]
              Follow:
                table: follows
                attributes:
                  follower_id: uuid
                  following_id: uuid
                key: [follower_id, following_id]
                references:
                  follower: {entity: User, onDelete: cascade}
                  following: {entity: User, onDelete: cascade}
                checks:
                  no_self_follow: follower_id <> following_id
            denormalizations:
              followers:
                duplicates: {into: User.follower_count, from: {count: Follow, by: following}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: wrong numbers on the profile, repair: every night}
            """);

    private static final String SCHEMA = """
            CREATE TABLE users (
                id uuid PRIMARY KEY, name text NOT NULL UNIQUE, follower_count int NOT NULL DEFAULT 0
            );
            CREATE TABLE follows (
                follower_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
                following_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
                PRIMARY KEY (follower_id, following_id),
                CONSTRAINT no_self_follow CHECK (follower_id <> following_id)
            );
            CREATE INDEX ON follows (following_id);
            """;

    private static final String GUARD = """
            CREATE OR REPLACE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF pg_trigger_depth() = 1 AND coalesce(current_setting('s.repair', true), '') <> 'on' THEN
                    RAISE check_violation USING MESSAGE = 'kept by trigger';
                END IF;
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER guard_update AFTER UPDATE ON users FOR EACH ROW
                WHEN (OLD.follower_count <> NEW.follower_count) EXECUTE FUNCTION guard();
            CREATE OR REPLACE TRIGGER guard_insert AFTER INSERT ON users FOR EACH ROW
                WHEN (NEW.follower_count <> 0) EXECUTE FUNCTION guard();
            """;

    private static final String TRUNCATE = """
            CREATE OR REPLACE FUNCTION zero() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                UPDATE users SET follower_count = 0 WHERE follower_count <> 0;
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER truncated AFTER TRUNCATE ON follows EXECUTE FUNCTION zero();
            """;

    /** As in the textbook, without its following_count: nothing is done on UPDATE. */
    private static final String TEXTBOOK = """
            CREATE OR REPLACE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    UPDATE users SET follower_count = follower_count + 1 WHERE id = NEW.following_id;
                ELSIF TG_OP = 'DELETE' THEN
                    UPDATE users SET follower_count = follower_count - 1 WHERE id = OLD.following_id;
                END IF;
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER counts AFTER INSERT OR DELETE ON follows
                FOR EACH ROW EXECUTE FUNCTION keep();
            """;

    private static final String RIGHT = """
            CREATE OR REPLACE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP <> 'INSERT' THEN
                    UPDATE users SET follower_count = follower_count - 1 WHERE id = OLD.following_id;
                END IF;
                IF TG_OP <> 'DELETE' THEN
                    UPDATE users SET follower_count = follower_count + 1 WHERE id = NEW.following_id;
                END IF;
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER counts AFTER INSERT OR DELETE OR UPDATE ON follows
                FOR EACH ROW EXECUTE FUNCTION keep();
            """;

    /** Right in one session, wrong in two: each counts what it can see. */
    private static final String RECOUNT_WITHOUT_LOCK = """
            CREATE OR REPLACE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                UPDATE users u SET follower_count = (SELECT count(*) FROM follows f WHERE f.following_id = u.id)
                WHERE u.id IN (OLD.following_id, NEW.following_id);
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER counts AFTER INSERT OR DELETE OR UPDATE ON follows
                FOR EACH ROW EXECUTE FUNCTION keep();
            """;

    private static final String DRIFT = """
            SELECT u.id, u.follower_count AS stored, coalesce(c.n, 0) AS actual
            FROM users u LEFT JOIN (SELECT following_id, count(*) AS n FROM follows GROUP BY 1) c ON c.following_id = u.id
            WHERE u.follower_count <> coalesce(c.n, 0);
            """;

    private static final String REPAIR = """
            DO $$
            BEGIN
                PERFORM set_config('s.repair', 'on', true);
                UPDATE users u SET follower_count = (SELECT count(*) FROM follows f WHERE f.following_id = u.id);
                PERFORM set_config('s.repair', 'off', true);
            END $$;
            """;

    @Test
    void provesTriggersThatAreRight() {
        ProofResult result = prove(RIGHT + GUARD + TRUNCATE, DRIFT, REPAIR);

        assertThat(result.statement())
                .isEqualTo("`User.follower_count` is exact after 800 statements from 4 connections (0 drift)");
        assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(result.at()).hasToString("Optional[" + Models.FILE + ":24:5]");
        assertThat(result.figures())
                .filteredOn(figure -> figure.name().equals("statements that changed rows"))
                .singleElement()
                .satisfies(figure -> assertThat(Integer.parseInt(figure.value().replace(",", "")))
                        .isGreaterThan(200));
    }

    @Test
    void failsTheTextbooksTriggersWhichMissUpdates() {
        ProofResult result = prove(TEXTBOOK + GUARD + TRUNCATE, DRIFT, REPAIR);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.statement())
                .isEqualTo("`User.follower_count` is not exact: it is wrong after two transactions at READ COMMITTED,"
                        + " one to insert and, before that commits, one to move away");
    }

    @Test
    void failsARecountThatTakesNoLock() {
        ProofResult result = prove(RECOUNT_WITHOUT_LOCK + GUARD + TRUNCATE, DRIFT, REPAIR);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.statement())
                .isEqualTo("`User.follower_count` is not exact: it is wrong after two transactions at READ COMMITTED,"
                        + " one to insert and, before that commits, one to insert");
        assertThat(result.details()).singleElement().asString().contains(" would be right");
    }

    @Test
    void seesInAStormWhatTheNextStatementPutsRight() throws Exception {
        int found = 0;
        for (int i = 0; i < 20 && found == 0; i++) {
            found = wrongStatesInAStorm(i);
        }
        assertThat(found).isPositive();
    }

    /** In how many committed states of a storm the recount without a lock left wrong copies. */
    private static int wrongStatesInAStorm(int seed) throws Exception {
        ProofRequest request = request("", "", "", new ProofSettings(seed, 4, 300, 40));
        SummaryContract contract =
                request.facts().contracts().summariesIn(request.store()).get(0);
        AtomicInteger wrong = new AtomicInteger();
        try (Bench bench = new Bench(request);
                Connection connection = bench.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA + RECOUNT_WITHOUT_LOCK);
            Synthesizer synthesizer = CopiesStayExact.synthesizer(bench);
            Population population = synthesizer.fill(connection, List.of(contract.child()), 40);
            List<Workload> workloads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                workloads.add(new Workload(
                        List.of(Link.of(contract)),
                        synthesizer.rowsOf(contract.child(), List.of()),
                        Map.of(contract.parent(), synthesizer.rowsOf(contract.parent(), List.of())),
                        population,
                        new SplittableRandom(seed + i),
                        1_000_000L * (i + 1)));
            }
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            new Storm(bench).run(workloads, seed, () -> {
                wrong.addAndGet(SummaryCopy.recount(connection, contract, SummaryCopy.Reading.EXACT)
                        .size());
                connection.rollback();
                return wrong.get() == 0;
            });
        }
        return wrong.get();
    }

    @Test
    void failsWhatMissesTruncate() {
        assertThat(prove(RIGHT + GUARD, DRIFT, REPAIR).statement())
                .isEqualTo("`User.follower_count` is not exact: it is wrong after TRUNCATE of `follows`");
    }

    @Test
    void failsWithoutAGuard() {
        assertThat(prove(RIGHT + TRUNCATE, DRIFT, REPAIR).statement())
                .isEqualTo("`User.follower_count` is not exact: an UPDATE of the copy itself is accepted and leaves it"
                        + " wrong");
    }

    @Test
    void failsAGuardThatForgetsInserts() {
        String guard = GUARD.substring(0, GUARD.indexOf("CREATE OR REPLACE TRIGGER guard_insert"));
        assertThat(prove(RIGHT + guard + TRUNCATE, DRIFT, REPAIR).statement())
                .isEqualTo("`User.follower_count` is not exact: an INSERT that gives the copy a value is accepted and"
                        + " leaves it wrong");
    }

    @Test
    void failsADriftStatementThatFindsNothing() {
        assertThat(prove(RIGHT + GUARD + TRUNCATE, DRIFT.replace("WHERE u", "WHERE false AND u"), REPAIR)
                        .statement())
                .contains("`reconcile/followers.drift.sql` finds nothing where one copy was damaged on purpose");
    }

    @Test
    void failsADriftStatementThatFindsTooMuch() {
        assertThat(prove(RIGHT + GUARD + TRUNCATE, DRIFT.replace("<> coalesce(c.n, 0)", "> 0"), REPAIR)
                        .statement())
                .contains("`reconcile/followers.drift.sql` finds rows after ", "though every copy is right");
    }

    @Test
    void failsARepairThatRepairsNothing() {
        assertThat(prove(RIGHT + GUARD + TRUNCATE, DRIFT, "SELECT 1").statement())
                .contains("`reconcile/followers.repair.sql` does not put a damaged copy right");
    }

    private static ProofResult prove(String triggers, String drift, String repair) {
        List<ProofResult> results = new Prover(List.of(new AppliesCleanly(), new CopiesStayExact()))
                .prove(request(triggers, drift, repair, new ProofSettings(1, 4, 200, 40)))
                .results();
        assertThat(results).hasSize(2);
        assertThat(results.get(0).statement()).contains("apply to an empty database");
        return results.get(1);
    }

    private static ProofRequest request(String triggers, String drift, String repair, ProofSettings settings) {
        return new ProofRequest(
                new Facts(MODEL),
                MODEL.relationalStore().orElseThrow(),
                List.of(
                        new Artifact("main/schema.sql", SCHEMA),
                        new Artifact("main/triggers.sql", triggers),
                        new Artifact("main/reconcile/followers.drift.sql", drift),
                        new Artifact("main/reconcile/followers.repair.sql", repair)),
                SERVER.database(),
                settings,
                Deadline.in(Duration.ofMinutes(2)));
    }
}
