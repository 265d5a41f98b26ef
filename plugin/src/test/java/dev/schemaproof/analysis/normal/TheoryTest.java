package dev.schemaproof.analysis.normal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.model.NormalForm;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is too large for brute force, and its bounds. */
class TheoryTest {

    @Test
    void manyKeysEndAtTheLimit() {
        var keys = CandidateKeys.of(pairs(100), CandidateKeys.LIMIT);
        assertThat(keys.complete()).isFalse();
        assertThat(keys.found())
                .hasSize(CandidateKeys.LIMIT)
                .allSatisfy(key -> assertThat(key.size()).isEqualTo(50));
    }

    @Test
    void allOfAThousandKeysAreFoundWithinTheLimit() {
        var keys = CandidateKeys.of(pairs(20), 1_024);
        assertThat(keys.complete()).isTrue();
        assertThat(keys.found()).hasSize(1_024).isSorted();
    }

    /** Each two attributes determine each other: there are as many keys as choices of one of each pair. */
    private static DependencySet pairs(int width) {
        return new DependencySet(
                width,
                IntStream.range(0, width)
                        .mapToObj(i -> new FunctionalDependency(AttributeSet.of(i), AttributeSet.of(i ^ 1)))
                        .toList());
    }

    /** What is unknown of keys is unknown of normal forms, and what is known in spite of it is said. */
    @Test
    void twoHundredAttributesWithFiveHundredDependenciesAreJudgedWithinBounds() {
        var dependencies = random(new SplittableRandom(6), 200, 500);
        var keys = CandidateKeys.of(dependencies, CandidateKeys.LIMIT);
        assertThat(keys.complete()).isFalse();
        assertThat(keys.found())
                .hasSizeGreaterThanOrEqualTo(CandidateKeys.LIMIT)
                .allSatisfy(key -> {
                    assertThat(dependencies.isSuperkey(key)).isTrue();
                    assertThat(dependencies.reduce(key, dependencies.all())).isEqualTo(key);
                });
        keys.undecided()
                .positions()
                .forEach(attribute -> assertThat(keys.isPrime(attribute)).isEqualTo(Answer.UNKNOWN));
        var forms = NormalForms.of(dependencies, keys);
        assertThat(forms.reached()).contains(NormalForm.FIRST);
        var synthesis = Synthesis.of(dependencies);
        assertThat(synthesis.lossless()).isTrue();
        assertThat(synthesis.lost()).isEmpty();
        assertThat(ArmstrongRelation.of(dependencies)).isEmpty();
        assertThat(dependencies.project(AttributeSet.firstOf(100))).isEmpty();
    }

    @Test
    void workEndsTheSearchForKeysToo() {
        var dependencies = pairs(20);
        var all = new KeySearch(dependencies, Integer.MAX_VALUE, KeySearch.WORK).run();
        assertThat(all.complete()).isTrue();
        var some = new KeySearch(dependencies, Integer.MAX_VALUE, 100_000).run();
        assertThat(some.complete()).isFalse();
        assertThat(all.found())
                .containsAll(some.found())
                .hasSizeGreaterThan(some.found().size());
    }

    /** Beyond 64 attributes closures are found in another way; the answers are the same. */
    @Test
    void closuresDoNotDependOnTheNumberOfAttributes() {
        var random = new SplittableRandom(8);
        for (var i = 0; i < 200; i++) {
            var few = random(random, 60, 1 + random.nextInt(200));
            var moved = few.dependencies().stream()
                    .map(dependency ->
                            new FunctionalDependency(moved(dependency.determinant()), moved(dependency.dependents())))
                    .toList();
            var many = new DependencySet(200, moved);
            for (var j = 0; j < 20; j++) {
                var start = some(random, 60, 6);
                assertThat(many.closure(moved(start))).isEqualTo(moved(few.closure(start)));
            }
        }
    }

    private static AttributeSet moved(AttributeSet attributes) {
        return AttributeSet.of(
                attributes.positions().map(position -> position * 3 + 5).toArray());
    }

    private static DependencySet random(SplittableRandom random, int width, int count) {
        return new DependencySet(
                width,
                Stream.generate(() -> new FunctionalDependency(some(random, width, 3), some(random, width, 2)))
                        .limit(count)
                        .toList());
    }

    private static AttributeSet some(SplittableRandom random, int width, int most) {
        return AttributeSet.of(random.ints(1 + random.nextInt(most), 0, width).toArray());
    }

    /** Key parts that are no determinants: A B → N follows from A → C, B → D and C D → N, but C D is in no key. */
    @Test
    void theSecondNormalFormIsBrokenByAPartOfAKeyThatIsNoDeterminant() {
        var dependencies = new DependencySet(
                8,
                List.of(
                        dependency("A", "C"),
                        dependency("B", "D"),
                        dependency("CD", "E"),
                        dependency("CF", "ABDGH"),
                        dependency("DG", "ABCFH"),
                        dependency("ABH", "FG")));
        var forms = NormalForms.of(dependencies);
        assertThat(forms.reached()).contains(NormalForm.FIRST);
        assertThat(forms.of(2).orElseThrow().verdict())
                .isEqualTo(new NormalForms.Verdict.Breaks(NormalForm.THIRD, letters("E")));
        assertThat(forms.partial())
                .containsExactly(new NormalForms.PartialKey(letters("ABH"), letters("AB"), letters("E")));
    }

    private static FunctionalDependency dependency(String determinant, String dependents) {
        return new FunctionalDependency(letters(determinant), letters(dependents));
    }

    private static AttributeSet letters(String letters) {
        return AttributeSet.of(letters.chars().map(letter -> letter - 'A').toArray());
    }

    @Test
    void partsComeSmallestFirstAndEachOnce() {
        var set = AttributeSet.of(1, 64, 70, 130);
        assertThat(set.parts())
                .hasSize(16)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.comparingInt(AttributeSet::size))
                .allMatch(set::containsAll);
        assertThat(AttributeSet.none().parts()).containsExactly(AttributeSet.none());
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
