package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.AccessPattern;
import java.util.Optional;

/**
 * Why a key or an index doesn't serve a pattern.
 *
 * @param stage how near it came to serving it: of several refusals the nearest is told
 */
record Refusal(Stage stage, Flaw flaw, Location at, String summary, Optional<String> help) {

    /** How near a key or an index came to serving a pattern. */
    enum Stage {
        KEY,
        COLLECTION,
        ABSENT_ROWS,
        LEAK,
        ORDER,
        STORED,
        COMPARISON,
        VALUE,
        CONSISTENCY
    }

    /** An answer with everything that is needed, or the reason why there is none. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        RefusedException(Refusal refusal) {
            super(refusal.summary);
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }

    static RefusedException exception(Stage stage, Flaw flaw, Location at, String summary, String help) {
        return new RefusedException(new Refusal(stage, flaw, at, summary, Optional.of(help)));
    }

    /** A literal that is no value of its attribute's type. */
    static RefusedException noValue(Bindings.NoValueException e) {
        var path = e.bound().path();
        return exception(
                Stage.VALUE,
                Flaw.INCOMPARABLE,
                e.bound().condition().at(),
                "`" + e.written() + "` is no value of `" + path + "`, which is of type `"
                        + path.type().declared() + "`",
                "write a value of that type, or a parameter");
    }

    Resolution.Refused of(AccessPattern pattern) {
        return new Resolution.Refused(pattern, flaw, at, summary, help);
    }
}
