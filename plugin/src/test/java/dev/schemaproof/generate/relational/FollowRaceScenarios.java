package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.prove.TestServer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy follows a source that changes in the same moment, where triggers written by hand miss it. */
abstract class FollowRaceScenarios {

    private static final String INSERT = "INSERT INTO posts (id, author_id) VALUES (2, 1)";
    private static final String MOVE = "UPDATE posts SET author_id = 1 WHERE id = 1";
    private static final String RENAME = "UPDATE authors SET name = 'new' WHERE id = 1";
    private static final String NOT_SERIALIZABLE = "40001";
    private static final String DONE = SyncBed.DONE;

    private SyncBed bed;

    abstract TestServer server();

    @BeforeEach
    void open() throws Exception {
        bed = new SyncBed(server().database(), FollowScenarios.MODEL);
        bed.execute(
                bed.script("schema.sql"),
                "INSERT INTO authors SELECT n, 'old', 'mail', md5(n::text)::uuid FROM generate_series(1, 2) n");
    }

    @AfterEach
    void close() {
        bed.close();
    }

    /** At READ COMMITTED who comes second waits, and nobody is refused. */
    @ParameterizedTest
    @Withstands({5, 7})
    @ValueSource(strings = {INSERT + "|" + RENAME, RENAME + "|" + INSERT, MOVE + "|" + RENAME, RENAME + "|" + MOVE})
    void waitsForTheOther(String pair) throws Exception {
        ours();
        assertThat(race("READ COMMITTED", pair)).containsExactly(DONE, DONE);
        assertThat(bed.drift()).isEmpty();
        assertThat(bed.query("SELECT DISTINCT author_name FROM posts WHERE author_id = 1"))
                .containsExactly("new");
    }

    /** A source that is deleted and comes back is another row than the one that was waited for; its key is the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                // Where a part of the reference is optional, no foreign key would refuse a copy that is empty
                "places;INSERT INTO places VALUES (1, 1, 'new');INSERT INTO visits VALUES (2, 1, 1)",
                "authors;INSERT INTO authors VALUES (1, 'new', 'm', md5('9')::uuid);" + INSERT
            })
    void readsASourceThatCameBack(String source, String back, String insert) throws Exception {
        ours();
        bed.execute("INSERT INTO places VALUES (1, 1, 'old')");
        assertThat(race("READ COMMITTED", "DELETE FROM " + source + ";" + back + "|" + insert))
                .containsExactly(DONE, DONE);
        assertThat(bed.drift()).isEmpty();
        assertThat(bed.query("SELECT place_title FROM visits UNION ALL SELECT author_name FROM posts WHERE id = 2"))
                .containsExactly("new");
    }

    /** Who can't see what the other has written is to try again. */
    @ParameterizedTest
    @Withstands(6)
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "REPEATABLE READ;" + INSERT + "|" + RENAME,
                "REPEATABLE READ;" + RENAME + "|" + INSERT,
                "REPEATABLE READ;" + MOVE + "|" + RENAME,
                "REPEATABLE READ;" + RENAME + "|" + MOVE,
                "SERIALIZABLE;" + INSERT + "|" + RENAME,
                "SERIALIZABLE;" + RENAME + "|" + INSERT,
                "SERIALIZABLE;" + MOVE + "|" + RENAME,
                "SERIALIZABLE;" + RENAME + "|" + MOVE
            })
    void letsTheSecondTryAgain(String isolation, String pair) throws Exception {
        ours();
        assertThat(race(isolation, pair)).containsExactly(DONE, NOT_SERIALIZABLE);
        assertThat(bed.drift()).isEmpty();
    }

    /** Were these to fail, the tests above would show nothing. */
    @ParameterizedTest
    @FallsInto(5)
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "READ COMMITTED;``;" + INSERT + "|" + RENAME,
                "READ COMMITTED;``;" + RENAME + "|" + INSERT,
                "REPEATABLE READ;FOR KEY SHARE;" + INSERT + "|" + RENAME,
                "READ COMMITTED;FOR KEY SHARE;" + RENAME + "|" + INSERT
            })
    void aCopyWithoutALockIsStale(String isolation, String lock, String pair) throws Exception {
        naive(lock);
        assertThat(race(isolation, pair)).containsExactly(DONE, DONE);
        assertThat(bed.drift()).containsExactly("reconcile/author-name.drift.sql: 2");
    }

    /** The stronger lock helps at READ COMMITTED, and no further. */
    @Test
    @FallsInto(6)
    void aCopyWithTheStrongerLockIsStaleAtRepeatableRead() throws Exception {
        naive("FOR SHARE");
        assertThat(race("READ COMMITTED", INSERT + "|" + RENAME)).containsExactly(DONE, DONE);
        assertThat(bed.drift()).isEmpty();
        bed.execute("DELETE FROM posts WHERE id = 2", "UPDATE authors SET name = 'old' WHERE id = 1");
        assertThat(race("REPEATABLE READ", INSERT + "|" + RENAME)).containsExactly(DONE, DONE);
        assertThat(bed.drift()).containsExactly("reconcile/author-name.drift.sql: 2");
    }

    /** The foreign key alone is never wrong, but refuses who had only to wait. */
    @Test
    @FallsInto(7)
    void aForeignKeyWithoutALockRefusesWhoHasToWait() throws Exception {
        bed.execute(
                bed.script("triggers.sql").replace("FOR KEY SHARE", ""),
                "INSERT INTO posts (id, author_id) VALUES (1, 2)");
        assertThat(race("READ COMMITTED", RENAME + "|" + INSERT)).containsExactly(DONE, "23503");
        assertThat(bed.drift()).isEmpty();
    }

    /** Who writes while the triggers are made is seen by them, or waits. */
    @Test
    @Withstands(25)
    void fillsWhatIsWrittenWhileItIsApplied() throws Exception {
        bed.execute("INSERT INTO places VALUES (1, 1, 'one')", "INSERT INTO visits VALUES (1, 1, 1)");
        try (var writer = bed.connect()) {
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "INSERT INTO visits VALUES (2, 1, 1)");
            var script = bed.blocked(bed.script("triggers.sql"));
            var after = bed.blocked("INSERT INTO visits VALUES (3, 1, 1)");
            var rename = bed.blocked("UPDATE places SET title = 'two'");
            writer.commit();
            script.get();
            after.get();
            rename.get();
        }
        assertThat(bed.drift()).isEmpty();
        assertThat(bed.query("SELECT place_title FROM visits")).containsExactly("two", "two", "two");
    }

    /** The repair reads behind the lock what others have committed, and is no direct write. */
    @Test
    void repairsWhileOthersWrite() throws Exception {
        ours();
        bed.execute("SET session_replication_role = replica; UPDATE posts SET author_name = 'x'");
        try (var writer = bed.connect()) {
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "UPDATE authors SET name = 'new' WHERE id = 2");
            var repair = bed.blocked(bed.script("reconcile/author-name.repair.sql"));
            writer.commit();
            repair.get();
        }
        assertThat(bed.drift()).isEmpty();
        assertThat(bed.query("SELECT author_name FROM posts")).containsExactly("new");
    }

    private void ours() throws SQLException {
        bed.execute(bed.script("triggers.sql"), "INSERT INTO posts (id, author_id) VALUES (1, 2)");
    }

    /** As one would write it: the copy is read by a trigger, and a change of the source is passed on by another. */
    private void naive(String lock) throws SQLException {
        bed.execute(
                "ALTER TABLE authors DROP CONSTRAINT authors_id_name_key CASCADE, DROP CONSTRAINT authors_id_mail_key CASCADE,"
                        + " DROP CONSTRAINT authors_code_name_key CASCADE",
                "CREATE FUNCTION copy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " SELECT name, mail INTO NEW.author_name, NEW.author_mail FROM authors WHERE id = NEW.author_id "
                        + lock + "; RETURN NEW; END $$",
                "CREATE TRIGGER copy BEFORE INSERT OR UPDATE OF author_id ON posts FOR EACH ROW EXECUTE FUNCTION copy()",
                "CREATE FUNCTION pass() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " UPDATE posts SET author_name = NEW.name WHERE author_id = NEW.id; RETURN NULL; END $$",
                "CREATE TRIGGER pass AFTER UPDATE ON authors FOR EACH ROW EXECUTE FUNCTION pass()",
                "INSERT INTO posts (id, author_id) VALUES (1, 2)");
    }

    private List<String> race(String isolation, String pair) throws Exception {
        return bed.race(isolation, "SELECT FROM authors; SELECT FROM posts", pair);
    }
}
