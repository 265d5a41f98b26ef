package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.type.TypeFlaw.Kind;

/** Something that is neither true nor false where a condition is wanted. */
public final class NonBooleanCondition extends TypeFlawRule {

    public NonBooleanCondition() {
        super(Kind.NO_CONDITION);
    }
}
