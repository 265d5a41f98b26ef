package dev.schemaproof.analysis.type;

import dev.schemaproof.sql.Span;
import java.util.Optional;

/**
 * What is known of an expression.
 *
 * @param type its type, where it is certain
 * @param volatility whether it always gives the same
 * @param cause what makes it {@link Volatility#MUTABLE}
 */
public record Typed(Optional<SqlType> type, Volatility volatility, Optional<Span> cause) {

    static final Typed NOTHING = new Typed(Optional.empty(), Volatility.UNKNOWN, Optional.empty());

    static Typed constant(SqlType type) {
        return new Typed(Optional.of(type), Volatility.IMMUTABLE, Optional.empty());
    }

    static Typed of(Optional<SqlType> type, Volatility volatility) {
        return new Typed(type, volatility, Optional.empty());
    }

    /** This, made of another: as stable as the less stable of both. */
    Typed after(Typed part) {
        return new Typed(type, volatility.and(part.volatility), part.cause.isPresent() ? part.cause : cause);
    }

    /** This where the planner may find out that what makes it mutable is never asked. */
    Typed folded() {
        return volatility == Volatility.MUTABLE ? new Typed(type, Volatility.UNKNOWN, Optional.empty()) : this;
    }

    /** This with the place of what makes it mutable, unless a part of it did. */
    Typed causedAt(Span span) {
        return volatility == Volatility.MUTABLE && cause.isEmpty()
                ? new Typed(type, volatility, Optional.of(span))
                : this;
    }
}
