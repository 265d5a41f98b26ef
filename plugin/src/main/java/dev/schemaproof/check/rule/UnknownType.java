package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.name.UnknownName.Kind;

/** A type that is neither built in nor declared under {@code types}. */
public final class UnknownType extends UnknownNameRule {

    public UnknownType() {
        super(Kind.TYPE);
    }
}
