package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.redundancy.CopiedAttribute;
import dev.schemaproof.analysis.redundancy.Hunch;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.NormalForm;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the rules about normal forms say about dependencies that only names suggest. */
final class Suspicion {

    private Suspicion() {}

    /**
     * The hunches that would break exactly this normal form if they were true, except what is known better: copies through
     * references, attributes that a declared dependency determines or that cannot drift, and those with a contract.
     */
    static Stream<Hunch> breaking(NormalForm form, Facts facts) {
        var copies = facts.redundancies().copies().stream()
                .map(CopiedAttribute::attribute)
                .collect(Collectors.toSet());
        return facts.redundancies().hunches().stream()
                .filter(hunch -> !hunch.entity().key().isEmpty())
                .filter(hunch -> !copies.contains(hunch.attribute()))
                .filter(hunch -> !isDeclared(hunch))
                .filter(hunch -> facts.contractInto(
                                hunch.entity(), hunch.attribute().name().value())
                        .isEmpty())
                .filter(hunch -> !facts.dependenciesOf(hunch.entity())
                        .isHeld(
                                List.of(hunch.determinant().name().value()),
                                hunch.attribute().name().value()))
                .filter(hunch -> facts.dependenciesOf(hunch.entity())
                        .brokenBy(
                                List.of(hunch.determinant().name().value()),
                                hunch.attribute().name().value())
                        .filter(form::equals)
                        .isPresent());
    }

    static boolean isDeclared(Hunch hunch) {
        return hunch.entity().dependencies().stream()
                .flatMap(dependency -> dependency.dependent().stream())
                .map(Located::value)
                .anyMatch(hunch.attribute().name().value()::equals);
    }

    static String subject(Hunch hunch) {
        return hunch.entity().name() + "." + hunch.attribute().name();
    }
}
