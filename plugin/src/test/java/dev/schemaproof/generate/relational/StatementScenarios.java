package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaproof.model.Contract;
import dev.schemaproof.prove.TestServer;
import java.io.StringReader;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Counts stay exact whatever statement changes the rows that they count. */
@ParameterizedClass
@EnumSource(Contract.Mode.class)
abstract class StatementScenarios {

    @Parameter
    Contract.Mode mode;

    private SyncBed bed;

    abstract TestServer server();

    /** With what keeps the copies. */
    SyncBed bed() throws Exception {
        return new SyncBed(server().database(), SyncBed.THREADS, mode);
    }

    @BeforeEach
    void fill() throws Exception {
        bed = bed().applied();
        bed.execute(
                "INSERT INTO boards (tenant, number, title) SELECT t, n, 'b' FROM generate_series(1, 2) t, generate_series(1, 3) n",
                "INSERT INTO authors (name) VALUES ('ada'), ('bob'), ('cyd')",
                "INSERT INTO comments (id, tenant, board_number, author_name) SELECT n, 1, 1, 'ada' FROM generate_series(1, 4) n",
                "INSERT INTO comments (id, tenant, board_number, author_name, parent_id) SELECT 10 + n, 1, 2, 'bob', n FROM generate_series(1, 4) n",
                "ALTER TABLE comments ALTER id RESTART WITH 1000");
        assertThat(boards()).isEqualTo("1/1:4,4 1/2:4,4");
        assertThat(authors()).isEqualTo("ada:4 bob:4");
        assertThat(replies()).isEqualTo("1:1 2:1 3:1 4:1");
    }

    @AfterEach
    void isExact() throws Exception {
        assertThat(bed.drift()).isEmpty();
        bed.fold();
        assertThat(bed.drift()).isEmpty();
        assertThat(bed.aside()).isZero();
        bed.close();
    }

    @Test
    void insertOfManyRowsForManyParents() throws Exception {
        bed.execute(
                "INSERT INTO comments (tenant, board_number, author_name, parent_id)"
                        + " SELECT 1 + n % 2, 1 + n % 3, (ARRAY['ada', 'bob', 'cyd', NULL])[1 + n % 4], 1 FROM generate_series(1, 600) n");
        assertThat(authors()).isEqualTo("ada:154 bob:154 cyd:150");
        assertThat(replies()).isEqualTo("1:601 2:1 3:1 4:1");
    }

    @Test
    void updateOfTheReference() throws Exception {
        bed.execute("UPDATE comments SET author_name = 'cyd' WHERE id IN (1, 2, 11)");
        assertThat(authors()).isEqualTo("ada:2 bob:3 cyd:3");
    }

    /** {@code <>} is not true of null. */
    @Test
    @Withstands(14)
    void updateOfTheReferenceFromAndToNull() throws Exception {
        bed.execute("UPDATE comments SET author_name = NULL WHERE id <= 3");
        assertThat(authors()).isEqualTo("ada:1 bob:4");
        bed.execute("UPDATE comments SET author_name = 'cyd' WHERE id <= 3");
        assertThat(authors()).isEqualTo("ada:1 bob:4 cyd:3");
    }

    @Test
    void updateOfHalfACompositeReference() throws Exception {
        bed.execute("UPDATE comments SET tenant = NULL WHERE id = 1", "UPDATE comments SET tenant = 2 WHERE id = 2");
        assertThat(boards()).isEqualTo("1/1:2,2 1/2:4,4 2/1:1,1");
    }

    /** The condition is an input as much as the reference. */
    @Test
    @Withstands(15)
    void updateOfTheConditionAlone() throws Exception {
        bed.execute("UPDATE comments SET status = 'closed' WHERE id IN (1, 2, 11)");
        assertThat(boards()).isEqualTo("1/1:4,2 1/2:4,3");
        bed.execute("UPDATE comments SET status = 'open' WHERE id = 1");
        assertThat(boards()).isEqualTo("1/1:4,3 1/2:4,3");
    }

    /** A trigger with a list of columns does not see what another trigger changes. */
    @Test
    @Withstands(16)
    void aTriggerOfTheUsersThatRewritesTheReference() throws Exception {
        bed.execute(
                """
                CREATE FUNCTION reassign() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    NEW.author_name := 'cyd';
                    RETURN NEW;
                END
                $$;
                CREATE TRIGGER zz_reassign BEFORE INSERT OR UPDATE ON comments
                    FOR EACH ROW EXECUTE FUNCTION reassign();
                """,
                "UPDATE comments SET reply_count = reply_count WHERE id <= 2",
                "INSERT INTO comments (author_name) VALUES ('ada')");
        assertThat(authors()).isEqualTo("ada:2 bob:4 cyd:3");
    }

    @Test
    @StaysExact("a BEFORE trigger that returns NULL")
    void aTriggerOfTheUsersThatDropsRows() throws Exception {
        bed.execute(
                """
                CREATE FUNCTION drop_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                CREATE TRIGGER drop_row BEFORE INSERT OR UPDATE OR DELETE ON comments
                    FOR EACH ROW EXECUTE FUNCTION drop_row();
                """,
                "INSERT INTO comments (author_name) VALUES ('cyd')",
                "UPDATE comments SET author_name = 'cyd'",
                "DELETE FROM comments");
        assertThat(authors()).isEqualTo("ada:4 bob:4");
    }

    @Test
    @Withstands(17)
    @StaysExact({"INSERT ... ON CONFLICT", "DO UPDATE ... WHERE false"})
    void upsert() throws Exception {
        bed.execute("INSERT INTO comments (id, author_name) VALUES (1, 'cyd'), (50, 'cyd') ON CONFLICT DO NOTHING");
        assertThat(authors()).isEqualTo("ada:4 bob:4 cyd:1");
        bed.execute("INSERT INTO comments (id, author_name) VALUES (1, 'cyd'), (51, 'cyd')"
                + " ON CONFLICT (id) DO UPDATE SET author_name = EXCLUDED.author_name");
        assertThat(authors()).isEqualTo("ada:3 bob:4 cyd:3");
        bed.execute("INSERT INTO comments (id, author_name) VALUES (2, 'cyd')"
                + " ON CONFLICT (id) DO UPDATE SET author_name = EXCLUDED.author_name WHERE false");
        assertThat(authors()).isEqualTo("ada:3 bob:4 cyd:3");
    }

    @Test
    @StaysExact("MERGE")
    void merge() throws Exception {
        bed.execute("""
                MERGE INTO comments c USING (VALUES (1), (2), (11), (60), (61)) AS s (id) ON c.id = s.id
                WHEN MATCHED AND s.id = 11 THEN DELETE
                WHEN MATCHED THEN UPDATE SET author_name = 'bob'
                WHEN NOT MATCHED THEN INSERT (id, author_name) VALUES (s.id, 'cyd')
                """);
        assertThat(authors()).isEqualTo("ada:2 bob:5 cyd:2");
    }

    @Test
    @StaysExact("WITH that writes")
    void dataModifyingWith() throws Exception {
        bed.execute("""
                WITH gone AS (DELETE FROM comments WHERE id > 10 RETURNING tenant),
                     moved AS (UPDATE comments SET author_name = 'cyd' WHERE id = 1 RETURNING tenant),
                     one AS (INSERT INTO comments (author_name) VALUES ('bob') RETURNING tenant)
                INSERT INTO comments (author_name) SELECT 'cyd' FROM gone
                """);
        assertThat(authors()).isEqualTo("ada:3 bob:1 cyd:5");
        assertThat(replies()).isEmpty();
    }

    @Test
    @StaysExact("COPY")
    void copyFromAFile() throws Exception {
        try (var connection = bed.connect()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY comments (author_name) FROM STDIN", new StringReader("cyd\ncyd\n\\N\nbob\n"));
        }
        assertThat(authors()).isEqualTo("ada:4 bob:5 cyd:2");
    }

    @Test
    @StaysExact("ON DELETE CASCADE")
    void deleteAndItsCascade() throws Exception {
        bed.execute("DELETE FROM comments WHERE id = 1");
        assertThat(authors()).isEqualTo("ada:3 bob:3");
        assertThat(boards()).isEqualTo("1/1:3,3 1/2:3,3");
        bed.execute("DELETE FROM boards WHERE tenant = 1 AND number = 1");
        assertThat(authors()).isEmpty();
    }

    @Test
    @StaysExact("ON DELETE SET NULL")
    void deleteOfAParentThatSetsNull() throws Exception {
        bed.execute("DELETE FROM authors WHERE name = 'ada'");
        assertThat(authors()).isEqualTo("bob:4");
        bed.execute("INSERT INTO authors (name) VALUES ('ada')");
    }

    @Test
    @Withstands(11)
    void truncate() throws Exception {
        bed.execute("TRUNCATE comments");
        assertThat(boards() + authors()).isEmpty();
        bed.execute("INSERT INTO comments (author_name) VALUES ('cyd')", "TRUNCATE boards, comments");
        assertThat(authors()).isEmpty();
    }

    /** What the key's change carries along is counted once. */
    @Test
    @Withstands(12)
    void changeOfAParentsKey() throws Exception {
        bed.execute("UPDATE boards SET number = 99 WHERE tenant = 1 AND number = 1");
        assertThat(boards()).isEqualTo("1/2:4,4 1/99:4,4");
        bed.execute("UPDATE authors SET name = 'zoe' WHERE name = 'ada'", "UPDATE comments SET id = 100 WHERE id = 1");
        assertThat(authors()).isEqualTo("bob:4 zoe:4");
        assertThat(replies()).isEqualTo("2:1 3:1 4:1 100:1");
    }

    @Test
    void changeOfManyParentsKeys() throws Exception {
        bed.execute("UPDATE boards SET tenant = tenant + 10");
        assertThat(boards()).isEqualTo("11/1:4,4 11/2:4,4");
    }

    /**
     * A row takes the key that another leaves in the same statement, whose rows have not followed yet. Rows are updated in
     * the order in which they lie there, so that each key is free when it is taken.
     */
    @Test
    void changeOfKeysThatMoveAlong() throws Exception {
        bed.execute(
                "INSERT INTO boards (tenant, number, title) VALUES (5, 2, 'b'), (5, 1, 'b')",
                "INSERT INTO comments (tenant, board_number) VALUES (5, 2), (5, 2)",
                "INSERT INTO comments (tenant, board_number) VALUES (5, 1)",
                "UPDATE boards SET number = number + 1 WHERE tenant = 5");
        assertThat(boards()).isEqualTo("1/1:4,4 1/2:4,4 5/2:1,1 5/3:2,2");
    }

    @Test
    @StaysExact("ROLLBACK TO SAVEPOINT")
    void rollbackToASavepoint() throws Exception {
        try (var connection = bed.connect()) {
            connection.setAutoCommit(false);
            SyncBed.execute(connection, "INSERT INTO comments (author_name) VALUES ('cyd')");
            var savepoint = connection.setSavepoint();
            SyncBed.execute(connection, "DELETE FROM comments WHERE id <= 4");
            assertThat(SyncBed.query(
                            connection, "SELECT comment_count FROM " + exact("authors") + " WHERE name = 'ada'"))
                    .containsExactly(mode == Contract.Mode.DEFERRED ? "4" : "0");
            connection.rollback(savepoint);
            connection.commit();
        }
        assertThat(authors()).isEqualTo("ada:4 bob:4 cyd:1");
    }

    /** An immediate count can be read in the transaction that changes it, a deferred one when it is asked for. */
    @Test
    @Withstands(34)
    void readsItsOwnWrites() throws Exception {
        var count = "SELECT comment_count FROM " + exact("authors") + " WHERE name = 'cyd'";
        try (var connection = bed.connect()) {
            connection.setAutoCommit(false);
            SyncBed.execute(connection, "INSERT INTO comments (author_name) VALUES ('cyd')");
            assertThat(SyncBed.query(connection, count)).containsExactly(mode == Contract.Mode.DEFERRED ? "0" : "1");
            SyncBed.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
            assertThat(SyncBed.query(connection, count)).containsExactly("1");
            SyncBed.execute(connection, "INSERT INTO comments (author_name) VALUES ('cyd')");
            assertThat(SyncBed.query(connection, count)).containsExactly("2");
            SyncBed.execute(
                    connection,
                    "SET CONSTRAINTS ALL DEFERRED",
                    "INSERT INTO comments (author_name) VALUES ('cyd')",
                    "SAVEPOINT s",
                    "INSERT INTO comments (author_name) VALUES ('cyd'), ('cyd')",
                    "ROLLBACK TO SAVEPOINT s",
                    "INSERT INTO comments (author_name) VALUES ('cyd')");
            connection.commit();
        }
        assertThat(authors()).isEqualTo("ada:4 bob:4 cyd:4");
    }

    /** What other triggers write when a count is brought up to date at commit counts as well. */
    @Test
    void aTriggerOfTheUsersThatAnswersToTheCopy() throws Exception {
        bed.execute("""
                CREATE FUNCTION answer() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO comments (author_name) VALUES ('bob');
                    RETURN NULL;
                END
                $$;
                CREATE TRIGGER answer AFTER UPDATE OF comment_count ON authors
                    FOR EACH ROW WHEN (NEW.name = 'cyd') EXECUTE FUNCTION answer();
                """, "INSERT INTO comments (author_name) VALUES ('cyd')");
        assertThat(authors()).isEqualTo("ada:4 bob:5 cyd:1");
    }

    /** A repair sees what its own transaction has changed, which must not be added a second time at commit. */
    @Test
    void repairBehindOnesOwnWrites() throws Exception {
        try (var connection = bed.connect()) {
            connection.setAutoCommit(false);
            SyncBed.execute(
                    connection,
                    "INSERT INTO comments (author_name) VALUES ('cyd')",
                    bed.script("reconcile/author-comment-count.repair.sql"),
                    "INSERT INTO comments (author_name) VALUES ('cyd')");
            connection.commit();
        }
        assertThat(authors()).isEqualTo("ada:4 bob:4 cyd:2");
    }

    @Test
    void appliedAgainBehindOnesOwnWrites() throws Exception {
        try (var connection = bed.connect()) {
            connection.setAutoCommit(false);
            SyncBed.execute(
                    connection,
                    "INSERT INTO comments (author_name) VALUES ('cyd')",
                    bed.script("triggers.sql"),
                    "INSERT INTO comments (author_name) VALUES ('cyd')");
            connection.commit();
        }
        assertThat(authors()).isEqualTo("ada:4 bob:4 cyd:2");
    }

    /** TRUNCATE takes rows that its snapshot does not show, and the count that it does not show either. */
    @ParameterizedTest
    @ValueSource(strings = {"READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"})
    void truncateByAnOldSnapshot(String isolation) throws Exception {
        try (var connection = bed.connect()) {
            SyncBed.execute(connection, "BEGIN ISOLATION LEVEL " + isolation, "SELECT 1 FROM authors");
            bed.execute("INSERT INTO comments (author_name) VALUES ('cyd')");
            if (isolation.equals("READ COMMITTED")) {
                SyncBed.execute(connection, "TRUNCATE comments", "COMMIT");
                assertThat(authors()).isEmpty();
            } else {
                assertThatThrownBy(() -> SyncBed.execute(connection, "TRUNCATE comments"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                error ->
                                        assertThat(error.getSQLState()).isEqualTo(mode.isFolded() ? "0A000" : "40001"));
            }
        }
    }

    @Test
    void truncateBetweenOtherStatements() throws Exception {
        try (var connection = bed.connect()) {
            connection.setAutoCommit(false);
            SyncBed.execute(
                    connection,
                    "INSERT INTO comments (author_name) VALUES ('cyd')",
                    "SAVEPOINT s",
                    "TRUNCATE comments",
                    "ROLLBACK TO SAVEPOINT s",
                    "INSERT INTO comments (author_name) VALUES ('cyd')",
                    "TRUNCATE comments",
                    "INSERT INTO comments (author_name) VALUES ('cyd')");
            connection.commit();
        }
        assertThat(authors()).isEqualTo("cyd:1");
    }

    /** What was noted of a parent that is gone says nothing of another with its key. */
    @Test
    void aParentThatComesBack() throws Exception {
        try (var connection = bed.connect()) {
            connection.setAutoCommit(false);
            SyncBed.execute(
                    connection,
                    "DELETE FROM boards WHERE tenant = 1 AND number = 1",
                    "INSERT INTO boards (tenant, number, title) VALUES (1, 1, 'again')",
                    "INSERT INTO comments (tenant, board_number) VALUES (1, 1), (1, 1)");
            connection.commit();
        }
        assertThat(boards()).isEqualTo("1/1:2,2");
    }

    /** An old snapshot still shows rows that another session has deleted, with the parent that had the key. */
    @ParameterizedTest
    @ValueSource(strings = {"READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"})
    void aKeyThatAnotherParentHadInAnOldSnapshot(String isolation) throws Exception {
        bed.execute("UPDATE comments SET parent_id = NULL");
        try (var connection = bed.connect()) {
            SyncBed.execute(connection, "BEGIN ISOLATION LEVEL " + isolation, "SELECT 1 FROM boards");
            bed.execute("DELETE FROM boards WHERE tenant = 1 AND number = 2");
            SyncBed.execute(connection, "UPDATE boards SET number = 2 WHERE tenant = 1 AND number = 1", "COMMIT");
            assertThat(boards()).isEqualTo("1/2:4,4");
        } catch (SQLException e) {
            assertThat(e.getSQLState() + isolation.startsWith("READ")).isEqualTo("40001false");
        }
    }

    /** Keys that go round, brought up to date in the middle of it. */
    @Test
    void changeOfKeysBroughtForward() throws Exception {
        try (var connection = bed.connect()) {
            connection.setAutoCommit(false);
            SyncBed.execute(
                    connection,
                    "SET CONSTRAINTS ALL IMMEDIATE",
                    "UPDATE authors SET name = 'eve' WHERE name = 'ada'",
                    "UPDATE authors SET name = 'ada' WHERE name = 'bob'",
                    "UPDATE authors SET name = 'bob' WHERE name = 'eve'",
                    "DELETE FROM comments WHERE id = 11");
            connection.commit();
        }
        assertThat(authors()).isEqualTo("ada:3 bob:4");
    }

    /** Rows that move and their parent's key that changes, in one transaction and in one statement. */
    @Test
    void changeOfAParentsKeyAmongOtherChanges() throws Exception {
        try (var connection = bed.connect()) {
            connection.setAutoCommit(false);
            SyncBed.execute(
                    connection,
                    "INSERT INTO comments (author_name) VALUES ('ada')",
                    "UPDATE authors SET name = 'zoe' WHERE name = 'ada'",
                    "INSERT INTO comments (author_name) VALUES ('zoe'), ('zoe')",
                    "UPDATE authors SET name = 'ada' WHERE name = 'zoe'",
                    "DELETE FROM comments WHERE id = 1");
            connection.commit();
        }
        assertThat(authors()).isEqualTo("ada:6 bob:3");
        bed.execute("WITH moved AS (UPDATE comments SET author_name = 'cyd' WHERE id = 2 RETURNING id)"
                + " UPDATE authors SET name = 'eve' WHERE name = 'ada'");
        assertThat(authors()).isEqualTo("bob:3 cyd:1 eve:5");
        bed.execute("WITH moved AS (UPDATE comments SET author_name = 'gus' WHERE id = 12 RETURNING id)"
                + " UPDATE authors SET name = 'gus' FROM moved WHERE name = 'eve'");
        assertThat(authors()).isEqualTo("bob:2 cyd:1 gus:6");
    }

    @Test
    void rowsAndTheirRepliesInOneStatement() throws Exception {
        bed.execute("INSERT INTO comments (id, parent_id) VALUES (70, NULL), (71, 70), (72, 70), (73, 71)");
        assertThat(replies()).isEqualTo("1:1 2:1 3:1 4:1 70:2 71:1");
        bed.execute("UPDATE comments SET parent_id = 73 WHERE id = 72");
        assertThat(replies()).isEqualTo("1:1 2:1 3:1 4:1 70:1 71:1 73:1");
    }

    private String boards() throws SQLException {
        return line("SELECT tenant || '/' || number || ':' || comment_count || ',' || open_count FROM boards"
                + " WHERE comment_count <> 0 OR open_count <> 0 ORDER BY tenant, number");
    }

    private String authors() throws SQLException {
        return line("SELECT name || ':' || comment_count FROM authors WHERE comment_count <> 0 ORDER BY name");
    }

    private String replies() throws SQLException {
        return line("SELECT id || ':' || reply_count FROM comments WHERE reply_count <> 0 ORDER BY id");
    }

    /** Where a count can be read as it is, in the transaction that changes it too. */
    private String exact(String table) {
        return mode.isFolded() ? "schemaproof_exact_" + table : table;
    }

    private String line(String sql) throws SQLException {
        bed.fold();
        return String.join(" ", bed.query(sql));
    }
}
