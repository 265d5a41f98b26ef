package dev.schemaproof.bench;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.CandidateKeys;
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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the enumeration of candidate keys costs, up to {@link CandidateKeys#LIMIT} of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class KeysBenchmark {

    /** The number of attributes. */
    @Param({"10", "20", "40", "60", "80", "100"})
    public int attributes;

    private List<FunctionalDependency> random;
    private List<FunctionalDependency> equivalences;

    /** Makes as many random dependencies as attributes, of one to three on one; and pairs that determine each other. */
    @Setup
    public void prepare() {
        var numbers = new Random(10);
        random = IntStream.range(0, attributes)
                .mapToObj(i -> new FunctionalDependency(
                        AttributeSet.of(numbers.ints(1 + numbers.nextInt(3), 0, attributes)
                                .toArray()),
                        AttributeSet.of(numbers.nextInt(attributes))))
                .toList();
        equivalences = IntStream.range(0, attributes)
                .mapToObj(i -> new FunctionalDependency(AttributeSet.of(i), AttributeSet.of(i ^ 1)))
                .toList();
    }

    /** Few keys, as in most relations. */
    @Benchmark
    public CandidateKeys random() {
        return CandidateKeys.of(new DependencySet(attributes, random), CandidateKeys.LIMIT);
    }

    /** Two to the power of half as many keys as attributes: the limit ends it. */
    @Benchmark
    public CandidateKeys exponential() {
        return CandidateKeys.of(new DependencySet(attributes, equivalences), CandidateKeys.LIMIT);
    }
}
