package dev.schemaproof.analysis.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

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

    private final BitSet[] after;
    private final BitSet kept;
    private final int[] next;
    private final int[] previous;
    private final int[] from;
    private int matched;

    /**
     * Finds the cover.
     *
     * @param after for each demand those that it comes before: a partial order
     * @param kept the demands to cover
     * @param costs of each demand
     */
    ChainCover(BitSet[] after, BitSet kept, long[] costs) {
        this.after = after;
        this.kept = kept;
        next = new int[after.length];
        previous = new int[after.length];
        from = new int[after.length];
        Arrays.fill(next, NONE);
        Arrays.fill(previous, NONE);
        match(costs);
    }

    private void match(long[] costs) {
        var dearestFirst = kept.stream()
                .boxed()
                .sorted((one, other) -> Long.compare(costs[other], costs[one]))
                .mapToInt(Integer::intValue)
                .toArray();
        var free = (BitSet) kept.clone();
        // What a search in vain has visited leads nowhere for the later ones either
        var open = (BitSet) kept.clone();
        for (var start : dearestFirst) {
            var direct = firstOfBoth(after[start], free);
            if (direct != NONE && open.get(direct)) {
                from[direct] = start;
                turn(direct);
                free.clear(direct);
                matched++;
                continue;
            }
            var left = (BitSet) open.clone();
            var end = augment(start, left, free);
            if (end == NONE) {
                open = left;
            } else {
                turn(end);
                free.clear(end);
                matched++;
            }
        }
    }

    private static int firstOfBoth(BitSet one, BitSet other) {
        for (var i = one.nextSetBit(0); i >= 0; i = one.nextSetBit(i + 1)) {
            i = other.nextSetBit(i);
            if (i < 0) {
                return NONE;
            }
            if (one.get(i)) {
                return i;
            }
        }
        return NONE;
    }

    /** Looks for the end of an augmenting path, breadth first, and takes what it visits out of {@code left}. */
    private int augment(int start, BitSet left, BitSet free) {
        var queue = new ArrayDeque<Integer>();
        queue.add(start);
        while (!queue.isEmpty()) {
            int demand = queue.remove();
            var reached = (BitSet) left.clone();
            reached.and(after[demand]);
            for (var j = reached.nextSetBit(0); j >= 0; j = reached.nextSetBit(j + 1)) {
                left.clear(j);
                from[j] = demand;
                if (free.get(j)) {
                    return j;
                }
                queue.add(previous[j]);
            }
        }
        return NONE;
    }

    private void turn(int end) {
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
        return kept.cardinality() - matched;
    }

    /** The sum of the costs of the last demands of the chains. */
    long cost(long[] costs) {
        return kept.stream()
                .filter(i -> next[i] == NONE)
                .mapToLong(i -> costs[i])
                .sum();
    }

    /** The chains, each from its first demand to its last, in the order of their first demands. */
    List<List<Integer>> chains() {
        var chains = new ArrayList<List<Integer>>();
        kept.stream().filter(i -> previous[i] == NONE).forEach(i -> {
            var chain = new ArrayList<Integer>();
            for (var j = i; j != NONE; j = next[j]) {
                chain.add(j);
            }
            chains.add(chain);
        });
        return chains;
    }

    /** As many demands as there are chains, any two of which contradict each other. */
    List<Integer> antichain() {
        var reachedFrom = new BitSet(after.length);
        var left = (BitSet) kept.clone();
        var queue = new ArrayDeque<Integer>();
        kept.stream().filter(i -> next[i] == NONE).forEach(i -> {
            reachedFrom.set(i);
            queue.add(i);
        });
        while (!queue.isEmpty()) {
            var more = (BitSet) left.clone();
            more.and(after[queue.remove()]);
            left.andNot(more);
            more.stream()
                    .map(j -> previous[j])
                    .filter(i -> i != NONE && !reachedFrom.get(i))
                    .forEach(i -> {
                        reachedFrom.set(i);
                        queue.add(i);
                    });
        }
        return kept.stream()
                .filter(i -> reachedFrom.get(i) && left.get(i))
                .boxed()
                .toList();
    }
}
