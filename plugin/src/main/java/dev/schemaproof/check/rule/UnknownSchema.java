package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.name.UnknownName;
import dev.schemaproof.analysis.name.UnknownName.Kind;

/** A SQL schema that the store does not have. */
public final class UnknownSchema extends UnknownNameRule {

    public UnknownSchema() {
        super(Kind.SCHEMA);
    }

    @Override
    String remedy(UnknownName unknown) {
        return "declare it in the store: `schemas: [" + unknown.name() + "]`";
    }

    @Override
    String alternatives(UnknownName unknown) {
        return remedy(unknown);
    }
}
