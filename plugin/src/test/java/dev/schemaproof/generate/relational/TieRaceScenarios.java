package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SyncBed.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.prove.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tied copy follows what changes in the same moment, anywhere on the way. */
abstract class TieRaceScenarios {

    private static final String LOOK =
            "SELECT FROM lines; SELECT FROM orders; SELECT FROM customers; SELECT FROM regions";

    /** One for each kind of write that may meet another; they concern the first customer, or come to it. */
    private static final List<String> WRITES = List.of(
            "INSERT INTO lines (id, order_id) VALUES (%d, 1)",
            "UPDATE lines SET order_id = 1 WHERE id = 3",
            "UPDATE lines SET order_id = 3 WHERE id = 1",
            "DELETE FROM lines WHERE id = 2",
            "UPDATE orders SET customer_code = 11 WHERE id = 4",
            "UPDATE orders SET customer_code = 12 WHERE id = 1",
            "INSERT INTO orders (id, customer_code) VALUES (%d, 11)",
            "DELETE FROM orders WHERE id = 2",
            "UPDATE customers SET name = 'new' || %d, note = NULL WHERE id = 1",
            "UPDATE customers SET note = 'new' || %d WHERE code IN (11, 12)",
            "UPDATE customers SET region_id = nullif(region_id, 1) WHERE id < 3",
            "UPDATE customers SET region_id = 1 WHERE id = 3",
            "UPDATE customers SET code = 21 WHERE id = 1",
            "UPDATE regions SET name = 'new' || %d WHERE id = 1",
            "DELETE FROM regions WHERE id = 1");

    private SyncBed bed;

    /** Compiles the functions once. */
    private Connection judge;

    abstract TestServer server();

    @BeforeEach
    void open() throws Exception {
        bed = new SyncBed(server().database(), TieScenarios.MODEL);
        judge = bed.connect();
    }

    @AfterEach
    void close() throws SQLException {
        judge.close();
        bed.close();
    }

    private void begin() throws SQLException {
        SyncBed.execute(
                judge,
                "DELETE FROM tickets; DELETE FROM lines; DELETE FROM orders; DELETE FROM customers; DELETE FROM regions;"
                        + String.join(";", TieScenarios.ROWS));
    }

    /** Of every two, in both orders: whatever the database makes of them, the copies are right, and again after another change. */
    @ParameterizedTest
    @CsvSource({"READ COMMITTED, 1", "REPEATABLE READ, 2"})
    void everyTwoWrites(String isolation, int step) throws Exception {
        bed.applied();
        for (var first : every(step)) {
            for (var second : every(step)) {
                begin();
                var pair = first.formatted(8) + "|" + second.formatted(9);
                var outcome = bed.race(isolation, LOOK, pair);
                assertThat(outcome.get(0)).as(pair).isEqualTo(DONE);
                assertThat(outcome.get(1)).as(pair).isIn(DONE, "40001", "23503");
                assertThat(bed.drift(judge)).as(pair).isEmpty();
                SyncBed.execute(
                        judge, "UPDATE customers SET name = 'last', note = 'last'; UPDATE regions SET name = 'last'");
                assertThat(bed.drift(judge))
                        .as(pair + ", and a change afterwards")
                        .isEmpty();
            }
        }
    }

    /** At READ COMMITTED who comes second waits, and nobody is refused. */
    @ParameterizedTest
    @Withstands({5, 7})
    @ValueSource(ints = {0, 1, 2, 4, 5, 6})
    void waitsForTheOther(int write) throws Exception {
        bed.applied();
        var rename = "UPDATE customers SET name = 'new', note = 'new'";
        for (var forth : List.of(true, false)) {
            begin();
            var other = WRITES.get(write).formatted(9);
            assertThat(bed.race("READ COMMITTED", LOOK, forth ? other + "|" + rename : rename + "|" + other))
                    .containsExactly(DONE, DONE);
            assertThat(bed.query("SELECT DISTINCT customer_name || ' ' || customer_note FROM lines"))
                    .containsExactly("new new");
        }
    }

    /** A stale snapshot shows the row that is gone beside the new one, and is refused as stale, not because there are two. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    lines     | (id, order_id) VALUES (4, 1)
                    orders    | (id, customer_code) VALUES (4, 11)
                    customers | (id, code, name) VALUES (4, 14, 'new')
                    regions   | (id, name) VALUES (4, 'new')
                    """)
    void aKeyComesBack(String table, String row) throws Exception {
        bed.applied();
        begin();
        var insert = "INSERT INTO " + table + " " + row;
        SyncBed.execute(judge, insert + " ON CONFLICT DO NOTHING");
        var pair = "DELETE FROM " + table + " WHERE id = 4|" + insert;

        assertThat(bed.race("REPEATABLE READ", LOOK, pair)).containsExactly(DONE, "40001");
        assertThat(bed.drift(judge)).isEmpty();
        SyncBed.execute(judge, insert);
        assertThat(bed.race("READ COMMITTED", LOOK, pair)).containsExactly(DONE, DONE);
        assertThat(bed.drift(judge)).isEmpty();
    }

    /** One of each so many. */
    private static List<String> every(int step) {
        return IntStream.range(0, WRITES.size())
                .filter(i -> i % step == 0)
                .mapToObj(WRITES::get)
                .toList();
    }

    /** What each part is there for: without it some two writes leave a wrong copy, or one is refused that had only to wait. */
    @ParameterizedTest
    @CsvSource(delimiter = '@', textBlock = """
                    READ COMMITTED  @ ' FOR KEY SHARE( OF tie)?'           @ ''
                    READ COMMITTED  @ NEW.tag := gen_random_uuid\\(\\)     @ NEW.tag := OLD.tag
                    REPEATABLE READ @ INSERT INTO "schemaproof_tie_lines[^"]+0" @ INSERT INTO unlinked
                    """)
    void missesEachPart(String isolation, String part, String instead) throws Exception {
        var script = bed.script("triggers.sql").replaceAll(part, instead);
        assertThat(script).isNotEqualTo(bed.script("triggers.sql"));
        bed.execute(bed.script("schema.sql"), "CREATE TABLE unlinked (key_1 int, next uuid)", script);
        var writes = List.of(WRITES.get(0), WRITES.get(1), WRITES.get(5), WRITES.get(8));
        var flawed = new ArrayList<String>();
        for (var first : writes) {
            for (var second : writes) {
                begin();
                var pair = first.formatted(8) + "|" + second.formatted(9);
                var outcome = bed.race(isolation, LOOK, pair);
                bed.drift(judge).forEach(wrong -> flawed.add(pair + ": " + wrong));
                if (!outcome.equals(List.of(DONE, DONE)) && !outcome.get(1).equals("40001")) {
                    flawed.add(pair + ": " + outcome);
                }
            }
        }
        assertThat(flawed).isNotEmpty();
    }

    /** Whoever deletes or inserts a line and whoever renames a customer do not wait for each other in a circle. */
    @Test
    void deadlockOnlyWhereTheWritersThemselvesDo() throws Exception {
        bed.applied();
        bed.execute(TieScenarios.ROWS);
        bed.execute("INSERT INTO lines (id, order_id) SELECT 10 + n, 1 + n % 3 FROM generate_series(1, 60) n");
        List<Future<List<String>>> writers = new ArrayList<>();
        writers.add(writer(150, "UPDATE customers SET name = 'a' || %1$d, note = 'b' || %1$d WHERE id = 1"));
        writers.add(writer(300, "DELETE FROM lines WHERE id = 11 + %1$d %% 60"));
        writers.add(writer(300, "INSERT INTO lines (id, order_id) VALUES (1000 + %1$d, 1 + %1$d %% 3)"));
        var refusals = new ArrayList<String>();
        for (var writer : writers) {
            refusals.addAll(writer.get());
        }
        assertThat(refusals).isEmpty();
        assertThat(bed.drift(judge)).isEmpty();
    }

    private Future<List<String>> writer(int times, String statement) {
        return bed.elsewhere(() -> {
            var refusals = new ArrayList<String>();
            try (var connection = bed.connect()) {
                for (var i = 0; i < times; i++) {
                    try {
                        SyncBed.execute(connection, statement.formatted(i));
                    } catch (SQLException e) {
                        refusals.add(e.getSQLState() + " " + e.getMessage());
                    }
                }
            }
            return refusals;
        });
    }
}
