package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.name.UnknownName.Kind;

/** A name that should be a store's, and is none. */
public final class UnknownStore extends UnknownNameRule {

    public UnknownStore() {
        super(Kind.STORE);
    }
}
