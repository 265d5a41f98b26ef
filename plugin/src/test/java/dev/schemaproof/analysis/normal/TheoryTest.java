package dev.schemaproof.analysis.normal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.normal.BruteForce.Fd;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The engine against brute force: implication by two-row relations, keys and prime attributes by enumeration. */
class TheoryTest {

    private static final int SCHEMAS = 4_000;

    @Test
    void closuresAreWhatTwoRowRelationsImply() {
        var random = new Random(1);
        for (var i = 0; i < SCHEMAS; i++) {
            var width = 1 + random.nextInt(6);
            var fds = BruteForce.random(random, width, random.nextInt(8));
            var start = random.nextInt(1 << width);
            assertThat(dependencies(width, fds).closure(BruteForce.set(start)))
                    .as("closure of %s under %s", start, fds)
                    .isEqualTo(BruteForce.set(BruteForce.closure(width, fds, start)));
        }
    }

    @Test
    void implicationIsThatOfTwoRowRelations() {
        var random = new Random(2);
        for (var i = 0; i < SCHEMAS; i++) {
            var width = 1 + random.nextInt(6);
            var fds = BruteForce.random(random, width, random.nextInt(8));
            var wanted = BruteForce.random(random, width, 1).get(0);
            assertThat(dependencies(width, fds).implies(wanted.toDependency()))
                    .as("%s from %s", wanted, fds)
                    .isEqualTo(BruteForce.implies(width, fds, wanted));
        }
    }

    @Test
    void keysAndPrimeAttributesAreThoseOfEnumeration() {
        var random = new Random(3);
        for (var i = 0; i < SCHEMAS; i++) {
            var width = 1 + random.nextInt(6);
            var fds = BruteForce.random(random, width, random.nextInt(8));
            var expected = BruteForce.keys(width, fds);
            var keys = CandidateKeys.of(dependencies(width, fds), Integer.MAX_VALUE);
            assertThat(keys.complete()).isTrue();
            assertThat(keys.found())
                    .as("keys under %s", fds)
                    .containsExactlyInAnyOrderElementsOf(
                            expected.stream().map(BruteForce::set).toList());
            for (var attribute = 0; attribute < width; attribute++) {
                var mask = 1 << attribute;
                assertThat(keys.isPrime(attribute))
                        .isEqualTo(expected.stream().anyMatch(key -> (key & mask) != 0) ? Answer.YES : Answer.NO);
            }
        }
    }

    @Test
    void answersBeyondTheLimitAreUnknownOrTrue() {
        var random = new Random(4);
        var unknown = 0;
        for (var i = 0; i < SCHEMAS; i++) {
            var width = 3 + random.nextInt(5);
            var fds = BruteForce.random(random, width, 4 + random.nextInt(8));
            var expected = BruteForce.keys(width, fds);
            var keys = CandidateKeys.of(dependencies(width, fds), 1);
            assertThat(keys.complete()).isEqualTo(expected.size() == 1);
            for (var attribute = 0; attribute < width; attribute++) {
                var mask = 1 << attribute;
                var truth = expected.stream().anyMatch(key -> (key & mask) != 0) ? Answer.YES : Answer.NO;
                assertThat(keys.isPrime(attribute)).isIn(truth, Answer.UNKNOWN);
                unknown += keys.isPrime(attribute) == Answer.UNKNOWN ? 1 : 0;
            }
        }
        assertThat(unknown).isPositive();
    }

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

    private static DependencySet dependencies(int width, List<Fd> fds) {
        return new DependencySet(width, fds.stream().map(Fd::toDependency).toList());
    }
}
