package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.name.UnknownName.Kind;

/** A name that should be an attribute's of a certain entity, and is none. */
public final class UnknownAttribute extends UnknownNameRule {

    public UnknownAttribute() {
        super(Kind.ATTRIBUTE);
    }
}
