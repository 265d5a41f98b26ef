package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaproof.Models;
import dev.schemaproof.prove.TestServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to the rows that copies are made of is noted, and consumed once. */
abstract class OutboxScenarios {

    private static final Path NOTED = Path.of("src/test/cases/noted/model");

    private static final List<String> CONTRACTS =
            List.of("item_count", "gift_total", "has_gift", "dearest", "last_note", "part_count", "shop_name", "motto");

    private static final String COUNT = "CALL schemaproof_consume_item_count()";

    private SyncBed bed;

    abstract TestServer server();

    /** Ten baskets in two shops, with items, some of which are parts of others. */
    @BeforeEach
    void open() throws Exception {
        bed = new SyncBed(server().database(), NOTED).applied();
        fill();
    }

    private void fill() throws SQLException {
        bed.execute(
                "TRUNCATE items, baskets, shops",
                "INSERT INTO shops VALUES (1, 'one', 'warm'), (2, 'two', NULL), (3, 'three', 'cold')",
                "INSERT INTO baskets (shop_id, number, shop_name)"
                        + " SELECT s, n, 'none' FROM generate_series(1, 2) s, generate_series(1, 5) n",
                "INSERT INTO items (id, shop_id, basket_number, within_id, price, at, note, gift)"
                        + " SELECT n, 1 + n % 2, 1 + n % 5, nullif(n / 10, 0), n, now(), 'note ' || n, n % 3 = 0"
                        + " FROM generate_series(1, 29) n",
                "INSERT INTO items (id, at, gift) VALUES (30, now(), true)");
        consume("");
    }

    @AfterEach
    void close() {
        bed.close();
    }

    /** Calls every consumer; nothing is wrong then, and nothing is left to do. */
    private void consume(String arguments) throws SQLException {
        for (var contract : CONTRACTS) {
            bed.execute("CALL schemaproof_consume_" + contract + "(" + arguments + ")");
        }
        assertThat(bed.drift()).isEmpty();
        assertThat(bed.query("SELECT waiting FROM schemaproof_staleness")).containsOnly("0");
    }

    private List<String> counts() throws SQLException {
        return bed.query("SELECT item_count FROM baskets ORDER BY shop_id, number");
    }

    @Test
    void nothingIsOutOfDateFromTheBeginning() throws Exception {
        assertThat(counts()).containsExactly("2", "3", "3", "3", "3", "3", "3", "3", "3", "3");
        bed.execute("DELETE FROM items WHERE id = 10");
        bed.execute(bed.script("triggers.sql"));
        assertThat(bed.drift()).isEmpty();
        assertThat(bed.query("SELECT waiting FROM schemaproof_staleness WHERE contract = 'item-count'"))
                .containsExactly("1");
    }

    @Test
    void everyStatementIsNoted() throws Exception {
        for (var statement : List.of(
                "INSERT INTO items (id, shop_id, basket_number, at, gift) VALUES (40, 1, 1, now(), true)",
                "INSERT INTO items (id, shop_id, basket_number, at, gift) VALUES (1, 2, 5, now(), true)"
                        + " ON CONFLICT (id) DO UPDATE SET shop_id = 2, basket_number = 5, note = 'again'",
                "INSERT INTO items (id, shop_id, basket_number, at, gift) VALUES (1, 2, 5, now(), true) ON CONFLICT DO NOTHING",
                "UPDATE items SET shop_id = 2 WHERE id < 5",
                "UPDATE items SET shop_id = NULL WHERE id < 5",
                "UPDATE items SET shop_id = 2, basket_number = 2 WHERE id = 30",
                "UPDATE items SET gift = NOT gift",
                "UPDATE items SET price = 50 - price",
                "UPDATE items SET at = at - id * interval '1 hour'",
                "UPDATE items SET within_id = 5 WHERE id > 20",
                "UPDATE items SET id = 200 - id WHERE id > 2",
                "DELETE FROM items WHERE id % 2 = 0",
                "DELETE FROM items",
                "DELETE FROM baskets WHERE number = 1",
                "DELETE FROM shops WHERE id = 1",
                "TRUNCATE items",
                "TRUNCATE items, baskets, shops",
                "UPDATE shops SET motto = 'other'",
                "UPDATE shops SET motto = NULL, name = 'x' || name",
                "UPDATE shops SET id = id + 10",
                "UPDATE baskets SET number = number + 10",
                "UPDATE baskets SET shop_id = 3 WHERE shop_id = 1",
                "WITH gone AS (DELETE FROM items WHERE id < 9 RETURNING *) INSERT INTO items"
                        + " (id, shop_id, basket_number, at, gift) SELECT id, 2, 1, at, gift FROM gone",
                "MERGE INTO items i USING (SELECT generate_series(25, 35) AS id) s ON i.id = s.id"
                        + " WHEN MATCHED AND i.id < 27 THEN DELETE WHEN MATCHED THEN UPDATE SET basket_number = 1, price = 1"
                        + " WHEN NOT MATCHED THEN INSERT (id, shop_id, basket_number, at, gift) VALUES (s.id, 2, 2, now(), true)",
                "INSERT INTO baskets (shop_id, number, shop_name) VALUES (3, 1, 'wrong')")) {
            bed.execute(statement);
            consume("batch => 3");
            fill();
        }
    }

    /** A key that is left and taken again within one transaction, with the rows that refer to it or without. */
    @Test
    void everyTransactionIsNoted() throws Exception {
        for (var statements : List.of(
                "DELETE FROM baskets WHERE (shop_id, number) = (1, 1);"
                        + " INSERT INTO baskets (shop_id, number, shop_name) VALUES (1, 1, 'back');"
                        + " INSERT INTO items (id, shop_id, basket_number, at, gift) VALUES (40, 1, 1, now(), true)",
                "DELETE FROM baskets WHERE (shop_id, number) = (1, 1); UPDATE baskets SET number = 1 WHERE (shop_id, number) = (1, 2)",
                "WITH gone AS (DELETE FROM shops WHERE id = 3 RETURNING *) INSERT INTO shops SELECT id, 'new', motto FROM gone",
                "SAVEPOINT s; DELETE FROM items WHERE id < 9; ROLLBACK TO s; UPDATE items SET gift = true WHERE id = 9")) {
            bed.execute("BEGIN; " + statements + "; COMMIT");
            consume("");
            fill();
        }
    }

    /** What changes nothing that is copied leaves no note, and what is rolled back neither. */
    @Test
    void onlyWhatMattersIsNoted() throws Exception {
        bed.execute(
                "UPDATE items SET note = note, gift = gift, price = price",
                "UPDATE shops SET motto = motto",
                "UPDATE baskets SET shop_name = shop_name",
                "UPDATE items SET shop_id = 1 + id % 2 WHERE id < 30",
                "BEGIN; DELETE FROM items; TRUNCATE items; ROLLBACK");
        assertThat(bed.query("SELECT waiting FROM schemaproof_staleness")).containsOnly("0");
    }

    /** Many notes of one row are one change of it. */
    @Test
    void manyNotesAreOneUpdate() throws Exception {
        for (var i = 0; i < 10; i++) {
            bed.execute("INSERT INTO items (id, shop_id, basket_number, at, gift) VALUES (" + (40 + i)
                    + ", 1, 1, now(), true)");
        }
        assertThat(bed.query("SELECT waiting FROM schemaproof_staleness WHERE contract = 'item-count'"))
                .containsExactly("10");
        assertThat(bed.query(COUNT)).containsExactly("1");
        assertThat(bed.query(COUNT)).containsExactly("0");
        assertThat(counts()).startsWith("12");
    }

    /** Writers of items neither wait for who has locked a basket, nor does it wait for them. */
    @Test
    void writersLockNoBasket() throws Exception {
        try (var holder = bed.connect()) {
            holder.setAutoCommit(false);
            SyncBed.execute(holder, "UPDATE baskets SET has_gift = has_gift");
            bed.execute("SET lock_timeout = '5s'; DELETE FROM items WHERE id < 20");
            holder.rollback();
        }
        consume("");
    }

    /** Whoever waits for one row holds no other, and what was written meanwhile counts. */
    @ParameterizedTest
    @ValueSource(strings = {"read committed", "repeatable read", "serializable"})
    void waitsWithNothingInItsHandsAndReadsBehindTheLock(String isolation) throws Exception {
        bed.execute("DELETE FROM items WHERE id < 20");
        try (var holder = bed.connect()) {
            holder.setAutoCommit(false);
            SyncBed.execute(holder, "UPDATE baskets SET has_gift = has_gift WHERE (shop_id, number) = (1, 4)");
            var consumer = bed.blocked("SET default_transaction_isolation = '" + isolation + "'", COUNT);
            assertThat(counts()).containsExactly("1", "1", "1", "3", "1", "1", "1", "1", "1", "1");
            bed.execute("INSERT INTO items (id, shop_id, basket_number, at, gift) VALUES (40, 1, 4, now(), false)");
            SyncBed.execute(holder, "UPDATE baskets SET has_gift = has_gift WHERE (shop_id, number) = (1, 1)");
            holder.commit();
            consumer.get();
        }
        assertThat(counts()).containsExactly("1", "1", "1", "2", "1", "1", "1", "1", "1", "1");
        consume("");
    }

    /** A note that is not committed yet is left to a later call, however old its number is. */
    @Test
    void whatIsNotCommittedIsForALaterCall() throws Exception {
        try (var writer = bed.connect()) {
            writer.setAutoCommit(false);
            SyncBed.execute(writer, "DELETE FROM items WHERE id = 10");
            bed.execute("DELETE FROM items WHERE id = 20");
            bed.execute(COUNT);
            assertThat(counts()).startsWith("1");
            writer.commit();
        }
        assertThat(bed.query("SELECT waiting FROM schemaproof_staleness WHERE contract = 'item-count'"))
                .containsExactly("1");
        consume("");
        assertThat(counts()).startsWith("0");
    }

    /** The change of a shop does not see the basket that another transaction is putting there. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRowThatIsOnlyComingGetsTheValueThatIsOnlyComing(boolean rowFirst) throws Exception {
        try (var one = bed.connect();
                var other = bed.connect()) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            SyncBed.execute(one, "INSERT INTO baskets (shop_id, number, shop_name) VALUES (3, 1, 'none')");
            SyncBed.execute(other, "UPDATE shops SET name = 'new', motto = 'newer' WHERE id = 3");
            (rowFirst ? one : other).commit();
            bed.execute("CALL schemaproof_consume_shop_name()");
            (rowFirst ? other : one).commit();
        }
        consume("");
        assertThat(bed.query("SELECT shop_name FROM baskets WHERE shop_id = 3")).containsExactly("new");
    }

    /** Who dies in the middle has done nothing. */
    @Test
    void aConsumerThatDiesLosesNothing() throws Exception {
        bed.execute("DELETE FROM items WHERE id < 20");
        try (var holder = bed.connect();
                var consumer = bed.connect()) {
            holder.setAutoCommit(false);
            SyncBed.execute(holder, "LOCK TABLE items");
            var process = SyncBed.query(consumer, "SELECT pg_backend_pid()").get(0);
            var dying = bed.elsewhere(() -> {
                SyncBed.execute(consumer, COUNT);
                return null;
            });
            while (bed.query("SELECT 1 FROM pg_locks WHERE NOT granted AND pid = " + process)
                    .isEmpty()) {
                Thread.sleep(5);
            }
            bed.execute("SELECT pg_terminate_backend(" + process + ")");
            assertThatThrownBy(dying::get).hasCauseInstanceOf(SQLException.class);
            holder.rollback();
        }
        assertThat(counts()).startsWith("2", "3");
        consume("");
        assertThat(counts()).containsExactly("1", "1", "1", "1", "1", "1", "1", "1", "1", "1");
    }

    /** Nothing would put it right again. */
    @Test
    void directWritesAreRefused() {
        for (var statement : List.of(
                "UPDATE baskets SET item_count = 99 WHERE number = 1",
                "UPDATE baskets SET number = 99, dearest = 3 WHERE number = 1",
                "INSERT INTO baskets (shop_id, number, item_count, shop_name) VALUES (3, 1, 5, 'three')",
                "UPDATE baskets SET shop_name = 'mine'",
                "UPDATE items SET motto = 'mine'")) {
            assertThatThrownBy(() -> bed.execute(statement))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("23514"))
                    .hasMessageContaining("takes no direct writes");
        }
    }

    /** It commits, and so can't be a part of something else. */
    @Test
    void isRefusedWithinATransaction() throws Exception {
        bed.execute("DELETE FROM items WHERE id = 10");
        try (var session = bed.connect()) {
            session.setAutoCommit(false);
            SyncBed.execute(session, "UPDATE shops SET motto = 'x'");
            assertThatThrownBy(() -> SyncBed.execute(session, COUNT))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("2D000"));
            session.rollback();
        }
        assertThat(counts()).startsWith("2");
    }

    /** Neither who writes nor who consumes can be led to other tables, and who writes needs no rights on the outbox. */
    @Test
    void looksUpNamesWhereItWasMade() throws Exception {
        var role = bed.role("writer");
        bed.execute(
                "CREATE SCHEMA decoy",
                "CREATE TABLE decoy.baskets (LIKE public.baskets)",
                "CREATE TABLE decoy.schemaproof_outbox_item_count (LIKE public.schemaproof_outbox_item_count)",
                "CREATE ROLE " + role,
                "GRANT SELECT, INSERT, DELETE ON items TO " + role,
                "ALTER TABLE baskets ENABLE ROW LEVEL SECURITY");
        try (var other = bed.connect()) {
            SyncBed.execute(
                    other,
                    "SET search_path = decoy",
                    "SET ROLE " + role,
                    "DELETE FROM public.items WHERE id = 10",
                    "RESET ROLE",
                    "CALL public.schemaproof_consume_item_count()");
            assertThat(SyncBed.query(other, "SHOW search_path")).containsExactly("decoy");
        }
        assertThat(counts()).startsWith("1");
        bed.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        consume("");
    }

    /** The clock says how long the oldest note has been waiting. */
    @Test
    void theClockTellsWhatIsLate() throws Exception {
        bed.execute("DELETE FROM items WHERE id = 10");
        var late = "SELECT string_agg(contract, ' ' ORDER BY contract) FROM schemaproof_staleness WHERE late";
        assertThat(bed.query("SELECT extract(epoch FROM allowed)::int FROM schemaproof_staleness ORDER BY contract"))
                .containsExactly("3600", "60", "2", "10", "60", "1", "60", "60");
        bed.execute("UPDATE schemaproof_outbox_item_count SET schemaproof_noted_at = now() - interval '11 s'");
        bed.execute("UPDATE schemaproof_outbox_dearest SET schemaproof_noted_at = now() - interval '11 s'");
        assertThat(bed.query(late)).containsExactly("item-count");
        assertThat(bed.query("SELECT staleness BETWEEN '11 s' AND '10 min' FROM schemaproof_staleness"
                        + " WHERE contract = 'item-count'"))
                .containsExactly("t");
    }

    /** A consumer that only passes a note on keeps its time. */
    @Test
    void whatIsPassedOnIsAsOldAsItWas() throws Exception {
        bed.execute(
                "UPDATE shops SET motto = 'x' WHERE id = 1",
                "TRUNCATE items",
                "UPDATE schemaproof_outbox_item_count SET schemaproof_noted_at = now() - interval '1 day'");
        try (var holder = bed.connect()) {
            holder.setAutoCommit(false);
            SyncBed.execute(holder, "UPDATE baskets SET has_gift = has_gift");
            var consumer = bed.blocked(COUNT);
            assertThat(bed.query("SELECT waiting, oldest FROM schemaproof_staleness WHERE contract = 'item-count'"
                            + " AND oldest < now() - interval '23 h'"))
                    .containsExactly("10");
            holder.rollback();
            consumer.get();
        }
        consume("");
    }

    /** A key that has become longer finds a new outbox, which takes it. */
    @Test
    void theOutboxFollowsTheTypeOfTheKey() throws Exception {
        bed.execute(
                "DO $$DECLARE t record; BEGIN FOR t IN SELECT tgname, tgrelid::regclass AS place FROM pg_trigger WHERE NOT tgisinternal"
                        + " LOOP EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, t.place); END LOOP; END$$",
                "ALTER TABLE items ALTER basket_number TYPE bigint, ALTER shop_id TYPE bigint",
                "ALTER TABLE baskets ALTER number TYPE bigint",
                bed.script("triggers.sql"),
                "INSERT INTO baskets (shop_id, number, shop_name) VALUES (3, 5000000000, 'three')");
        consume("");
    }

    /** Rows of partitions, whichever way they are named. */
    @Test
    void statementsThatNameAPartition() throws Exception {
        var model = Models.read("""
                schema: s
                entities:
                  Room: {attributes: {id: int, alarms: {type: int, default: 0}}, key: [id]}
                  Reading:
                    attributes: {id: int, room_id: int}
                    key: [id]
                    references: {room: {entity: Room, onDelete: cascade}}
                    indexes: {by_room: {on: [room_id]}}
                    partition: {by: range, on: [id], partitions: {low: {from: [0], to: [100]}, high: {from: [100], to: [200]}}}
                denormalizations:
                  alarms:
                    duplicates: {into: Room.alarms, from: {count: Reading, by: room}}
                    sync: {by: outbox}
                    staleness: {allowed: 5m, effect: a former number, repair: every night}
                """);
        try (var parts = new SyncBed(server().database(), model).applied()) {
            parts.execute("INSERT INTO room (id) VALUES (1), (2)");
            for (var statement : List.of(
                    "INSERT INTO low VALUES (1, 1), (2, 2)",
                    "INSERT INTO reading VALUES (101, 1), (102, 2)",
                    "UPDATE reading SET id = id + 110 WHERE id = 1",
                    "UPDATE low SET room_id = 1",
                    "DELETE FROM high WHERE room_id = 1",
                    "TRUNCATE low",
                    "TRUNCATE reading")) {
                parts.execute(statement, "CALL schemaproof_consume_alarms()");
                assertThat(parts.drift()).as(statement).isEmpty();
                assertThat(parts.query("SELECT waiting FROM schemaproof_staleness"))
                        .containsExactly("0");
            }
        }
    }

    /** Rows that trade their keys take their copies along, while those that refer to them stay where they are. */
    @Test
    void rowsThatTradeTheirKeys() throws Exception {
        var model = Models.read("""
                schema: s
                entities:
                  Room: {attributes: {id: int, alarms: {type: int, default: 0}}, key: [id]}
                  Reading:
                    attributes: {id: int, room_id: int}
                    key: [id]
                    references: {room: {entity: Room, deferrable: initially-deferred}}
                    indexes: {by_room: {on: [room_id]}}
                denormalizations:
                  alarms:
                    duplicates: {into: Room.alarms, from: {count: Reading, by: room}}
                    sync: {by: outbox}
                    staleness: {allowed: 5m, effect: a former number, repair: every night}
                """);
        try (var trade = new SyncBed(server().database(), model).applied()) {
            trade.execute(
                    "INSERT INTO room (id) VALUES (1), (2)",
                    "INSERT INTO reading VALUES (1, 1), (2, 1), (3, 2)",
                    "CALL schemaproof_consume_alarms()",
                    "BEGIN; UPDATE room SET id = 3 WHERE id = 1; UPDATE room SET id = 1 WHERE id = 2;"
                            + " UPDATE room SET id = 2 WHERE id = 3; COMMIT");
            assertThat(trade.drift()).hasSize(2);
            trade.execute(
                    "CALL schemaproof_consume_alarms()",
                    "BEGIN; DELETE FROM room WHERE id = 1; INSERT INTO room (id) VALUES (1); COMMIT");
            assertThat(trade.drift()).hasSize(1);
            trade.execute("CALL schemaproof_consume_alarms()");
            assertThat(trade.drift()).isEmpty();
        }
    }

    /** Names that SQL reads apart, that differ in a sign only, and that are longer than its own. */
    @Test
    void contractsMayBeCalledAnything() throws Exception {
        var name = "the-number-of-alarms-that-the-readings-of-a-room-have-come-to";
        var yaml = new StringBuilder("""
                schema: readings
                entities:
                  Room: {attributes: {id: int, a: {type: int, default: 0}, b: {type: int, default: 0}, c: {type: int, default: 0}, d: {type: int, default: 0}}, key: [id]}
                  Reading:
                    attributes: {id: int, room_id: int}
                    key: [id]
                    references: {room: {entity: Room, onUpdate: cascade}}
                    indexes: {by_room: {on: [room_id]}}
                    partition: {by: hash, on: [id], partitions: {reading_0: {modulus: 1, remainder: 0}}}
                denormalizations:
                """);
        var names = List.of("of-room", "of_room", name + "-so-far", name + "-in-all");
        for (var i = 0; i < names.size(); i++) {
            yaml.append("  ")
                    .append(names.get(i))
                    .append(": {duplicates: {into: Room.")
                    .append("abcd".charAt(i));
            yaml.append(", from: {count: Reading, by: room}}, sync: {by: outbox}, ");
            yaml.append("staleness: {allowed: 5m, effect: a former number, repair: every night}}\n");
        }
        try (var named = new SyncBed(server().database(), Models.read(yaml.toString())).applied()) {
            for (var statement : List.of(
                    "INSERT INTO room (id) VALUES (1), (2)",
                    "INSERT INTO reading VALUES (1, 1), (2, 1), (3, 2)",
                    "UPDATE reading SET room_id = 2 WHERE id = 1",
                    "UPDATE room SET id = 5 WHERE id = 2",
                    "DELETE FROM reading WHERE id = 2",
                    "TRUNCATE reading")) {
                named.execute(statement);
                named.consume();
                assertThat(named.drift()).as(statement).isEmpty();
            }
            // Once more finds all that is there
            named.execute("INSERT INTO reading VALUES (1, 1)", named.script("triggers.sql"));
            assertThat(named.query("SELECT concat(a, b, c, d) FROM room ORDER BY id"))
                    .containsExactly("1111", "0000");
        }
    }
}
