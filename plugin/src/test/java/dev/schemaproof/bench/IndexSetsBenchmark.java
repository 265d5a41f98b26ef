package dev.schemaproof.bench;

import dev.schemaproof.analysis.index.ColumnCosts;
import dev.schemaproof.analysis.index.Demand;
import dev.schemaproof.analysis.index.Request;
import dev.schemaproof.analysis.index.SmallestIndexes;
import dev.schemaproof.analysis.index.SortedColumn;
import dev.schemaproof.analysis.normal.AttributeSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** What the smallest set of indexes costs, for many patterns of one entity of 20 attributes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class IndexSetsBenchmark {

    private static final int COLUMNS = 20;

    /** The number of patterns. */
    @Param({"500", "5000"})
    public int patterns;

    private List<Request> equal;
    private List<Request> ordered;
    private List<Request> nested;
    private List<Request> choices;

    /** Makes the patterns at random, the same each time. */
    @Setup
    public void prepare() {
        var random = new Random(20);
        equal = requests(i -> Request.of(demand(random, 1 + random.nextInt(6), 0)));
        ordered = requests(i -> Request.of(demand(random, random.nextInt(4), 1 + random.nextInt(3))));
        nested = nested(random);
        choices = requests(i -> i % 100 == 0
                ? new Request(List.of(demand(random, 2, 1), demand(random, 2, 1)))
                : Request.of(demand(random, 1 + random.nextInt(3), random.nextInt(2))));
    }

    private List<Request> requests(java.util.function.IntFunction<Request> make) {
        return IntStream.range(0, patterns).mapToObj(make).toList();
    }

    private static Demand demand(Random random, int equal, int suffix) {
        var positions = new ArrayList<>(IntStream.range(0, COLUMNS).boxed().toList());
        Collections.shuffle(positions, random);
        return new Demand(
                AttributeSet.of(positions.subList(0, equal).stream()
                        .mapToInt(Integer::intValue)
                        .toArray()),
                positions.subList(equal, equal + suffix).stream()
                        .map(SortedColumn::ascending)
                        .toList());
    }

    /** Every set is a beginning of one of a few orders of all columns, so that nearly all pairs are compared to the end. */
    private List<Request> nested(Random random) {
        var orders = IntStream.range(0, 40)
                .mapToObj(i -> {
                    var positions =
                            new ArrayList<>(IntStream.range(0, COLUMNS).boxed().toList());
                    Collections.shuffle(positions.subList(0, 10), random);
                    Collections.shuffle(positions.subList(10, COLUMNS), random);
                    return positions;
                })
                .toList();
        return requests(i -> {
            var order = orders.get(random.nextInt(orders.size()));
            var begin = random.nextInt(COLUMNS);
            var without = order.subList(0, begin + 1).stream()
                    .filter(column -> random.nextInt(8) > 0)
                    .mapToInt(Integer::intValue)
                    .toArray();
            return Request.of(new Demand(AttributeSet.of(without), List.of()));
        });
    }

    /** Equality only. */
    @Benchmark
    public SmallestIndexes equal() {
        return solve(equal);
    }

    /** Equality and an order of up to three columns. */
    @Benchmark
    public SmallestIndexes ordered() {
        return solve(ordered);
    }

    /** Sets that contain each other. */
    @Benchmark
    public SmallestIndexes nested() {
        return solve(nested);
    }

    /** Each hundredth pattern leaves a choice of two. */
    @Benchmark
    public SmallestIndexes choices() {
        return solve(choices);
    }

    private static SmallestIndexes solve(List<Request> requests) {
        return SmallestIndexes.of(requests, List.of(), ColumnCosts.even(COLUMNS));
    }
}
