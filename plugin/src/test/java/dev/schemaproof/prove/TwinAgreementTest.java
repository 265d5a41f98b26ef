package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.data.BulkFiller;
import dev.schemaproof.prove.data.Synthesizer;
import dev.schemaproof.prove.data.Volume;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.Templates;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Random queries of one table and of two are planned on the twin, which has only the model's word for its rows, as on tables
 * that were filled and analyzed: node by node, with the same indexes.
 *
 * <p>{@code mvn -pl plugin -Ptwin test} compares 500 queries where the largest table has a million rows; the ordinary build is
 * content with fewer of both. {@code -Dschemaproof.twin.queries} and {@code -Dschemaproof.twin.rows} say how many,
 * {@code -Dschemaproof.seed} with which seed to begin.
 */
class TwinAgreementTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final int QUERIES = Integer.getInteger("schemaproof.twin.queries", 200);
    private static final int ROWS = Integer.getInteger("schemaproof.twin.rows", 50_000);
    private static final long SEED = Long.getLong("schemaproof.seed", 1);
    private static final double LEAST = 0.98;

    private static final String MODEL = """
            schema: s
            entities:
              Person:
                rows: %1$d
                attributes:
                  id: uuid
                  email: {type: text, values: {width: 26}}
                  country: {type: "string(2)", values: {distinct: 60, width: 2, skew: {DE: 40%%, FR: 15%%}}}
                  note: {type: text, optional: true, values: {nulls: 50%%, width: 100}}
                  joined_at: {type: timestamptz, default: now()}
                key: [id]
                unique: [[email]]
                indexes:
                  by_country: {on: [country, joined_at]}
              Topic:
                rows: 300
                attributes: {id: int, name: {type: text, values: {width: 14}}}
                key: [id]
              Post:
                rows: %2$d
                attributes:
                  id: {type: bigint, identity: always}
                  author_id: uuid
                  topic_id: int
                  status: {type: text, values: {skew: {paid: 90%%, open: 8%%, void: 2%%}, width: 5}}
                  score: int
                  due: {type: date, optional: true, values: {nulls: 30%%}}
                  body: {type: text, values: {width: 120, distinct: %2$d}}
                  created_at: {type: timestamptz, default: now()}
                key: [id]
                references:
                  author: {entity: Person, perParent: 20}
                  topic: {entity: Topic}
                indexes:
                  by_author: {on: [author_id, created_at desc]}
                  by_status: {on: [status]}
                  by_score: {on: [score]}
                  by_due: {on: [due]}
                  by_topic: {on: [topic_id], using: hash}
                  by_body: {on: [body], using: hash}
                  open_ones: {on: [created_at], where: status = 'open'}
              Comment:
                rows: %3$d
                attributes:
                  id: uuid
                  post_id: bigint
                  person_id: uuid
                  likes: {type: int, values: {distinct: 200}}
                  hidden: {type: boolean, values: {skew: {"false": 95%%, "true": 5%%}}}
                  text: {type: text, values: {width: 60}}
                key: [id]
                references:
                  post: {entity: Post, perParent: 4}
                  person: {entity: Person}
                indexes:
                  by_post: {on: [post_id]}
                  by_person: {on: [person_id], include: [likes]}
            """;

    @Test
    void planAsOnLoadedRows() throws Exception {
        Model model = Models.read(MODEL.formatted(ROWS / 20, ROWS, ROWS / 2));
        Facts facts = new Facts(model);
        RunningDatabase empty = database(facts);
        RunningDatabase loaded = database(facts);
        var store = model.relationalStore().orElseThrow();
        long begin = System.nanoTime();
        try (Connection connection = loaded.connect()) {
            var filled = new BulkFiller(
                            new Synthesizer(facts, store, List.of(), SEED),
                            facts,
                            Volume.DECLARED,
                            SEED,
                            LocalDate.now(ZoneOffset.UTC))
                    .fill(connection, model.entitiesOf(store));
            assertThat(filled.refused()).isEmpty();
            halfVisible(connection);
            assertThat(filled.rows()).containsEntry("Post", (long) ROWS);
        }
        System.out.printf("loaded in %d s%n", (System.nanoTime() - begin) / 1_000_000_000);

        List<String> disagreements = new ArrayList<>();
        var nodes = new TreeMap<String, Integer>();
        try (Bench bench = new Bench(new ProofRequest(
                        facts,
                        store,
                        List.of(),
                        empty,
                        ProofSettings.standard(),
                        Deadline.in(Duration.ofMinutes(10))));
                Connection connection = loaded.connect()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET max_parallel_workers_per_gather = 0");
            }
            RandomQueries queries = new RandomQueries(SEED);
            for (int i = 0; i < QUERIES; i++) {
                String sql = queries.next();
                PlanNode planned = bench.planner().plan(sql);
                PlanNode known = Planner.plan(connection, sql);
                known.all().forEach(node -> nodes.merge(node.type(), 1, Integer::sum));
                if (!shape(planned).equals(shape(known))) {
                    disagreements.add(sql + "\n  twin:   " + shown(planned) + "\n  loaded: " + shown(known));
                }
            }
        }
        double share = 1 - disagreements.size() / (double) QUERIES;
        System.out.printf("%d queries, %.1f %% planned alike; %s%n", QUERIES, 100 * share, nodes);
        disagreements.forEach(System.out::println);
        assertThat(share).as(String.join("\n", disagreements)).isGreaterThanOrEqualTo(LEAST);
        // Queries that are all answered in the same manner would show nothing
        assertThat(nodes.keySet())
                .contains(
                        "Index Scan",
                        "Index Only Scan",
                        "Bitmap Heap Scan",
                        "Seq Scan",
                        "Sort",
                        "Nested Loop",
                        "Hash Join");
    }

    /**
     * How much of a table was vacuumed since it was last written is no matter of its rows: the twin takes it to be a half, and
     * so it is here. All else is as the database found it.
     */
    private static void halfVisible(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', relname::text,"
                    + " 'relallvisible', relpages / 2) FROM pg_class"
                    + " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'");
        }
    }

    private static List<String> shape(PlanNode plan) {
        return plan.all()
                .map(node -> node.type() + " " + node.text("Index Name").orElse("") + " "
                        + node.text("Relation Name").orElse(""))
                .toList();
    }

    private static String shown(PlanNode plan) {
        return PatternPlan.of("", plan, java.util.Optional.empty()).line() + " (cost " + plan.totalCost() + ", "
                + plan.rows() + " rows)";
    }

    private static RunningDatabase database(Facts facts) throws Exception {
        RunningDatabase database = SERVER.database();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (var artifact :
                    new RelationalGenerator(Templates.builtIn()).generate(facts).toList()) {
                statement.execute(artifact.text());
            }
        }
        return database;
    }
}
