package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** A read of a DynamoDB store whose request would return items of another entity too, because their keys begin alike. */
public final class PrefixLeak implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return RefusedPatterns.with(Flaw.LEAKING, this, facts);
    }
}
