package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import java.util.stream.Stream;

/**
 * A contract that is well-formed, but for which nothing can be generated in this version. The reader reports keys of the
 * language under the same id.
 */
public final class NotSupportedYet implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.contracts().unsupported().stream()
                .map(contract -> finding(contract.at(), contract.contract(), contract.summary())
                        .withHelp(contract.help()));
    }
}
