package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.index.LowerBound.Antichain;
import dev.schemaproof.analysis.index.LowerBound.Member;
import dev.schemaproof.analysis.index.LowerBound.Split;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** So many pairs of demands are compared before the search stops and says so: about a second. */
    static final long WORK = 200_000_000;

    /** A certificate of more cases than that is of use to nobody; then only what holds for all of them is said. */
    private static final int MOST_CASES = 1_000;

    /** What was found. */
    record Found(List<List<Demand>> chains, LowerBound bound, boolean complete, long work) {}

    /** A request with more than one alternative that is none the weaker for it; demands by position. */
    private record Choice(int request, int[] demands, int[] alternatives) {}

    /** Demands that are settled, those among them that none contains, and their cover. */
    private record Node(BitSet settled, ChainCover cover, long cost) {}

    private final List<Member> members = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();
    private final BitSet required = new BitSet();
    private final List<Demand> demands = new ArrayList<>();
    private final Relations relations;
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
     * @param work the number of comparisons after which it stops
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
                        request, IntStream.range(first, demands.size()).toArray(), weakest));
            }
        }
        relations = new Relations(demands);
        costs = demands.stream().mapToLong(columns::of).toArray();
        containers = new BitSet[demands.size()];
        for (var i = 0; i < containers.length; i++) {
            containers[i] = containers(i);
        }
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

    /** The demands that meet this one as well; of two that say the same, each. */
    private BitSet containers(int demand) {
        var found = new BitSet();
        for (var other = 0; other < demands.size(); other++) {
            if (other != demand && relations.contained(demand, other)) {
                found.set(other);
            }
        }
        return found;
    }

    Found run() {
        var root = node(required);
        var complete = search(root, 0);
        var found = best == null ? settle(root) : best;
        var cover = found.cover();
        var chains = cover.chains().stream()
                .map(chain -> chain.stream().map(demands::get).toList())
                .toList();
        var bound = bound(root, cover.size());
        return new Found(chains, bound, complete, allowed - work);
    }

    private Node node(BitSet settled) {
        var kept = settled.stream()
                .filter(demand -> containers[demand].stream()
                        .noneMatch(other -> settled.get(other) && (other < demand || !containers[other].get(demand))))
                .toArray();
        work -= (long) kept.length * kept.length + 1;
        var cover = new ChainCover(relations, kept, costs);
        return new Node(settled, cover, cover.cost(costs));
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
        var nodes = Arrays.stream(choices.get(free).demands())
                .mapToObj(demand -> node(with(node.settled(), demand)))
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
        return Arrays.stream(choice.demands())
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
            var cheapest = Arrays.stream(choices.get(level).demands())
                    .boxed()
                    .min(Comparator.comparingLong(demand -> costs[demand]))
                    .orElseThrow();
            node = new Node(with(node.settled(), cheapest), node.cover(), node.cost());
        }
        return node(node.settled());
    }

    private LowerBound bound(Node root, int size) {
        cases = 0;
        return bound(root, 0, size).orElseGet(() -> antichain(root));
    }

    /** A bound of this size by cases, if it takes no more than {@link #MOST_CASES} of them. */
    private Optional<LowerBound> bound(Node node, int level, int size) {
        if (node.cover().size() >= size) {
            return Optional.of(antichain(node));
        }
        var free = free(node, level);
        if (free == choices.size() || ++cases > MOST_CASES) {
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
