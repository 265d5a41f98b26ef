package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/** A read that has to see every write, and that only a global index of a DynamoDB table would serve. */
public final class InconsistentRead implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return RefusedPatterns.with(Flaw.INCONSISTENT, this, facts);
    }
}
