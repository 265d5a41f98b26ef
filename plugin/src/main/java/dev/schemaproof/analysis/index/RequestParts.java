package dev.schemaproof.analysis.index;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/** Takes requests apart where some leave a choice: no index serves requests of two parts, so that each is searched on its own. */
final class RequestParts {

    private final int[] parents;

    private RequestParts(int size) {
        parents = IntStream.range(0, size).toArray();
    }

    /** The parts; a single one where nothing is left to choose, which needs no search. */
    static List<List<Integer>> of(List<Request> requests, List<Integer> open) {
        if (open.isEmpty()) {
            return List.of();
        }
        if (open.stream().allMatch(i -> requests.get(i).alternatives().size() == 1)) {
            return List.of(open);
        }
        var owners = new ArrayList<Integer>();
        var demands = new ArrayList<Demand>();
        for (var i = 0; i < open.size(); i++) {
            for (var demand : requests.get(open.get(i)).alternatives()) {
                demands.add(demand);
                owners.add(i);
            }
        }
        var relations = new Relations(demands);
        var parts = new RequestParts(open.size());
        for (var i = 0; i < demands.size(); i++) {
            for (var j = 0; j < i; j++) {
                if (relations.related(i, j)) {
                    parts.join(owners.get(i), owners.get(j));
                }
            }
        }
        var grouped = new LinkedHashMap<Integer, List<Integer>>();
        for (var i = 0; i < open.size(); i++) {
            grouped.computeIfAbsent(parts.root(i), root -> new ArrayList<>()).add(open.get(i));
        }
        return List.copyOf(grouped.values());
    }

    private int root(int i) {
        var root = i;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    private void join(int one, int other) {
        parents[root(one)] = root(other);
    }
}
