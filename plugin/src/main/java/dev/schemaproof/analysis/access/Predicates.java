package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.Coverage.Reason;
import dev.schemaproof.analysis.access.Coverage.Unfit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a query demands what partial indexes hold. */
final class Predicates {

    private final List<Condition> available;
    private final Claim claim;

    /**
     * @param available the conditions whose values are known
     */
    Predicates(List<Condition> available) {
        this.available = available;
        claim = new Claim.All(
                available.stream().map(condition -> condition.basis().claim()).toList());
    }

    /** Why an index may lack rows that are asked for, if it may. */
    Optional<Unfit> unfit(IndexPath path) {
        return path.predicate().stream()
                .filter(predicate -> !claim.implies(predicate.claim()) && !isCompared(predicate))
                .findFirst()
                .map(predicate -> {
                    var holds = "holds only rows with `" + predicate.text() + "`, which the pattern ";
                    return claim.mayImply(predicate.claim())
                            ? new Unfit(
                                    path,
                                    Reason.VALUE_UNKNOWN,
                                    () -> holds
                                            + "demands for some values of its parameters only: a plan that is made once for all"
                                            + " values can't use it, so write the value as a constant")
                            : new Unfit(
                                    path,
                                    Reason.PREDICATE_NOT_IMPLIED,
                                    () -> holds + "doesn't demand by comparing with constants");
                });
    }

    /**
     * The conditions that hold for all that the index has, so that they need no test; and those by which a term that has one
     * constant in all that the index has equals something else, for then PostgreSQL compares that with the constant, once.
     *
     * @param optional whether rows are kept that find no partner here: then partners are compared all the same
     */
    Set<Condition> answered(IndexPath path, boolean optional) {
        var held = held(path);
        var answered = available.stream()
                .filter(condition -> held.implies(condition.basis().claim()))
                .collect(Collectors.toSet());
        var constant = answered.stream()
                .filter(condition -> isEquality(condition) && !((Comparison) condition).unknown())
                .map(condition -> ((Comparison) condition).term())
                .collect(Collectors.toSet());
        available.stream()
                .filter(condition -> isEquality(condition)
                        && constant.contains(((Comparison) condition).term())
                        && (!optional || condition.needs().isEmpty()))
                .forEach(answered::add);
        return answered;
    }

    private static boolean isEquality(Condition condition) {
        return condition instanceof Comparison comparison
                && comparison.kind() == Kind.EQUAL
                && comparison.operator().equals("=");
    }

    /** What holds for all rows of the index. */
    static Claim held(IndexPath path) {
        return new Claim.All(
                path.predicate().stream().map(Condition.Basis::claim).toList());
    }

    /** Whatever is compared with something isn't absent. */
    private boolean isCompared(Condition.Basis predicate) {
        return isPresence(predicate)
                && available.stream()
                        .anyMatch(condition -> condition instanceof Comparison comparison
                                && comparison.kind() != Kind.NULL
                                && !comparison.term().expression()
                                && predicate
                                        .attributes()
                                        .contains(comparison.term().text()));
    }

    /** Whether the index leaves rows out, other than those that lack a value. */
    static boolean narrow(IndexPath path) {
        return path.predicate().stream().anyMatch(predicate -> !isPresence(predicate));
    }

    /** Whether the predicate says no more than that a column isn't absent. */
    private static boolean isPresence(Condition.Basis predicate) {
        return predicate.claim() instanceof Claim.Present
                && predicate.attributes().size() == 1;
    }
}
