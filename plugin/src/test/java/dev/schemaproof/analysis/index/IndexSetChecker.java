package dev.schemaproof.analysis.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.index.LowerBound.Antichain;
import dev.schemaproof.analysis.index.LowerBound.Member;
import dev.schemaproof.analysis.index.LowerBound.Split;
import dev.schemaproof.analysis.index.LowerBound.Sum;
import dev.schemaproof.analysis.index.SortedColumn.Sorting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks an answer from the definitions alone: that each index serves what it is said to serve, that everything is served, and
 * that the lower bound is one. Shares no code with the solver but the records that hold its input and its answer.
 */
final class IndexSetChecker {

    private final List<Request> requests;

    IndexSetChecker(List<Request> requests) {
        this.requests = requests;
    }

    void check(SmallestIndexes answer, List<List<SortedColumn>> fixed) {
        var anyway = new ArrayList<Integer>();
        for (var i = 0; i < requests.size(); i++) {
            var request = i;
            if (fixed.stream().anyMatch(key -> serves(key, request))) {
                anyway.add(i);
            }
        }
        assertThat(answer.servedAnyway()).as("served anyway").isEqualTo(anyway);
        var served = new HashSet<Integer>(anyway);
        for (var index : answer.indexes()) {
            var columns = index.key().stream().map(SortedColumn::column).toList();
            assertThat(columns).doesNotHaveDuplicates();
            for (var i = 0; i < requests.size(); i++) {
                if (!anyway.contains(i)) {
                    assertThat(index.requests().contains(i))
                            .as("%s serves %s", index.key(), requests.get(i))
                            .isEqualTo(serves(index.key(), i));
                }
            }
            served.addAll(index.requests());
        }
        assertThat(served).as("served requests").hasSize(requests.size());
        bound(answer.bound(), new HashSet<>(anyway));
        assertThat(answer.bound().size()).isLessThanOrEqualTo(answer.indexes().size());
    }

    private void bound(LowerBound bound, Set<Integer> anyway) {
        assertThat(requestsIn(bound)).as("requests that need an index").noneMatch(anyway::contains);
        assertThat(holds(bound, Map.of())).as("%s", bound).isTrue();
    }

    /** Whether it is a bound when some requests are settled on one alternative. */
    private boolean holds(LowerBound bound, Map<Integer, Integer> settled) {
        if (bound instanceof Antichain antichain) {
            var members = antichain.members().stream().map(Member::request).toList();
            return new HashSet<>(members).size() == members.size()
                    && members.stream()
                            .allMatch(one -> members.stream()
                                    .allMatch(other -> one.equals(other) || contradict(one, other, settled)));
        } else if (bound instanceof Split split) {
            for (var i = 0; i < requests.get(split.request()).alternatives().size(); i++) {
                var more = new HashMap<>(settled);
                more.put(split.request(), i);
                if (split.cases().stream().noneMatch(part -> holds(part, more))) {
                    return false;
                }
            }
            return true;
        }
        var parts = ((Sum) bound).parts();
        for (var part : parts) {
            if (!holds(part, settled)) {
                return false;
            }
            for (var other : parts) {
                if (part != other
                        && !requestsIn(part).stream()
                                .allMatch(one ->
                                        requestsIn(other).stream().allMatch(two -> contradict(one, two, settled)))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Set<Integer> requestsIn(LowerBound bound) {
        if (bound instanceof Antichain antichain) {
            return antichain.members().stream().map(Member::request).collect(Collectors.toSet());
        } else if (bound instanceof Split split) {
            var found = new HashSet<Integer>();
            split.cases().forEach(part -> found.addAll(requestsIn(part)));
            return found;
        }
        var found = new HashSet<Integer>();
        ((Sum) bound).parts().forEach(part -> found.addAll(requestsIn(part)));
        return found;
    }

    private boolean contradict(int one, int other, Map<Integer, Integer> settled) {
        return possible(one, settled).stream()
                .allMatch(
                        demand -> possible(other, settled).stream().allMatch(opposite -> contradict(demand, opposite)));
    }

    private List<Demand> possible(int request, Map<Integer, Integer> settled) {
        var all = requests.get(request).alternatives();
        return settled.containsKey(request) ? List.of(all.get(settled.get(request))) : all;
    }

    /** By definition: no order of columns begins, for each length that one of them speaks of, with the set that it asks for. */
    static boolean contradict(Demand one, Demand other) {
        for (var set : sets(one)) {
            for (var opposite : sets(other)) {
                if (!set.containsAll(opposite) && !opposite.containsAll(set)) {
                    return true;
                }
            }
        }
        var first = positions(one);
        var second = positions(other);
        for (var position : first.keySet()) {
            if (second.containsKey(position)) {
                var wanted = first.get(position);
                var opposite = second.get(position);
                if (wanted.column() != opposite.column() || apart(wanted.sorting(), opposite.sorting())) {
                    return true;
                }
                if (first.containsKey(position + 1) && second.containsKey(position + 1)) {
                    var turns = wanted.descending() ^ first.get(position + 1).descending();
                    if (turns != opposite.descending()
                            ^ second.get(position + 1).descending()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean apart(Sorting one, Sorting other) {
        return allowed(one).stream().noneMatch(allowed(other)::contains);
    }

    private static Set<Sorting> allowed(Sorting wanted) {
        return wanted == Sorting.ANY_NULLS ? Set.of(Sorting.NULLS_GREATEST, Sorting.NULLS_LEAST) : Set.of(wanted);
    }

    /** The sets of columns that the beginnings of an index have to be. */
    private static List<Set<Integer>> sets(Demand demand) {
        var sets = new ArrayList<Set<Integer>>();
        var set = demand.equal().positions().boxed().collect(Collectors.toSet());
        sets.add(Set.copyOf(set));
        for (var sorted : demand.suffix()) {
            set.add(sorted.column());
            sets.add(Set.copyOf(set));
        }
        return sets;
    }

    private static Map<Integer, SortedColumn> positions(Demand demand) {
        var found = new HashMap<Integer, SortedColumn>();
        for (var i = 0; i < demand.suffix().size(); i++) {
            found.put(demand.equal().size() + i, demand.suffix().get(i));
        }
        return found;
    }

    private boolean serves(List<SortedColumn> key, int request) {
        return requests.get(request).alternatives().stream().anyMatch(demand -> serves(key, demand));
    }

    /** By definition: the first columns are the equal ones, and what follows is sorted as asked for, read forward or backward. */
    static boolean serves(List<SortedColumn> key, Demand demand) {
        var equal = demand.equal().positions().boxed().collect(Collectors.toSet());
        var width = equal.size() + demand.suffix().size();
        if (key.size() < width
                || !key.subList(0, equal.size()).stream()
                        .map(SortedColumn::column)
                        .collect(Collectors.toSet())
                        .equals(equal)) {
            return false;
        }
        var behind = key.subList(equal.size(), width);
        return readsAs(behind, demand.suffix(), false) || readsAs(behind, demand.suffix(), true);
    }

    private static boolean readsAs(List<SortedColumn> given, List<SortedColumn> wanted, boolean backward) {
        for (var i = 0; i < wanted.size(); i++) {
            if (given.get(i).column() != wanted.get(i).column()
                    || (given.get(i).descending() != backward) != wanted.get(i).descending()
                    || !allowed(wanted.get(i).sorting()).contains(given.get(i).sorting())) {
                return false;
            }
        }
        return true;
    }
}
