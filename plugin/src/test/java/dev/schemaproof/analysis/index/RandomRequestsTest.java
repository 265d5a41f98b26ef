package dev.schemaproof.analysis.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.index.ExhaustiveIndexes.Optimum;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The smallest sets of indexes for random requests, against exhaustive search where that is possible and by their certificates
 * elsewhere; a hundred times as many are tried by {@code mvn -pl plugin -Ptheory test}.
 */
class RandomRequestsTest {

    private static final int SETS = Integer.getInteger("schemaproof.indexSets", 1_000);

    private final LongAdder chosen = new LongAdder();
    private final LongAdder split = new LongAdder();
    private final LongAdder shared = new LongAdder();
    private final LongAdder incomplete = new LongAdder();
    private final LongAdder together = new LongAdder();

    @Test
    void theSolverFindsWhatExhaustiveSearchFinds() {
        IntStream.range(0, SETS).parallel().forEach(number -> {
            var random = RandomRequests.of(number, 4, 7, 4);
            try {
                exhaustive(random);
            } catch (RuntimeException | AssertionError error) {
                throw new AssertionError("instance " + number + ": " + random, error);
            }
        });
        assertThat(chosen.sum()).as("requests with a choice").isPositive();
        assertThat(split.sum()).as("bounds by cases").isPositive();
        assertThat(shared.sum()).as("indexes that serve several").isPositive();
    }

    private void exhaustive(RandomRequests random) {
        var answer = SmallestIndexes.of(random.requests(), random.fixed(), random.costs());
        new IndexSetChecker(random.requests()).check(answer, random.fixed());
        assertThat(answer.complete()).isTrue();
        assertThat(answer.smallest()).as("%s", answer.bound()).isTrue();
        assertThat(Optimum.of(answer, random.costs()))
                .isEqualTo(new ExhaustiveIndexes(random.requests(), random.columns(), random.costs())
                        .find(random.fixed()));
        random.requests().stream()
                .filter(request -> request.alternatives().size() > 1)
                .forEach(request -> chosen.increment());
        if (!(answer.bound() instanceof LowerBound.Antichain)) {
            split.increment();
        }
        answer.indexes().stream().filter(index -> index.requests().size() > 1).forEach(index -> shared.increment());
    }

    @Test
    void largerSetsCarryACertificateOfTheirSize() {
        IntStream.range(0, SETS / 10).parallel().forEach(number -> {
            var random = RandomRequests.of(number, 12, 300, 0);
            try {
                var answer = SmallestIndexes.of(random.requests(), random.fixed(), random.costs());
                new IndexSetChecker(random.requests()).check(answer, random.fixed());
                assertThat(answer.smallest()).isTrue();
                assertThat(answer.complete()).isTrue();
            } catch (RuntimeException | AssertionError error) {
                throw new AssertionError("instance " + number, error);
            }
        });
    }

    @Test
    void whereTheWorkEndsTheAnswerServesAllTheSameAndSaysSo() {
        IntStream.range(0, SETS / 10).parallel().forEach(number -> {
            var random = RandomRequests.of(number, 6, 30, 2);
            var answer = SmallestIndexes.of(random.requests(), random.fixed(), random.costs(), 3_000);
            try {
                new IndexSetChecker(random.requests()).check(answer, random.fixed());
                if (!answer.complete()) {
                    incomplete.increment();
                    var whole = SmallestIndexes.of(random.requests(), random.fixed(), random.costs());
                    assertThat(whole.indexes())
                            .hasSizeLessThanOrEqualTo(answer.indexes().size());
                    assertThat(answer.bound().size())
                            .isLessThanOrEqualTo(whole.indexes().size());
                }
            } catch (RuntimeException | AssertionError error) {
                throw new AssertionError("instance " + number, error);
            }
        });
        assertThat(incomplete.sum()).as("answers beyond the bound").isPositive();
    }

    /** What the checker calls a contradiction is one: no order of the columns serves both. */
    @Test
    void contradictionsAreThoseOfTheDefinition() {
        IntStream.range(0, SETS).parallel().forEach(number -> {
            var requests = RandomRequests.of(number, 4, 2, 0).requests();
            if (requests.size() == 2) {
                var one = requests.get(0).alternatives().get(0);
                var other = requests.get(1).alternatives().get(0);
                var optimum = new ExhaustiveIndexes(requests, 4, ColumnCosts.even(4)).find(java.util.List.of());
                assertThat(IndexSetChecker.contradict(one, other))
                        .as("%s and %s", one, other)
                        .isEqualTo(optimum.indexes() == 2);
                if (optimum.indexes() == 1) {
                    together.increment();
                }
            }
        });
        assertThat(together.sum()).as("pairs that one index serves").isPositive();
    }
}
