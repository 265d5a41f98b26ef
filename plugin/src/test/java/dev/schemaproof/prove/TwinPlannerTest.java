package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.engine.EngineRequest;
import dev.schemaproof.prove.engine.RunningDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database without rows is planned as one that was filled and analyzed. */
class TwinPlannerTest {

    @RegisterExtension
    static final TestServer NEWEST = new TestServer();

    @RegisterExtension
    static final TestServer OLDEST = new TestServer(EngineRequest.OLDEST_MAJOR);

    private static final Model MODEL = Models.read("""
            schema: s
            entities:
              Person:
                rows: 20k
                attributes:
                  id: int
                  email: {type: text, values: {width: 20}}
                  note: {type: text, optional: true, values: {nulls: 50%, width: 100}}
                key: [id]
                unique: [[email]]
              Post:
                rows: 200k
                attributes:
                  id: int
                  author_id: int
                  status: {type: text, values: {skew: {paid: 90%, open: 10%}, width: 5}}
                  body: {type: text, values: {width: 120, distinct: 200k}}
                  created_at: timestamptz
                key: [id]
                references: {author: {entity: Person, attributes: [author_id], perParent: 10}}
                indexes:
                  by_author: {on: [author_id, created_at desc]}
                  by_status: {on: [status]}
                  by_lower: {on: [lower(body)]}
                  open_ones: {on: [created_at], where: status = 'open'}
                  by_hash: {on: [author_id], using: hash}
            """);

    private static final List<String> TABLES = List.of(
            "CREATE TABLE person (id int PRIMARY KEY, email text NOT NULL UNIQUE, note text)",
            "CREATE TABLE post (id int PRIMARY KEY, author_id int NOT NULL REFERENCES person, status text NOT NULL,"
                    + " body text NOT NULL, created_at timestamptz NOT NULL)",
            "CREATE INDEX by_author ON post (author_id, created_at DESC)",
            "CREATE INDEX by_status ON post (status)",
            "CREATE INDEX by_lower ON post (lower(body))",
            "CREATE INDEX open_ones ON post (created_at) WHERE status = 'open'",
            "CREATE INDEX by_hash ON post USING hash (author_id)");

    private static final List<String> ROWS = List.of(
            "INSERT INTO person SELECT n, lpad(n::text, 20, 'm'), CASE WHEN n % 2 = 0 THEN repeat('n', 99) END"
                    + " FROM generate_series(1, 20000) n",
            "INSERT INTO post SELECT n, 1 + (hashint4(n) & 16383), CASE WHEN n % 10 = 0 THEN 'open' ELSE 'paid' END,"
                    + " lpad(n::text, 119, 'b'), now() - 1000 * random() * interval '1 day' FROM generate_series(1, 200000) n",
            "ANALYZE");

    private static final List<Server> SERVERS = new ArrayList<>();

    /** The same tables with rows and without, on one server, and what plans without. */
    private record Server(RunningDatabase real, RunningDatabase empty, Bench bench) {}

    @BeforeAll
    static void fill() throws SQLException {
        for (TestServer server : List.of(NEWEST, OLDEST)) {
            RunningDatabase real = server.database();
            RunningDatabase empty = server.database();
            execute(real, TABLES);
            execute(real, ROWS);
            execute(empty, TABLES);
            SERVERS.add(new Server(real, empty, new Bench(request(MODEL, empty))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM person WHERE id = $1",
                "SELECT note FROM person WHERE email = $1",
                "SELECT * FROM post WHERE author_id = $1 ORDER BY created_at DESC LIMIT 20",
                "SELECT p.body, a.email FROM post p JOIN person a ON a.id = p.author_id WHERE p.id = $1",
                "SELECT p.body FROM person a JOIN post p ON p.author_id = a.id WHERE a.email = $1",
                "SELECT * FROM post WHERE status = 'open'",
                "SELECT * FROM post WHERE status = 'paid'",
                "SELECT * FROM post WHERE status = 'open' ORDER BY created_at LIMIT 5",
                "SELECT * FROM post WHERE created_at > now() - interval '5 days' AND status = 'open'",
                "SELECT * FROM post WHERE lower(body) = $1",
                "SELECT count(*) FROM post",
                "SELECT count(*) FROM person WHERE note IS NULL",
                "SELECT * FROM post WHERE id IN (SELECT id FROM post WHERE author_id = $1)"
            })
    void plansAsOnRealRows(String sql) throws SQLException {
        for (Server server : SERVERS) {
            PlanNode planned = server.bench().planner().plan(sql);
            PlanNode known = onRealRows(server, sql);

            String version = server.real().description();
            assertThat(shape(planned)).as(version).isEqualTo(shape(known));
            assertThat(planned.totalCost()).as(version).isCloseTo(known.totalCost(), Percentage.withPercentage(40));
        }
    }

    /** Statistics that are written into the catalog come to what those come to that the database restores itself. */
    @Test
    void knowsTheSameOfEveryType() throws SQLException {
        String types = """
                schema: s
                types:
                  mood: {enum: [glad, sad]}
                  price: {domain: "decimal(10,2)", check: value >= 0}
                entities:
                  Thing:
                    rows: 2M
                    attributes:
                      id: bigint
                      mood: {type: mood, values: {skew: {glad: 80%, sad: 20%}}}
                      amount: {type: price, optional: true, values: {nulls: 20%, skew: {"9.99": 50%}}}
                      code: {type: string(8), values: {skew: {'a"b\\c': 30%, "d,e": 30%}}}
                      flag: {type: boolean, values: {skew: {"true": 99%, "false": 1%}}}
                      tags: {type: "text[]"}
                      payload: {type: json, optional: true, values: {nulls: 40%}}
                      address: inet
                      token: uuid
                      due: date
                      at: timestamptz
                      place: {native: point}
                    key: [id]
                    indexes: {by_day: {on: [date_trunc('day', due::timestamp)]}, by_mood: {on: [mood, at]}}
                """;
        Model model = Models.read(types);
        List<String> tables = List.of(
                "CREATE TYPE mood AS ENUM ('glad', 'sad')",
                "CREATE DOMAIN price AS numeric(10,2) CHECK (value >= 0)",
                "CREATE TABLE thing (id bigint PRIMARY KEY, mood mood NOT NULL, amount price, code varchar(8) NOT NULL,"
                        + " flag boolean NOT NULL, tags text[] NOT NULL, payload jsonb, address inet NOT NULL,"
                        + " token uuid NOT NULL, due date NOT NULL, at timestamptz NOT NULL, place point NOT NULL)",
                "CREATE INDEX by_day ON thing (date_trunc('day', due::timestamp))",
                "CREATE INDEX by_mood ON thing (mood, at)");
        List<List<String>> known = new ArrayList<>();
        for (TestServer server : List.of(NEWEST, OLDEST)) {
            RunningDatabase database = server.database();
            execute(database, tables);
            try (Bench bench = new Bench(request(model, database))) {
                bench.planner();
                PGSimpleDataSource twin = new PGSimpleDataSource();
                PGSimpleDataSource original = database.dataSource().unwrap(PGSimpleDataSource.class);
                twin.setURL(original.getURL());
                twin.setUser(original.getUser());
                twin.setPassword(original.getPassword());
                twin.setDatabaseName(original.getDatabaseName() + "_twin");
                known.add(statistics(twin));
            }
        }

        assertThat(known.get(0))
                .hasSize(13)
                .anyMatch(row -> row.contains("{glad,sad}"))
                .anyMatch(row -> row.contains("1:=(anyenum,anyenum)"));
        assertThat(known.get(1)).isEqualTo(known.get(0));
    }

    private static List<String> statistics(DataSource twin) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = twin.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT concat_ws(' ', s.tablename, s.attname, s.null_frac, s.avg_width,"
                                + " s.n_distinct, s.most_common_vals, s.most_common_freqs, s.histogram_bounds, s.correlation,"
                                + " c.relpages, c.reltuples, c.relallvisible,"
                                // What the view doesn't show: the operators and collations by which they were made
                                + " (SELECT string_agg(concat_ws(':', kind, op::regoperator, coll::regcollation), ' ' ORDER BY kind)"
                                + "  FROM pg_statistic k JOIN pg_attribute a ON a.attrelid = k.starelid AND a.attnum = k.staattnum,"
                                + "  LATERAL (VALUES (stakind1, staop1, stacoll1), (stakind2, staop2, stacoll2), (stakind3, staop3, stacoll3),"
                                + "   (stakind4, staop4, stacoll4), (stakind5, staop5, stacoll5)) AS slot (kind, op, coll)"
                                + "  WHERE kind <> 0 AND k.starelid = c.oid AND a.attname = s.attname)) FROM pg_stats s"
                                + " JOIN pg_class c ON c.relname = s.tablename AND c.relnamespace = 'public'::regnamespace ORDER BY s.tablename, s.attname")) {
            while (row.next()) {
                // Moments end when the statistics were made
                found.add(row.getString(1).replaceAll(" \\d\\d:\\d\\d:[\\d.]+\\+00", ""));
            }
        }
        return found;
    }

    @Test
    void takesNoRoomOnTheDisk() throws SQLException {
        for (Server server : SERVERS) {
            assertThat(server.bench().planner().knowsVolumes()).isTrue();
            try (Connection connection = server.empty().connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pg_relation_size('post')")) {
                row.next();
                assertThat(row.getLong(1)).isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What is found stays, and so does the way to it
                "SELECT * FROM person WHERE id = $1 | 1 | 1 | 2 | false",
                "SELECT * FROM post WHERE author_id = $1 ORDER BY created_at DESC LIMIT 20 | 1 | 1 | 2 | false",
                // More comes out, and costs more
                "SELECT * FROM post WHERE status = 'open' | 100 | 50 | 200 | false",
                // The same comes out of more and more
                "SELECT count(*) FROM post WHERE status = 'open' | 1 | 50 | 200 | true",
                "SELECT * FROM post WHERE body < $1 ORDER BY body LIMIT 5 | 1 | 50 | 200 | true",
                // An early end keeps the walk short
                "SELECT * FROM post WHERE status = 'open' ORDER BY created_at LIMIT 5 | 1 | 0.5 | 10 | false"
            })
    void seesWhatGrows(String sql, double rows, double least, double most, boolean vain) throws SQLException {
        for (Server server : SERVERS) {
            Growth growth = server.bench().planner().growth(sql).orElseThrow();

            assertThat(growth.from()).isEqualTo(1);
            assertThat(growth.rows()).isCloseTo(rows, Percentage.withPercentage(1));
            assertThat(growth.cost()).isBetween(least, most);
            assertThat(growth.vain()).isEqualTo(vain);
        }
    }

    @AfterAll
    static void close() {
        SERVERS.forEach(server -> server.bench().close());
        SERVERS.clear();
    }

    private static List<String> shape(PlanNode plan) {
        return plan.all()
                .map(node -> node.type() + " " + node.text("Index Name").orElse("") + " "
                        + node.text("Relation Name").orElse(""))
                .toList();
    }

    private static PlanNode onRealRows(Server server, String sql) throws SQLException {
        try (Connection connection = server.real().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan; SET max_parallel_workers_per_gather = 0");
            try (Prepared prepared = Prepared.of(connection, "real", sql);
                    ResultSet row = statement.executeQuery("EXPLAIN (FORMAT JSON) "
                            + prepared.execute(prepared.types().stream()
                                    .map(type -> "NULL")
                                    .toList()))) {
                row.next();
                return PlanNode.parse(row.getString(1));
            }
        }
    }

    private static ProofRequest request(Model model, RunningDatabase empty) {
        return new ProofRequest(
                new Facts(model),
                model.relationalStore().orElseThrow(),
                List.<Artifact>of(),
                empty,
                ProofSettings.standard(),
                Deadline.in(Duration.ofMinutes(2)));
    }

    private static void execute(RunningDatabase database, List<String> statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
