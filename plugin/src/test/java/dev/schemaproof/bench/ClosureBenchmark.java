package dev.schemaproof.bench;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.DependencySet;
import dev.schemaproof.analysis.normal.FunctionalDependency;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** How many closures a microsecond, which is millions a second, one thread finds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class ClosureBenchmark {

    private static final int STARTS = 1024;

    /** Attributes and dependencies; past 64 attributes a set needs more than a word. */
    @Param({"10x8", "20x20", "40x60", "60x200", "60x1000", "200x500"})
    public String size;

    private DependencySet dependencies;
    private AttributeSet[] starts;
    private long[] lefts;
    private long[] rights;
    private long[] words;

    /** Makes dependencies of one to three on one to two attributes, and sets of two to five to start from. */
    @Setup
    public void prepare() {
        var parts = size.split("x");
        var width = Integer.parseInt(parts[0]);
        var random = new Random(40);
        var made = IntStream.range(0, Integer.parseInt(parts[1]))
                .mapToObj(i -> List.of(some(random, width, 1, 3), some(random, width, 1, 2)))
                .toList();
        dependencies = new DependencySet(
                width,
                made.stream()
                        .map(sides ->
                                new FunctionalDependency(AttributeSet.of(sides.get(0)), AttributeSet.of(sides.get(1))))
                        .toList());
        var begun = IntStream.range(0, STARTS)
                .mapToObj(i -> some(random, width, 2, 5))
                .toList();
        starts = begun.stream().map(AttributeSet::of).toArray(AttributeSet[]::new);
        lefts = made.stream().mapToLong(sides -> word(sides.get(0))).toArray();
        rights = made.stream().mapToLong(sides -> word(sides.get(1))).toArray();
        words = begun.stream().mapToLong(ClosureBenchmark::word).toArray();
    }

    private static int[] some(Random random, int width, int least, int most) {
        return random.ints(least + random.nextInt(most - least + 1), 0, width).toArray();
    }

    private static long word(int[] positions) {
        return IntStream.of(positions).mapToLong(position -> 1L << position).reduce(0, (a, b) -> a | b);
    }

    /** The engine's closures, from set to set. */
    @Benchmark
    @OperationsPerInvocation(STARTS)
    public void closures(Blackhole hole) {
        for (var start : starts) {
            hole.consume(dependencies.closure(start));
        }
    }

    /**
     * The baseline: passes over all dependencies until none adds anything, on bare words; it is wrong, though as much work, for
     * more than 64 attributes.
     */
    @Benchmark
    @OperationsPerInvocation(STARTS)
    public void passes(Blackhole hole) {
        for (var start : words) {
            var closure = start;
            var before = ~start;
            while (closure != before) {
                before = closure;
                for (var i = 0; i < lefts.length; i++) {
                    if ((lefts[i] & ~closure) == 0) {
                        closure |= rights[i];
                    }
                }
            }
            hole.consume(closure);
        }
    }
}
