package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemaproof.prove.TestServer;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/** A copy is what the row says that it refers to, whatever statement changes either of them. */
abstract class FollowScenarios {

    static final Path MODEL = Path.of("src/test/cases/followed/model");

    private static final String NOT_PRESENT = "23503";

    private SyncBed bed;

    abstract TestServer server();

    @BeforeEach
    void fill() throws Exception {
        bed = new SyncBed(server().database(), MODEL).applied();
        bed.execute(
                "INSERT INTO authors SELECT n, 'name ' || n, 'mail ' || n, md5(n::text)::uuid FROM generate_series(1, 3) n",
                "INSERT INTO posts (id, author_id) VALUES (1, 1), (2, 1), (3, 2), (4, NULL)",
                "INSERT INTO likes (id, author_code) VALUES (1, md5('1')::uuid)");
        assertThat(posts()).isEqualTo("1:name 1,mail 1 2:name 1,mail 1 3:name 2,mail 2 4:-,-");
    }

    @AfterEach
    void isExact() throws Exception {
        assertThat(bed.drift()).isEmpty();
        bed.close();
    }

    @Test
    void insertOfManyRows() throws Exception {
        bed.execute("INSERT INTO posts (id, author_id) SELECT 10 + n, nullif(n % 4, 0) FROM generate_series(1, 400) n");
        assertThat(bed.query("SELECT concat_ws(':', author_name, count(*)) FROM posts WHERE id > 10"
                        + " GROUP BY author_name ORDER BY author_name"))
                .containsExactly("name 1:100", "name 2:100", "name 3:100", "100");
    }

    @Test
    void updateOfTheReference() throws Exception {
        bed.execute("UPDATE posts SET author_id = 3 WHERE id = 1", "UPDATE posts SET author_id = NULL WHERE id = 2");
        bed.execute("UPDATE posts SET author_id = 2, title = 'x' WHERE id = 4");
        assertThat(posts()).isEqualTo("1:name 3,mail 3 2:-,- 3:name 2,mail 2 4:name 2,mail 2");
    }

    @Test
    void changeOfTheSource() throws Exception {
        bed.execute("UPDATE authors SET name = 'Ann' WHERE id = 1");
        assertThat(posts()).isEqualTo("1:Ann,mail 1 2:Ann,mail 1 3:name 2,mail 2 4:-,-");
        assertThat(bed.query("SELECT author_name FROM likes")).containsExactly("Ann");
        bed.execute("UPDATE authors SET name = name || '!', mail = mail || '!'");
        assertThat(posts()).isEqualTo("1:Ann!,mail 1! 2:Ann!,mail 1! 3:name 2!,mail 2! 4:-,-");
    }

    @Test
    void changeOfTheKeyAndTheSourceAtOnce() throws Exception {
        bed.execute("UPDATE authors SET id = id + 10, name = name || '!', mail = mail || '!'");
        assertThat(posts()).isEqualTo("1:name 1!,mail 1! 2:name 1!,mail 1! 3:name 2!,mail 2! 4:-,-");
        assertThat(bed.query("SELECT author_id FROM posts ORDER BY id")).containsExactly("11", "11", "12", null);
    }

    /** The key that {@code likes} refers to may not change while somebody does. */
    @Test
    void changeOfAKeyThatIsHeld() {
        assertThat(state("UPDATE authors SET code = md5('9')::uuid, name = 'x' WHERE id = 1"))
                .isEqualTo(NOT_PRESENT);
    }

    @Test
    void deleteOfTheSource() throws Exception {
        bed.execute("DELETE FROM authors WHERE id = 1");
        assertThat(posts()).isEqualTo("1:-,- 2:-,- 3:name 2,mail 2 4:-,-");
        assertThat(bed.query("SELECT 1 FROM likes")).isEmpty();
    }

    @Test
    @Withstands(21)
    void refusesAnotherValue() {
        var refusal = catchThrowableOfType(
                PSQLException.class, () -> bed.execute("UPDATE posts SET author_name = 'x' WHERE id = 1"));
        assertThat(refusal.getSQLState()).isEqualTo("23514");
        assertThat(refusal.getServerErrorMessage().getMessage())
                .isEqualTo("column author_name of table posts is kept by the contract \"author-name\""
                        + " and takes no direct writes");
        assertThat(refusal.getServerErrorMessage().getHint())
                .isEqualTo("Leave it out, or write to column name of table authors that it is a copy of.");
        assertThat(refusal.getServerErrorMessage().getColumn()).isEqualTo("author_name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO posts (author_id, author_name) VALUES (1, 'name 2')",
                "INSERT INTO posts (author_name) VALUES ('name 1')",
                "UPDATE posts SET author_name = NULL WHERE id = 1",
                "UPDATE posts SET author_id = 3, author_mail = 'mail 2' WHERE id = 1",
                "UPDATE posts SET author_id = NULL, author_name = 'x' WHERE id = 1"
            })
    void refusesAnotherValue(String statement) throws Exception {
        assertThat(state(statement)).isEqualTo("23514");
    }

    @Test
    void takesTheValueThatIsRight() throws Exception {
        bed.execute(
                "INSERT INTO posts (id, author_id, author_name) VALUES (9, 1, 'name 1')",
                "UPDATE posts SET author_id = 2, author_name = 'name 2' WHERE id = 9",
                "UPDATE posts SET author_name = author_name, author_mail = 'mail 2' WHERE id = 9");
        assertThat(posts()).endsWith("9:name 2,mail 2");
    }

    /** What is repaired by hand becomes what is right, not what is written. */
    @Test
    void correctsWhatARepairWrites() throws Exception {
        bed.execute("SET schemaproof.repair = 'on'; UPDATE posts SET author_name = 'x' WHERE id = 1");
        assertThat(posts()).startsWith("1:name 1,");
    }

    @Test
    void insertOnConflict() throws Exception {
        bed.execute(
                "INSERT INTO posts (id, author_id) VALUES (1, 2), (5, 2) ON CONFLICT DO NOTHING",
                "INSERT INTO posts (id, author_id) VALUES (2, 3), (6, 3) ON CONFLICT (id) DO UPDATE"
                        + " SET author_id = EXCLUDED.author_id, author_name = EXCLUDED.author_name",
                "INSERT INTO posts (id, author_id) VALUES (3, 1) ON CONFLICT (id) DO UPDATE SET title = 'again'");
        assertThat(posts())
                .isEqualTo("1:name 1,mail 1 2:name 3,mail 3 3:name 2,mail 2 4:-,- 5:name 2,mail 2 6:name 3,mail 3");
        assertThat(state("INSERT INTO posts (id, author_id) VALUES (3, 1) ON CONFLICT (id) DO UPDATE"
                        + " SET author_name = EXCLUDED.author_name"))
                .isEqualTo("23514");
    }

    @Test
    void mergeAndCopy() throws Exception {
        bed.execute("MERGE INTO posts USING (VALUES (1, 2), (3, 0), (8, 3)) AS v (id, author) ON posts.id = v.id"
                + " WHEN MATCHED AND author = 0 THEN DELETE"
                + " WHEN MATCHED THEN UPDATE SET author_id = author"
                + " WHEN NOT MATCHED THEN INSERT (id, author_id) VALUES (v.id, author)");
        try (var connection = bed.connect()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY posts (id, author_id) FROM STDIN", new StringReader("20\t2\n21\t\\N\n"));
        }
        assertThat(posts()).isEqualTo("1:name 2,mail 2 2:name 1,mail 1 4:-,- 8:name 3,mail 3 20:name 2,mail 2 21:-,-");
    }

    @Test
    void savepointThatIsRolledBack() throws Exception {
        bed.execute("BEGIN; UPDATE authors SET name = 'x' WHERE id = 1; SAVEPOINT s;"
                + " UPDATE posts SET author_id = 1 WHERE id = 3; UPDATE authors SET name = 'y';"
                + " ROLLBACK TO SAVEPOINT s; UPDATE posts SET author_id = 1 WHERE id = 4; COMMIT");
        assertThat(posts()).isEqualTo("1:x,mail 1 2:x,mail 1 3:name 2,mail 2 4:x,mail 1");
    }

    /** A trigger of the user's rewrites the reference, by whatever statement. */
    @Test
    @Withstands(16)
    void followsWhatABeforeTriggerRewrites() throws Exception {
        rewriting("zzz_last_of_the_users");
        bed.execute("INSERT INTO posts (id, author_id) VALUES (9, 1)", "UPDATE posts SET title = 'x' WHERE id = 1");
        assertThat(posts()).isEqualTo("1:name 3,mail 3 2:name 1,mail 1 3:name 2,mail 2 4:-,- 9:name 3,mail 3");
    }

    /** Behind ours nothing fills the copy any more, but the foreign key refuses what would be wrong. */
    @Test
    void refusesWhatATriggerRewritesAfterOurs() throws Exception {
        rewriting("zzzzz");
        assertThat(state("INSERT INTO posts (id, author_id) VALUES (9, 1)")).isEqualTo(NOT_PRESENT);
    }

    private void rewriting(String trigger) throws SQLException {
        bed.execute(
                "CREATE FUNCTION rewrite() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN NEW.author_id := 3; RETURN NEW; END $$",
                "CREATE TRIGGER " + trigger
                        + " BEFORE INSERT OR UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION rewrite()");
    }

    @Test
    void aReferenceThatIsAbsentInPart() throws Exception {
        bed.execute(
                "INSERT INTO places VALUES (1, 1, 'one'), (1, 2, 'two'), (2, 1, 'other')",
                "INSERT INTO visits VALUES (1, 1, 1), (2, 1, NULL), (3, 2, 1)",
                "UPDATE visits SET place_number = 2 WHERE id = 2",
                "UPDATE visits SET place_number = NULL WHERE id = 3",
                "UPDATE places SET title = title || '!', number = number + 5");
        assertThat(bed.query("SELECT concat_ws(':', id, place_number, place_title) FROM visits ORDER BY id"))
                .containsExactly("1:6:one!", "2:7:two!", "3");
    }

    @Test
    void rowsThatReferToTheirOwnTable() throws Exception {
        bed.execute(
                "INSERT INTO nodes (id, name, parent_id) VALUES (1, 'r', 1), (2, 'a', 1), (3, 'b', 2), (4, 'c', NULL)",
                "UPDATE nodes SET name = name || '!'",
                "UPDATE nodes SET id = 9, name = 'R' WHERE id = 1");
        assertThat(nodes()).containsExactly("2:9:R", "3:2:a!", "4", "9:9:R");
        bed.execute("UPDATE nodes SET parent_id = id, name = 'self' WHERE id = 4");
        assertThat(nodes()).contains("4:4:self");
    }

    /** A row that is still to come is judged when it has come. */
    @Test
    void rowsThatComeBeforeWhatTheyReferTo() throws Exception {
        bed.execute("BEGIN; SET CONSTRAINTS ALL DEFERRED;"
                + " INSERT INTO nodes (id, name, parent_id, parent_name) VALUES (2, 'a', 1, 'r');"
                + " INSERT INTO nodes (id, name) VALUES (1, 'r'); COMMIT");
        assertThat(nodes()).containsExactly("1", "2:1:r");
        assertThat(state("BEGIN; SET CONSTRAINTS ALL DEFERRED;"
                        + " INSERT INTO nodes (id, name, parent_id, parent_name) VALUES (4, 'a', 3, 'wrong');"
                        + " INSERT INTO nodes (id, name) VALUES (3, 'r'); COMMIT"))
                .isEqualTo(NOT_PRESENT);
    }

    /** The foreign keys look when the statement is done, and then it is there: a copy of nothing would pass them. */
    @Test
    void refusesARowWhoseSourceComesWhileItIsWritten() throws Exception {
        var statement = "INSERT INTO visits (id, tenant, place_number, place_title) SELECT n, 1, 1, %s"
                + " FROM generate_series(1, 2) n, LATERAL (SELECT pg_advisory_xact_lock(n)) locked";
        for (var brought : List.of("NULL", "'fjord'")) {
            bed.execute("DELETE FROM places");
            try (var other = bed.connect()) {
                other.setAutoCommit(false);
                SyncBed.execute(other, "SELECT pg_advisory_xact_lock(2)");
                var writing = bed.blocked(statement.formatted(brought));
                bed.execute("INSERT INTO places VALUES (1, 1, 'fjord')");
                other.rollback();
                if (brought.equals("NULL")) {
                    assertThatThrownBy(writing::get).hasMessageContaining("that is not there yet");
                } else {
                    writing.get();
                }
            }
        }
        assertThat(bed.query("SELECT place_title FROM visits")).containsExactly("fjord", "fjord");
    }

    @Test
    void partitionsOnBothSides() throws Exception {
        bed.execute(
                "INSERT INTO meters VALUES (1, 1, 'kWh'), (2, 1, 'm3')",
                "INSERT INTO readings (id, zone, meter_id, value) SELECT n, 1 + n % 2, 1, n FROM generate_series(1, 20) n",
                "UPDATE meters SET unit = 'MWh' WHERE zone = 1",
                "UPDATE readings SET zone = 2 WHERE id = 2",
                "UPDATE readings SET id = id + 100 WHERE id > 4",
                "UPDATE meters SET zone = 3, unit = 'l' WHERE zone = 2");
        assertThat(bed.query(
                        "SELECT concat_ws(':', zone, unit, count(*)) FROM readings GROUP BY zone, unit ORDER BY 1"))
                .containsExactly("1:MWh:9", "3:l:11");
        assertThat(state("UPDATE readings SET unit = 'x' WHERE id = 1")).isEqualTo("23514");
    }

    @Test
    void namesThatHideOthers() throws Exception {
        bed.execute(
                "INSERT INTO \"new\" VALUES (1, 'one', 1.5), (2, 'two', 2)",
                "INSERT INTO origin (id, copied) VALUES (1, 1), (2, 2)",
                "UPDATE \"new\" SET found_row = found_row || '!', \"new\" = 7",
                "UPDATE origin SET copied = 1 WHERE id = 2");
        assertThat(bed.query("SELECT concat_ws(':', id, \"it's\", origin) FROM origin ORDER BY id"))
                .containsExactly("1:one!:7.00", "2:one!:7.00");
    }

    /** Who may write posts need not see authors. */
    @Test
    @Withstands({18, 19})
    void askForNoRightsOnTheSource() throws Exception {
        var role = bed.role("writer");
        bed.execute(
                "CREATE ROLE " + role,
                "GRANT INSERT, UPDATE, SELECT ON posts TO " + role,
                "ALTER TABLE authors ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY none ON authors USING (false)");
        try {
            bed.execute("SET ROLE " + role
                    + "; INSERT INTO posts (id, author_id) VALUES (9, 2); UPDATE posts SET author_id = 3 WHERE id = 1");
            assertThat(posts()).startsWith("1:name 3,mail 3 ").endsWith(" 9:name 2,mail 2");
        } finally {
            bed.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @Test
    @Withstands(20)
    void arePoisonedByNoSearchPath() throws Exception {
        bed.execute(
                "CREATE SCHEMA evil; CREATE TABLE evil.authors AS SELECT id, 'evil' AS name, 'evil' AS mail FROM authors;"
                        + " SET search_path = evil, public; CREATE TEMP TABLE authors AS TABLE evil.authors;"
                        + " INSERT INTO posts (id, author_id) VALUES (9, 2)");
        assertThat(posts()).endsWith("9:name 2,mail 2");
    }

    /** What is written where no triggers run is found and put right. */
    @Test
    @Withstands(23)
    void findsAndRepairsWhatNoTriggerHasSeen() throws Exception {
        bed.execute(
                "SET session_replication_role = replica; INSERT INTO posts (id, author_id, author_name) VALUES (9, 2, 'x');"
                        + " UPDATE authors SET name = 'Ann' WHERE id = 1; UPDATE posts SET author_mail = 'y' WHERE id = 4");
        assertThat(bed.drift())
                .containsExactly(
                        "reconcile/author-mail.drift.sql: 4",
                        "reconcile/author-mail.drift.sql: 9",
                        "reconcile/author-name.drift.sql: 1",
                        "reconcile/author-name.drift.sql: 2",
                        "reconcile/author-name.drift.sql: 9",
                        "reconcile/liker-name.drift.sql: 1");
        bed.repair();
        assertThat(posts()).isEqualTo("1:Ann,mail 1 2:Ann,mail 1 3:name 2,mail 2 4:-,- 9:name 2,mail 2");
    }

    /** What is there before the triggers are is filled by them. */
    @Test
    @Withstands(25)
    void fillsWhatIsThereBefore() throws Exception {
        try (var young = new SyncBed(server().database(), MODEL)) {
            young.execute(
                    young.script("schema.sql"),
                    "INSERT INTO places VALUES (1, 1, 'one')",
                    "INSERT INTO visits VALUES (1, 1, 1)");
            assertThat(young.drift()).containsExactly("reconcile/place-title.drift.sql: 1");
            young.execute(young.script("triggers.sql"), young.script("triggers.sql"));
            assertThat(young.drift()).isEmpty();
            assertThatThrownBy(() -> young.execute("UPDATE visits SET place_title = 'x'"))
                    .hasMessageContaining("place-title");
        }
    }

    private String state(String statement) {
        return catchThrowableOfType(SQLException.class, () -> bed.execute(statement))
                .getSQLState();
    }

    private String posts() throws SQLException {
        return String.join(
                " ",
                bed.query("SELECT id || ':' || coalesce(author_name, '-') || ',' || coalesce(author_mail, '-')"
                        + " FROM posts ORDER BY id"));
    }

    private List<String> nodes() throws SQLException {
        return bed.query("SELECT concat_ws(':', id, parent_id, parent_name) FROM nodes ORDER BY id");
    }
}
