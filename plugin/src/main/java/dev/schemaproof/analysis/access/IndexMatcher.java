package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.Condition.RowRange;
import dev.schemaproof.analysis.access.Coverage.Order;
import dev.schemaproof.analysis.access.Coverage.Reason;
import dev.schemaproof.analysis.access.Coverage.Seek;
import dev.schemaproof.analysis.access.Coverage.Unfit;
import dev.schemaproof.analysis.access.QueryBlock.Sort;
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

/**
 * Says how far an index leads to the rows of a use. The rules for B-trees are those of PostgreSQL: columns bound by equality,
 * then one range, and the order of what comes behind the columns that have one value only.
 */
final class IndexMatcher {

    /** Skipped columns may have so many different values together for a skip scan to be cheap. */
    static final long FEW = 100;

    private static final int FIRST_WITH_SKIP_SCAN = 18;
    private static final int FIRST_WITH_ORDERED_ARRAYS = 17;

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
            Order order,
            Set<Condition> answered,
            boolean singleRow) {}

    private final EntityUse use;
    private final List<Condition> available;
    private final List<Sort> order;
    private final Predicate<Set<Integer>> single;
    private final int version;
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
        bestFirst = Comparator.<Comparison>comparingInt(comparison -> BEST_FIRST.indexOf(comparison.kind()))
                .thenComparing(comparison -> !single.test(comparison.needs()));
    }

    Match match(IndexPath path) {
        var answered = new LinkedHashSet<Condition>();
        for (var predicate : path.predicate()) {
            var implying = implying(predicate);
            if (implying.isEmpty()) {
                return unfit(
                        path,
                        Reason.PREDICATE_NOT_IMPLIED,
                        "holds only rows with `" + predicate.text()
                                + "`, which the pattern doesn't demand in the same words and with constants");
            }
            answered.addAll(implying);
        }
        return switch (path.method()) {
            case BTREE -> tree(path, answered);
            case HASH -> hash(path, answered);
            case GIN -> scattered(path, answered, OperatorClasses::gin);
            case BRIN -> scattered(path, answered, OperatorClasses::brin);
            case GIST, SPGIST -> generalized(path, answered);
        };
    }

    private List<Condition> implying(Condition.Basis predicate) {
        var same = use.conditions().stream()
                .filter(condition -> condition.basis().literal())
                .filter(condition -> condition.text().equals(predicate.text()))
                .toList();
        if (!same.isEmpty() || !presence(predicate)) {
            return same;
        }
        // Whatever is compared with something isn't null; the comparison itself is still to be made
        var compared = available.stream()
                .anyMatch(condition -> condition instanceof Comparison comparison
                        && comparison.kind() != Kind.NULL
                        && !comparison.term().expression()
                        && predicate.attributes().contains(comparison.term().text()));
        return compared ? List.of(PRESENT) : List.of();
    }

    private static final Condition PRESENT =
            new Condition.Filter("it is implied", new Condition.Basis("", Set.of(), false, false));

    private static boolean presence(Condition.Basis predicate) {
        return predicate.text().endsWith(" is not null")
                && predicate.attributes().size() == 1;
    }

    private Match tree(IndexPath path, Set<Condition> answered) {
        var sought = new ArrayList<Term>();
        var constant = new HashSet<Term>();
        var skipped = new LinkedHashSet<Term>();
        Term range = null;
        var ordered = 0;
        var breaks = false;
        var equal = 0;
        var used = new ArrayList<Condition>();
        for (var i = 0; i < path.parts().size(); i++) {
            var part = path.parts().get(i);
            var bound = bound(part);
            if (bound.isEmpty()) {
                var row = rowRange(path, i);
                if (row.isPresent()) {
                    range = part.term();
                    // In mixed directions only the first of the columns bounds it, and the rest is tested
                    used.addAll(sameDirection(path, i, row.get()) ? List.of(row.get()) : List.of());
                    break;
                }
                if (!skips(path, i, skipped)) {
                    break;
                }
                skipped.add(part.term());
                continue;
            }
            var comparison = bound.get();
            used.add(comparison);
            if (comparison.kind() == Kind.EQUAL || comparison.kind() == Kind.ANY_OF || comparison.kind() == Kind.NULL) {
                sought.add(part.term());
                if (comparison.kind() == Kind.EQUAL) {
                    equal++;
                    constant.add(part.term());
                }
                if (comparison.kind() == Kind.ANY_OF && i > 0 && version < FIRST_WITH_ORDERED_ARRAYS && !breaks) {
                    breaks = true;
                    ordered = i;
                }
                continue;
            }
            range = part.term();
            // The other end of the same range
            available.stream()
                    .filter(condition -> condition instanceof Comparison other
                            && other.term().equals(part.term())
                            && other.kind() == comparison.kind())
                    .forEach(used::add);
            break;
        }
        var bounded = !sought.isEmpty() || range != null;
        var singleRow = path.unique() && equal == path.parts().size();
        var joins = used.stream().allMatch(condition -> single.test(condition.needs()));
        var kept = singleRow && joins && !order.isEmpty()
                ? Order.FULL
                : joins && !order.isEmpty()
                        ? IndexOrder.of(
                                path,
                                wanted(),
                                constant,
                                breaks ? ordered : path.parts().size())
                        : Order.NONE;
        answered.addAll(used);
        var seek = new Seek(path, sought, Optional.ofNullable(range), skipped);
        if (bounded) {
            return narrows(sought, range)
                    ? new Match(path, Optional.of(seek), Optional.empty(), kept, answered, singleRow)
                    : new Match(
                            path,
                            Optional.empty(),
                            Optional.of(new Unfit(
                                    path,
                                    Reason.HARDLY_NARROWS,
                                    "would find most rows: too few are left out by its condition on `"
                                            + path.parts().get(0).term() + "`")),
                            kept,
                            answered,
                            false);
        }
        var predicateNarrows = path.predicate().stream().anyMatch(predicate -> !presence(predicate));
        return new Match(
                path,
                predicateNarrows ? Optional.of(seek) : Optional.empty(),
                predicateNarrows ? Optional.empty() : Optional.of(Unfits.unbound(use, path)),
                kept,
                answered,
                false);
    }

    /** Whether what is bounded can be a small part of the rows, as far as is known. */
    private boolean narrows(List<Term> sought, @org.jspecify.annotations.Nullable Term range) {
        var terms = new ArrayList<>(sought);
        if (range != null) {
            terms.add(range);
        }
        return terms.stream()
                .anyMatch(term -> available.stream()
                        .filter(condition -> !(condition instanceof Comparison comparison)
                                || comparison.term().equals(term))
                        .anyMatch(condition ->
                                !(condition instanceof Comparison comparison) || share(comparison) <= HALF));
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

    private Optional<Comparison> bound(IndexPath.Part part) {
        Comparison best = null;
        for (var condition : available) {
            if (condition instanceof Comparison comparison
                    && comparison.term().equals(part.term())
                    && OperatorClasses.tree(use, part, comparison)
                    && (best == null || bestFirst.compare(comparison, best) < 0)) {
                best = comparison;
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<RowRange> rowRange(IndexPath path, int position) {
        for (var condition : available) {
            if (condition instanceof RowRange row
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
    private boolean skips(IndexPath path, int position, Set<Term> skipped) {
        if (version < FIRST_WITH_SKIP_SCAN) {
            return false;
        }
        var values = 1L;
        for (var term : skipped) {
            values *= distinct(term).orElse(FEW + 1);
        }
        for (var i = position; i < path.parts().size(); i++) {
            var part = path.parts().get(i);
            if (bound(part).filter(found -> share(found) <= HALF).isPresent()) {
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

    private boolean isConstant(Term term) {
        return available.stream()
                .anyMatch(condition -> condition instanceof Comparison comparison
                        && comparison.kind() == Kind.EQUAL
                        && comparison.term().equals(term)
                        && single.test(comparison.needs()));
    }

    private Match hash(IndexPath path, Set<Condition> answered) {
        var first = path.parts().get(0);
        var found = available.stream()
                .filter(condition -> condition instanceof Comparison comparison
                        && comparison.term().equals(first.term())
                        && (comparison.kind() == Kind.EQUAL || comparison.kind() == Kind.ANY_OF))
                .findFirst();
        return found.isEmpty()
                ? unfit(path, Reason.METHOD, "is a hash, which answers only `=` on `" + first.term() + "`")
                : seek(path, answered, List.of(found.get()), List.of(first.term()));
    }

    private Match scattered(IndexPath path, Set<Condition> answered, BiPredicate<IndexPath.Part, Comparison> knows) {
        var used = new ArrayList<Condition>();
        var sought = new ArrayList<Term>();
        for (var part : path.parts()) {
            for (var condition : available) {
                if (condition instanceof Comparison comparison
                        && OperatorClasses.covers(part, comparison)
                        && knows.test(part, comparison)) {
                    used.add(comparison);
                    sought.add(part.term());
                }
            }
        }
        return used.isEmpty() ? unfit(path, Reason.OPERATOR_CLASS, unknown(path)) : seek(path, answered, used, sought);
    }

    private Match generalized(IndexPath path, Set<Condition> answered) {
        var first = path.parts().get(0);
        var used = available.stream()
                .filter(condition -> condition instanceof Comparison comparison
                        && OperatorClasses.covers(first, comparison)
                        && OperatorClasses.generalized(path.method(), first, comparison))
                .toList();
        return used.isEmpty()
                ? unfit(path, Reason.OPERATOR_CLASS, unknown(path))
                : seek(path, answered, used, List.of(first.term()));
    }

    private static String unknown(IndexPath path) {
        return "is a " + path.method().word() + " index, which answers none of the pattern's conditions";
    }

    private static Match seek(IndexPath path, Set<Condition> answered, List<Condition> used, List<Term> sought) {
        answered.addAll(used);
        var seek = new Seek(path, sought, Optional.empty(), Set.of());
        return new Match(path, Optional.of(seek), Optional.empty(), Order.NONE, answered, false);
    }

    private static Match unfit(IndexPath path, Reason reason, String sentence) {
        return new Match(
                path, Optional.empty(), Optional.of(new Unfit(path, reason, sentence)), Order.NONE, Set.of(), false);
    }
}
