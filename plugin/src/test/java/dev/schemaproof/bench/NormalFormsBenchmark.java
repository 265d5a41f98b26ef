package dev.schemaproof.bench;

import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.BoyceCodd;
import dev.schemaproof.analysis.normal.CandidateKeys;
import dev.schemaproof.analysis.normal.DependencySet;
import dev.schemaproof.analysis.normal.FunctionalDependency;
import dev.schemaproof.analysis.normal.NormalForms;
import dev.schemaproof.analysis.normal.Synthesis;
import java.util.ArrayList;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to judge a whole model's entities and to decompose them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class NormalFormsBenchmark {

    private static final int ENTITIES = 500;
    private static final int WIDTH = 12;

    /** Each with a key, a second one, a copy through a reference, and a dependency between two that are no key. */
    private final List<List<FunctionalDependency>> entities = entities();

    private static List<List<FunctionalDependency>> entities() {
        var random = new Random(500);
        return IntStream.range(0, ENTITIES)
                .mapToObj(i -> {
                    var all = AttributeSet.firstOf(WIDTH);
                    var dependencies = new ArrayList<FunctionalDependency>();
                    dependencies.add(new FunctionalDependency(AttributeSet.of(0, random.nextInt(2)), all));
                    dependencies.add(new FunctionalDependency(AttributeSet.of(2, random.nextInt(WIDTH)), all));
                    dependencies.add(new FunctionalDependency(AttributeSet.of(3), AttributeSet.of(4, 5)));
                    dependencies.add(new FunctionalDependency(
                            AttributeSet.of(6 + random.nextInt(3)), AttributeSet.of(9 + random.nextInt(3))));
                    return List.copyOf(dependencies);
                })
                .toList();
    }

    /** All that is concluded of an entity in each build: its keys, the verdict on each dependency, the form it is in. */
    @Benchmark
    public void judge500(Blackhole hole) {
        for (var dependencies : entities) {
            var set = new DependencySet(WIDTH, dependencies);
            hole.consume(NormalForms.of(set, CandidateKeys.of(set, CandidateKeys.LIMIT)));
        }
    }

    /** That, and both decompositions with what they lose. */
    @Benchmark
    public void judgeAndDecompose500(Blackhole hole) {
        for (var dependencies : entities) {
            var set = new DependencySet(WIDTH, dependencies);
            hole.consume(NormalForms.of(set));
            hole.consume(Synthesis.of(set));
            hole.consume(BoyceCodd.decompose(set));
        }
    }
}
