package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaproof.model.Contract;
import dev.schemaproof.prove.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Scenarios that what is generated passes, run on triggers as one would write them. A sound form of these passes too; one edit
 * each makes it fall into a pitfall, so that it is this that the scenario finds.
 */
class NaiveTriggersTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    /** Row by row, and right as long as one writes at a time. */
    private static final String COMMENTS = """
            CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP <> 'INSERT' THEN
                    UPDATE boards SET comment_count = comment_count - 1, open_count = open_count - (OLD.status = 'open')::int
                        WHERE (tenant, number) = (OLD.tenant, OLD.board_number);
                    UPDATE authors SET comment_count = comment_count - 1 WHERE name = OLD.author_name;
                    UPDATE comments SET reply_count = reply_count - 1 WHERE id = OLD.parent_id;
                END IF;
                IF TG_OP <> 'DELETE' THEN
                    UPDATE boards SET comment_count = comment_count + 1, open_count = open_count + (NEW.status = 'open')::int
                        WHERE (tenant, number) = (NEW.tenant, NEW.board_number);
                    UPDATE authors SET comment_count = comment_count + 1 WHERE name = NEW.author_name;
                    UPDATE comments SET reply_count = reply_count + 1 WHERE id = NEW.parent_id;
                END IF;
                RETURN coalesce(NEW, OLD);
            END
            $$;
            CREATE TRIGGER keep_insert AFTER INSERT ON comments FOR EACH ROW EXECUTE FUNCTION keep();
            CREATE TRIGGER keep_delete AFTER DELETE ON comments FOR EACH ROW EXECUTE FUNCTION keep();
            CREATE TRIGGER keep_update AFTER UPDATE ON comments FOR EACH ROW
                WHEN ((OLD.tenant, OLD.board_number, OLD.author_name, OLD.parent_id, OLD.status) IS DISTINCT FROM
                      (NEW.tenant, NEW.board_number, NEW.author_name, NEW.parent_id, NEW.status))
                EXECUTE FUNCTION keep();
            CREATE FUNCTION empty() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                UPDATE boards SET comment_count = 0, open_count = 0;
                UPDATE authors SET comment_count = 0;
                RETURN NULL;
            END
            $$;
            CREATE TRIGGER keep_truncate AFTER TRUNCATE ON comments FOR EACH STATEMENT EXECUTE FUNCTION empty();
            CREATE FUNCTION restart() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_TABLE_NAME = 'boards' THEN
                    NEW.open_count := 0;
                END IF;
                IF TG_TABLE_NAME = 'comments' THEN
                    NEW.reply_count := 0;
                ELSE
                    NEW.comment_count := 0;
                END IF;
                RETURN NEW;
            END
            $$;
            CREATE TRIGGER restart BEFORE UPDATE OF tenant, number ON boards FOR EACH ROW EXECUTE FUNCTION restart();
            CREATE TRIGGER restart BEFORE UPDATE OF name ON authors FOR EACH ROW EXECUTE FUNCTION restart();
            CREATE TRIGGER restart BEFORE UPDATE OF id ON comments FOR EACH ROW EXECUTE FUNCTION restart();
            """;

    private static final String FILLED = """
            UPDATE authors a SET comment_count = (SELECT count(*) FROM comments c WHERE c.author_name = a.name);
            UPDATE boards b SET (comment_count, open_count) = (SELECT count(*), count(*) FILTER (WHERE status = 'open')
                FROM comments c WHERE (c.tenant, c.board_number) = (b.tenant, b.number));
            """;

    private static final String FOLLOWS = """
            CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
                SET search_path = public, pg_temp SET row_security = off AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    UPDATE users SET following_count = following_count + 1 WHERE id = NEW.follower_id;
                    UPDATE users SET follower_count = follower_count + 1 WHERE id = NEW.following_id;
                ELSIF TG_OP = 'DELETE' THEN
                    UPDATE users SET following_count = following_count - 1 WHERE id = OLD.follower_id;
                    UPDATE users SET follower_count = follower_count - 1 WHERE id = OLD.following_id;
                ELSE
                    UPDATE users SET following_count = 0, follower_count = 0;
                END IF;
                RETURN NULL;
            END
            $$;
            CREATE TRIGGER keep AFTER INSERT OR DELETE ON follows FOR EACH ROW EXECUTE FUNCTION keep();
            CREATE TRIGGER keep_truncate AFTER TRUNCATE ON follows FOR EACH STATEMENT EXECUTE FUNCTION keep();
            """;

    private static final String REFUSES_DIRECT_WRITES = """
            CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF pg_trigger_depth() < 2 THEN
                    RAISE 'user-follower-count';
                END IF;
                RETURN NULL;
            END
            $$;
            CREATE TRIGGER guard_insert AFTER INSERT ON users FOR EACH ROW
                WHEN (NEW.follower_count <> 0) EXECUTE FUNCTION guard();
            CREATE TRIGGER guard_update AFTER UPDATE ON users FOR EACH ROW
                WHEN (NEW.follower_count <> OLD.follower_count) EXECUTE FUNCTION guard();
            """;

    @Test
    @FallsInto(11)
    void noTriggerForTruncate() throws Exception {
        statement(
                COMMENTS,
                "CREATE TRIGGER keep_truncate [^;]*;",
                "",
                StatementScenarios::truncate,
                "1/1:4,4 1/2:4,4ada:4 bob:4");
    }

    @Test
    @FallsInto(12)
    void aKeysChangeCountedTwice() throws Exception {
        statement(
                COMMENTS,
                "CREATE TRIGGER restart [^;]*;",
                "",
                StatementScenarios::changeOfAParentsKey,
                "1/2:4,4 1/99:8,8");
    }

    @Test
    @FallsInto(14)
    void unequalInsteadOfDistinct() throws Exception {
        statement(
                COMMENTS,
                "IS DISTINCT FROM",
                "<>",
                StatementScenarios::updateOfTheReferenceFromAndToNull,
                "\"ada:4 bob:4\"");
    }

    @Test
    @FallsInto(15)
    void aListWithTheReferencesOnly() throws Exception {
        statement(
                COMMENTS,
                "AFTER UPDATE ON",
                "AFTER UPDATE OF tenant, board_number, author_name, parent_id ON",
                StatementScenarios::updateOfTheConditionAlone,
                "1/1:4,4 1/2:4,4");
    }

    @Test
    @FallsInto(16)
    void aListOfAllThatCounts() throws Exception {
        statement(
                COMMENTS,
                "AFTER UPDATE ON",
                "AFTER UPDATE OF tenant, board_number, author_name, parent_id, status ON",
                StatementScenarios::aTriggerOfTheUsersThatRewritesTheReference,
                "ada:4 bob:4 cyd:1");
    }

    @Test
    @FallsInto(17)
    void countedBeforeTheInsert() throws Exception {
        statement(COMMENTS, "AFTER INSERT", "BEFORE INSERT", StatementScenarios::upsert, "ada:4 bob:4 cyd:2");
    }

    @Test
    @FallsInto(34)
    void countedAtCommit() throws Exception {
        statement(
                COMMENTS,
                "TRIGGER keep_insert AFTER INSERT ON comments",
                "CONSTRAINT TRIGGER keep_insert AFTER INSERT ON comments DEFERRABLE INITIALLY DEFERRED",
                StatementScenarios::readsItsOwnWrites,
                "[\"0\"]");
    }

    @Test
    @FallsInto(18)
    void parentsThatAreNotSeen() throws Exception {
        protection(
                FOLLOWS,
                "SET row_security = off",
                "",
                ProtectionScenarios::failsRatherThanMissAHiddenParent,
                "Expecting code to raise a throwable");
    }

    @Test
    @FallsInto(19)
    void theWritersOwnRights() throws Exception {
        protection(
                FOLLOWS,
                "SECURITY DEFINER|SET row_security = off",
                "",
                ProtectionScenarios::countsForARoleThatMaySeeAndWriteTheChildOnly,
                "permission denied for table users");
    }

    @Test
    @FallsInto(20)
    void theWritersSearchPath() throws Exception {
        protection(
                FOLLOWS,
                "SET search_path = public, pg_temp",
                "",
                ProtectionScenarios::isNotDeceivedByTablesEarlierInThePath,
                "user-follower-count.drift.sql");
    }

    @Test
    @FallsInto(21)
    void directWrites() throws Exception {
        protection(
                FOLLOWS + REFUSES_DIRECT_WRITES,
                "CREATE TRIGGER guard[^;]*;",
                "",
                ProtectionScenarios::refusesAnotherStartThanZero,
                "Expecting code to raise a throwable");
    }

    @Test
    @FallsInto(25)
    void filledInATransactionOfItsOwn() throws Exception {
        concurrency(
                COMMENTS + FILLED,
                "(?s)^(.*)(UPDATE authors a .*)$",
                "$2 COMMIT; $1",
                ConcurrencyScenarios::countsWhatIsWrittenWhileItIsApplied,
                "a21");
    }

    /** PostgreSQL 18.1 loses what is added to the second row; that these do not, no pair of tests can show. */
    @Test
    void oneUpdateOfManyParentsIsRightOnThisVersion() throws Exception {
        passes(new OfConcurrency("""
                CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    UPDATE boards b SET comment_count = b.comment_count + n.rows, open_count = b.open_count + n.rows
                        FROM (SELECT tenant, board_number, count(*) AS rows FROM new_rows GROUP BY 1, 2) n
                        WHERE (b.tenant, b.number) = (n.tenant, n.board_number);
                    UPDATE authors a SET comment_count = a.comment_count + n.rows
                        FROM (SELECT author_name, count(*) AS rows FROM new_rows GROUP BY 1) n WHERE a.name = n.author_name;
                    RETURN NULL;
                END
                $$;
                CREATE TRIGGER keep AFTER INSERT ON comments REFERENCING NEW TABLE AS new_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION keep();
                """), ConcurrencyScenarios::losesNothingBehindALock);
    }

    /** A test of a scenario. */
    private interface Steps<S> {
        void of(S scenarios) throws Exception;
    }

    /** Scenarios on one database: with what they begin and how they end. */
    private interface Scenarios {
        void begin() throws Exception;

        void end() throws Exception;
    }

    private static void statement(
            String sound, String part, String instead, Steps<StatementScenarios> steps, String failure)
            throws Exception {
        passes(new OfStatements(sound), steps);
        fails(new OfStatements(edited(sound, part, instead)), steps, failure);
    }

    private static void protection(
            String sound, String part, String instead, Steps<ProtectionScenarios> steps, String failure)
            throws Exception {
        passes(new OfProtection(sound), steps);
        fails(new OfProtection(edited(sound, part, instead)), steps, failure);
    }

    private static void concurrency(
            String sound, String part, String instead, Steps<ConcurrencyScenarios> steps, String failure)
            throws Exception {
        passes(new OfConcurrency(sound), steps);
        fails(new OfConcurrency(edited(sound, part, instead)), steps, failure);
    }

    private static <S extends Scenarios> void passes(S scenarios, Steps<? super S> steps) throws Exception {
        scenarios.begin();
        steps.of(scenarios);
        scenarios.end();
    }

    private static <S extends Scenarios> void fails(S scenarios, Steps<? super S> steps, String failure)
            throws Exception {
        scenarios.begin();
        assertThatThrownBy(() -> {
                    steps.of(scenarios);
                    scenarios.end();
                })
                .hasMessageContaining(failure);
    }

    private static String edited(String sound, String part, String instead) {
        var edited = sound.replaceAll(part, instead);
        assertThat(edited).isNotEqualTo(sound);
        return edited;
    }

    private static final class OfStatements extends StatementScenarios implements Scenarios {

        private final String triggers;

        OfStatements(String triggers) {
            this.triggers = triggers;
            mode = Contract.Mode.IMMEDIATE;
        }

        @Override
        TestServer server() {
            return SERVER;
        }

        @Override
        SyncBed bed() throws Exception {
            return super.bed().keptBy(triggers);
        }

        @Override
        public void begin() throws Exception {
            fill();
        }

        @Override
        public void end() throws Exception {
            isExact();
        }
    }

    private static final class OfProtection extends ProtectionScenarios implements Scenarios {

        private final String triggers;

        OfProtection(String triggers) {
            this.triggers = triggers;
            mode = Contract.Mode.IMMEDIATE;
        }

        @Override
        TestServer server() {
            return SERVER;
        }

        @Override
        SyncBed bed() throws Exception {
            return super.bed().keptBy(triggers);
        }

        @Override
        public void begin() throws Exception {
            open();
        }

        @Override
        public void end() {
            close();
        }
    }

    private static final class OfConcurrency extends ConcurrencyScenarios implements Scenarios {

        private final String triggers;

        OfConcurrency(String triggers) {
            this.triggers = triggers;
            mode = Contract.Mode.IMMEDIATE;
        }

        @Override
        TestServer server() {
            return SERVER;
        }

        @Override
        SyncBed bed() throws Exception {
            return super.bed().keptBy(triggers);
        }

        @Override
        public void begin() throws Exception {
            open();
        }

        @Override
        public void end() throws Exception {
            isExact();
        }
    }
}
