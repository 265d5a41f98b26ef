package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.redundancy.CopiedAttribute;
import dev.schemaproof.analysis.redundancy.Hunch;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.NormalForm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An attribute outside all keys that depends on a part of one: declared, shown by a copy of what a part of the key refers
 * to, or suspected by its name. Breaks the second normal form.
 */
public final class PartialDependency implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var target = facts.model().rules().target();
        if (target.compareTo(NormalForm.SECOND) < 0) {
            return Stream.empty();
        }
        var decomposing = new Decomposing(facts);
        return Stream.of(
                        DeclaredBreach.in(facts)
                                .flatMap(breach -> declared(breach, target, facts, decomposing).stream()),
                        facts.redundancies().copies().stream()
                                .filter(copy -> isOne(copy, facts))
                                .filter(copy -> facts.contractInto(
                                                copy.entity(),
                                                copy.attribute().name().value())
                                        .isEmpty())
                                .map(copy -> copied(copy, facts)),
                        Suspicion.breaking(NormalForm.SECOND, facts).map(hunch -> suspected(hunch, facts, decomposing)))
                .flatMap(findings -> findings);
    }

    /** Whether the copy repeats what a proper part of a key refers to. */
    static boolean isOne(CopiedAttribute copy, Facts facts) {
        return facts.model().rules().target().compareTo(NormalForm.SECOND) >= 0
                && facts.dependenciesOf(copy.entity())
                        .brokenBy(
                                copy.reference().names(),
                                copy.attribute().name().value())
                        .filter(form -> form == NormalForm.SECOND)
                        .isPresent();
    }

    private Optional<Finding> declared(DeclaredBreach breach, NormalForm target, Facts facts, Decomposing decomposing) {
        var dependencies = facts.dependenciesOf(breach.entity());
        if (breach.broken() == NormalForm.SECOND) {
            return Optional.of(finding(
                            breach.dependent().at(),
                            breach.subject(),
                            "`" + breach.dependent() + "` depends on " + Words.listed(breach.determinant())
                                    + " alone, a part of the key "
                                    + Words.quoted(dependencies
                                            .keyAround(breach.determinant())
                                            .orElseThrow()))
                    .withHelp(decomposing.help(breach)));
        }
        // Where the third normal form is no goal, nobody else reports what depends on a part of a key by a detour
        return breach.broken() == NormalForm.THIRD && target == NormalForm.SECOND
                ? dependencies
                        .keyPartBehind(breach.determinant())
                        .map(part -> finding(
                                        breach.dependent().at(),
                                        breach.subject(),
                                        "`" + breach.dependent() + "` depends on " + Words.listed(part)
                                                + " alone, a part of the key, through "
                                                + Words.listed(breach.determinant()))
                                .withHelp(decomposing.help(breach)))
                : Optional.empty();
    }

    private Finding copied(CopiedAttribute copy, Facts facts) {
        var part = copy.reference().names();
        return finding(
                        copy.attribute().name().at(),
                        copy.entity().name() + "." + copy.attribute().name(),
                        "`" + copy.attribute().name() + "` repeats `" + copy.path() + "` and so depends on "
                                + Words.listed(part) + " alone, a part of the key "
                                + Words.quoted(facts.dependenciesOf(copy.entity())
                                        .keyAround(part)
                                        .orElseThrow()))
                .withHelp(UndocumentedCopy.cure(copy, facts))
                .withRelated(copy.original().name().at(), "repeats this");
    }

    private Finding suspected(Hunch hunch, Facts facts, Decomposing decomposing) {
        var part = List.of(hunch.determinant().name().value());
        return finding(
                        hunch.attribute().name().at(),
                        Suspicion.subject(hunch),
                        "`" + hunch.attribute().name() + "` may depend on `"
                                + hunch.determinant().name()
                                + "` alone, a part of the key "
                                + Words.quoted(facts.dependenciesOf(hunch.entity())
                                        .keyAround(part)
                                        .orElseThrow()))
                .withSeverity(Severity.WARNING)
                .withHelp(decomposing.help(hunch));
    }
}
