package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.type.TypeFlaw.Kind;

/** A constant that can't be read as the type it has to have. */
public final class MalformedLiteral extends TypeFlawRule {

    public MalformedLiteral() {
        super(Kind.MALFORMED_LITERAL);
    }
}
