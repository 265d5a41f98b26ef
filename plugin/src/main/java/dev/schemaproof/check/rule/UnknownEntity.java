package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.name.UnknownName.Kind;

/** A name that should be an entity's, and is none. */
public final class UnknownEntity extends UnknownNameRule {

    public UnknownEntity() {
        super(Kind.ENTITY);
    }
}
