package dev.schemaproof.analysis.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Chooses among functions or operators of one name as PostgreSQL does (manual, sections "Operators" and "Functions" of the
 * chapter "Type Conversion"; {@code func_select_candidate} in its source).
 */
final class Overloads<T> {

    private final TypeSystem types;
    private final List<SqlType> actual;
    private final List<Overload<T>> possible;

    /** @param candidates all with as many arguments as there are */
    Overloads(TypeSystem types, List<SqlType> actual, List<Overload<T>> candidates) {
        this.types = types;
        this.actual = actual;
        possible = candidates.stream()
                .filter(candidate -> new Polymorphism(types, candidate.arguments(), actual).fits())
                .toList();
    }

    /** Whether none can be meant. */
    boolean isNone() {
        return possible.isEmpty();
    }

    /** The one that is meant; empty where there is none, or it can't be said. */
    Optional<Overload<T>> chosen() {
        var exact = possible.stream().filter(this::isExact).findFirst();
        if (exact.isPresent() || possible.size() <= 1) {
            return exact.or(() -> possible.stream().findFirst());
        }
        var left = best(best(possible, this::exactMatches), this::exactOrPreferred);
        return left.size() == 1 ? Optional.of(left.get(0)) : byUnknowns(left);
    }

    private boolean isExact(Overload<T> candidate) {
        return IntStream.range(0, actual.size()).allMatch(i -> isExact(candidate, i));
    }

    private boolean isExact(Overload<T> candidate, int i) {
        return !actual.get(i).own()
                && actual.get(i).name().equals(candidate.arguments().get(i));
    }

    private int exactMatches(Overload<T> candidate) {
        return (int) IntStream.range(0, actual.size())
                .filter(i -> !actual.get(i).isUnknown() && isExact(candidate, i))
                .count();
    }

    private int exactOrPreferred(Overload<T> candidate) {
        return (int) IntStream.range(0, actual.size())
                .filter(i -> !actual.get(i).isUnknown())
                .filter(i -> isExact(candidate, i) || isPreferred(candidate, i))
                .count();
    }

    private boolean isPreferred(Overload<T> candidate, int i) {
        var wanted = SqlType.builtIn(candidate.arguments().get(i));
        return types.isPreferred(wanted) && types.category(wanted) == types.category(actual.get(i));
    }

    private List<Overload<T>> best(List<Overload<T>> candidates, ToIntFunction<Overload<T>> score) {
        var best = candidates.stream().mapToInt(score).max().orElse(0);
        return candidates.stream()
                .filter(candidate -> score.applyAsInt(candidate) == best)
                .toList();
    }

    private Optional<Overload<T>> byUnknowns(List<Overload<T>> candidates) {
        var unknowns = IntStream.range(0, actual.size())
                .filter(i -> actual.get(i).isUnknown())
                .boxed()
                .toList();
        if (unknowns.isEmpty()) {
            return Optional.empty();
        }
        var byCategory = byCategory(candidates, unknowns);
        if (byCategory.size() == 1) {
            return Optional.of(byCategory.get(0));
        }
        var known = Set.copyOf(actual.stream().filter(type -> !type.isUnknown()).toList());
        if (known.size() != 1) {
            return Optional.empty();
        }
        var one = known.iterator().next();
        var same = byCategory.stream()
                .filter(candidate -> new Polymorphism(
                                types,
                                candidate.arguments(),
                                actual.stream().map(type -> one).toList())
                        .fits())
                .toList();
        return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
    }

    /** Texts that may be anything are taken for text if that is possible. */
    private List<Overload<T>> byCategory(List<Overload<T>> candidates, List<Integer> unknowns) {
        var left = new ArrayList<>(candidates);
        for (var i : unknowns) {
            var category = '\0';
            var preferred = false;
            var conflict = false;
            for (var candidate : candidates) {
                var wanted = SqlType.builtIn(candidate.arguments().get(i));
                if (category == '\0') {
                    category = types.category(wanted);
                    preferred = types.isPreferred(wanted);
                } else if (types.category(wanted) == category) {
                    preferred |= types.isPreferred(wanted);
                } else if (types.category(wanted) == 'S') {
                    category = 'S';
                    preferred = types.isPreferred(wanted);
                } else {
                    conflict = true;
                }
            }
            if (conflict && category != 'S') {
                return candidates;
            }
            var meant = category;
            var onlyPreferred = preferred;
            left.removeIf(candidate -> {
                var wanted = SqlType.builtIn(candidate.arguments().get(i));
                return types.category(wanted) != meant || onlyPreferred && !types.isPreferred(wanted);
            });
        }
        return left.isEmpty() ? candidates : left;
    }
}
