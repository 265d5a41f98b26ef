package dev.schemaproof.prove.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.data.BulkFiller.Filled;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignKeysTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final String TABLES = """
            CREATE TABLE parent (a int, "B b" text, PRIMARY KEY (a, "B b"));
            INSERT INTO parent VALUES (1, 'one'), (2, 'two');
            CREATE TABLE child (a int, "B" text, CONSTRAINT "of parent" FOREIGN KEY (a, "B") REFERENCES parent %s);
            """;

    @Test
    void areCheckedWhenAllRowsAreThere() throws Exception {
        try (Connection connection = SERVER.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES.formatted(""));
            ForeignKeys keys = ForeignKeys.suspended(connection, "child");
            statement.execute("INSERT INTO child VALUES (1, 'one'), (2, 'two'), (3, NULL), (NULL, NULL)");
            keys.check();

            // From now on the database checks them again
            assertThatThrownBy(() -> statement.execute("INSERT INTO child VALUES (1, 'two')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("of parent");
        }
    }

    @Test
    void refuseWhatRefersToNothing() throws Exception {
        try (Connection connection = SERVER.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES.formatted(""));
            ForeignKeys keys = ForeignKeys.suspended(connection, "child");
            statement.execute("INSERT INTO child VALUES (1, 'one'), (1, 'two')");

            assertThatThrownBy(keys::check)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("23503"))
                    .hasMessage("insert or update on table child violates foreign key constraint \"of parent\"");
        }
    }

    /** Some that wait for the end of the transaction would leave rows to check when the others are checked again. */
    @ParameterizedTest
    @ValueSource(strings = {"DEFERRABLE", "MATCH FULL"})
    void areLeftToTheDatabaseWhereItMayCheckLaterOrOtherwise(String how) throws Exception {
        try (Connection connection = SERVER.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES.formatted(how));

            assertThat(ForeignKeys.suspended(connection, "child").keys()).isEmpty();
            assertThatThrownBy(() -> statement.execute("INSERT INTO child VALUES (1, 'two')"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void areLeftToTheDatabaseByWhoeverIsNoSuperuser() throws Exception {
        try (Connection connection = SERVER.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES.formatted(""));
            statement.execute("CREATE ROLE plain; ALTER TABLE child OWNER TO plain; SET ROLE plain");

            assertThat(ForeignKeys.suspended(connection, "child").keys()).isEmpty();
        }
    }

    @Test
    void giveUpATableThatIsFilledWithoutTheRowsItRefersTo() throws Exception {
        Model model = Models.read("""
                schema: s
                entities:
                  Parent: {rows: 1k, attributes: {id: int}, key: [id]}
                  Child: {rows: 2k, attributes: {id: int, parent_id: int}, key: [id], references: {parent: {entity: Parent}}}
                """);
        Facts facts = new Facts(model);
        var store = model.relationalStore().orElseThrow();
        try (Connection connection = SERVER.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE parent (id int PRIMARY KEY);
                    CREATE TABLE child (id int PRIMARY KEY, parent_id int NOT NULL REFERENCES parent);
                    CREATE FUNCTION one_of_them_is_lost() RETURNS trigger LANGUAGE plpgsql AS
                    $$BEGIN RETURN CASE WHEN NEW.id % 100 = 7 THEN NULL ELSE NEW END; END$$;
                    CREATE TRIGGER lost BEFORE INSERT ON parent FOR EACH ROW EXECUTE FUNCTION one_of_them_is_lost();
                    """);
            Filled filled = new BulkFiller(
                            new Synthesizer(facts, store, List.of(), 7),
                            facts,
                            Volume.DECLARED,
                            7,
                            LocalDate.of(2026, 6, 1))
                    .fill(connection, model.entitiesOf(store));

            assertThat(filled.rows()).isEqualTo(Map.of("Parent", 1_000L));
            assertThat(filled.refused().get("Child"))
                    .contains("violates foreign key constraint \"child_parent_id_fkey\"");
        }
    }
}
