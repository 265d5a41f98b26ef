package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.name.UnknownName.Kind;

/** A role that an entity should refer to another by, and doesn't. */
public final class UnknownReference extends UnknownNameRule {

    public UnknownReference() {
        super(Kind.REFERENCE);
    }
}
