package dev.schemaproof.prove.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.Templates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SynthesizerTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final int ROWS = 30;

    static final String EVERY_TYPE = """
            schema: s
            types:
              mood: {enum: [good, bad]}
              code: {domain: string(6), check: "value ~ '^[A-Z]{2}-[0-9]+$'"}
              share: {domain: "decimal(3,2)", check: value between 0 and 1}
            entities:
              Everything:
                attributes:
                  id: {type: bigint, identity: always}
                  name: text
                  short: string(3)
                  fixed: char(4)
                  u: uuid
                  si: smallint
                  i: int
                  d: "decimal(10,2)"
                  f: float
                  dp: double
                  b: boolean
                  day: date
                  hour: time
                  local: timestamp
                  moment: timestamptz
                  span: interval
                  doc: json
                  raw: bytes
                  address: inet
                  tags: "text[]"
                  moods: "mood[]"
                  mood: mood
                  code: {type: code, values: {skew: {AB-1: 50%, CD-22: 50%}}}
                  share: {type: share, optional: true}
                  twice: {type: int, generated: i * 2}
                  email: {type: text, check: "email ~ '@'"}
                  status: {type: text, check: "status in ('open', 'done')"}
                key: [id]
                unique: [[short], [fixed], [u], [email]]
                checks:
                  positive: d > 0
                  ordered: local < moment
            """;

    @Test
    void makesRowsOfEveryType() throws Exception {
        Model model = Models.read(EVERY_TYPE);
        RunningDatabase database = database(model);
        fill(model, database);

        assertThat(query(database, "SELECT count(*), count(DISTINCT short), count(DISTINCT email) FROM everything"))
                .containsExactly("30|30|30");
        assertThat(query(database, "SELECT DISTINCT status FROM everything ORDER BY 1"))
                .containsExactly("done", "open");
        assertThat(query(database, "SELECT count(DISTINCT mood), count(DISTINCT code) FROM everything"))
                .containsExactly("2|2");
        assertThat(query(database, "SELECT count(*) FROM everything WHERE share IS NULL"))
                .first()
                .satisfies(nulls -> assertThat(Integer.parseInt(nulls)).isBetween(1, 20));
    }

    @Test
    void makesTheSameRowsFromTheSameSeed() throws Exception {
        Model model = Models.read(EVERY_TYPE);
        RunningDatabase one = database(model);
        RunningDatabase two = database(model);
        fill(model, one);
        fill(model, two);

        String rows = "SELECT everything::text FROM everything ORDER BY id";
        assertThat(query(one, rows)).hasSize(ROWS).isEqualTo(query(two, rows));
    }

    @Test
    void followsReferencesInWhateverOrderTheyAreDeclared() throws Exception {
        Model model = Models.read("""
                schema: s
                entities:
                  Line:
                    attributes: {order_tenant: int, order_no: int, n: smallint, amount: int}
                    key: [order_tenant, order_no, n]
                    references:
                      order: {entity: Order, attributes: [order_tenant, order_no]}
                  Order:
                    table: orders
                    attributes: {tenant_id: int, no: int, customer: "int null"}
                    key: [tenant_id, no]
                    references:
                      tenant: {entity: Tenant}
                      buyer: {entity: Customer, attributes: [tenant_id, customer]}
                  Customer:
                    attributes: {tenant_id: int, no: int}
                    key: [tenant_id, no]
                    references: {tenant: {entity: Tenant}}
                  Tenant:
                    attributes: {id: int}
                    key: [id]
                  Category:
                    attributes: {id: {type: int, identity: by-default}, parent_id: "int null"}
                    key: [id]
                    references: {parent: {entity: Category}}
                """);
        RunningDatabase database = database(model);
        fill(model, database);

        assertThat(query(database, "SELECT count(*) FROM line")).containsExactly("30");
        assertThat(query(database, "SELECT count(*) > 0 FROM orders WHERE customer IS NOT NULL"))
                .containsExactly("t");
        assertThat(query(database, "SELECT count(*) > 0 FROM category WHERE parent_id IS NOT NULL"))
                .containsExactly("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"optional: true", "deferrable"})
    void breaksCirclesWhereTheModelLetsIt(String how) throws Exception {
        boolean optional = how.startsWith("optional");
        Model model = Models.read("""
                schema: s
                entities:
                  Team:
                    attributes:
                      id: uuid
                      lead_id: {type: uuid, optional: %s}
                    key: [id]
                    references: {lead: {entity: Person, deferrable: %s}}
                  Person:
                    attributes: {id: uuid, team_id: uuid}
                    key: [id]
                    references: {team: {entity: Team, deferrable: %s}}
                """.formatted(optional, !optional, !optional));
        RunningDatabase database = database(model);
        fill(model, database);

        assertThat(query(database, "SELECT count(*) FROM team JOIN person ON person.id = team.lead_id"))
                .containsExactly("30");
        assertThat(query(database, "SELECT count(*) FROM person JOIN team ON team.id = person.team_id"))
                .containsExactly("30");
    }

    @Test
    void stopsWhereAKeyHasNoMoreValues() throws Exception {
        Model model = Models.read("""
                schema: s
                types: {mood: {enum: [good, bad]}}
                entities:
                  T: {attributes: {mood: mood, flag: boolean}, key: [mood, flag]}
                """);
        RunningDatabase database = database(model);
        fill(model, database);

        assertThat(query(database, "SELECT count(*) FROM t")).containsExactly("4");
    }

    @Test
    void saysForWhichEntityNoRowCanBeMadeUp() throws Exception {
        Model model = Models.read("""
                schema: s
                entities:
                  T:
                    attributes: {id: int, word: {type: text, check: "md5(word) = 'x'"}}
                    key: [id]
                """);
        RunningDatabase database = database(model);

        assertThatExceptionOfType(NoRowsException.class)
                .isThrownBy(() -> fill(model, database))
                .withMessageContaining("no row of `T` could be made up that the database accepts: new row for relation"
                        + " \"t\" violates check constraint");
        assertThat(query(database, "SELECT count(*) FROM t")).containsExactly("0");
    }

    @Test
    void saysThatACircleOfRequiredReferencesCannotBeFilled() throws Exception {
        Model model = Models.read("""
                schema: s
                entities:
                  Egg: {attributes: {id: int, hen_id: int}, key: [id], references: {hen: {entity: Hen}}}
                  Hen: {attributes: {id: int, egg_id: int}, key: [id], references: {egg: {entity: Egg}}}
                """);
        RunningDatabase database = database(model);

        assertThatExceptionOfType(NoRowsException.class)
                .isThrownBy(() -> fill(model, database))
                .withMessageContaining("refer to each other in a circle");
    }

    private static RunningDatabase database(Model model) throws Exception {
        RunningDatabase database = SERVER.database();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (var artifact : new RelationalGenerator(Templates.builtIn())
                    .generate(new Facts(model))
                    .toList()) {
                statement.execute(artifact.text());
            }
        }
        return database;
    }

    private static void fill(Model model, RunningDatabase database) throws SQLException, NoRowsException {
        var store = model.relationalStore().orElseThrow();
        try (Connection connection = database.connect()) {
            new Synthesizer(new Facts(model), store, List.of(), 7).fill(connection, model.entitiesOf(store), ROWS);
        }
    }

    private static List<String> query(RunningDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (row.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    cells.add(row.getString(i));
                }
                lines.add(String.join("|", cells));
            }
            return lines;
        }
    }
}
