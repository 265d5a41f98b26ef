package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemaproof.model.Contract;
import dev.schemaproof.prove.TestServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.util.PSQLException;

/** Nobody's rights, search path or haste put a count wrong, and what is wrong is found and repaired. */
@ParameterizedClass
@EnumSource(Contract.Mode.class)
abstract class ProtectionScenarios {

    private static final String FILL = "INSERT INTO users (id, username, email, display_name)"
            + " SELECT md5(n::text)::uuid, 'u' || n, 'e' || n, 'd' FROM generate_series(1, 9) n";

    private static final String FOLLOW =
            "INSERT INTO follows (follower_id, following_id) VALUES (md5('1')::uuid, md5('2')::uuid), (md5('3')::uuid, md5('2')::uuid)";

    @Parameter
    Contract.Mode mode;

    private SyncBed bed;

    abstract TestServer server();

    /** With what keeps the copies. */
    SyncBed bed() throws Exception {
        return new SyncBed(server().database(), SyncBed.SOCIAL, mode);
    }

    @BeforeEach
    void open() throws Exception {
        bed = bed();
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    @Withstands(21)
    void refusesADirectChange() throws Exception {
        bed.applied().execute(FILL, FOLLOW);
        var refusal = catchThrowableOfType(
                PSQLException.class, () -> bed.execute("UPDATE users SET bio = 'x', follower_count = 7"));
        assertThat(refusal.getSQLState()).isEqualTo("23514");
        assertThat(refusal.getServerErrorMessage().getMessage())
                .isEqualTo("column follower_count of table users is kept by the contract \"user-follower-count\""
                        + " and takes no direct writes");
        assertThat(refusal.getServerErrorMessage().getHint())
                .isEqualTo("Write to the rows of table follows that it is made of. To correct it by hand:"
                        + " SET LOCAL schemaproof.repair = 'on';");
        assertThat(refusal.getServerErrorMessage().getColumn()).isEqualTo("follower_count");
        assertThatThrownBy(() -> bed.execute("UPDATE users SET following_count = NULL"))
                .hasMessageContaining("following_count");
        bed.execute("UPDATE users SET bio = 'x', follower_count = follower_count");
        assertThat(bed.drift()).isEmpty();
    }

    @Test
    @Withstands(21)
    void refusesAnotherStartThanZero() throws Exception {
        bed.applied();
        var insert = "INSERT INTO users (username, email, display_name, follower_count) VALUES ('u', 'e', 'd', %s)";
        assertThatThrownBy(() -> bed.execute(insert.formatted("5"))).hasMessageContaining("user-follower-count");
        bed.execute(insert.formatted("0"));
        assertThatThrownBy(() -> bed.execute(insert.formatted("DEFAULT")
                        + " ON CONFLICT (username) DO UPDATE SET follower_count = users.follower_count + 1"))
                .hasMessageContaining("user-follower-count");
    }

    /** Even if a trigger of the users writes it, which a guard before the change would not see. */
    @Test
    void refusesAChangeByATriggerThatRunsLater() throws Exception {
        bed.applied().execute(FILL, """
                        CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            NEW.follower_count := 99;
                            RETURN NEW;
                        END
                        $$;
                        CREATE TRIGGER zzz_meddle BEFORE UPDATE OF bio ON users FOR EACH ROW EXECUTE FUNCTION meddle();
                        """);
        assertThatThrownBy(() -> bed.execute("UPDATE users SET bio = 'x'")).hasMessageContaining("user-follower-count");
    }

    @Test
    void letsAKeyAndACountChangeTogetherOnlyToTheTruth() throws Exception {
        bed.applied()
                .execute(FILL, "UPDATE users SET id = gen_random_uuid(), follower_count = 7 WHERE username = 'u9'");
        assertThat(bed.drift()).isEmpty();
    }

    @Test
    void letsARepairByHandThroughAndNothingAfterIt() throws Exception {
        bed.applied().execute(FILL);
        try (var connection = bed.connect()) {
            connection.setAutoCommit(false);
            SyncBed.execute(connection, "SET LOCAL schemaproof.repair = 'on'", "UPDATE users SET follower_count = 7");
            connection.commit();
            assertThatThrownBy(() -> SyncBed.execute(connection, "UPDATE users SET follower_count = 0"))
                    .hasMessageContaining("no direct writes");
        }
        assertThat(bed.drift()).hasSize(9);
    }

    @Test
    void leavesTheGuardUpBehindATriggerAndARepair() throws Exception {
        bed.applied().execute(FILL);
        try (var connection = bed.connect()) {
            connection.setAutoCommit(false);
            SyncBed.execute(connection, FOLLOW, bed.script("reconcile/user-follower-count.repair.sql"));
            assertThatThrownBy(() -> SyncBed.execute(connection, "UPDATE users SET follower_count = 7"))
                    .hasMessageContaining("no direct writes");
        }
    }

    /** What runs no triggers is found, named and repaired, once. */
    @Test
    @Withstands({23, 24})
    void findsAndRepairsWhatBypassedTheTriggers() throws Exception {
        bed.applied().execute(FILL, FOLLOW);
        try (var connection = bed.connect()) {
            SyncBed.execute(
                    connection,
                    "SET session_replication_role = replica",
                    "INSERT INTO follows (follower_id, following_id) VALUES (md5('2')::uuid, md5('4')::uuid)",
                    "UPDATE users SET following_count = 12 WHERE username = 'u5'");
        }
        assertThat(
                        bed.query(
                                bed.script("reconcile/user-follower-count.drift.sql")
                                        .replaceFirst(
                                                "SELECT parent.id, ",
                                                "SELECT parent.username || ' ' || parent.follower_count || ' ' || coalesce(counted.actual, 0), ")))
                .containsExactly("u4 0 1");
        assertThat(bed.drift()).hasSize(3);
        bed.repair();
        assertThat(bed.drift()).isEmpty();
        var before = bed.query("SELECT xmin::text FROM users ORDER BY id");
        bed.repair();
        assertThat(bed.query("SELECT xmin::text FROM users ORDER BY id")).isEqualTo(before);
    }

    @Test
    void countsWhatIsThereAlreadyAndCanBeAppliedAgain() throws Exception {
        bed.execute(bed.script("schema.sql"), FILL, FOLLOW);
        if (!mode.isFolded()) {
            // Otherwise there is no table yet in which changes are laid aside
            assertThat(bed.drift()).hasSize(3);
        }
        bed.execute(bed.script("triggers.sql"));
        assertThat(bed.drift()).isEmpty();
        bed.execute(FOLLOW.replace("'2'", "'4'"));
        bed.execute(bed.script("triggers.sql"));
        bed.execute(FOLLOW.replace("'2'", "'5'"));
        assertThat(bed.drift()).isEmpty();
        assertThat(bed.query("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'schemaproof%'"))
                .containsExactly(mode == Contract.Mode.IMMEDIATE ? "10" : "12");
    }

    @Test
    void leavesNothingBehindWhenItFails() throws Exception {
        bed.execute(bed.script("schema.sql"), "ALTER TABLE users ADD CHECK (follower_count < 2)", FILL, FOLLOW);
        assertThatThrownBy(() -> bed.execute(bed.script("triggers.sql")))
                .hasMessageContaining("users_follower_count_check");
        assertThat(bed.query("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"))
                .isEmpty();
        assertThat(bed.query("SELECT proname FROM pg_proc WHERE proname LIKE 'schemaproof%'"))
                .isEmpty();
    }

    /** With neither rights on the parents nor sight of them, a role may still add what they count. */
    @Test
    @Withstands({18, 19})
    void countsForARoleThatMaySeeAndWriteTheChildOnly() throws Exception {
        var owner = bed.role("owner");
        var application = bed.role("application");
        bed.execute(
                "CREATE ROLE " + owner,
                "CREATE ROLE " + application,
                "GRANT ALL ON SCHEMA public TO " + owner,
                "SET ROLE " + owner + ";" + bed.script("schema.sql") + bed.script("triggers.sql") + FILL,
                "GRANT INSERT, SELECT, DELETE ON follows TO " + application,
                "ALTER TABLE users ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY nobody ON users USING (false)");
        bed.execute("SET ROLE " + application + ";" + FOLLOW);
        bed.execute("SET ROLE " + application + "; DELETE FROM follows WHERE follower_id = md5('3')::uuid");
        bed.fold();
        assertThat(bed.query("SELECT username || ':' || follower_count || ',' || following_count FROM users"
                        + " WHERE follower_count + following_count > 0 ORDER BY username"))
                .containsExactly("u1:0,1", "u2:1,0");
        assertThat(bed.drift()).isEmpty();
    }

    /** Where even the owner is held to the policies, the statement fails instead of being lost. */
    @Test
    @Withstands(18)
    void failsRatherThanMissAHiddenParent() throws Exception {
        var owner = bed.role("owner");
        bed.execute(
                "CREATE ROLE " + owner,
                "GRANT ALL ON SCHEMA public TO " + owner,
                "SET ROLE " + owner + ";" + bed.script("schema.sql") + bed.script("triggers.sql") + FILL,
                "ALTER TABLE users ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE users FORCE ROW LEVEL SECURITY",
                "CREATE POLICY most ON users USING (username <> 'u2')");
        if (mode.isFolded()) {
            // Who lays something aside looks at no parent; who folds does
            bed.execute("SET ROLE " + owner + ";" + FOLLOW);
            assertThatThrownBy(() -> bed.execute("SET ROLE " + owner, "CALL schemaproof_fold_" + aside() + "_users()"))
                    .hasMessageContaining("row-level security");
        } else {
            assertThatThrownBy(() -> bed.execute("SET ROLE " + owner + ";" + FOLLOW))
                    .hasMessageContaining("row-level security");
        }
    }

    /** The functions run with the owner's rights: nobody may hang them on a table of their own. */
    @Test
    void lendsItsRightsToNobody() throws Exception {
        var stranger = bed.role("stranger");
        bed.applied().execute("CREATE ROLE " + stranger, "CREATE SCHEMA theirs AUTHORIZATION " + stranger);
        assertThatThrownBy(() -> bed.execute("SET ROLE " + stranger
                        + "; CREATE TABLE theirs.follows (follower_id uuid, following_id uuid);"
                        + " CREATE TRIGGER t AFTER INSERT ON theirs.follows REFERENCING NEW TABLE AS new_rows"
                        + " FOR EACH STATEMENT EXECUTE FUNCTION public.schemaproof_sync_follows()"))
                .hasMessageContaining("permission denied for function public.schemaproof_sync_follows");
    }

    @Test
    @Withstands(20)
    void isNotDeceivedByTablesEarlierInThePath() throws Exception {
        bed.applied()
                .execute(
                        FILL,
                        "CREATE SCHEMA shadow",
                        "CREATE TABLE shadow.users (LIKE public.users INCLUDING ALL)",
                        "CREATE TABLE shadow.follows (LIKE public.follows INCLUDING ALL)");
        try (var connection = bed.connect()) {
            SyncBed.execute(
                    connection,
                    "CREATE TEMPORARY TABLE users (LIKE public.users INCLUDING ALL)",
                    "CREATE TEMPORARY TABLE follows (LIKE public.follows INCLUDING ALL)",
                    "SET search_path = shadow, public",
                    FOLLOW.replace("follows (", "public.follows ("),
                    "UPDATE public.users SET id = gen_random_uuid() WHERE username = 'u9'",
                    "TRUNCATE public.follows",
                    FOLLOW.replace("follows (", "public.follows ("));
        }
        assertThat(bed.drift()).isEmpty();
        bed.fold();
        assertThat(bed.query("SELECT sum(follower_count) FROM users")).containsExactly("2");
    }

    @Test
    void livesInTheSchemaInWhichItIsMade() throws Exception {
        bed.execute(
                "CREATE SCHEMA \"My Schema\"",
                "SET search_path = \"My Schema\", public;" + bed.script("schema.sql") + bed.script("triggers.sql")
                        + "DO $$ BEGIN ASSERT current_setting('search_path') = '\"My Schema\", public'; END $$");
        bed.execute("SET search_path = \"My Schema\";" + FILL);
        bed.execute(FOLLOW.replace("follows (", "\"My Schema\".follows ("));
        if (mode.isFolded()) {
            bed.execute("CALL \"My Schema\".schemaproof_fold_" + aside() + "_users()");
        }
        assertThat(bed.query("SELECT sum(follower_count) FROM \"My Schema\".users"))
                .containsExactly("2");
        assertThat(bed.query(
                        "SELECT DISTINCT unnest(proconfig) FROM pg_proc WHERE prosecdef AND proname LIKE 'schemaproof%'"
                                + " ORDER BY 1"))
                .contains("row_security=off", "search_path=\"My Schema\", public, pg_temp")
                .filteredOn(setting -> setting.startsWith("search_path"))
                .hasSize(1);
    }

    /** A schema in which everybody may create things stays out of the functions' path. */
    @Test
    void trustsNoSchemaThatEverybodyMayWriteTo() throws SQLException {
        bed.execute(
                "CREATE SCHEMA app",
                "GRANT CREATE ON SCHEMA public TO public",
                "SET search_path = app, public;" + bed.script("schema.sql") + bed.script("triggers.sql"));
        assertThat(bed.query(
                        "SELECT DISTINCT unnest(proconfig) FROM pg_proc WHERE prosecdef AND proname LIKE 'schemaproof%'"
                                + " ORDER BY 1"))
                .contains("row_security=off", "search_path=app, pg_temp")
                .noneMatch(setting -> setting.contains("public"));
    }

    private String aside() {
        return mode == Contract.Mode.SLOTTED ? "slots" : "ledger";
    }
}
