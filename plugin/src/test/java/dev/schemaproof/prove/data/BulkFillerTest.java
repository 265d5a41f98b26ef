package dev.schemaproof.prove.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.data.BulkFiller.Filled;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.Templates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkFillerTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

    private static final String SHOP = """
            schema: s
            types: {mood: {enum: [good, bad, none]}}
            entities:
              Country:
                rows: 200
                attributes: {code: "string(2)", name: text}
                key: [code]
              Customer:
                rows: 40k
                attributes:
                  id: uuid
                  email: {type: text, values: {width: 28}}
                  country_code: {type: "string(2)", values: {skew: {DE: 60%, FR: 15%}}}
                  mood: mood
                  phone: {type: text, optional: true, values: {nulls: 35%, width: 14}}
                  joined_at: {type: timestamptz, default: now()}
                key: [id]
                unique: [[email]]
                references: {country: {entity: Country}}
              Orders:
                rows: 400k
                attributes:
                  id: {type: bigint, identity: always}
                  customer_id: uuid
                  state: {type: text, values: {distinct: 5, skew: {paid: 80%, open: 5%}}}
                  note: {type: text, values: {width: 90}}
                  due: date
                  shipped_at: {type: timestamp, optional: true}
                  ordered_at: timestamp
                key: [id]
                references: {customer: {entity: Customer, perParent: 20}}
                checks: {after: shipped_at > ordered_at}
              Likes:
                rows: 100k
                attributes: {customer_id: uuid, order_id: bigint, at: {type: timestamptz, default: now()}}
                key: [customer_id, order_id]
                references:
                  customer: {entity: Customer, perParent: 50}
                  order: {entity: Orders}
            """;

    @Test
    void makesWhatIsDeclared() throws Exception {
        Model model = Models.read(SHOP);
        RunningDatabase database = database(model);

        Filled filled = fill(model, database, Volume.times(0.05), 7);

        assertThat(filled.refused()).isEmpty();
        assertThat(filled.rows())
                .isEqualTo(Map.of("Country", 200L, "Customer", 2_000L, "Orders", 20_000L, "Likes", 5_000L));
        assertThat(query(database, "SELECT count(*) FROM orders")).containsExactly("20000");
        assertThat(query(database, """
                        SELECT count(DISTINCT email), count(DISTINCT mood), count(*) FILTER (WHERE phone IS NULL),
                               count(DISTINCT country_code)
                        FROM customer""")).containsAnyOf("2000|3|700|198", "2000|3|700|199", "2000|3|700|200");
        // A few of the rest are in these countries, too
        assertThat(number(database, "SELECT count(*) FROM customer WHERE country_code = 'DE'"))
                .isBetween(1_200, 1_210);
        assertThat(number(database, "SELECT count(*) FROM customer WHERE country_code = 'FR'"))
                .isBetween(300, 310);
        assertThat(query(database, """
                        SELECT count(DISTINCT customer_id), count(DISTINCT state), count(*) FILTER (WHERE state = 'paid'),
                               count(*) FILTER (WHERE state = 'open'), max(length(note)), min(length(note))
                        FROM orders""")).containsExactly("1000|5|16000|1000|89|89");
        assertThat(query(database, "SELECT min(n), max(n) FROM (SELECT count(*) n FROM orders GROUP BY customer_id) t"))
                .containsExactly("20|20");
        assertThat(query(database, "SELECT min(due), max(due) FROM orders")).containsExactly("2023-09-06|2026-06-01");
        assertThat(
                        query(
                                database,
                                "SELECT date_trunc('second', max(joined_at)), min(joined_at) > '2023-09-05 12:00' FROM customer"))
                .containsExactly("2026-06-01 11:59:59+00|t");
        assertThat(number(database, "SELECT count(*) FROM orders WHERE shipped_at IS NULL"))
                .isBetween(4_000, 12_000);
    }

    @Test
    void scattersChildrenAsInLife() throws Exception {
        Model model = Models.read(SHOP);
        RunningDatabase database = database(model);
        fill(model, database, Volume.times(0.05), 7);

        String correlation =
                "SELECT attname FROM pg_stats WHERE tablename = 'orders' AND abs(correlation) %s ORDER BY 1";
        assertThat(query(database, correlation.formatted("> 0.99"))).containsExactly("id");
        // A state that most rows have correlates with itself
        assertThat(query(database, correlation.formatted("< 0.05")))
                .containsExactly("customer_id", "due", "note", "ordered_at", "shipped_at");
        assertThat(number(database, "SELECT count(DISTINCT order_id) FROM likes"))
                .isGreaterThan(4_000);
        assertThat(query(database, "SELECT count(DISTINCT customer_id) FROM likes"))
                .containsExactly("100");
    }

    @Test
    void makesTheSameRowsFromTheSameSeed() throws Exception {
        Model model = Models.read(SHOP);
        List<List<String>> all = new ArrayList<>();
        for (long seed : List.of(7L, 7L, 8L)) {
            RunningDatabase database = database(model);
            fill(model, database, Volume.times(0.01), seed);
            all.add(query(database, "SELECT orders::text FROM orders ORDER BY id"));
        }

        assertThat(all.get(0)).hasSize(4_000).isEqualTo(all.get(1));
        assertThat(all.get(0)).doesNotContainAnyElementsOf(all.get(2));
    }

    @Test
    void goesOnWithIdentitiesAfterwards() throws Exception {
        Model model = Models.read("""
                schema: s
                entities:
                  T: {rows: 3k, attributes: {id: {type: bigint, identity: by-default}, name: text}, key: [id]}
                """);
        RunningDatabase database = database(model);
        fill(model, database, Volume.DECLARED, 7);

        assertThat(query(database, "INSERT INTO t (name) VALUES ('x') RETURNING id"))
                .containsExactly("3001");
    }

    /** As many rows a day as there are more rows than days, in the order in which they came; another day each where that is a key. */
    @Test
    void spreadsDaysOverRows() throws Exception {
        Model model = Models.read("""
                schema: s
                entities:
                  T:
                    rows: 3k
                    attributes: {id: {type: int, identity: always}, day: {type: date, default: current_date}, no: {type: int, identity: by-default}}
                    key: [id]
                  Report: {rows: 3k, attributes: {day: {type: date, default: current_date}}, key: [day]}
                """);
        RunningDatabase database = database(model);

        assertThat(fill(model, database, Volume.DECLARED, 7).refused()).isEmpty();
        assertThat(query(database, """
                        SELECT count(*), count(DISTINCT day), max(day) - min(day), count(DISTINCT no), max(day) <= current_date FROM t""")).containsExactly("3000|1000|999|3000|t");
        assertThat(query(database, "SELECT min(n), max(n) FROM (SELECT count(*) AS n FROM t GROUP BY day) AS days"))
                .containsExactly("3|3");
        assertThat(
                        query(
                                database,
                                "SELECT count(*) FROM (SELECT day < lag(day) OVER (ORDER BY id) AS back FROM t) AS days WHERE back"))
                .containsExactly("0");
        assertThat(query(database, "SELECT count(DISTINCT day) FROM report")).containsExactly("3000");
    }

    @Test
    void makesRowsOfEveryType() throws Exception {
        Model model = Models.read(SynthesizerTest.EVERY_TYPE);
        RunningDatabase database = database(model);
        Filled filled = fill(model, database, Volume.atMost(2_000), 7);

        assertThat(filled.refused()).isEmpty();
        assertThat(query(database, """
                        SELECT count(*), count(DISTINCT short), count(DISTINCT email), count(DISTINCT status),
                               count(DISTINCT mood), count(DISTINCT doc) > 1900, count(DISTINCT raw) > 1900
                        FROM everything""")).containsExactly("2000|2000|2000|2|2|t|t");
    }

    @Test
    void followsReferencesThatShareAttributes() throws Exception {
        Model model = Models.read("""
                schema: s
                entities:
                  Line:
                    rows: 10k
                    attributes: {tenant_id: int, no: int, n: smallint, product_no: int}
                    key: [tenant_id, no, n]
                    references:
                      order: {entity: Order, attributes: [tenant_id, no], perParent: 4}
                      product: {entity: Product, attributes: [tenant_id, product_no]}
                  Order:
                    table: orders
                    rows: 4k
                    attributes: {tenant_id: int, no: int, parent_no: "int null"}
                    key: [tenant_id, no]
                    references:
                      tenant: {entity: Tenant}
                      parent: {entity: Order, attributes: [tenant_id, parent_no]}
                  Product:
                    rows: 2k
                    attributes: {tenant_id: int, no: int}
                    key: [tenant_id, no]
                    references: {tenant: {entity: Tenant}}
                  Tenant: {rows: 20, attributes: {id: int}, key: [id]}
                  Category:
                    rows: 1k
                    attributes: {id: {type: int, identity: by-default}, parent_id: {type: int, optional: true, values: {nulls: 10%}}}
                    key: [id]
                    references: {parent: {entity: Category}}
                """);
        RunningDatabase database = database(model);
        Filled filled = fill(model, database, Volume.DECLARED, 7);

        assertThat(filled.refused()).isEmpty();
        assertThat(filled.rows()).containsEntry("Line", 10_000L);
        assertThat(number(database, "SELECT count(DISTINCT (tenant_id, no)) FROM line"))
                .isBetween(2_400, 2_600);
        assertThat(query(database, "SELECT count(*) FROM category WHERE parent_id IS NULL"))
                .containsExactly("100");
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void breaksCirclesWhereTheModelLetsIt(boolean optional, boolean deferrable) throws Exception {
        Model model = Models.read("""
                schema: s
                entities:
                  Team:
                    rows: 2k
                    attributes: {id: uuid, lead_id: {type: uuid, optional: %s, values: {nulls: 0%%}}}
                    key: [id]
                    references: {lead: {entity: Person, deferrable: %s}}
                  Person:
                    rows: 5k
                    attributes: {id: uuid, team_id: uuid}
                    key: [id]
                    references: {team: {entity: Team, deferrable: %s}}
                """.formatted(optional, deferrable, deferrable));
        RunningDatabase database = database(model);
        Filled filled = fill(model, database, Volume.DECLARED, 7);

        assertThat(filled.refused()).isEmpty();
        assertThat(query(database, "SELECT count(*) FROM team JOIN person ON person.id = team.lead_id"))
                .containsExactly("2000");
    }

    @Test
    void screensRowsByChecksOnSeveralAttributes() throws Exception {
        Model model = Models.read("""
                schema: s
                entities:
                  User: {table: users, rows: 1k, attributes: {id: int}, key: [id]}
                  Follow:
                    table: follows
                    rows: 50k
                    attributes: {follower_id: int, following_id: int, low: int, high: int}
                    key: [follower_id, following_id]
                    references: {follower: {entity: User}, following: {entity: User}}
                    checks: {no_self_follow: follower_id <> following_id, ordered: low < high}
                  Note:
                    rows: 5k
                    attributes: {id: int, follower_id: int, following_id: int}
                    key: [id]
                    references: {follow: {entity: Follow, attributes: [follower_id, following_id]}}
                """);
        RunningDatabase database = database(model);
        Filled filled = fill(model, database, Volume.DECLARED, 7);

        assertThat(filled.refused()).isEmpty();
        // Those who would follow themselves are missing, and nothing refers to them
        assertThat(filled.rows().get("Follow")).isBetween(49_800L, 49_999L);
        assertThat(query(database, "SELECT count(*) FROM note")).containsExactly("5000");
    }

    @Test
    void stopsWhereAKeyHasNoMoreValues() throws Exception {
        Model model = Models.read("""
                schema: s
                types: {mood: {enum: [good, bad]}}
                entities:
                  T: {attributes: {mood: mood, flag: boolean}, key: [mood, flag]}
                """);
        assertThat(fill(model, database(model), Volume.DECLARED, 7).rows()).containsEntry("T", 4L);
    }

    @Test
    void saysWhichTablesCannotBeFilledAndFillsTheOthers() throws Exception {
        Model model = Models.read("""
                schema: s
                entities:
                  T: {rows: 2k, attributes: {id: int, word: {type: text, check: "md5(word) = 'x'"}}, key: [id]}
                  Child: {rows: 2k, attributes: {id: int, t_id: int}, key: [id], references: {t: {entity: T}}}
                  Row:
                    table: late
                    rows: 2k
                    attributes: {id: int, a: int, b: int}
                    key: [id]
                    checks: {never: md5(a::text || b::text) = 'x'}
                  OfRow: {rows: 2k, attributes: {id: int, r_id: "int null"}, key: [id], references: {r: {entity: Row}}}
                  Egg: {attributes: {id: int, hen_id: int}, key: [id], references: {hen: {entity: Hen}}}
                  Hen: {attributes: {id: int, egg_id: int}, key: [id], references: {egg: {entity: Egg}}}
                  Other: {rows: 2k, attributes: {id: int}, key: [id]}
                """);
        Filled filled = fill(model, database(model), Volume.DECLARED, 7);

        assertThat(filled.rows()).isEqualTo(Map.of("OfRow", 2_000L, "Other", 2_000L));
        assertThat(filled.refused()).containsOnlyKeys("T", "Child", "Row", "Egg", "Hen");
        assertThat(filled.refused())
                .containsEntry("T", "no value of `T.word` could be made up that its checks accept")
                .containsEntry(
                        "Child",
                        "`Child` must refer to `T`, which has no rows, as no value of `T.word` could be made up that its checks accept");
        assertThat(filled.refused().get("Row")).endsWith("its checks refuse every row that was tried");
        assertThat(filled.refused().get("Egg")).contains("in a circle");
    }

    @Test
    void refusesWhatItCannotKnowAndGoesOn() throws Exception {
        Model model = Models.read("""
                schema: s
                entities:
                  Priced: {rows: 2k, attributes: {id: {native: money}, name: text}, key: [id]}
                  OfPriced: {rows: 2k, attributes: {id: int, p_id: {native: money}}, key: [id], references: {p: {entity: Priced}}}
                  One: {rows: 2k, attributes: {id: int}, key: [id], references: {two: {entity: Two, attributes: [id], deferrable: true}}}
                  Two: {rows: 2k, attributes: {id: int}, key: [id], references: {one: {entity: One, attributes: [id], deferrable: true}}}
                  Given:
                    rows: 2k
                    attributes: {id: int, at: {type: timestamptz, generated: "'2026-01-01 00:00:00+00'"}}
                    key: [id]
                    indexes: {once: {on: ["(1 + 0 * id)"], unique: true}}
                  Bare: {rows: 2k, attributes: {made: {type: int, generated: "1 + 1"}}}
                """);
        RunningDatabase database = database(model);
        Filled filled = fill(model, database, Volume.DECLARED, 7);

        assertThat(filled.rows()).isEqualTo(Map.of("Bare", 2_000L));
        assertThat(filled.refused()).containsOnlyKeys("Priced", "OfPriced", "One", "Two", "Given");
        assertThat(filled.refused().get("Priced")).endsWith("violates not-null constraint");
        assertThat(filled.refused().get("Given")).contains("duplicate key value");
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

    private static Filled fill(Model model, RunningDatabase database, Volume volume, long seed) throws SQLException {
        var store = model.relationalStore().orElseThrow();
        var facts = new Facts(model);
        try (Connection connection = database.connect()) {
            return new BulkFiller(new Synthesizer(facts, store, List.of(), seed), facts, volume, seed, TODAY)
                    .fill(connection, model.entitiesOf(store));
        }
    }

    private static int number(RunningDatabase database, String sql) throws SQLException {
        return Integer.parseInt(query(database, sql).get(0));
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
