package dev.schemaproof.check.rule;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A value of a partition key that a bound names, as far as it can be told without the database: constants of types whose
 * texts have one meaning.
 *
 * @param rank below every value, a value, null, or above every value
 * @param identity what equals the identity of an equal value; empty when it can't be told
 * @param order what it is sorted by among values of its kind; empty when it can't be told
 */
record BoundValue(Rank rank, Optional<Object> identity, Optional<Comparable<?>> order) {

    /** An order in which values may differ that stand at one place. */
    interface Coarse {}

    enum Rank {
        LEAST,
        VALUE,
        NULL,
        GREATEST
    }

    static BoundValue limit(Rank rank) {
        return new BoundValue(rank, Optional.of(rank), Optional.empty());
    }

    static BoundValue unknown() {
        return new BoundValue(Rank.VALUE, Optional.empty(), Optional.empty());
    }

    /** A value of which is known what it equals, but not how it is sorted. */
    static BoundValue unsorted(Object identity) {
        return new BoundValue(Rank.VALUE, Optional.of(identity), Optional.empty());
    }

    static BoundValue ordered(Comparable<?> value) {
        return new BoundValue(Rank.VALUE, Optional.of(value), Optional.of(value));
    }

    /** Whether it is the time of the day at which it is asked. */
    boolean isTimeOfDay() {
        return identity.filter(value -> value instanceof Moment moment && moment.part() == Moment.Part.TIME)
                .isPresent();
    }

    /** The same value, known to equal all of an identity. */
    BoundValue with(Object equal) {
        return new BoundValue(rank, Optional.of(equal), order);
    }

    /** The same value at a place in an order. */
    BoundValue at(Comparable<?> place) {
        return new BoundValue(rank, identity, Optional.of(place));
    }

    /** Whether it can be sorted among others of its kind. */
    boolean isSortable() {
        return order.filter(value -> !(value instanceof Coarse)).isPresent();
    }

    /** How two values of one part of a partition key are sorted, if that can be told. */
    OptionalInt compare(BoundValue other) {
        if (rank != other.rank || rank != Rank.VALUE) {
            return OptionalInt.of(rank.compareTo(other.rank));
        }
        if (order.isPresent()
                && other.order.isPresent()
                && order.get().getClass().equals(other.order.get().getClass())) {
            var compared = compare(order.get(), other.order.get());
            if (compared != 0 || isSortable()) {
                return OptionalInt.of(compared);
            }
        }
        if (identity.isPresent() && identity.equals(other.identity)) {
            return OptionalInt.of(0);
        } else if (order.orElse(null) instanceof Moment.Present now && other.order.isPresent()) {
            return now.to(other.order.get());
        } else if (order.isPresent() && other.order.orElse(null) instanceof Moment.Present now) {
            var compared = now.to(order.get());
            return compared.isPresent() ? OptionalInt.of(-compared.getAsInt()) : compared;
        }
        return comesFirst(this, other)
                ? OptionalInt.of(-1)
                : comesFirst(other, this) ? OptionalInt.of(1) : OptionalInt.empty();
    }

    /** Whether a text comes before another in every collation: nothing before something, blanks before words. */
    private static boolean comesFirst(BoundValue one, BoundValue other) {
        return one.text()
                .flatMap(first -> other.text()
                        .map(second -> first.isEmpty()
                                || first.isBlank()
                                        && !second.isEmpty()
                                        && Character.isLetterOrDigit(second.codePointAt(0))))
                .orElse(false);
    }

    private Optional<String> text() {
        return order.isPresent()
                ? Optional.empty()
                : identity.filter(String.class::isInstance).map(String.class::cast);
    }

    @SuppressWarnings("unchecked")
    static <T> int compare(Comparable<T> one, Comparable<?> other) {
        return one.compareTo((T) other);
    }

    /** How the ends of two ranges are sorted: by the first parts that differ, and nothing counts behind a limit. */
    static OptionalInt compare(List<BoundValue> ones, List<BoundValue> others) {
        for (var i = 0; i < Math.min(ones.size(), others.size()); i++) {
            var compared = ones.get(i).compare(others.get(i));
            if (compared.isEmpty() || compared.getAsInt() != 0 || ones.get(i).rank() != Rank.VALUE) {
                return compared;
            }
        }
        return OptionalInt.of(0);
    }
}
