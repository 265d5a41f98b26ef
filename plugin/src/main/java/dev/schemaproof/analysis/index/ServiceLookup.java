package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.normal.AttributeSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds the requests that an index serves by the sets of columns that it begins with, rather than by asking each. */
final class ServiceLookup {

    private record Wanted(int request, Demand demand) {}

    private final Map<AttributeSet, List<Wanted>> byEqual = new HashMap<>();

    /**
     * Prepares the lookup.
     *
     * @param open the positions of the requests that may be found
     */
    ServiceLookup(List<Request> requests, List<Integer> open) {
        for (int request : open) {
            for (var demand : requests.get(request).alternatives()) {
                byEqual.computeIfAbsent(demand.equal(), set -> new ArrayList<>())
                        .add(new Wanted(request, demand));
            }
        }
    }

    /** The positions of the requests that the index serves, in order. */
    List<Integer> servedBy(List<SortedColumn> key) {
        var found = new TreeSet<Integer>();
        var beginning = AttributeSet.none();
        for (var length = 0; length <= key.size(); length++) {
            for (var wanted : byEqual.getOrDefault(beginning, List.of())) {
                if (wanted.demand().isServedBy(key)) {
                    found.add(wanted.request());
                }
            }
            if (length < key.size()) {
                beginning = beginning.with(key.get(length).column());
            }
        }
        return List.copyOf(found);
    }
}
