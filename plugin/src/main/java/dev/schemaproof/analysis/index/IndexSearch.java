package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.index.LowerBound.Antichain;
import dev.schemaproof.analysis.index.LowerBound.Member;
import dev.schemaproof.analysis.index.LowerBound.Split;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Branch and bound (Land and Doig, An automatic method of solving discrete programming problems, Econometrica 28, 1960) over the
 * alternatives of requests; whatever has been settled is solved exactly by a {@link ChainCover}. One more demand never makes a cover
 * smaller or cheaper, so that the cover of what is settled bounds from below all that follow from it.
 */
final class IndexSearch {

    /** So many steps are taken before the search stops and says so: some seconds at most. */
    static final long WORK = 50_000_000;

    /** What a cover of the fewest demands takes. */
    private static final int LEAST_WORK = 1_000;

    /** The part of the steps that may be taken once more to find a certificate. */
    private static final int SHARE_FOR_BOUND = 4;

    /** A certificate of more cases than that is of use to nobody; then only what holds for all of them is said. */
    private static final int MOST_CASES = 1_000;

    /** What was found. */
    record Found(List<List<Demand>> chains, LowerBound bound, boolean complete, long work) {}

    /** A request with more than one alternative that is none the weaker for it; demands by position. */
    private record Choice(int request, List<Integer> demands) {}

    /** Demands that are settled, those among them that none contains, and their cover. */
    private record Node(BitSet settled, ChainCover cover, long cost) {}

    private final List<Member> members = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();
    private final BitSet required = new BitSet();
    private final List<Demand> demands = new ArrayList<>();
    private final BitSet[] after;
    private final long[] costs;
    private final BitSet[] containers;
    private final long allowed;
    private long work;
    private int cases;
    private @Nullable Node best;

    /**
     * Prepares the search.
     *
     * @param part the positions of the requests to serve
     * @param work the number of steps after which it stops
     */
    IndexSearch(List<Request> requests, List<Integer> part, ColumnCosts columns, long work) {
        this.work = work;
        allowed = work;
        var known = new HashSet<Request>();
        for (int request : part) {
            if (!known.add(requests.get(request))) {
                continue;
            }
            var weakest = weakest(requests.get(request));
            var first = demands.size();
            for (var alternative : weakest) {
                demands.add(requests.get(request).alternatives().get(alternative));
                members.add(new Member(request, alternative));
            }
            if (weakest.length == 1) {
                required.set(first);
            } else {
                choices.add(new Choice(
                        request, IntStream.range(first, demands.size()).boxed().toList()));
            }
        }
        var relations = new Relations(demands);
        after = relations.after();
        containers = relations.containers();
        costs = demands.stream().mapToLong(columns::of).toArray();
    }

    /** The alternatives that don't contain another one. */
    private static int[] weakest(Request request) {
        var all = request.alternatives();
        if (all.size() == 1) {
            return new int[] {0};
        }
        var compared = new Relations(all);
        return IntStream.range(0, all.size())
                .filter(i -> IntStream.range(0, all.size())
                        .noneMatch(j -> i != j && compared.contained(j, i) && (j < i || !compared.contained(i, j))))
                .toArray();
    }

    Found run() {
        var root = node(required);
        var complete = search(root, 0);
        var found = best == null ? settle(root) : best;
        var cover = found.cover();
        var chains = cover.chains().stream()
                .map(chain -> chain.stream().map(demands::get).toList())
                .toList();
        var used = allowed - work;
        return new Found(chains, bound(root, cover.size()), complete, used);
    }

    private Node node(BitSet settled) {
        var kept = new BitSet(demands.size());
        settled.stream().filter(demand -> !isContained(demand, settled)).forEach(kept::set);
        var size = kept.cardinality();
        work -= LEAST_WORK + (long) size * (size / Long.SIZE + 1);
        var cover = new ChainCover(after, kept, costs);
        return new Node(settled, cover, cover.cost(costs));
    }

    /** Whether another settled demand contains it; of two that contain each other, the first stays. */
    private boolean isContained(int demand, BitSet settled) {
        var others = containers[demand];
        for (var i = others.nextSetBit(0); i >= 0; i = others.nextSetBit(i + 1)) {
            if (settled.get(i) && (i < demand || !containers[i].get(demand))) {
                return true;
            }
        }
        return false;
    }

    /** Whether all ways from here were looked at, or are known not to be better than the best one. */
    private boolean search(Node node, int level) {
        if (best != null && BY_COST.compare(node, best) >= 0) {
            return true;
        }
        var free = free(node, level);
        if (free == choices.size()) {
            best = node;
            return true;
        }
        if (work <= 0) {
            return false;
        }
        var nodes = choices.get(free).demands().stream()
                .map(demand -> node(with(node.settled(), demand)))
                .sorted(BY_COST)
                .toList();
        var complete = true;
        for (var next : nodes) {
            complete &= search(next, free + 1);
        }
        return complete;
    }

    private static final Comparator<Node> BY_COST =
            Comparator.<Node>comparingInt(node -> node.cover().size()).thenComparingLong(Node::cost);

    /** The next choice that isn't met by what is settled, from a level on. */
    private int free(Node node, int level) {
        var next = level;
        while (next < choices.size() && isMet(choices.get(next), node.settled())) {
            next++;
        }
        return next;
    }

    private boolean isMet(Choice choice, BitSet settled) {
        return choice.demands().stream()
                .anyMatch(demand -> settled.get(demand) || containers[demand].intersects(settled));
    }

    private static BitSet with(BitSet settled, int demand) {
        var more = (BitSet) settled.clone();
        more.set(demand);
        return more;
    }

    /** Any way, when there was no time to look for a good one: each choice is met as cheaply as it can be on its own. */
    private Node settle(Node root) {
        var node = root;
        for (var level = free(node, 0); level < choices.size(); level = free(node, level + 1)) {
            var cheapest = choices.get(level).demands().stream()
                    .min(Comparator.comparingLong(demand -> costs[demand]))
                    .orElseThrow();
            node = new Node(with(node.settled(), cheapest), node.cover(), node.cost());
        }
        return node(node.settled());
    }

    private LowerBound bound(Node root, int size) {
        cases = 0;
        work = Math.min(work, 0) + allowed / SHARE_FOR_BOUND;
        return bound(root, 0, size).orElseGet(() -> antichain(root));
    }

    /** A bound of this size by cases, if it takes no more than {@link #MOST_CASES} of them. */
    private Optional<LowerBound> bound(Node node, int level, int size) {
        if (node.cover().size() >= size) {
            return Optional.of(antichain(node));
        }
        var free = free(node, level);
        if (free == choices.size() || ++cases > MOST_CASES || work <= 0) {
            return Optional.empty();
        }
        var choice = choices.get(free);
        var bounds = new ArrayList<LowerBound>();
        for (var demand : choice.demands()) {
            var bound = bound(node(with(node.settled(), demand)), free + 1, size);
            if (bound.isEmpty()) {
                return Optional.empty();
            }
            bounds.add(bound.get());
        }
        return Optional.of(new Split(choice.request(), bounds));
    }

    private Antichain antichain(Node node) {
        return new Antichain(node.cover().antichain().stream().map(members::get).toList());
    }
}
