package dev.schemaproof.bench;

import dev.schemaproof.app.FailOn;
import dev.schemaproof.app.Generate;
import dev.schemaproof.app.GenerateRequest;
import dev.schemaproof.app.GoalResult;
import dev.schemaproof.app.LastModel;
import dev.schemaproof.app.ModelRequest;
import dev.schemaproof.app.Validate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
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

/** What the goals of every build cost, with and without a change. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class GoalsBenchmark {

    /** How many entities the model has; cost an entity should stay flat. */
    @Param({"100", "1000", "10000"})
    public int entities;

    /** Whether the model has access patterns and contracts beside its entities. */
    @Param("true")
    public boolean used;

    private Path project;
    private long run;

    /** Writes the model, and runs the goals once so that the next run has nothing to do. */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        project = Files.createTempDirectory("schemaproof-bench");
        for (var file : SyntheticModel.files(entities, used, used)) {
            var path = project.resolve(file.path());
            Files.createDirectories(path.getParent());
            Files.write(path, file.bytes());
        }
        unchanged();
    }

    /** Removes what was written. */
    @TearDown(Level.Trial)
    public void clean() throws IOException {
        try (var files = Files.walk(project)) {
            for (var file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    /** A second build without a change. */
    @Benchmark
    public GoalResult unchanged() throws IOException {
        return both("same");
    }

    /** A build after a change: everything is read, checked and generated anew. */
    @Benchmark
    public GoalResult changed() throws IOException {
        return both("run " + run++);
    }

    private GoalResult both(String tool) throws IOException {
        var request = new ModelRequest(
                project,
                project.resolve("src/main/schema"),
                project.resolve("src/main/schema-baseline"),
                project.resolve("target/schema"),
                FailOn.ERROR,
                new ModelRequest.Tool("bench", tool),
                LocalDate.of(2026, 6, 1),
                Optional.empty());
        var known = new LastModel();
        var validated = Validate.run(request, known);
        if (validated.failure().isPresent()) {
            throw new IllegalStateException(validated.messages().get(0).text());
        }
        return Generate.run(
                new GenerateRequest(
                        request,
                        project.resolve("target/generated-resources/schema"),
                        project.resolve("src/main/schema-templates"),
                        Optional.empty()),
                known);
    }
}
