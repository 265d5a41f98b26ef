package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.type.TypeFlaw.Kind;

/** A function that the database doesn't have. */
public final class UnknownFunction extends TypeFlawRule {

    public UnknownFunction() {
        super(Kind.UNKNOWN_FUNCTION);
    }
}
