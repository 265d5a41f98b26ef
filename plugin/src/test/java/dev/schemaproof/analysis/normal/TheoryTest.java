package dev.schemaproof.analysis.normal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is too large for brute force, and its bounds. */
class TheoryTest {

    @Test
    void manyKeysEndAtTheLimit() {
        var fds = new ArrayList<FunctionalDependency>();
        for (var i = 0; i < 100; i += 2) {
            fds.add(new FunctionalDependency(AttributeSet.of(i), AttributeSet.of(i + 1)));
            fds.add(new FunctionalDependency(AttributeSet.of(i + 1), AttributeSet.of(i)));
        }
        var keys = CandidateKeys.of(new DependencySet(100, fds), CandidateKeys.LIMIT);
        assertThat(keys.complete()).isFalse();
        assertThat(keys.found())
                .hasSize(CandidateKeys.LIMIT)
                .allSatisfy(key -> assertThat(key.size()).isEqualTo(50));
    }

    @Test
    void allOfAThousandKeysAreFoundWithinTheLimit() {
        var fds = new ArrayList<FunctionalDependency>();
        for (var i = 0; i < 20; i += 2) {
            fds.add(new FunctionalDependency(AttributeSet.of(i), AttributeSet.of(i + 1)));
            fds.add(new FunctionalDependency(AttributeSet.of(i + 1), AttributeSet.of(i)));
        }
        var keys = CandidateKeys.of(new DependencySet(20, fds), 1_024);
        assertThat(keys.complete()).isTrue();
        assertThat(keys.found()).hasSize(1_024).isSorted();
    }

    @Test
    void setsOfMoreThan64AttributesAreSets() {
        var random = new Random(5);
        for (var i = 0; i < 1_000; i++) {
            var a = random.ints(random.nextInt(20), 0, 200).toArray();
            var b = random.ints(random.nextInt(20), 0, 200).toArray();
            var union = IntStream.concat(IntStream.of(a), IntStream.of(b)).toArray();
            var minus = IntStream.of(a)
                    .filter(x -> IntStream.of(b).noneMatch(y -> x == y))
                    .toArray();
            var left = AttributeSet.of(a);
            var right = AttributeSet.of(b);
            assertThat(left.union(right)).isEqualTo(AttributeSet.of(union)).hasSameHashCodeAs(AttributeSet.of(union));
            assertThat(left.minus(right)).isEqualTo(AttributeSet.of(minus));
            assertThat(left.positions().toArray())
                    .isEqualTo(IntStream.of(a).sorted().distinct().toArray());
            assertThat(left.size()).isEqualTo((int) IntStream.of(a).distinct().count());
            assertThat(left.containsAll(right)).isEqualTo(right.minus(left).isEmpty());
            assertThat(left.intersects(right))
                    .isEqualTo(IntStream.of(a).anyMatch(x -> IntStream.of(b).anyMatch(y -> x == y)));
            assertThat(Integer.signum(left.compareTo(right))).isEqualTo(-Integer.signum(right.compareTo(left)));
            assertThat(left.compareTo(right) == 0).isEqualTo(left.equals(right));
        }
    }
}
