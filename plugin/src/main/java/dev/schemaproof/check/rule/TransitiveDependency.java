package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.redundancy.Hunch;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.NormalForm;
import java.util.stream.Stream;

/**
 * An attribute outside all keys that depends on something that is no key: declared, or suspected by its name. Breaks the
 * third normal form.
 */
public final class TransitiveDependency implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        if (facts.model().rules().target().compareTo(NormalForm.THIRD) < 0) {
            return Stream.empty();
        }
        var decomposing = new Decomposing(facts);
        return Stream.concat(
                DeclaredBreach.in(facts)
                        .filter(breach -> breach.broken() == NormalForm.THIRD)
                        .map(breach -> declared(breach, decomposing)),
                Suspicion.breaking(NormalForm.THIRD, facts).map(hunch -> suspected(hunch, decomposing)));
    }

    private Finding declared(DeclaredBreach breach, Decomposing decomposing) {
        var determinant = Words.listed(breach.determinant());
        return finding(
                        breach.dependent().at(),
                        breach.subject(),
                        "`" + breach.dependent() + "` depends on " + determinant + ", which "
                                + (breach.determinant().size() == 1 ? "is" : "are") + " no key of `"
                                + breach.entity().name() + "`")
                .withHelp(decomposing.help(breach));
    }

    private Finding suspected(Hunch hunch, Decomposing decomposing) {
        return finding(
                        hunch.attribute().name().at(),
                        Suspicion.subject(hunch),
                        "`" + hunch.attribute().name() + "` may depend on `"
                                + hunch.determinant().name() + "`, which is no key of `"
                                + hunch.entity().name() + "`")
                .withSeverity(Severity.WARNING)
                .withHelp(decomposing.help(hunch));
    }
}
