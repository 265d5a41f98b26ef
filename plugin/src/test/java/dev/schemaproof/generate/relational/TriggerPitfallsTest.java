package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SyncBed.DONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaproof.Models;
import dev.schemaproof.prove.TestServer;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

/**
 * What shows a pitfall, run on what is generated, which withstands it, and on a trigger as one would write it, which does not. Steps
 * of several sessions are interleaved by locks, and costs are counted, so that the outcome is the same in every run.
 */
class TriggerPitfallsTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final String MODEL = """
            schema: sums
            entities:
              Parent:
                attributes:
                  id: int
                  n: {type: int, default: 0}
                  total: {type: "decimal(30,2)", default: 0}
                  highest: {type: int, optional: true}
                key: [id]
              Child:
                attributes: {id: {type: int, identity: by-default}, parent_id: "int?", v: "int?", amount: "decimal(30,2)?"}
                key: [id]
                references: {parent: {entity: Parent, onDelete: cascade, onUpdate: cascade}}
                indexes: {by_parent: {on: [parent_id, v]}}
            denormalizations:
              copy:
                duplicates: {into: Parent.%s, from: {%s, by: parent}}
                sync: {by: trigger, %s}
                staleness: {allowed: %s, effect: x, repair: every night}
            """;

    private static final String COUNT = model("n", "count: Child", "mode: immediate", "none");
    private static final String COUNT_AT_COMMIT = model("n", "count: Child", "mode: deferred", "none");
    private static final String COUNT_LATER = model("n", "count: Child", "mode: ledger, every: 1s", "5s");
    private static final String HIGHEST = model("highest", "max: Child.v", "mode: immediate", "none");
    private static final String TOTAL = model("total", "sum: Child.amount", "mode: immediate", "none");

    private static final String LOOK = "SELECT FROM parent; SELECT FROM child";
    private static final String INSERT = "INSERT INTO child (parent_id) VALUES (1)";

    /** Adds and takes away row by row. */
    private static final String ROW_BY_ROW = """
            CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP <> 'INSERT' THEN
                    UPDATE parent SET n = n - 1 WHERE id = OLD.parent_id;
                END IF;
                IF TG_OP <> 'DELETE' THEN
                    UPDATE parent SET n = n + 1 WHERE id = NEW.parent_id;
                END IF;
                RETURN NULL;
            END
            $$;
            CREATE TRIGGER keep AFTER INSERT OR UPDATE OR DELETE ON child FOR EACH ROW EXECUTE FUNCTION keep();
            """;

    /** Reads anew what is there, without a look at who else is about to write. */
    private static final String ANEW = """
            CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                UPDATE parent p SET n = (SELECT count(*) FROM child c WHERE c.parent_id = p.id),
                    highest = (SELECT max(v) FROM child c WHERE c.parent_id = p.id)
                WHERE id = coalesce(NEW.parent_id, OLD.parent_id);
                RETURN NULL;
            END
            $$;
            CREATE TRIGGER keep AFTER INSERT OR DELETE ON child FOR EACH ROW EXECUTE FUNCTION keep();
            """;

    @Test
    @Withstands(1)
    @FallsInto(1)
    void countedAnewWithoutALock() throws Exception {
        apart(COUNT, ANEW, "copy.drift.sql: 1", bed -> {
            assertThat(bed.race("READ COMMITTED", LOOK, INSERT + "|" + INSERT)).containsExactly(DONE, DONE);
            exact(bed);
        });
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "DELETE FROM child WHERE v = 10|DELETE FROM child WHERE v = 5",
                "INSERT INTO child (parent_id; v) VALUES (1; 7)|DELETE FROM child WHERE v = 10"
            })
    @Withstands(3)
    @FallsInto(3)
    void theHighestReadAnewWithoutALock(String pair) throws Exception {
        apart(HIGHEST, ANEW, "copy.drift.sql: 1", bed -> {
            bed.execute("INSERT INTO child (parent_id, v) VALUES (1, 10), (1, 5)");
            assertThat(bed.race("READ COMMITTED", LOOK, pair.replace(';', ','))).containsExactly(DONE, DONE);
            exact(bed);
        });
    }

    @ParameterizedTest
    @CsvSource({"READ COMMITTED", "REPEATABLE READ"})
    @Withstands(4)
    @FallsInto(4)
    void theHighestReadAnewOnlyIfItGoes(String isolation) throws Exception {
        var onlyIfItGoes = """
                CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'INSERT' THEN
                        UPDATE parent SET highest = NEW.v WHERE id = NEW.parent_id AND NEW.v > coalesce(highest, 0);
                    ELSIF OLD.v = (SELECT highest FROM parent WHERE id = OLD.parent_id) THEN
                        UPDATE parent SET highest = (SELECT max(v) FROM child WHERE parent_id = OLD.parent_id)
                            WHERE id = OLD.parent_id;
                    END IF;
                    RETURN NULL;
                END
                $$;
                CREATE TRIGGER keep AFTER INSERT OR DELETE ON child FOR EACH ROW EXECUTE FUNCTION keep();
                """;
        apart(HIGHEST, onlyIfItGoes, "copy.drift.sql: 1", bed -> {
            bed.execute("INSERT INTO child (parent_id, v) VALUES (1, 10), (1, 5)");
            assertThat(bed.race(isolation, LOOK, "DELETE FROM child WHERE v = 10|DELETE FROM child WHERE v = 5"))
                    .startsWith(DONE)
                    .isSubsetOf(DONE, "40001");
            exact(bed);
        });
    }

    @Test
    @Withstands(8)
    @FallsInto(8)
    void parentsInTheOrderOfTheRows() throws Exception {
        apart(COUNT, ROW_BY_ROW, "40P01", bed -> {
            try (var holder = bed.connect();
                    var first = bed.connect();
                    var second = bed.connect()) {
                for (var connection : List.of(first, second)) {
                    SyncBed.execute(connection, "SET deadlock_timeout = '20ms'");
                }
                SyncBed.execute(holder, "BEGIN", "SELECT FROM parent WHERE id = 3 FOR NO KEY UPDATE");
                var up = bed.elsewhere(
                        () -> SyncBed.outcome(first, "INSERT INTO child (parent_id) VALUES (1), (3), (2)"));
                bed.untilItWaits(process(first), up);
                var down =
                        bed.elsewhere(() -> SyncBed.outcome(second, "INSERT INTO child (parent_id) VALUES (2), (1)"));
                bed.untilItWaits(process(second), down);
                SyncBed.execute(holder, "COMMIT");
                assertThat(List.of(up.get(), down.get())).containsOnly(DONE);
            }
            exact(bed);
        });
    }

    @Test
    @Withstands(9)
    @FallsInto(9)
    void parentsInTheOrderOfTheStatements() throws Exception {
        apart(COUNT_AT_COMMIT, ROW_BY_ROW, "40P01", bed -> {
            try (var first = bed.connect();
                    var second = bed.connect()) {
                for (var connection : List.of(first, second)) {
                    SyncBed.execute(connection, "SET deadlock_timeout = '20ms'", "BEGIN");
                }
                SyncBed.execute(first, INSERT);
                SyncBed.execute(second, "INSERT INTO child (parent_id) VALUES (2)");
                var one =
                        bed.elsewhere(() -> SyncBed.outcome(first, "INSERT INTO child (parent_id) VALUES (2); COMMIT"));
                bed.untilItWaits(process(first), one);
                assertThat(List.of(SyncBed.outcome(second, INSERT + "; COMMIT"), one.get()))
                        .containsOnly(DONE);
            }
            exact(bed);
        });
    }

    @Test
    @Withstands(10)
    @FallsInto(10)
    void aWeakLockAndThenAStrongOne() throws Exception {
        var weakFirst = """
                CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM FROM parent WHERE id = NEW.parent_id FOR SHARE;
                    RETURN NEW;
                END
                $$;
                CREATE TRIGGER look BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION look();
                """
                + ROW_BY_ROW
                        .replace("CREATE TRIGGER", "CREATE CONSTRAINT TRIGGER")
                        .replace("ON child", "ON child DEFERRABLE INITIALLY DEFERRED");
        apart(COUNT_AT_COMMIT, weakFirst, "40P01", bed -> {
            try (var first = bed.connect();
                    var second = bed.connect()) {
                for (var connection : List.of(first, second)) {
                    SyncBed.execute(connection, "SET deadlock_timeout = '20ms'", "BEGIN", INSERT);
                }
                var one = bed.elsewhere(() -> SyncBed.outcome(first, "COMMIT"));
                bed.untilItWaits(process(first), one);
                assertThat(List.of(SyncBed.outcome(second, "COMMIT"), one.get()))
                        .containsOnly(DONE);
            }
            exact(bed);
        });
    }

    @Test
    @Withstands(13)
    @FallsInto(13)
    void recountedBeforeTheRowsHaveFollowed() throws Exception {
        var recount = """
                CREATE FUNCTION recount() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    UPDATE parent SET n = (SELECT count(*) FROM child WHERE parent_id = NEW.id) WHERE id = NEW.id;
                    RETURN NULL;
                END
                $$;
                CREATE TRIGGER "Recount" AFTER UPDATE OF id ON parent FOR EACH ROW EXECUTE FUNCTION recount();
                """ + ROW_BY_ROW.replace("INSERT OR UPDATE OR DELETE", "INSERT OR DELETE");
        Scenario changeOfTheKey = bed -> {
            bed.execute(INSERT, "UPDATE parent SET id = 99 WHERE id = 1");
            exact(bed);
        };
        // Triggers fire by name, and those of the foreign key are called "RI_..."
        withstands(COUNT, recount, changeOfTheKey);
        apart(COUNT, recount.replace("Recount", "Amount"), "copy.drift.sql: 99", changeOfTheKey);
    }

    @Test
    @Withstands(22)
    @FallsInto(22)
    void theParentComesLater() throws Exception {
        apart(
                COUNT_AT_COMMIT.replace("onDelete", "deferrable: initially-deferred, onDelete"),
                ROW_BY_ROW,
                "copy.drift.sql: 7",
                bed -> {
                    bed.execute(
                            "BEGIN; INSERT INTO child (parent_id) VALUES (7); INSERT INTO parent (id) VALUES (7); COMMIT");
                    exact(bed);
                });
    }

    /** As a restore of the rows alone brings them: with their counts. */
    @Test
    @Withstands(23)
    @FallsInto(23)
    void triggersThatAlwaysFire() throws Exception {
        apart(COUNT, ROW_BY_ROW + "ALTER TABLE child ENABLE ALWAYS TRIGGER keep;", "copy.drift.sql: 7", bed -> {
            bed.execute("SET session_replication_role = replica; INSERT INTO parent (id, n) VALUES (7, 2);"
                    + " INSERT INTO child (parent_id) VALUES (7), (7)");
            exact(bed);
        });
    }

    @Test
    @Withstands(26)
    @FallsInto(26)
    void aPartitionByItsName() throws Exception {
        var ofTheTable = """
                CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    UPDATE parent p SET n = n + (SELECT count(*) FROM new_rows r WHERE r.parent_id = p.id);
                    RETURN NULL;
                END
                $$;
                CREATE TRIGGER keep AFTER INSERT ON child REFERENCING NEW TABLE AS new_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION keep();
                """;
        withstands(partitioned(), ofTheTable, bed -> {
            bed.execute("INSERT INTO child (id, parent_id) VALUES (7, 1)");
            exact(bed);
        });
        apart(partitioned(), ofTheTable, "copy.drift.sql: 1", bed -> {
            bed.execute("INSERT INTO child_low (id, parent_id) VALUES (7, 1)");
            exact(bed);
        });
    }

    /** PostgreSQL refuses them, whoever writes them. */
    @Test
    @FallsInto(27)
    void transitionTablesOfRowsInPartitions() throws Exception {
        try (var bed = bed(partitioned())) {
            bed.execute(bed.script("schema.sql"), ROW_BY_ROW.replaceAll("CREATE TRIGGER[^;]*;", ""));
            assertThatThrownBy(() -> bed.execute("CREATE TRIGGER keep AFTER INSERT ON child REFERENCING NEW TABLE AS r"
                            + " FOR EACH ROW EXECUTE FUNCTION keep()"))
                    .hasMessageContaining(
                            "ROW triggers with transition tables are not supported on partitioned tables");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AFTER INSERT OR DELETE|more than one event",
                "AFTER INSERT OR UPDATE OF v|more than one event",
                "AFTER UPDATE OF v|column lists",
                "AFTER TRUNCATE|TRUNCATE triggers with transition tables",
                "BEFORE INSERT|AFTER trigger"
            })
    @FallsInto(28)
    void transitionTablesOfOneEventOnly(String event, String refusal) throws Exception {
        try (var bed = bed(COUNT)) {
            bed.execute(bed.script("schema.sql"), ROW_BY_ROW.replaceAll("CREATE TRIGGER[^;]*;", ""));
            assertThatThrownBy(() -> bed.execute("CREATE TRIGGER keep " + event
                            + " ON child REFERENCING NEW TABLE AS r FOR EACH STATEMENT EXECUTE FUNCTION keep()"))
                    .hasMessageContaining(refusal);
        }
    }

    @Test
    @Withstands(28)
    void oneTriggerForEachEvent() throws Exception {
        try (var bed = bed(COUNT).applied()) {
            assertThat(bed.query(
                            "SELECT tgrelid::regclass || ' ' || (tgtype & 60) || ' ' || (tgtype & 1) FROM pg_trigger"
                                    + " WHERE tgrelid = 'child'::regclass AND NOT tgisinternal ORDER BY 1"))
                    .containsExactly("child 16 0", "child 32 0", "child 4 0", "child 8 0");
        }
    }

    @Test
    @Withstands(29)
    @FallsInto(29)
    void oneUpdateOfTheParentForEachRow() throws Exception {
        apart(COUNT, ROW_BY_ROW, "[\"1000 updates\"]", bed -> {
            updates(bed, "INSERT INTO child (parent_id) SELECT 1 FROM generate_series(1, 1000)", 1);
            exact(bed);
        });
    }

    @Test
    @Withstands(30)
    @FallsInto(30)
    void oneCallAtCommitForEachRow() throws Exception {
        var eachRow = ROW_BY_ROW
                .replace("CREATE TRIGGER", "CREATE CONSTRAINT TRIGGER")
                .replace("ON child", "ON child DEFERRABLE INITIALLY DEFERRED");
        apart(COUNT_AT_COMMIT, eachRow, "[\"1000 updates\"]", bed -> {
            updates(bed, "INSERT INTO child (parent_id) SELECT 1 + n % 5 FROM generate_series(1, 1000) n", 5);
            exact(bed);
        });
    }

    /** What is generated has no index on a copy unless the model asks for it. */
    @Test
    @Withstands(31)
    @FallsInto(31)
    void anIndexOnTheCopy() throws Exception {
        apart(COUNT, ROW_BY_ROW + "CREATE INDEX by_n ON parent (n);", "[\"0 of 100 in place\"]", bed -> {
            assertThat(measured(
                            bed,
                            "DO $$ BEGIN FOR i IN 1..100 LOOP " + INSERT + "; END LOOP; END $$",
                            "n_tup_hot_upd || ' of ' || n_tup_upd || ' in place'"))
                    .containsExactly("100 of 100 in place");
            exact(bed);
        });
    }

    @ParameterizedTest
    @CsvSource({"1e16, 1", "0.1, 0.2", "NaN, 1"})
    @Withstands(32)
    @FallsInto(32)
    void sumsOfFloatingPoint(String first, String second) throws Exception {
        var floating = ROW_BY_ROW
                        .replace("n = n + 1", "total = total + NEW.amount")
                        .replace("n = n - 1", "total = total - OLD.amount")
                + "ALTER TABLE parent ALTER total TYPE double precision; ALTER TABLE child ALTER amount TYPE double precision;";
        apart(TOTAL, floating, "copy.drift.sql: 1", bed -> {
            bed.execute(
                    "INSERT INTO child (id, parent_id, amount) VALUES (101, 1, '" + first + "')",
                    "INSERT INTO child (id, parent_id, amount) VALUES (102, 1, '" + second + "')",
                    "DELETE FROM child WHERE id = 101");
            exact(bed);
        });
    }

    @Test
    @Withstands(33)
    @FallsInto(33)
    void oneParentForAll() throws Exception {
        apart(COUNT_LATER, ROW_BY_ROW, "55P03", bed -> {
            try (var first = bed.connect();
                    var second = bed.connect()) {
                SyncBed.execute(first, "BEGIN", INSERT);
                SyncBed.execute(second, "SET lock_timeout = '100ms'");
                assertThat(SyncBed.outcome(second, INSERT)).isEqualTo(DONE);
                SyncBed.execute(first, "COMMIT");
            }
            exact(bed);
        });
    }

    @ParameterizedTest
    @CsvSource({"REPEATABLE READ", "SERIALIZABLE"})
    @Withstands(35)
    @FallsInto(35)
    void writersThatHaveToTryAgain(String isolation) throws Exception {
        apart(COUNT_LATER, ROW_BY_ROW, "40001", bed -> {
            assertThat(bed.race(isolation, "SELECT 1", INSERT + "|" + INSERT)).containsExactly(DONE, DONE);
            exact(bed);
        });
    }

    @Test
    @Withstands(36)
    @FallsInto(36)
    void rowsOfNoParent() throws Exception {
        var aside = """
                CREATE TABLE schemaproof_ledger_parent (id int UNIQUE, n int);
                CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO schemaproof_ledger_parent AS l VALUES (NEW.parent_id, 1) ON CONFLICT (id) DO UPDATE SET n = l.n + 1;
                    RETURN NULL;
                END
                $$;
                CREATE TRIGGER keep AFTER INSERT ON child FOR EACH ROW EXECUTE FUNCTION keep();
                """;
        apart(COUNT_LATER, aside, "2 more", bed -> {
            bed.execute(INSERT);
            var before = bed.aside();
            bed.execute("INSERT INTO child (parent_id) VALUES (NULL)", "INSERT INTO child (parent_id) VALUES (NULL)");
            assertThat(bed.aside() - before + " more").isEqualTo("0 more");
            exact(bed);
        });
    }

    /** Steps and what has to hold after them. */
    private interface Scenario {
        void on(SyncBed bed) throws Exception;
    }

    /** What is generated withstands it, the trigger does not. */
    private static void apart(String model, String naive, String failure, Scenario scenario) throws Exception {
        try (var bed = filled(bed(model))) {
            scenario.on(bed);
        }
        try (var bed = filled(bed(model).keptBy(naive))) {
            assertThatThrownBy(() -> scenario.on(bed))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(failure);
        }
    }

    /** A trigger that is naive elsewhere withstands it. */
    private static void withstands(String model, String triggers, Scenario scenario) throws Exception {
        try (var bed = filled(bed(model).keptBy(triggers))) {
            scenario.on(bed);
        }
    }

    private static SyncBed bed(String model) throws Exception {
        return new SyncBed(SERVER.database(), Models.read(model));
    }

    private static SyncBed filled(SyncBed bed) throws Exception {
        bed.applied().execute("INSERT INTO parent (id) SELECT n FROM generate_series(1, 5) n");
        return bed;
    }

    private static void exact(SyncBed bed) throws Exception {
        assertThat(bed.drift()).isEmpty();
        bed.fold();
        assertThat(bed.drift()).isEmpty();
    }

    private static void updates(SyncBed bed, String statement, int expected) throws Exception {
        assertThat(measured(bed, statement, "n_tup_upd || ' updates'")).containsExactly(expected + " updates");
    }

    /** What the server counted of the parents in the transaction of the statement, with all that is done at its end. */
    private static List<String> measured(SyncBed bed, String statement, String what) throws Exception {
        try (var connection = bed.connect()) {
            SyncBed.execute(connection, "BEGIN", statement, "SET CONSTRAINTS ALL IMMEDIATE");
            var counted = SyncBed.query(
                    connection, "SELECT " + what + " FROM pg_stat_xact_user_tables WHERE relname = 'parent'");
            SyncBed.execute(connection, "COMMIT");
            return counted;
        }
    }

    private static String process(Connection connection) throws Exception {
        return Integer.toString(connection.unwrap(PGConnection.class).getBackendPID());
    }

    private static String partitioned() {
        return COUNT.replace(
                "    indexes: {by_parent",
                "    partition: {by: range, on: [id], partitions: {child_low: {from: \"0\", to: \"100\"}, child_rest: default}}\n"
                        + "    indexes: {by_parent");
    }

    private static String model(String into, String from, String how, String allowed) {
        return MODEL.formatted(into, from, how, allowed);
    }
}
