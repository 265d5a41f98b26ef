package dev.schemaproof.analysis.access;

import dev.schemaproof.analysis.access.Condition.Comparison;
import dev.schemaproof.analysis.access.Condition.Kind;
import dev.schemaproof.analysis.access.Coverage.Order;
import dev.schemaproof.analysis.access.QueryBlock.Sort;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The order that a query wants, in the columns of one of the uses that it joins. */
final class OwnOrder {

    private OwnOrder() {}

    /** The order of its block, if this use alone gives it, by its own columns or by those that are equal to them. */
    static List<Sort> of(PatternShape shape, EntityUse use) {
        var order = shape.blockOf(use).order();
        var own =
                order.stream().flatMap(key -> ownKey(shape, use, key).stream()).toList();
        return own.size() == order.size() ? own : List.of();
    }

    private static Optional<Sort> ownKey(PatternShape shape, EntityUse use, Sort key) {
        if (key.use().isEmpty() || key.use().getAsInt() == use.id()) {
            return key.use().isEmpty() ? Optional.empty() : Optional.of(key);
        }
        var other = shape.uses().get(key.use().getAsInt());
        return use.optional() || other.optional() || key.term().expression()
                ? Optional.empty()
                : equalTo(use, other, key.term())
                        .filter(own -> equalTo(other, use, own)
                                .filter(key.term()::equals)
                                .isPresent())
                        .map(own -> new Sort(
                                OptionalInt.of(use.id()), own, key.descending(), key.nullsFirst(), key.anyNulls()));
    }

    /** The column of a use that a join demands to be equal to one of another use. */
    private static Optional<Term> equalTo(EntityUse use, EntityUse other, Term term) {
        return use.conditions().stream()
                .filter(Comparison.class::isInstance)
                .map(Comparison.class::cast)
                .filter(comparison -> comparison.kind() == Kind.EQUAL
                        && !comparison.term().expression()
                        && comparison.with().equals(Optional.of(new Condition.Attributed(other.id(), term.text()))))
                .map(Comparison::term)
                .findFirst();
    }

    /**
     * How much of the order an index gives to the whole query: PostgreSQL sorts what an outer join looks up, and doesn't see
     * that the key of another use has one value as its row is the only one.
     */
    static Order given(PatternShape shape, EntityUse use, IndexMatcher.Match match) {
        var own = shape.blockOf(use).order().stream().allMatch(key -> key.use().equals(OptionalInt.of(use.id())));
        var kept = match.singleRow() ? own : !use.optional();
        return kept ? match.order() : Order.NONE;
    }
}
