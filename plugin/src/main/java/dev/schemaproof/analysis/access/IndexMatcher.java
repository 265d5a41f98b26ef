package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.Condition.RowRange;
import dev.schemaproof.analysis.access.Coverage.Order;
import dev.schemaproof.analysis.access.Coverage.Reason;
import dev.schemaproof.analysis.access.Coverage.Seek;
import dev.schemaproof.analysis.access.Coverage.Unfit;
import dev.schemaproof.analysis.access.QueryBlock.Sort;
import dev.schemaproof.model.Index.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Says how far an index leads to the rows of a use. The rules for B-trees are those of PostgreSQL: columns bound by equality,
 * then one range, and the order of what comes behind the columns that have one value only.
 */
final class IndexMatcher {

    /** Skipped columns may have so many different values together for a skip scan to be cheap. */
    static final long FEW = 100;

    private static final int FIRST_WITH_SKIP_SCAN = 18;
    private static final int FIRST_WITH_ORDERED_ARRAYS = 17;

    private static final int FIRST_TO_LEAVE_OUT_TESTS = 17;

    /** A condition that leaves more than this share of all rows doesn't need an index. */
    private static final double HALF = 0.5;

    /**
     * What came of it.
     *
     * @param seek the way into the index, if conditions bound what is read of it
     * @param unfit why there is none
     * @param answered the conditions that the index answers
     */
    record Match(
            IndexPath path,
            Optional<Seek> seek,
            Optional<Unfit> unfit,
            Sorted sorted,
            Set<Condition> answered,
            boolean singleRow) {

        Order order() {
            return sorted.order();
        }
    }

    /**
     * In how much of the wanted order an index gives the rows.
     *
     * @param keys how many of the wanted keys, from the first, those that have one value not counted
     */
    record Sorted(Order order, int keys) {}

    private final EntityUse use;
    private final List<Condition> available;
    private final List<Sort> order;
    private final Predicate<Set<Integer>> single;
    private final int version;
    private final Predicates predicates;
    private final Comparator<Comparison> bestFirst;

    /**
     * @param available the conditions whose values are known
     * @param order the order that is wanted of this use; empty if others have a part in it
     * @param single whether there is only one combination of rows of these uses
     */
    IndexMatcher(
            EntityUse use, List<Condition> available, List<Sort> order, Predicate<Set<Integer>> single, int version) {
        this.use = use;
        this.available = available;
        this.order = order;
        this.single = single;
        this.version = version;
        predicates = new Predicates(available);
        bestFirst = Comparator.<Comparison>comparingInt(comparison -> BEST_FIRST.indexOf(comparison.kind()))
                .thenComparing(comparison -> !single.test(comparison.needs()));
    }

    Match match(IndexPath path) {
        var answered = new LinkedHashSet<Condition>();
        var unfit = predicates.unfit(path);
        if (unfit.isPresent()) {
            return unfit(path, unfit.get().reason(), unfit.get().words());
        }
        answered.addAll(predicates.answered(path, use.optional()));
        answered.addAll(certain());
        return switch (path.method()) {
            case BTREE -> tree(path, answered);
            case HASH -> hash(path, answered);
            case GIN -> scattered(path, answered, (part, comparison) -> OperatorClasses.gin(use, part, comparison));
            case BRIN -> scattered(path, answered, OperatorClasses::brin);
            case GIST, SPGIST -> generalized(path, answered);
        };
    }

    /** Tests that PostgreSQL leaves out, as the column is required. */
    private List<Condition> certain() {
        return available.stream()
                .filter(condition -> isCertain(use, condition, version))
                .toList();
    }

    /** Whether it is no test at all for PostgreSQL: it is known to hold for each row. */
    static boolean isCertain(EntityUse use, Condition condition, int version) {
        return version >= FIRST_TO_LEAVE_OUT_TESTS
                && !use.optional()
                && isCertain(use, condition.basis().claim());
    }

    private static boolean isCertain(EntityUse use, Claim claim) {
        if (claim instanceof Claim.Any any) {
            return any.claims().stream().anyMatch(one -> isCertain(use, one));
        } else if (claim instanceof Claim.All all) {
            return all.claims().stream().allMatch(one -> isCertain(use, one));
        }
        return claim instanceof Claim.Present present
                && use.entity().attributes().values().stream()
                        .anyMatch(attribute -> !attribute.optional()
                                && attribute.column().value().equals(present.term()));
    }

    private Match tree(IndexPath path, Set<Condition> answered) {
        var sought = new ArrayList<Term>();
        var skipped = new LinkedHashSet<Term>();
        Term range = null;
        var ordered = path.parts().size();
        var equal = 0;
        var mixed = false;
        var used = new ArrayList<Condition>();
        for (var i = 0; i < path.parts().size(); i++) {
            var part = path.parts().get(i);
            var bound = bound(part, answered);
            var row = rowRange(path, i, answered);
            if (bound.isEmpty() && row.isPresent()) {
                range = part.term();
                // In mixed directions only the first of the columns bounds it, and the rest is tested
                mixed = !sameDirection(path, i, row.get());
                used.addAll(mixed ? List.of() : List.of(row.get()));
                break;
            } else if (bound.isEmpty()) {
                if (!skips(path, i, skipped, answered)) {
                    break;
                }
                skipped.add(part.term());
                continue;
            }
            var comparison = bound.get();
            used.add(comparison);
            if (comparison.kind() != Kind.EQUAL && comparison.kind() != Kind.ANY_OF && comparison.kind() != Kind.NULL) {
                range = part.term();
                ordered = comparison.operator().endsWith(" any") && i > 0 && version < FIRST_WITH_ORDERED_ARRAYS
                        ? 0
                        : ordered;
                // The other end of the same range
                available.stream()
                        .filter(condition -> condition instanceof Comparison other
                                && other.term().equals(part.term())
                                && other.kind() == comparison.kind())
                        .forEach(used::add);
                break;
            }
            sought.add(part.term());
            equal += comparison.kind() == Kind.EQUAL ? 1 : 0;
            if (comparison.kind() == Kind.ANY_OF && i > 0 && version < FIRST_WITH_ORDERED_ARRAYS) {
                ordered = 0;
            }
        }
        var singleRow = path.unique() && equal == path.parts().size();
        var joins = used.stream().allMatch(condition -> single.test(condition.needs()));
        // What has one value only is in order whatever leads to it
        var sorted = joins || wanted().isEmpty() ? sorted(path, ordered) : new Sorted(Order.NONE, 0);
        var kept = singleRow && joins && !order.isEmpty() ? new Sorted(Order.FULL, sorted.keys()) : sorted;
        answered.addAll(used);
        var predicateNarrows = Predicates.narrow(path);
        var seek = new Seek(path, sought, Optional.ofNullable(range), skipped);
        if (!sought.isEmpty() || range != null) {
            return mixed || predicateNarrows || narrows(used)
                    ? new Match(path, Optional.of(seek), Optional.empty(), kept, answered, singleRow)
                    : new Match(
                            path,
                            Optional.empty(),
                            Optional.of(new Unfit(
                                    path,
                                    Reason.HARDLY_NARROWS,
                                    () -> "would find most rows: too few are left out by `"
                                            + used.get(0).text() + "`")),
                            kept,
                            answered,
                            false);
        }
        return new Match(
                path,
                predicateNarrows ? Optional.of(seek) : Optional.empty(),
                predicateNarrows ? Optional.empty() : Optional.of(Unfits.unbound(use, path)),
                kept,
                answered,
                false);
    }

    /** The order of an index whose parts up to an end are in order. */
    private Sorted sorted(IndexPath path, int end) {
        var wanted = wanted();
        if (order.isEmpty()) {
            return new Sorted(Order.NONE, 0);
        }
        var constant = new HashSet<Term>();
        var tested = new HashSet<Term>();
        for (var part : path.parts()) {
            if (isConstant(part.term())) {
                constant.add(part.term());
            } else if (isTested(part.term())) {
                tested.add(part.term());
            }
        }
        var keys = IndexOrder.of(path, wanted, constant, tested, end);
        return new Sorted(keys == wanted.size() ? Order.FULL : keys > 0 ? Order.PREFIX : Order.NONE, keys);
    }

    /** Without an order of its own an index gives only that of keys that have one value, or of nearness. */
    private Sorted unsorted(IndexPath path, List<? extends Condition> used) {
        var generalized = path.method() == Method.GIST || path.method() == Method.SPGIST;
        // Of several values a bitmap is made, which has no order
        var several = used.stream()
                .anyMatch(condition -> condition instanceof Comparison comparison && comparison.kind() == Kind.ANY_OF);
        if (generalized && !several && Nearness.isGiven(use, path, order)) {
            return new Sorted(Order.FULL, 1);
        }
        return new Sorted(isAnyOrder() ? Order.FULL : Order.NONE, 0);
    }

    /** Whether what is bounded can be a small part of the rows, as far as is known. */
    private boolean narrows(List<Condition> used) {
        return used.stream()
                .anyMatch(condition -> !(condition instanceof Comparison comparison) || share(comparison) <= HALF);
    }

    private double share(Comparison comparison) {
        var nulls = use.entity()
                .attribute(comparison.term().text())
                .filter(attribute -> !comparison.term().expression())
                .map(attribute -> attribute.values().nulls());
        return switch (comparison.kind()) {
            case NOT_NULL -> 1 - nulls.map(share -> share.orElse(0)).orElse(0.0);
            case NULL -> nulls.map(share -> share.orElse(0)).orElse(0.0);
            default -> 0;
        };
    }

    private static final List<Kind> BEST_FIRST =
            List.of(Kind.EQUAL, Kind.ANY_OF, Kind.NULL, Kind.RANGE, Kind.PREFIX, Kind.NOT_NULL);

    /** The best condition on a part, but for those that the predicate of the index already answers. */
    private Optional<Comparison> bound(IndexPath.Part part, Set<Condition> answered) {
        Comparison best = null;
        for (var condition : available) {
            if (condition instanceof Comparison comparison
                    && !answered.contains(condition)
                    && comparison.term().equals(part.term())
                    && OperatorClasses.tree(use, part, comparison)
                    && (best == null || bestFirst.compare(comparison, best) < 0)) {
                best = comparison;
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<RowRange> rowRange(IndexPath path, int position, Set<Condition> answered) {
        for (var condition : available) {
            if (condition instanceof RowRange row
                    && !answered.contains(condition)
                    && !OperatorClasses.comparesBytes(path.parts().get(position))
                    && row.terms().get(0).equals(path.parts().get(position).term())) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private static boolean sameDirection(IndexPath path, int position, RowRange row) {
        if (position + row.terms().size() > path.parts().size()) {
            return false;
        }
        var first = path.parts().get(position);
        for (var i = 0; i < row.terms().size(); i++) {
            var part = path.parts().get(position + i);
            if (!part.term().equals(row.terms().get(i)) || part.descending() != first.descending()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a skip scan gets over the part to one that is bounded. */
    private boolean skips(IndexPath path, int position, Set<Term> skipped, Set<Condition> answered) {
        if (version < FIRST_WITH_SKIP_SCAN) {
            return false;
        }
        var values = 1L;
        for (var term : skipped) {
            values *= distinct(term).orElse(FEW + 1);
        }
        for (var i = position; i < path.parts().size(); i++) {
            var part = path.parts().get(i);
            if (bound(part, answered).isPresent() || rowRange(path, i, answered).isPresent()) {
                return true;
            }
            var distinct = distinct(part.term());
            if (distinct.isEmpty() || values * distinct.getAsLong() > FEW) {
                return false;
            }
            values *= distinct.getAsLong();
        }
        return false;
    }

    private OptionalLong distinct(Term term) {
        var declared = term.expression()
                ? OptionalLong.empty()
                : use.entity()
                        .attribute(term.text())
                        .map(attribute -> attribute.values().distinct())
                        .orElse(OptionalLong.empty());
        return declared.isPresent() && declared.getAsLong() > FEW ? OptionalLong.of(FEW + 1) : declared;
    }

    /** The order that is wanted, without keys that have one value only. */
    private List<Sort> wanted() {
        return order.stream().filter(key -> !isConstant(key.term())).toList();
    }

    /** Whether rows are in the wanted order whatever leads to them, as each key has one value. */
    boolean isAnyOrder() {
        return !order.isEmpty() && wanted().isEmpty();
    }

    private boolean isConstant(Term term) {
        return available.stream()
                .anyMatch(condition -> condition instanceof Comparison comparison
                        && comparison.kind() == Kind.EQUAL
                        && comparison.operator().equals("=")
                        && comparison.term().equals(term)
                        && single.test(comparison.needs()));
    }

    /** Whether a truth value is demanded: PostgreSQL passes over it in an index, but not in a wanted order. */
    private boolean isTested(Term term) {
        return available.stream()
                .anyMatch(condition -> condition instanceof Comparison comparison
                        && comparison.kind() == Kind.EQUAL
                        && comparison.operator().equals("is")
                        && comparison.term().equals(term));
    }

    private Match hash(IndexPath path, Set<Condition> answered) {
        var first = path.parts().get(0);
        // Nothing else leads into a hash, so that PostgreSQL keeps even what its predicate answers
        var found = available.stream()
                .filter(condition -> condition instanceof Comparison comparison
                        && comparison.term().equals(first.term())
                        && (comparison.kind() == Kind.EQUAL || comparison.kind() == Kind.ANY_OF))
                .findFirst();
        return found.isEmpty()
                ? unfit(path, Reason.METHOD, () -> "is a hash, which answers only `=` on `" + first.term() + "`")
                : seek(path, answered, List.of(found.get()), List.of(first.term()));
    }

    private Match scattered(IndexPath path, Set<Condition> answered, BiPredicate<IndexPath.Part, Comparison> knows) {
        var used = new ArrayList<Condition>();
        var sought = new LinkedHashSet<Term>();
        for (var part : path.parts()) {
            for (var comparison : known(part, answered, knows)) {
                if (comparison.selective() && share(comparison) <= HALF) {
                    used.add(comparison);
                    sought.add(part.term());
                }
            }
        }
        return used.isEmpty() && !Predicates.narrow(path)
                ? unknown(path, answered, knows)
                : seek(path, answered, used, List.copyOf(sought));
    }

    private Match generalized(IndexPath path, Set<Condition> answered) {
        var first = path.parts().get(0);
        BiPredicate<IndexPath.Part, Comparison> knows =
                (part, comparison) -> OperatorClasses.generalized(path.method(), part, comparison);
        var used = known(first, answered, knows).stream()
                .filter(comparison -> comparison.selective() && share(comparison) <= HALF)
                .toList();
        if (!used.isEmpty() || Predicates.narrow(path)) {
            return seek(path, answered, used, used.isEmpty() ? List.of() : List.of(first.term()));
        }
        var unknown = unknown(path, answered, knows);
        return new Match(path, unknown.seek(), unknown.unfit(), unsorted(path, used), answered, false);
    }

    private List<Comparison> known(
            IndexPath.Part part, Set<Condition> answered, BiPredicate<IndexPath.Part, Comparison> knows) {
        return available.stream()
                .filter(condition -> !answered.contains(condition))
                .filter(Comparison.class::isInstance)
                .map(Comparison.class::cast)
                .filter(comparison -> OperatorClasses.covers(part, comparison) && knows.test(part, comparison))
                .toList();
    }

    private Match unknown(IndexPath path, Set<Condition> answered, BiPredicate<IndexPath.Part, Comparison> knows) {
        return path.parts().stream()
                .flatMap(part -> known(part, answered, knows).stream())
                .findFirst()
                .map(vague -> unfit(
                        path,
                        Reason.HARDLY_NARROWS,
                        () -> "would find most rows: `" + vague.text() + "` leaves it nothing to look for"))
                .orElseGet(() -> unfit(
                        path,
                        Reason.OPERATOR_CLASS,
                        () -> "is a " + path.method().word()
                                + " index, which answers none of the pattern's conditions"));
    }

    private Match seek(IndexPath path, Set<Condition> answered, List<? extends Condition> used, List<Term> sought) {
        answered.addAll(used);
        var seek = new Seek(path, sought, Optional.empty(), Set.of());
        return new Match(path, Optional.of(seek), Optional.empty(), unsorted(path, used), answered, false);
    }

    private static Match unfit(IndexPath path, Reason reason, Supplier<String> words) {
        return new Match(
                path,
                Optional.empty(),
                Optional.of(new Unfit(path, reason, words)),
                new Sorted(Order.NONE, 0),
                Set.of(),
                false);
    }
}
