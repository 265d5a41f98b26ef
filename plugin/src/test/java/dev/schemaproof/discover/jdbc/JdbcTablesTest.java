package dev.schemaproof.discover.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemaproof.discover.ReadRows;
import dev.schemaproof.discover.table.RelationReader;
import dev.schemaproof.discover.table.TableSource;
import dev.schemaproof.discover.table.UnreadableTableException;
import dev.schemaproof.prove.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables of a real server are read whole, in one snapshot, and left as they were. */
class JdbcTablesTest {

    @RegisterExtension
    private static final TestServer SERVER = new TestServer();

    private Connection writer;
    private Connection reader;

    @BeforeEach
    void connect() throws SQLException {
        var database = SERVER.database();
        writer = database.connect();
        reader = database.connect();
        execute("""
                CREATE TABLE "Odd name" (id int PRIMARY KEY, "na""me" varchar(40), price numeric(8,2) NOT NULL,
                    at timestamptz, tags text[], doc jsonb, place point, gone int);
                ALTER TABLE "Odd name" DROP COLUMN gone;
                INSERT INTO "Odd name" VALUES (1, 'x', 1.5, '2024-01-01 00:00Z', '{a,b}', '{"a": 1}', '(1,2)'),
                    (2, NULL, 2, NULL, NULL, NULL, NULL), (3, '', 1.50, NULL, NULL, NULL, NULL);
                CREATE TABLE logs (day date, text text) PARTITION BY RANGE (day);
                CREATE TABLE logs_2024 PARTITION OF logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
                INSERT INTO logs VALUES ('2024-05-05', 'x');
                CREATE VIEW v AS SELECT 1 AS one;
                """);
    }

    @AfterEach
    void close() throws SQLException {
        writer.close();
        reader.close();
    }

    @Test
    void findsTablesButNeitherPartitionsNorViews() throws Exception {
        assertThat(new JdbcTables(reader).in("public"))
                .extracting(TableSource::shown)
                .containsExactly("Odd name", "logs");
    }

    @Test
    void readsRowsAsTheDatabasePrintsThem() throws Exception {
        var rows = new ReadRows();
        new JdbcTables(reader).table("public", "Odd name").read(rows);

        assertThat(rows.lines().get(0)).isEqualTo("id|na\"me|price|at|tags|doc|place");
        assertThat(rows.lines().get(1)).startsWith("0: 1|x|1.50|2024-01-01 ").endsWith("|{a,b}|{\"a\": 1}|(1,2)");
        assertThat(rows.lines().get(2)).isEqualTo("0: 2|<null>|2.00|<null>|<null>|<null>|<null>");
        assertThat(rows.lines().get(3)).isEqualTo("0: 3||1.50|<null>|<null>|<null>|<null>");
    }

    @Test
    void knowsTypesInTheWordsOfTheLanguage() throws Exception {
        var relation =
                RelationReader.read(new JdbcTables(reader).table("public", "Odd name"), Long.MAX_VALUE, 16 << 20);

        assertThat(relation.columns().stream().map(column -> column.type().orElseThrow()))
                .containsExactly(
                        "int", "string(40)", "decimal(8,2)", "timestamptz", "text[]", "json", "{native: \"point\"}");
        assertThat(relation.columns().stream().filter(column -> column.required()))
                .extracting(column -> column.name())
                .containsExactly("id", "price");
    }

    @Test
    void readsPartitionsAsOneTableAndMoreRowsThanComeAtATime() throws Exception {
        execute("INSERT INTO logs SELECT '2024-06-06', 'row ' || i FROM generate_series(1, 9999) AS i");
        var tables = new JdbcTables(reader);

        var relation = RelationReader.read(tables.table("public", "logs"), Long.MAX_VALUE, 16 << 20);
        assertThat(relation.rows()).isEqualTo(10_000);
        assertThat(relation.profile(1).values()).isEqualTo(10_000);
        assertThat(RelationReader.read(tables.table("public", "logs"), 10, 16 << 20)
                        .rows())
                .isEqualTo(10);
    }

    @Test
    void seesOneSnapshot() throws Exception {
        var tables = new JdbcTables(reader);
        var before = new ReadRows();
        tables.table("public", "logs").read(before);
        execute("INSERT INTO logs VALUES ('2024-07-07', 'later')");
        var after = new ReadRows();
        tables.table("public", "logs").read(after);

        assertThat(after.lines()).isEqualTo(before.lines());
    }

    @Test
    void canNotWrite() throws Exception {
        new JdbcTables(reader);

        try (var statement = reader.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM logs"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("read-only transaction");
        }
    }

    @Test
    void goesOnAfterATableThatCanNotBeRead() throws Exception {
        execute("""
                CREATE SCHEMA other;
                CREATE TABLE broken AS SELECT 0 AS zero;
                ALTER TABLE broken ADD COLUMN wrong int GENERATED ALWAYS AS (1 / zero) VIRTUAL
                """);
        var tables = new JdbcTables(reader);

        assertThat(flaw(tables.table("other", "none")))
                .isEqualTo("other.none: there is no such table, or it has no columns");
        assertThat(flaw(tables.table("public", "broken"))).isEqualTo("broken: can't be read: division by zero");
        var rows = new ReadRows();
        tables.table("public", "logs").read(rows);
        assertThat(rows.lines()).containsExactly("day|text", "0: 2024-05-05|x");
    }

    private static String flaw(TableSource table) {
        return catchThrowableOfType(UnreadableTableException.class, () -> table.read(new ReadRows()))
                .getMessage();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = writer.createStatement()) {
            statement.execute(sql);
        }
    }
}
