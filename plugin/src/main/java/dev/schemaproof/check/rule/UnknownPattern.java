package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.name.UnknownName.Kind;

/** A name that should be an access pattern's, and is none. */
public final class UnknownPattern extends UnknownNameRule {

    public UnknownPattern() {
        super(Kind.PATTERN);
    }
}
