package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.NormalForm;
import java.util.stream.Stream;

/**
 * An attribute of a key that depends on something that is no key, as declared. Breaks the Boyce-Codd normal form, which
 * is an error only where it is the target.
 */
public final class BoyceCoddViolation implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var target = facts.model().rules().target();
        if (target.compareTo(NormalForm.THIRD) < 0) {
            return Stream.empty();
        }
        var decomposing = new Decomposing(facts);
        return DeclaredBreach.in(facts)
                .filter(breach -> breach.broken() == NormalForm.BOYCE_CODD)
                .map(breach -> finding(breach, decomposing))
                .map(finding -> target == NormalForm.BOYCE_CODD ? finding.withSeverity(Severity.ERROR) : finding);
    }

    private Finding finding(DeclaredBreach breach, Decomposing decomposing) {
        return finding(
                        breach.dependent().at(),
                        breach.subject(),
                        "`" + breach.dependent() + "`, a part of a key, depends on "
                                + Words.listed(breach.determinant()) + ", which "
                                + (breach.determinant().size() == 1 ? "is" : "are") + " no key of `"
                                + breach.entity().name() + "`")
                .withHelp(decomposing.help(breach));
    }
}
