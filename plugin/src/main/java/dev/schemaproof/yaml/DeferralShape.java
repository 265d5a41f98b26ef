package dev.schemaproof.yaml;

import dev.schemaproof.model.Deferral;
import java.util.List;

/** When a constraint is checked. */
final class DeferralShape {

    static final String DESCRIPTION =
            "Whether it can be checked at the end of the transaction: true when a transaction asks for it, or"
                    + " initially-deferred";

    static final Shape<Deferral> DEFERRAL =
            Scalars.oneOf("a time to check a constraint", List.of(Deferral.values()), DeferralShape::word);

    private DeferralShape() {}

    private static String word(Deferral deferral) {
        return switch (deferral) {
            case NOT_DEFERRABLE -> "false";
            case INITIALLY_IMMEDIATE -> "true";
            case INITIALLY_DEFERRED -> "initially-deferred";
        };
    }
}
