package dev.schemaproof.analysis.contract;

import dev.schemaproof.model.Attribute;
import java.util.List;

/** What of the rows that refer to it a row keeps. */
public sealed interface Summary {

    /** How many there are. */
    record Count() implements Summary {}

    /** Whether there is one. */
    record Exists() implements Summary {}

    /**
     * The sum of their values; zero where there are none.
     *
     * @param value of the referring entity
     */
    record Sum(Attribute value) implements Summary {}

    /**
     * The least or the greatest of their values; nothing where there are none.
     *
     * @param greatest which of the two
     * @param value of the referring entity
     */
    record Extreme(boolean greatest, Attribute value) implements Summary {}

    /**
     * The value of the row that is last by another attribute, among equals by its key; nothing where there is no row.
     *
     * @param value of the referring entity
     * @param order of the referring entity; rows without it come first
     */
    record Latest(Attribute value, Attribute order) implements Summary {}

    /** What of a referring row decides beside the reference and the condition. */
    default List<Attribute> inputs() {
        if (this instanceof Sum sum) {
            return List.of(sum.value());
        } else if (this instanceof Extreme extreme) {
            return List.of(extreme.value());
        } else if (this instanceof Latest latest) {
            return List.of(latest.value(), latest.order());
        }
        return List.of();
    }

    /** Its key in the language. */
    default String word() {
        if (this instanceof Extreme extreme) {
            return extreme.greatest() ? "max" : "min";
        } else if (this instanceof Latest) {
            return "latest";
        } else if (this instanceof Exists) {
            return "exists";
        }
        return this instanceof Sum ? "sum" : "count";
    }

    /** Whether each row adds its share, whatever the others are, so that changes can be added up apart from it. */
    default boolean isAdditive() {
        return this instanceof Count || this instanceof Sum;
    }

    /** What it is of no rows. */
    default Start start() {
        if (this instanceof Exists) {
            return Start.FALSE;
        }
        return isAdditive() ? Start.ZERO : Start.NOTHING;
    }

    /** What a summary of no rows can be. */
    enum Start {
        ZERO,
        FALSE,
        NOTHING
    }
}
