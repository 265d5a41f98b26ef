package dev.schemaproof.bench;

import dev.schemaproof.discover.csv.CsvDialect;
import dev.schemaproof.discover.csv.CsvTable;
import dev.schemaproof.discover.search.Discovered;
import dev.schemaproof.discover.search.Limits;
import dev.schemaproof.discover.search.Partitions;
import dev.schemaproof.discover.search.Search;
import dev.schemaproof.discover.table.Relation;
import dev.schemaproof.discover.table.RelationReader;
import dev.schemaproof.discover.table.UnreadableTableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** What the discovery of all dependencies of a CSV file costs, in a JVM as cold as that of a build. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 3, jvmArgsAppend = "-Xmx2g")
public class DiscoveryBenchmark {

    /** How many rows the file has; the heap of 2 GB is what a million needs at most. */
    @Param({"10000", "100000", "1000000"})
    public int rows;

    private Path file;

    /** Writes the file. */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        file = Files.createTempFile("schemaproof-bench", ".csv");
        SyntheticTable.write(file, rows);
    }

    /** Removes the file. */
    @TearDown(Level.Trial)
    public void clean() throws IOException {
        Files.delete(file);
    }

    /** Reads the file only. */
    @Benchmark
    public Relation read() throws UnreadableTableException {
        return RelationReader.read(
                new CsvTable(file, "bench.csv", CsvDialect.usual()),
                Long.MAX_VALUE,
                Runtime.getRuntime().maxMemory());
    }

    /** Reads it and finds all that holds, with determinants of any size. */
    @Benchmark
    public Discovered discover() throws UnreadableTableException {
        var relation = read();
        var part = Runtime.getRuntime().maxMemory() / 8;
        var found = Search.in(new Partitions(relation, part), Limits.from(relation.width(), Duration.ofHours(1), part));
        if (!found.complete()) {
            throw new IllegalStateException("not all was found: " + found.end());
        }
        return found;
    }
}
