package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import java.util.stream.Stream;

/** The patterns that a key-value store refuses; each flaw has a rule of its own. */
final class RefusedPatterns {

    private RefusedPatterns() {}

    /** The findings of the rule for one flaw. */
    static Stream<Finding> with(Resolution.Flaw flaw, Rule rule, Facts facts) {
        return facts.keyValue().stores().stream()
                .flatMap(store -> store.resolutions().stream())
                .filter(Resolution.Refused.class::isInstance)
                .map(Resolution.Refused.class::cast)
                .filter(refused -> refused.flaw() == flaw)
                .map(refused -> {
                    var finding =
                            rule.finding(refused.at(), refused.pattern().name().value(), refused.summary());
                    return refused.help()
                            .filter(help -> !help.isBlank())
                            .map(finding::withHelp)
                            .orElse(finding);
                });
    }
}
