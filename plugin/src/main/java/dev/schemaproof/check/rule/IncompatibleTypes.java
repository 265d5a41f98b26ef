package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.type.TypeFlaw.Kind;

/** Values of types that no operator, function or cast takes together. */
public final class IncompatibleTypes extends TypeFlawRule {

    public IncompatibleTypes() {
        super(Kind.INCOMPATIBLE_TYPES);
    }
}
