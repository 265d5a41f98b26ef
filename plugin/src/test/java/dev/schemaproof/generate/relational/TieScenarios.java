package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;
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

/** A copy over several references, or of what may be absent, is what the way leads to, whatever statement changes any part of it. */
abstract class TieScenarios {

    static final Path MODEL = Path.of("src/test/cases/tied/model");

    /** Two regions; three customers of whom the last is in none; an order of each, two of the first; a line of each order. */
    static final String[] ROWS = {
        "INSERT INTO regions VALUES (1, 'north'), (2, 'south')",
        "INSERT INTO customers VALUES (1, 11, 1, 'Ann', 'kind'), (2, 12, 2, 'Bob', NULL), (3, 13, NULL, 'Cy', 'late')",
        "INSERT INTO orders (id, customer_code) VALUES (1, 11), (2, 11), (3, 12), (4, 13)",
        "INSERT INTO lines (id, order_id) VALUES (1, 1), (2, 2), (3, 3), (4, 4)",
        "INSERT INTO tickets (id, order_id) VALUES (1, 1), (2, NULL), (3, 4)"
    };

    private SyncBed bed;

    abstract TestServer server();

    @BeforeEach
    void fill() throws Exception {
        bed = new SyncBed(server().database(), MODEL).applied();
        bed.execute(ROWS);
        assertThat(lines()).isEqualTo("1:Ann,kind,north 2:Ann,kind,north 3:Bob,-,south 4:Cy,late,-");
        assertThat(tickets()).isEqualTo("1:Ann 2:- 3:Cy");
        assertThat(orders()).isEqualTo("1:kind 2:kind 3:- 4:late");
    }

    @AfterEach
    void isExact() throws Exception {
        assertThat(bed.drift()).isEmpty();
        assertThat(loose()).isEmpty();
        bed.close();
    }

    /** Each change alone, to, from and between what is absent, at every step of the way. */
    @Test
    void changesOnTheWay() throws Exception {
        bed.execute("UPDATE customers SET name = name || '!', note = NULL WHERE id = 1");
        assertThat(lines()).isEqualTo("1:Ann!,-,north 2:Ann!,-,north 3:Bob,-,south 4:Cy,late,-");
        bed.execute("UPDATE customers SET note = 'new' WHERE note IS NULL");
        assertThat(lines()).isEqualTo("1:Ann!,new,north 2:Ann!,new,north 3:Bob,new,south 4:Cy,late,-");
        assertThat(orders()).isEqualTo("1:new 2:new 3:new 4:late");
        bed.execute("UPDATE customers SET region_id = nullif(coalesce(region_id, 0) + 1, 3)");
        assertThat(lines()).isEqualTo("1:Ann!,new,south 2:Ann!,new,south 3:Bob,new,- 4:Cy,late,north");
        bed.execute("UPDATE regions SET name = upper(name)");
        assertThat(lines()).isEqualTo("1:Ann!,new,SOUTH 2:Ann!,new,SOUTH 3:Bob,new,- 4:Cy,late,NORTH");
        bed.execute("UPDATE orders SET customer_code = 13 WHERE id = 1");
        assertThat(lines()).isEqualTo("1:Cy,late,NORTH 2:Ann!,new,SOUTH 3:Bob,new,- 4:Cy,late,NORTH");
        assertThat(tickets()).isEqualTo("1:Cy 2:- 3:Cy");
        bed.execute(
                "UPDATE lines SET order_id = 3 WHERE id = 4",
                "UPDATE tickets SET order_id = CASE id WHEN 2 THEN 3 END WHERE id < 3");
        assertThat(lines()).isEqualTo("1:Cy,late,NORTH 2:Ann!,new,SOUTH 3:Bob,new,- 4:Bob,new,-");
        assertThat(tickets()).isEqualTo("1:- 2:Bob 3:Cy");
        // Who has moved follows where it is now, and only that
        bed.execute("UPDATE customers SET name = 'x' || id", "UPDATE regions SET name = 'y' || id");
        assertThat(lines()).isEqualTo("1:x3,late,y1 2:x1,new,y2 3:x2,new,- 4:x2,new,-");
    }

    @Test
    void changesOfKeys() throws Exception {
        bed.execute(
                "UPDATE regions SET id = id + 10, name = name || '!'",
                "UPDATE customers SET code = code + 100, note = 'n' || id",
                "UPDATE orders SET id = id + 1000",
                "UPDATE lines SET id = id + 10 WHERE id < 3");
        assertThat(lines()).isEqualTo("3:Bob,n2,south! 4:Cy,n3,- 11:Ann,n1,north! 12:Ann,n1,north!");
        bed.execute(
                "UPDATE customers SET name = 'Z' || id, code = code - 100",
                "UPDATE regions SET name = 'r' || id, id = id + 1 WHERE id = 12");
        assertThat(lines()).isEqualTo("3:Z2,n2,r12 4:Z3,n3,- 11:Z1,n1,north! 12:Z1,n1,north!");
        assertThat(tickets()).isEqualTo("1:Z1 2:- 3:Z3");
    }

    /** Rows that exchange their keys in one transaction keep what is theirs. */
    @Test
    void rowsThatExchangeTheirKeys() throws Exception {
        bed.execute("BEGIN; UPDATE lines SET id = 9 WHERE id = 1; UPDATE lines SET id = 1 WHERE id = 3;"
                + " UPDATE lines SET id = 3 WHERE id = 9; COMMIT");
        bed.execute("UPDATE customers SET name = 'n' || id");
        assertThat(lines()).isEqualTo("1:n2,-,south 2:n1,kind,north 3:n1,kind,north 4:n3,late,-");
    }

    @Test
    void deletes() throws Exception {
        bed.execute("DELETE FROM regions WHERE id = 1");
        assertThat(lines()).isEqualTo("1:Ann,kind,- 2:Ann,kind,- 3:Bob,-,south 4:Cy,late,-");
        bed.execute("DELETE FROM orders WHERE id = 1");
        assertThat(lines()).isEqualTo("2:Ann,kind,- 3:Bob,-,south 4:Cy,late,-");
        assertThat(tickets()).isEqualTo("1:- 2:- 3:Cy");
        bed.execute("DELETE FROM customers WHERE id = 3", "DELETE FROM lines WHERE id = 3");
        assertThat(lines()).isEqualTo("2:Ann,kind,-");
        assertThat(tickets()).isEqualTo("1:- 2:- 3:-");
    }

    /** A row that is deleted and comes back, in one transaction and in one statement. */
    @Test
    void rowsThatComeBack() throws Exception {
        bed.execute(
                "BEGIN; DELETE FROM customers WHERE id = 2; INSERT INTO customers VALUES (2, 12, 1, 'Eve', 'e');"
                        + " INSERT INTO orders (id, customer_code) VALUES (3, 12); INSERT INTO lines (id, order_id) VALUES (3, 3); COMMIT");
        bed.execute(
                "WITH gone AS (DELETE FROM lines WHERE id = 1 RETURNING id) INSERT INTO lines (id, order_id) SELECT id + 7, 3 FROM gone",
                "UPDATE customers SET name = name || '?'");
        assertThat(lines()).isEqualTo("2:Ann?,kind,north 3:Eve?,e,north 4:Cy?,late,- 8:Eve?,e,north");
    }

    /** All that is new may come in one statement, whichever part of it runs first. */
    @Test
    void oneStatementForTheWholeWay() throws Exception {
        bed.execute("WITH l AS (INSERT INTO lines (id, order_id, customer_name) VALUES (9, 9, 'Di')),"
                + " o AS (INSERT INTO orders (id, customer_code) VALUES (9, 19))"
                + " INSERT INTO customers VALUES (9, 19, 1, 'Di', 'd')");
        assertThat(lines()).endsWith(" 9:Di,d,north");
        bed.execute(
                "WITH c AS (UPDATE customers SET name = 'Dora' WHERE id = 9), m AS (UPDATE lines SET order_id = 9 WHERE id = 1)"
                        + " INSERT INTO lines (id, order_id) VALUES (10, 9)");
        assertThat(lines()).startsWith("1:Dora,d,north ").endsWith(" 9:Dora,d,north 10:Dora,d,north");
        bed.execute("UPDATE customers SET name = 'Dot' WHERE id = 9");
        assertThat(lines()).endsWith(" 9:Dot,d,north 10:Dot,d,north");
    }

    @Test
    void truncate() throws Exception {
        bed.execute(
                "TRUNCATE lines", "INSERT INTO lines (id, order_id) VALUES (1, 1)", "UPDATE customers SET name = 'x'");
        assertThat(lines()).isEqualTo("1:x,kind,north");
        bed.execute("TRUNCATE orders CASCADE");
        assertThat(lines() + tickets()).isEmpty();
        bed.execute(
                "INSERT INTO orders (id, customer_code) VALUES (1, 12)",
                "INSERT INTO lines (id, order_id) VALUES (1, 1)",
                "UPDATE customers SET name = 'y'");
        assertThat(lines()).isEqualTo("1:y,-,south");
        bed.execute("TRUNCATE regions, customers, orders, lines, tickets");
        bed.execute(ROWS);
        bed.execute("UPDATE customers SET name = 'z'");
        assertThat(lines()).startsWith("1:z,kind,north");
    }

    @Test
    void insertOnConflictMergeAndCopy() throws Exception {
        bed.execute(
                "INSERT INTO lines (id, order_id) VALUES (1, 3), (5, 3) ON CONFLICT DO NOTHING",
                "INSERT INTO lines (id, order_id) VALUES (2, 4), (6, 4) ON CONFLICT (id) DO UPDATE"
                        + " SET order_id = EXCLUDED.order_id, customer_name = EXCLUDED.customer_name,"
                        + " customer_note = EXCLUDED.customer_note, region_name = EXCLUDED.region_name",
                "INSERT INTO customers VALUES (1, 11, 2, 'Amy', NULL) ON CONFLICT (id) DO UPDATE"
                        + " SET name = EXCLUDED.name, region_id = EXCLUDED.region_id",
                "MERGE INTO orders USING (VALUES (3, 11), (4, 0), (7, 12)) AS v (id, code) ON orders.id = v.id"
                        + " WHEN MATCHED AND code = 0 THEN DELETE"
                        + " WHEN MATCHED THEN UPDATE SET customer_code = code"
                        + " WHEN NOT MATCHED THEN INSERT (id, customer_code) VALUES (v.id, code)");
        try (var connection = bed.connect()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY lines (id, order_id) FROM STDIN", new StringReader("20\t7\n21\t1\n"));
        }
        assertThat(lines())
                .isEqualTo("1:Amy,kind,south 3:Amy,kind,south 5:Amy,kind,south 20:Bob,-,south 21:Amy,kind,south");
    }

    @Test
    void bulk() throws Exception {
        bed.execute(
                "INSERT INTO orders (id, customer_code) SELECT 10 + n, 11 + n % 3 FROM generate_series(1, 300) n",
                "INSERT INTO lines (id, order_id) SELECT 10 + n, 11 + n % 300 FROM generate_series(1, 1200) n",
                "UPDATE orders SET customer_code = 24 - customer_code WHERE id > 10 AND id % 2 = 0",
                "UPDATE lines SET order_id = 11 + (order_id + 7) % 300 WHERE id > 10 AND id % 5 = 0",
                "UPDATE customers SET name = name || '+', region_id = 1",
                "DELETE FROM lines WHERE id > 10 AND id % 4 = 0");
        assertThat(bed.query("SELECT concat_ws(':', customer_name, region_name, count(*)) FROM lines WHERE id > 10"
                        + " GROUP BY customer_name, region_name ORDER BY 1"))
                .hasSize(3)
                .allMatch(row -> row.contains("+:north:"));
    }

    @Test
    void savepointThatIsRolledBack() throws Exception {
        bed.execute("BEGIN; UPDATE customers SET name = 'x' WHERE id = 1; SAVEPOINT s; UPDATE lines SET order_id = 1;"
                + " UPDATE orders SET customer_code = 11; UPDATE customers SET name = 'y'; ROLLBACK TO SAVEPOINT s;"
                + " UPDATE lines SET order_id = 1 WHERE id = 3; UPDATE customers SET name = 'z' WHERE id = 1; COMMIT");
        assertThat(lines()).isEqualTo("1:z,kind,north 2:z,kind,north 3:z,kind,north 4:Cy,late,-");
    }

    /** A trigger of the user's changes the row again, from within the statement. */
    @Test
    void rowsThatTriggersMoveOn() throws Exception {
        bed.execute(
                "CREATE FUNCTION on_to_3() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " UPDATE lines SET order_id = 3 WHERE id = NEW.id AND order_id <> 3; RETURN NULL; END $$",
                "CREATE TRIGGER a_after AFTER INSERT OR UPDATE OF order_id ON lines FOR EACH ROW EXECUTE FUNCTION on_to_3()",
                "UPDATE lines SET order_id = 4 WHERE id = 1",
                "INSERT INTO lines (id, order_id) VALUES (9, 1)",
                "UPDATE customers SET name = 'n' || id");
        assertThat(lines()).startsWith("1:n2,-,south ").endsWith(" 9:n2,-,south");
    }

    /** A trigger that runs behind all that fills copies. */
    @Test
    @Withstands(16)
    void whatATriggerRewritesAfterOurs() throws Exception {
        bed.execute(
                "CREATE FUNCTION rewrite() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN NEW.order_id := 3; RETURN NEW; END $$",
                "CREATE TRIGGER zzzzz BEFORE INSERT OR UPDATE OF id ON lines FOR EACH ROW EXECUTE FUNCTION rewrite()",
                "INSERT INTO lines (id, order_id) VALUES (9, 1)",
                "UPDATE lines SET id = 10 WHERE id = 1",
                "UPDATE customers SET name = 'n' || id");
        assertThat(lines()).endsWith(" 9:n2,-,south 10:n2,-,south");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO lines (id, order_id, customer_name) VALUES (9, 1, 'x')",
                "INSERT INTO tickets (id, customer_name) VALUES (9, 'x')",
                "UPDATE lines SET region_name = 'x' WHERE id = 1",
                "UPDATE lines SET customer_note = NULL WHERE id = 1",
                "UPDATE lines SET order_id = 3, customer_name = 'x' WHERE id = 1",
                "UPDATE orders SET customer_note = 'x' WHERE id = 3"
            })
    void refusesAnotherValue(String statement) {
        var refusal = catchThrowableOfType(PSQLException.class, () -> bed.execute(statement));
        assertThat(refusal.getSQLState()).isEqualTo("23514");
        assertThat(refusal.getMessage()).contains("takes no direct writes");
    }

    @Test
    void takesTheValueThatIsRight() throws Exception {
        bed.execute(
                "INSERT INTO lines (id, order_id, customer_name, region_name) VALUES (9, 1, 'Ann', 'north')",
                "UPDATE lines SET order_id = 3, customer_name = 'Bob' WHERE id = 9",
                "SET schemaproof.repair = 'on'; UPDATE lines SET customer_name = 'x' WHERE id = 1");
        assertThat(lines()).startsWith("1:Ann,kind,north").endsWith("9:Bob,-,south");
    }

    @Test
    void rowsThatReferToTheirOwnTable() throws Exception {
        bed.execute(
                "INSERT INTO nodes (id, name, parent_id) VALUES (3, 'c', 2), (2, 'b', 1), (1, 'a', 1), (4, 'd', 3)");
        assertThat(nodes()).containsExactly("1:a", "2:a", "3:a", "4:b");
        bed.execute("UPDATE nodes SET name = name || '!'", "UPDATE nodes SET parent_id = 4 WHERE id = 1");
        assertThat(nodes()).containsExactly("1:c!", "2:d!", "3:a!", "4:b!");
        bed.execute(
                "UPDATE nodes SET parent_id = NULL WHERE id = 2", "UPDATE nodes SET id = id + 10, name = 'n' || id");
        assertThat(nodes()).containsExactly("11:n3", "12", "13", "14:n2");
        bed.execute("DELETE FROM nodes WHERE id = 12");
        assertThat(nodes()).isEmpty();
    }

    @Test
    void compositeKeysAndNamesThatHideOthers() throws Exception {
        bed.execute(
                "INSERT INTO meters VALUES (1, 1, 'kWh'), (2, 1, NULL)",
                "INSERT INTO readings (id, zone, meter_id) SELECT n, 1 + n % 2, nullif(n % 5, 0) / n FROM generate_series(1, 2) n",
                "INSERT INTO readings (id, zone, meter_id) SELECT n, 1 + n % 2, 1 FROM generate_series(3, 20) n",
                "UPDATE meters SET unit = coalesce(unit, '') || '?'",
                "UPDATE readings SET zone = 2 WHERE id = 4",
                "UPDATE readings SET id = id + 100 WHERE id > 6",
                "UPDATE meters SET zone = 3 WHERE zone = 2",
                "UPDATE meters SET unit = unit || zone");
        assertThat(
                        bed.query(
                                "SELECT concat_ws(':', zone, unit, count(*)) FROM readings WHERE id > 2 GROUP BY zone, unit ORDER BY 1"))
                .containsExactly("1:kWh?1:8", "3:?3:10");
        bed.execute(
                "INSERT INTO \"new\" VALUES (1, 'one', NULL), (2, NULL, 2)",
                "INSERT INTO tie (next, copied) VALUES (1, 1), (2, 2)",
                "UPDATE \"new\" SET found_row = coalesce(found_row, 'none') || '!', tag = 7",
                "UPDATE tie SET copied = 1 WHERE next = 2",
                "UPDATE \"new\" SET \"old id\" = \"old id\" + 5, tag = 8");
        assertThat(bed.query("SELECT concat_ws(':', next, \"it's\", tag) FROM tie ORDER BY next"))
                .containsExactly("1:one!:8.00", "2:one!:8.00");
    }

    @Test
    @Withstands({18, 19, 20})
    void askForNoRightsAndTrustNoSearchPath() throws Exception {
        var role = bed.role("writer");
        bed.execute(
                "CREATE ROLE " + role,
                "GRANT INSERT, UPDATE, SELECT, DELETE ON lines, customers TO " + role,
                "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY none ON orders USING (false)");
        try {
            bed.execute("SET ROLE " + role + "; CREATE TEMP TABLE orders (id int, customer_code int);"
                    + " INSERT INTO lines (id, order_id) VALUES (9, 3); UPDATE lines SET order_id = 4 WHERE id = 1;"
                    + " UPDATE customers SET name = 'Bo' WHERE id = 2; DELETE FROM lines WHERE id = 2");
            assertThat(lines()).isEqualTo("1:Cy,late,- 3:Bo,-,south 4:Cy,late,- 9:Bo,-,south");
        } finally {
            bed.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    /** What no trigger has seen is found and put right; running the script again ties it. */
    @Test
    @Withstands({23, 25})
    void findsRepairsAndTiesWhatNoTriggerHasSeen() throws Exception {
        bed.execute("SET session_replication_role = replica; INSERT INTO lines VALUES (9, 3, 'x', NULL, 'south');"
                + " UPDATE customers SET note = 'new' WHERE id = 1; UPDATE lines SET order_id = 4 WHERE id = 2");
        assertThat(bed.drift())
                .containsExactly(
                        "reconcile/line-name.drift.sql: 2",
                        "reconcile/line-name.drift.sql: 9",
                        "reconcile/line-note.drift.sql: 1",
                        "reconcile/line-note.drift.sql: 2",
                        "reconcile/line-region.drift.sql: 2",
                        "reconcile/order-note.drift.sql: 1",
                        "reconcile/order-note.drift.sql: 2");
        bed.repair();
        assertThat(bed.drift()).isEmpty();
        bed.execute(bed.script("triggers.sql"));
        bed.execute("UPDATE customers SET name = 'n' || id");
        assertThat(lines()).isEqualTo("1:n1,new,north 2:n3,late,- 3:n2,-,south 4:n3,late,- 9:n2,-,south");
    }

    /** Rows without a tie where the way leads on, and ties of rows that are gone or have moved. */
    private List<String> loose() throws SQLException {
        return bed.query("SELECT 'line ' || l.id FROM lines l FULL JOIN (\"schemaproof_tie_lines.order.customer.0\" t"
                + " JOIN \"schemaproof_tie_lines.order.customer.1\" o ON o.tag = t.next) ON t.key_1 = l.id AND o.key_1 = l.order_id"
                + " WHERE l.id IS NULL OR t.key_1 IS NULL"
                + " UNION ALL SELECT 'order ' || o.id FROM orders o"
                + " FULL JOIN (\"schemaproof_tie_lines.order.customer.1\" t"
                + " JOIN \"schemaproof_tie_lines.order.customer.2\" c ON c.tag = t.next) ON t.key_1 = o.id AND c.key_1 = o.customer_code"
                + " WHERE o.id IS NULL OR t.key_1 IS NULL"
                + " UNION ALL SELECT 'customer ' || c.id FROM customers c"
                + " FULL JOIN \"schemaproof_tie_lines.order.customer.2\" t ON t.key_1 = c.code"
                + " WHERE c.id IS NULL OR t.key_1 IS NULL");
    }

    private String lines() throws SQLException {
        return String.join(
                " ",
                bed.query("SELECT id || ':' || customer_name || ',' || coalesce(customer_note, '-') || ','"
                        + " || coalesce(region_name, '-') FROM lines ORDER BY id"));
    }

    private String tickets() throws SQLException {
        return String.join(" ", bed.query("SELECT id || ':' || coalesce(customer_name, '-') FROM tickets ORDER BY id"));
    }

    private String orders() throws SQLException {
        return String.join(" ", bed.query("SELECT id || ':' || coalesce(customer_note, '-') FROM orders ORDER BY id"));
    }

    private List<String> nodes() throws SQLException {
        return bed.query("SELECT concat_ws(':', id, above) FROM nodes ORDER BY id");
    }
}
