package dev.schemaproof.bench;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.data.BulkFiller;
import dev.schemaproof.prove.data.Synthesizer;
import dev.schemaproof.prove.data.Volume;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.Templates;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a shop of three tables takes to fill, with its keys, foreign keys and indexes in place, and to analyze. The rows are
 * those of all three: a tenth customers, half orders, four tenths lines.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
public class BulkFillerBenchmark {

    private static final String SHOP = """
            schema: shop
            entities:
              Customer:
                rows: 100k
                attributes:
                  id: uuid
                  email: {type: text, values: {width: 28}}
                  name: {type: text, values: {width: 20}}
                  country: {type: "string(2)", values: {distinct: 50, skew: {DE: 40%, FR: 20%}}}
                  joined_at: {type: timestamptz, default: now()}
                key: [id]
                unique: [[email]]
              Orders:
                rows: 500k
                attributes:
                  id: {type: bigint, identity: always}
                  customer_id: uuid
                  state: {type: text, values: {skew: {paid: 90%, open: 10%}, width: 5}}
                  note: {type: text, optional: true, values: {nulls: 70%, width: 80}}
                  ordered_at: {type: timestamptz, default: now()}
                key: [id]
                references: {customer: {entity: Customer}}
                indexes: {by_customer: {on: [customer_id, ordered_at desc]}}
              Line:
                rows: 400k
                attributes: {order_id: bigint, n: smallint, sku: {type: text, values: {distinct: 20k, width: 12}}, price: "decimal(10,2)"}
                key: [order_id, n]
                references: {order: {entity: Orders, perParent: 3}}
            """;

    /** The rows of all tables together. */
    @Param({"100000", "1000000"})
    public int rows;

    private final Model model = Models.read(SHOP);
    private final Facts facts = new Facts(model);
    private TestServer server;
    private RunningDatabase database;

    /** Starts a server. */
    @Setup
    public void start() {
        server = new TestServer();
        server.beforeAll(null);
    }

    /** Makes the empty tables. */
    @Setup(Level.Iteration)
    public void empty() throws Exception {
        database = server.database();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (var artifact :
                    new RelationalGenerator(Templates.builtIn()).generate(facts).toList()) {
                statement.execute(artifact.text());
            }
        }
    }

    /** Stops the server. */
    @TearDown
    public void stop() {
        server.afterAll(null);
    }

    /** Fills the tables. */
    @Benchmark
    public BulkFiller.Filled fill() throws Exception {
        var store = model.relationalStore().orElseThrow();
        try (Connection connection = database.connect()) {
            return new BulkFiller(
                            new Synthesizer(facts, store, List.of(), 7),
                            facts,
                            Volume.times(rows / 1e6),
                            7,
                            LocalDate.of(2026, 6, 1))
                    .fill(connection, model.entitiesOf(store));
        }
    }
}
