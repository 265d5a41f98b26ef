package dev.schemaproof.analysis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.Coverage.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How verdicts on random patterns and indexes have to change when those are changed. */
class MetamorphicTest {

    private static final List<String> COLUMNS = List.of("a", "b", "c", "d", "e");

    /** A pattern and an index, in lists of columns. */
    record Case(List<String> equal, List<String> range, List<String> order, List<String> index) {

        private Coverage coverage() {
            var conditions = Stream.concat(
                            equal.stream().map(column -> column + " = :" + column),
                            range.stream().map(column -> column + " > :" + column))
                    .collect(Collectors.joining(" and "));
            var sql = "select z from t where " + conditions
                    + (order.isEmpty() ? "" : " order by " + String.join(", ", order));
            return new Facts(Models.read("""
                            schema: random
                            entities:
                              T:
                                table: t
                                attributes: {id: int, a: int, b: int, c: int, d: int, e: int, z: int}
                                key: [id]
                                indexes: {i: {on: [%s]}}
                            accessPatterns: {it: {sql: "%s"}}
                            """.formatted(String.join(", ", index), sql)))
                    .access()
                    .of("it")
                    .orElseThrow()
                    .coverages()
                    .get(0);
        }

        private Case withIndex(List<String> columns) {
            return new Case(equal, range, order, columns);
        }
    }

    static Stream<Case> cases() {
        var random = new Random(7);
        return IntStream.range(0, 300).mapToObj(i -> {
            var columns = new ArrayList<>(COLUMNS);
            Collections.shuffle(columns, random);
            var equal = List.copyOf(columns.subList(0, 1 + random.nextInt(3)));
            var rest = columns.subList(equal.size(), columns.size());
            var range = random.nextBoolean() ? List.of(rest.get(0)) : List.<String>of();
            var order = rest.stream()
                    .limit(random.nextInt(3))
                    .map(column -> random.nextBoolean() ? column : column + " desc")
                    .toList();
            var index = new ArrayList<>(COLUMNS);
            Collections.shuffle(index, random);
            return new Case(equal, range, order, List.copyOf(index.subList(0, 1 + random.nextInt(5))));
        });
    }

    private static int depth(Coverage coverage) {
        return coverage.seeks().stream().mapToInt(Coverage.Seek::depth).sum();
    }

    /** From the worst verdict to the best. */
    private static boolean isAtLeast(Coverage one, Coverage other) {
        return depth(one) >= depth(other)
                && (one.served() || !other.served())
                && one.order().compareTo(other.order()) <= 0;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSequenceOfEqualitiesMattersNot(Case original) {
        var permuted = new ArrayList<>(original.equal());
        Collections.reverse(permuted);
        var other = new Case(permuted, original.range(), original.order(), original.index()).coverage();
        var one = original.coverage();
        assertThat(depth(other)).isEqualTo(depth(one));
        assertThat(other.order()).isEqualTo(one.order());
        assertThat(other.served()).isEqualTo(one.served());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSequenceOfIndexColumnsUnderEqualityMattersNot(Case original) {
        var covered = new Case(original.equal(), original.range(), original.order(), original.equal());
        var reversed = new ArrayList<>(original.equal());
        Collections.reverse(reversed);
        assertThat(depth(covered.coverage())).isEqualTo(original.equal().size());
        assertThat(depth(covered.withIndex(reversed).coverage()))
                .isEqualTo(original.equal().size());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anAppendedColumnNeverLowersIt(Case original) {
        var one = original.coverage();
        COLUMNS.stream().filter(column -> !original.index().contains(column)).forEach(column -> {
            var longer = new ArrayList<>(original.index());
            longer.add(column);
            assertThat(isAtLeast(original.withIndex(longer).coverage(), one))
                    .as(original + " with " + column)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void withoutANeededColumnItIsLower(Case original) {
        var full = original.withIndex(original.equal());
        for (var column : original.equal()) {
            var shorter = new ArrayList<>(original.equal());
            shorter.remove(column);
            shorter.add(0, "z");
            var coverage = full.withIndex(shorter).coverage();
            assertThat(coverage.served()).as(full + " without " + column).isFalse();
            assertThat(coverage.unfit())
                    .extracting(Coverage.Unfit::reason)
                    .contains(Coverage.Reason.LEADING_TERM_UNBOUND);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void flippingAllDirectionsChangesNothing(Case original) {
        var flipped = original.order().stream()
                .map(key -> key.endsWith(" desc") ? key.replace(" desc", "") : key + " desc")
                .toList();
        assertThat(new Case(original.equal(), original.range(), flipped, original.index())
                        .coverage()
                        .order())
                .isEqualTo(original.coverage().order());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsProposedServes(Case original) {
        var coverage = original.withIndex(List.of("z")).coverage();
        assertThat(coverage.served()).isFalse();
        assertThat(coverage.proposals()).hasSize(1);
        var proposed = original.withIndex(
                        List.of(coverage.proposals().get(0).on().split(", ")))
                .coverage();
        assertThat(proposed.served()).isTrue();
        assertThat(depth(proposed)).isGreaterThanOrEqualTo(original.equal().size());
        if (original.range().isEmpty() && !original.order().isEmpty()) {
            assertThat(proposed.order()).isEqualTo(Order.FULL);
        }
    }
}
