package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Either;
import dev.schemaproof.analysis.access.Condition.Filter;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.Coverage.Reason;
import dev.schemaproof.analysis.access.Coverage.Unfit;
import java.util.Optional;
import java.util.Set;

/** Says why a B-tree doesn't serve. */
final class Unfits {

    private static final Set<String> BYTE_ORDERS = Set.of("C", "POSIX", "ucs_basic");

    private Unfits() {}

    /** Why nothing bounds the first part of an index. */
    static Unfit unbound(EntityUse use, IndexPath path) {
        var first = path.parts().get(0).term();
        for (var condition : use.conditions()) {
            if (!condition.basis().stated()
                    || first.expression()
                    || !condition.basis().attributes().contains(first.text())) {
                continue;
            }
            if (condition instanceof Filter filter && filter.optional()) {
                return new Unfit(
                        path,
                        Reason.VALUE_UNKNOWN,
                        () -> "begins with `" + first + "`, but `" + condition.text()
                                + "` bounds it for some values of its"
                                + " parameter only: a plan that is made once for all values can't use it");
            }
            if (condition instanceof Filter filter) {
                return new Unfit(
                        path,
                        Reason.FUNCTION_ON_COLUMN,
                        () -> "begins with `" + first + "`, and `" + condition.text() + "` doesn't bound it: "
                                + filter.reason());
            } else if (condition instanceof Comparison comparison) {
                if (comparison.term().expression()) {
                    return new Unfit(
                            path,
                            Reason.FUNCTION_ON_COLUMN,
                            () -> "begins with `" + first + "`, not with `" + comparison.term() + "`");
                }
                if (comparison.kind() == Kind.PREFIX) {
                    return new Unfit(
                            path,
                            Reason.OPERATOR_CLASS,
                            () -> "is not sorted by bytes, which finding the beginning of a text needs: `" + first
                                    + " text_pattern_ops`");
                }
                if (comparison.kind() == Kind.PATTERN
                        && comparison.unknown()
                        && (OperatorClasses.comparesBytes(path.parts().get(0)) || comparesBytes(use, first))) {
                    return new Unfit(
                            path,
                            Reason.VALUE_UNKNOWN,
                            () -> "could find how a text begins, but `" + condition.text()
                                    + "` tells that only with its"
                                    + " parameter: a plan that is made once for all values can't use it");
                }
                if (comparison.kind() == Kind.PATTERN || comparison.kind() == Kind.OPERATOR) {
                    return new Unfit(
                            path, Reason.METHOD, () -> "is a btree, which can't answer `" + condition.text() + "`");
                }
            }
        }
        return alternatives(use, path, first)
                .orElseGet(() -> new Unfit(
                        path,
                        Reason.LEADING_TERM_UNBOUND,
                        () -> "begins with `" + first + "`, on which the pattern has no condition"));
    }

    /** Why alternatives don't bound it, if some are about it. */
    private static Optional<Unfit> alternatives(EntityUse use, IndexPath path, Term first) {
        for (var condition : use.conditions()) {
            if (condition instanceof Either either
                    && either.arms().stream().anyMatch(arm -> arm.stream().anyMatch(one -> isOn(one, first)))) {
                var vague = either.arms().stream().anyMatch(arm -> arm.stream().allMatch(Unfits::isPresence));
                return Optional.of(
                        vague
                                ? new Unfit(
                                        path,
                                        Reason.HARDLY_NARROWS,
                                        () -> "would find most rows: too few are left out by `" + either.text() + "`")
                                : new Unfit(
                                        path,
                                        Reason.LEADING_TERM_UNBOUND,
                                        () -> "answers only a part of `" + either.text()
                                                + "`: each alternative needs an index"));
            }
        }
        return Optional.empty();
    }

    private static boolean isOn(Condition condition, Term term) {
        return condition instanceof Comparison comparison && comparison.term().equals(term);
    }

    private static boolean isPresence(Condition condition) {
        return condition instanceof Comparison comparison && comparison.kind() == Kind.NOT_NULL;
    }

    /** Whether an attribute is sorted by bytes. */
    static boolean comparesBytes(EntityUse use, Term term) {
        return !term.expression()
                && use.entity()
                        .attribute(term.text())
                        .flatMap(attribute -> attribute.collation())
                        .filter(collation -> BYTE_ORDERS.contains(collation.value()))
                        .isPresent();
    }
}
