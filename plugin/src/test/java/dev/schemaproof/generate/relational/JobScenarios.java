package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaproof.prove.TestServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job calls brings every copy up to date, and stands in nobody's way. */
abstract class JobScenarios {

    private static final String COUNT = "CALL schemaproof_job_reading_count()";

    private SyncBed bed;

    abstract TestServer server();

    /** Ten rooms in two houses, of which one has a reading less than the others, and a reading of none. */
    @BeforeEach
    void open() throws Exception {
        bed = new SyncBed(server().database(), Path.of("src/test/cases/scheduled/model")).applied();
        bed.execute(
                "INSERT INTO houses VALUES (1, 'one', 'warm'), (2, 'two', NULL)",
                "INSERT INTO rooms (house_id, number, reading_count, house_name)"
                        + " SELECT h, n, 0, 'none' FROM generate_series(1, 2) h, generate_series(1, 5) n",
                "INSERT INTO readings (id, house_id, room_number, warmth, at, note, trusted)"
                        + " SELECT n, 1 + n % 2, 1 + n % 5, n, now(), 'note ' || n, n % 3 = 0 FROM generate_series(1, 29) n",
                "INSERT INTO readings (id, at, trusted) VALUES (30, now(), true)");
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "3", "5", "10", "1000"})
    void everyCopyInBatchesOfAnySize(String size) throws Exception {
        for (var copy : List.of("reading_count", "trusted_warmth", "last_note", "house_name", "motto")) {
            var call = "CALL schemaproof_job_" + copy + "(batch => " + size + ")";
            assertThat(Integer.parseInt(bed.query(call).get(0))).as(call).isPositive();
            assertThat(bed.query(call)).as(call).containsExactly("0");
        }
        assertThat(bed.drift()).isEmpty();
        assertThat(counts()).containsExactly("2", "3", "3", "3", "3", "3", "3", "3", "3", "3");
    }

    @Test
    void rowsThatHoldNothingAnyMore() throws Exception {
        everyCopyInBatchesOfAnySize("4");
        bed.execute("DELETE FROM readings WHERE id <> 30", "UPDATE readings SET house_id = 2, room_number = 1");
        assertThat(bed.query(COUNT)).containsExactly("10");
        assertThat(bed.query("CALL schemaproof_job_last_note()")).containsExactly("10");
        assertThat(counts()).containsExactly("0", "0", "0", "0", "0", "1", "0", "0", "0", "0");
    }

    /** Were the job to wait with its lock on the first room, the writer would wait for it, and one of them would fail. */
    @Test
    void holdsNoLockWhileItWaits() throws Exception {
        try (var writer = bed.connect()) {
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "UPDATE rooms SET house_name = 'b' WHERE (house_id, number) = (1, 4)");
            var job = bed.blocked(COUNT);
            assertThat(counts()).startsWith("2", "3", "3", "0", "0");
            SyncBed.execute(writer, "UPDATE rooms SET house_name = 'a' WHERE (house_id, number) = (1, 1)");
            writer.commit();
            job.get();
        }
        assertThat(counts()).containsExactly("2", "3", "3", "3", "3", "3", "3", "3", "3", "3");
    }

    /** What was written while it waited counts, whatever the isolation is that sessions begin with. */
    @ParameterizedTest
    @ValueSource(strings = {"read committed", "repeatable read", "serializable"})
    void countsBehindTheLock(String isolation) throws Exception {
        try (var writer = bed.connect()) {
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "UPDATE rooms SET house_name = 'b' WHERE (house_id, number) = (1, 4)");
            var job = bed.blocked("SET default_transaction_isolation = '" + isolation + "'", COUNT);
            bed.execute(
                    "INSERT INTO readings (id, house_id, room_number, at, trusted) VALUES (40, 1, 4, now(), false)");
            writer.commit();
            job.get();
        }
        assertThat(counts()).startsWith("2", "3", "3", "4", "3");
    }

    /** A row that goes away while it is waited for is passed over. */
    @Test
    void passesOverARowThatIsGone() throws Exception {
        try (var writer = bed.connect()) {
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "DELETE FROM rooms WHERE (house_id, number) = (1, 5)");
            var job = bed.blocked(COUNT);
            writer.commit();
            job.get();
        }
        assertThat(counts()).containsExactly("2", "3", "3", "3", "3", "3", "3", "3", "3");
    }

    /** It looks up names where it was made, whoever calls it. */
    @Test
    void runsUnderAnotherSearchPath() throws Exception {
        try (var other = bed.connect()) {
            SyncBed.execute(
                    other,
                    "CREATE SCHEMA decoy",
                    "CREATE TABLE decoy.rooms (LIKE public.rooms)",
                    "SET search_path = decoy");
            assertThat(SyncBed.query(other, "CALL public.schemaproof_job_reading_count()"))
                    .containsExactly("10");
            assertThat(SyncBed.query(other, "SHOW search_path")).containsExactly("decoy");
        }
    }

    /** It commits, and so can't be a part of something else. */
    @Test
    void isRefusedWithinATransaction() throws Exception {
        try (var session = bed.connect()) {
            session.setAutoCommit(false);
            SyncBed.execute(session, "UPDATE houses SET motto = 'x'");
            assertThatThrownBy(() -> SyncBed.execute(session, COUNT))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("2D000"));
            session.rollback();
        }
        assertThat(bed.query("SELECT 1 FROM houses WHERE motto = 'x'")).isEmpty();
        assertThat(counts()).containsOnly("0");
    }

    /** Nobody needs to say anything of a copy, and who writes one directly is corrected by the next run. */
    @Test
    void correctsADirectWrite() throws Exception {
        bed.execute(COUNT, "UPDATE rooms SET reading_count = 99 WHERE (house_id, number) = (2, 1)");
        assertThat(bed.query(COUNT)).containsExactly("1");
    }

    private List<String> counts() throws SQLException {
        return bed.query("SELECT reading_count FROM rooms ORDER BY house_id, number");
    }
}
