package dev.schemaproof.analysis.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.normal.AttributeSet;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jgrapht.alg.matching.HopcroftKarpMaximumCardinalityBipartiteMatching;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.junit.jupiter.api.Test;

class ChainCoverTest {

    @Test
    void coversEveryDemandByChainsOfWhichTheAntichainHasOneEach() {
        var cover = cover(List.of(equal(0), equal(1), equal(0, 1), equal(0, 1, 2), equal(3)));
        assertThat(cover.size()).isEqualTo(3);
        assertThat(cover.chains()).containsExactlyInAnyOrder(List.of(0, 2, 3), List.of(1), List.of(4));
        assertThat(cover.antichain()).containsExactlyInAnyOrder(0, 1, 4);
    }

    @Test
    void givesSuccessorsToTheDearestFirst() {
        var demands = List.of(equal(0), equal(1), equal(0, 1));
        var cover = new ChainCover(new Relations(demands).after(), all(3), new long[] {1, 5, 6});
        assertThat(cover.chains()).containsExactlyInAnyOrder(List.of(0), List.of(1, 2));
        assertThat(cover.cost(new long[] {1, 5, 6})).isEqualTo(7);
    }

    /** The matching is as large as that of Hopcroft and Karp's algorithm, A n^5/2 algorithm for maximum matchings, 1973. */
    @Test
    void isAsSmallAsAnotherMatchingSays() {
        IntStream.range(0, 200).forEach(number -> {
            var all = RandomRequests.of(number, 6, 120, 0).requests().stream()
                    .map(request -> request.alternatives().get(0))
                    .toList();
            var relations = new Relations(all);
            var kept = IntStream.range(0, all.size())
                    .filter(i -> IntStream.range(0, all.size())
                            .noneMatch(
                                    j -> i != j && relations.contained(i, j) && (j < i || !relations.contained(j, i))))
                    .boxed()
                    .toList();
            var graph = new SimpleGraph<String, DefaultEdge>(DefaultEdge.class);
            var left = kept.stream().map(i -> "before " + i).collect(Collectors.toSet());
            var right = kept.stream().map(i -> "after " + i).collect(Collectors.toSet());
            left.forEach(graph::addVertex);
            right.forEach(graph::addVertex);
            for (int i : kept) {
                for (int j : kept) {
                    if (relations.before(i, j)) {
                        graph.addEdge("before " + i, "after " + j);
                    }
                }
            }
            var matching = new HopcroftKarpMaximumCardinalityBipartiteMatching<>(graph, left, right).getMatching();
            var costs = new long[all.size()];
            var cover = new ChainCover(relations.after(), set(kept), costs);
            assertThat(cover.size()).isEqualTo(kept.size() - matching.getEdges().size());
            assertThat(cover.antichain()).hasSize(cover.size());
            var covered = cover.chains().stream().flatMap(List::stream).toList();
            assertThat(covered).doesNotHaveDuplicates();
            assertThat(new HashSet<>(covered)).isEqualTo(new HashSet<>(kept));
        });
    }

    private static ChainCover cover(List<Demand> demands) {
        return new ChainCover(
                new Relations(demands).after(),
                all(demands.size()),
                demands.stream().mapToLong(ColumnCosts.even(4)::of).toArray());
    }

    private static BitSet all(int size) {
        var all = new BitSet(size);
        all.set(0, size);
        return all;
    }

    private static BitSet set(List<Integer> positions) {
        var set = new BitSet();
        positions.forEach(set::set);
        return set;
    }

    private static Demand equal(int... columns) {
        return new Demand(AttributeSet.of(columns), List.of());
    }
}
