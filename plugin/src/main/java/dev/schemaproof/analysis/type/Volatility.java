package dev.schemaproof.analysis.type;

/** Whether an expression always gives the same for the same row; ordered by what decides of two. */
public enum Volatility {
    IMMUTABLE,
    /** It can't be said. */
    UNKNOWN,
    /** It depends on the session's settings or the moment. */
    MUTABLE;

    static Volatility of(char catalog) {
        return switch (catalog) {
            case 'i' -> IMMUTABLE;
            case 's', 'v' -> MUTABLE;
            default -> UNKNOWN;
        };
    }

    /** That of both together. */
    Volatility and(Volatility other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
