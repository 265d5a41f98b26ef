package dev.schemaproof.analysis.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The fewest chains that hold every demand, of those the cheapest, and the largest set of demands of which no two are in one
 * chain: by Dilworth's theorem (A decomposition theorem for partially ordered sets, Annals of Mathematics 51, 1950) it has as many
 * demands as there are chains.
 *
 * <p>A cover by chains is a matching of demands with their successors (Fulkerson, Note on Dilworth's decomposition theorem,
 * Proceedings of the AMS 7, 1956), and the antichain is what a smallest vertex cover leaves (Kőnig). An index is as wide as the last
 * demand of its chain, the one without a successor, so that the cheapest cover gives successors to the dearest demands. The sets
 * of demands that can have successors at the same time are a transversal matroid (Edmonds and Fulkerson, Transversals and matroid
 * partition, 1965): giving them out to the dearest first, by augmenting paths, gives the greatest sum at no loss in number. That is
 * why this isn't Hopcroft and Karp's algorithm, which is faster in the worst case, but knows no order among the demands; a
 * test holds the size of the matching against that of JGraphT.
 */
final class ChainCover {

    private static final int NONE = -1;

    private final Relations relations;
    private final int[] demands;
    private final int size;
    private final BitSet[] after;
    private final int[] next;
    private final int[] previous;
    private int matched;

    /**
     * Finds the cover.
     *
     * @param demands the ones to cover, by their position in {@code relations}: none contained in another
     * @param costs by position in {@code relations}
     */
    ChainCover(Relations relations, int[] demands, long[] costs) {
        this.relations = relations;
        this.demands = demands.clone();
        size = demands.length;
        after = new BitSet[size];
        next = new int[size];
        previous = new int[size];
        Arrays.fill(next, NONE);
        Arrays.fill(previous, NONE);
        for (var i = 0; i < size; i++) {
            after[i] = new BitSet(size);
            for (var j = 0; j < size; j++) {
                if (i != j && relations.before(demands[i], demands[j])) {
                    after[i].set(j);
                }
            }
        }
        match(costs);
    }

    private void match(long[] costs) {
        var dearestFirst = IntStream.range(0, size)
                .boxed()
                .sorted((one, other) -> Long.compare(costs[demands[other]], costs[demands[one]]))
                .mapToInt(Integer::intValue)
                .toArray();
        // What a search in vain has visited leads nowhere for the later ones either
        var open = new BitSet(size);
        open.set(0, size);
        for (var start : dearestFirst) {
            var left = (BitSet) open.clone();
            if (augment(start, left)) {
                matched++;
            } else {
                open = left;
            }
        }
    }

    /** Looks for an augmenting path, breadth first, and takes what it visits out of {@code left}. */
    private boolean augment(int start, BitSet left) {
        var from = new int[size];
        var queue = new ArrayDeque<Integer>();
        queue.add(start);
        while (!queue.isEmpty()) {
            int demand = queue.remove();
            var reached = (BitSet) after[demand].clone();
            reached.and(left);
            for (var j = reached.nextSetBit(0); j >= 0; j = reached.nextSetBit(j + 1)) {
                left.clear(j);
                from[j] = demand;
                if (previous[j] == NONE) {
                    turn(j, from);
                    return true;
                }
                queue.add(previous[j]);
            }
        }
        return false;
    }

    private void turn(int end, int[] from) {
        var successor = end;
        while (successor != NONE) {
            var demand = from[successor];
            var before = next[demand];
            next[demand] = successor;
            previous[successor] = demand;
            successor = before;
        }
    }

    /** How many chains there are. */
    int size() {
        return size - matched;
    }

    /** The sum of the costs of the last demands of the chains. */
    long cost(long[] costs) {
        return IntStream.range(0, size)
                .filter(i -> next[i] == NONE)
                .mapToLong(i -> costs[demands[i]])
                .sum();
    }

    /** The chains, each from its first demand to its last, in the order of their first demands. */
    List<List<Integer>> chains() {
        var chains = new ArrayList<List<Integer>>();
        for (var i = 0; i < size; i++) {
            if (previous[i] == NONE) {
                var chain = new ArrayList<Integer>();
                for (var j = i; j != NONE; j = next[j]) {
                    chain.add(demands[j]);
                }
                chains.add(chain);
            }
        }
        return chains;
    }

    /** As many demands as there are chains, any two of which contradict each other. */
    List<Integer> antichain() {
        var reachedFrom = new BitSet(size);
        var reached = new BitSet(size);
        var queue = new ArrayDeque<Integer>();
        for (var i = 0; i < size; i++) {
            if (next[i] == NONE) {
                reachedFrom.set(i);
                queue.add(i);
            }
        }
        while (!queue.isEmpty()) {
            var more = (BitSet) after[queue.remove()].clone();
            more.andNot(reached);
            reached.or(more);
            more.stream()
                    .map(j -> previous[j])
                    .filter(i -> i != NONE && !reachedFrom.get(i))
                    .forEach(i -> {
                        reachedFrom.set(i);
                        queue.add(i);
                    });
        }
        return IntStream.range(0, size)
                .filter(i -> reachedFrom.get(i) && !reached.get(i))
                .mapToObj(i -> demands[i])
                .toList();
    }
}
