package dev.schemaproof.bench;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.AccessAnalysis;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.ProofReport;
import dev.schemaproof.prove.ProofRequest;
import dev.schemaproof.prove.ProofSettings;
import dev.schemaproof.prove.Prover;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.template.Templates;
import dev.schemaproof.yaml.ModelReader;
import dev.schemaproof.yaml.SourceFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to say which index serves which access pattern, and to prove that with a database. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class AccessBenchmark {

    /** 5,000 patterns of 1,000 entities: two structured ones and three as SQL for each. */
    @State(Scope.Benchmark)
    public static class Many {

        private static final int ENTITIES = 1_000;

        private final Model model = model(ENTITIES, true);
        private final Facts read = new Facts(model);

        /** Reads the SQL of all patterns. */
        @Setup
        public void prepare() {
            read.sql();
            read.types();
        }
    }

    /** 201 patterns of 67 entities, and six contracts or none. */
    @State(Scope.Benchmark)
    public static class Proven {

        private static final int ENTITIES = 67;

        /** Whether there are contracts, each of which is tried by many writers and measured for itself. */
        @Param({"false", "true"})
        private boolean contracts;

        private Model model;

        @Setup
        public void read() {
            model = parsed(SyntheticModel.files(ENTITIES, true, contracts));
        }
    }

    private static Model model(int entities, boolean more) {
        var files = new ArrayList<>(SyntheticModel.files(entities));
        if (more) {
            var text = new StringBuilder("accessPatterns:\n");
            for (var i = 0; i < entities; i++) {
                text.append(patterns(i));
            }
            files.add(
                    new SourceFile("src/main/schema/more.yaml", text.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return parsed(files);
    }

    private static Model parsed(List<SourceFile> files) {
        var read = ModelReader.read("src/main/schema", files);
        if (!read.findings().isEmpty()) {
            throw new IllegalStateException(read.findings().toString());
        }
        return read.model().orElseThrow();
    }

    /** A chain of joins with a nested query, and a change of rows that another query finds. */
    private static String patterns(int i) {
        return """
              things-%1$d-chain:
                sql: |
                  SELECT t.id, o.title, p.title, (SELECT count(*) FROM things_%1$d s WHERE s.owner_id = t.owner_id) AS others
                  FROM things_%1$d t
                  JOIN things_%2$d o ON o.id = t.owner_id
                  LEFT JOIN things_%3$d p ON p.id = o.owner_id
                  WHERE t.code IN (:one, :other) AND t.active AND t.price BETWEEN :least AND :most
                  ORDER BY t.created_at DESC
              things-%1$d-closed:
                sql: |
                  UPDATE things_%1$d SET state = 'closed'
                  WHERE owner_id = :owner AND state <> 'closed'
                    AND EXISTS (SELECT 1 FROM things_%2$d o WHERE o.id = owner_id AND NOT o.active)
            """.formatted(i, Math.max(0, i - 1), Math.max(0, i - 2));
    }

    /** The judgement of all patterns. */
    @Benchmark
    public AccessAnalysis judged(Many many) {
        return AccessAnalysis.of(many.model, many.read.types(), many.read.sql());
    }

    /** The same, with reading their SQL. */
    @Benchmark
    public AccessAnalysis readAndJudged(Many many) {
        return new Facts(many.model).access();
    }

    /** All proofs of a model that has changed, on a server that has to be started first. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public ProofReport proven(Proven proven) throws Exception {
        var facts = new Facts(proven.model);
        List<Artifact> artifacts =
                new RelationalGenerator(Templates.builtIn()).generate(facts).toList();
        var server = new TestServer();
        server.beforeAll(null);
        try {
            return new Prover()
                    .prove(new ProofRequest(
                            facts,
                            proven.model.relationalStore().orElseThrow(),
                            artifacts,
                            server.database(),
                            ProofSettings.standard(),
                            Deadline.in(Duration.ofMinutes(10))));
        } finally {
            server.afterAll(null);
        }
    }
}
