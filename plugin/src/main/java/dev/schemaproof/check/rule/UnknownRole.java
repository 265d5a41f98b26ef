package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.name.UnknownName;
import dev.schemaproof.analysis.name.UnknownName.Kind;

/** A role that the store does not have. */
public final class UnknownRole extends UnknownNameRule {

    public UnknownRole() {
        super(Kind.ROLE);
    }

    @Override
    String remedy(UnknownName unknown) {
        return "declare it in the store: `roles: [" + unknown.name() + "]`";
    }

    @Override
    String alternatives(UnknownName unknown) {
        return remedy(unknown);
    }
}
