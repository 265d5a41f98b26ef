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

    /** The conditions that hold for all that the index has, so that they need no test. */
    Set<Condition> answered(IndexPath path) {
        var held = held(path);
        return available.stream()
                .filter(condition -> held.implies(condition.basis().claim()))
                .collect(Collectors.toSet());
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

    /** Whether the predicate says no more than that a column isn't absent. */
    static boolean isPresence(Condition.Basis predicate) {
        return predicate.claim() instanceof Claim.Present
                && predicate.attributes().size() == 1;
    }
}
