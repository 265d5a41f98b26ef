package dev.schemaproof.analysis.type;

import dev.schemaproof.sql.Span;
import java.util.Optional;

/**
 * Something in an expression that PostgreSQL would surely refuse.
 *
 * @param kind what is wrong
 * @param span where in its text
 * @param summary one sentence in lower case without a full stop
 * @param help the edit to make
 * @param extension the extension that would make it right
 * @param first where a parameter got the type that doesn't fit
 */
public record TypeFlaw(
        Kind kind, Span span, String summary, String help, Optional<String> extension, Optional<Span> first) {

    /** What can be wrong. */
    public enum Kind {
        /** No operator, function or cast takes values of these types. */
        INCOMPATIBLE_TYPES,
        /** A constant that its type doesn't have. */
        MALFORMED_LITERAL,
        /** A condition is wanted and something else stands there. */
        NO_CONDITION,
        /** No function is called so. */
        UNKNOWN_FUNCTION,
        /** It belongs to an extension that the store doesn't name. */
        MISSING_EXTENSION
    }

    static TypeFlaw of(Kind kind, Span span, String summary, String help) {
        return new TypeFlaw(kind, span, summary, help, Optional.empty(), Optional.empty());
    }

    TypeFlaw withHelp(String other) {
        return new TypeFlaw(kind, span, summary, other, extension, first);
    }

    /** This flaw, which comes from what a parameter is elsewhere. */
    TypeFlaw ofParameter(String name, SqlType type, Span use) {
        return new TypeFlaw(
                kind,
                span,
                "`:" + name + "` is `" + type + "` where it stands first, but " + summary,
                "give the two values parameters of their own",
                extension,
                Optional.of(use));
    }
}
