package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.NormalForm;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A declared dependency that breaks a normal form, for one of its dependents.
 *
 * @param entity where
 * @param dependency as declared
 * @param dependent the attribute that repeats itself
 * @param broken the lowest normal form that it breaks
 */
record DeclaredBreach(Entity entity, Dependency dependency, Located<String> dependent, NormalForm broken) {

    /**
     * All of them that no contract documents and whose dependent can drift: it is not generated from the row, and no check
     * or foreign key holds it. What is a copy through a reference is reported as that, since there the cure is known.
     */
    static Stream<DeclaredBreach> in(Facts facts) {
        var copies = facts.redundancies().copies().stream()
                .map(copy -> copy.entity().name() + "." + copy.attribute().name())
                .collect(Collectors.toSet());
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .filter(entity -> !entity.key().isEmpty())
                .flatMap(entity -> entity.dependencies().stream()
                        .filter(dependency -> !dependency.multivalued())
                        .flatMap(dependency -> in(entity, dependency, facts)))
                .filter(breach -> !copies.contains(breach.subject()));
    }

    private static Stream<DeclaredBreach> in(Entity entity, Dependency dependency, Facts facts) {
        var determinant = Located.values(dependency.determinant());
        return dependency.dependent().stream()
                .filter(dependent -> entity.attribute(dependent.value())
                        .filter(attribute -> attribute.generated().isEmpty())
                        .isPresent())
                .filter(dependent ->
                        facts.contractInto(entity, dependent.value()).isEmpty())
                .filter(dependent -> !facts.dependenciesOf(entity).isHeld(determinant, dependent.value()))
                .flatMap(dependent -> facts.dependenciesOf(entity).brokenBy(determinant, dependent.value()).stream()
                        .map(form -> new DeclaredBreach(entity, dependency, dependent, form)));
    }

    List<String> determinant() {
        return Located.values(dependency.determinant());
    }

    /** The element that findings are about. */
    String subject() {
        return entity.name() + "." + dependent;
    }

    /** What to do about it. */
    String cure() {
        return "move `" + dependent + "` to an entity with the key " + Words.quoted(determinant())
                + " and refer to that; or, if the copy is wanted, write a contract with `into: " + subject() + "`";
    }
}
