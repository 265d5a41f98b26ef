package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.normal.DeclaredMultivalued;
import dev.schemaproof.analysis.normal.DependencyBasis;
import dev.schemaproof.analysis.normal.EntityDependencies;
import dev.schemaproof.analysis.normal.Refutations;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Independence;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An entity that contradicts itself: {@code independent} refutes what its keys or {@code dependencies} say. */
public final class RefutedDependency implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .filter(entity -> !entity.independences().isEmpty())
                .flatMap(entity -> {
                    var dependencies = facts.dependenciesOf(entity);
                    var refutations = Refutations.of(entity);
                    return Stream.concat(
                            entity.independences().stream()
                                    .flatMap(independence -> attribute(entity, independence, refutations)),
                            refutations.dependencies().stream()
                                    .flatMap(refuted -> refuted.multivalued()
                                            ? multivalued(entity, refuted, dependencies).stream()
                                            : functional(entity, refuted, dependencies)));
                });
    }

    /** An attribute that follows from nothing cannot follow from what is declared. */
    private Stream<Finding> attribute(Entity entity, Independence independence, Refutations refutations) {
        var name = independence.of().value().strip();
        return refutations.attributes().contains(name)
                ? entity.dependencies().stream()
                        .filter(dependency -> !dependency.multivalued())
                        .filter(dependency ->
                                DependencyText.values(dependency.dependent()).contains(name))
                        .limit(1)
                        .map(dependency -> finding(
                                        independence.of().at(),
                                        entity.name() + "." + name,
                                        "`independent` says that `" + name
                                                + "` follows from nothing, but `dependencies` says `"
                                                + DependencyText.of(dependency) + "`")
                                .withHelp("one of the two is wrong: remove it")
                                .withRelated(dependency.at(), "declared here"))
                : Stream.empty();
    }

    private Stream<Finding> functional(Entity entity, Refutations.Refuted refuted, EntityDependencies dependencies) {
        return dependencies.setOf(refuted.determinant()).stream()
                .flatMap(determinant -> refuted.dependents().stream()
                        .sorted()
                        .flatMap(name -> dependencies
                                .dependencies()
                                .derive(determinant, dependencies.knownOf(Set.of(name)))
                                .filter(derivation -> !derivation.goal().isEmpty())
                                .stream()
                                .map(derivation -> {
                                    var reason = derivation.steps().stream()
                                            .map(step -> dependencies.originOf(step.dependency()))
                                            .toList();
                                    var found = finding(
                                                    refuted.by().of().at(),
                                                    entity.name() + "." + name,
                                                    "`independent` refutes `"
                                                            + Words.plain(dependencies.namesOf(determinant))
                                                            + " -> " + name + "`, but that "
                                                            + (reason.isEmpty()
                                                                    ? "is always so"
                                                                    : "follows from "
                                                                            + Words.enumerated(reason.stream()
                                                                                    .map(DependencyText::origin)
                                                                                    .distinct()
                                                                                    .toList())))
                                            .withHelp("one of the two is wrong: remove it");
                                    for (var origin : reason) {
                                        found = found.withRelated(origin.at(), "used here");
                                    }
                                    return found;
                                })));
    }

    private Optional<Finding> multivalued(Entity entity, Refutations.Refuted refuted, EntityDependencies dependencies) {
        var determinant = dependencies.setOf(refuted.determinant());
        var dependents = dependencies.setOf(refuted.dependents()).filter(names -> !names.isEmpty());
        if (determinant.isEmpty() || dependents.isEmpty()) {
            return Optional.empty();
        }
        return DependencyBasis.of(
                                dependencies.dependencies(),
                                dependencies.multivalued().stream()
                                        .map(DeclaredMultivalued::dependency)
                                        .toList(),
                                determinant.get())
                        .multidetermines(dependents.get().minus(determinant.get()))
                ? Optional.of(finding(
                                refuted.by().of().at(),
                                entity.name() + "."
                                        + dependencies.namesOf(dependents.get()).get(0),
                                "`independent` refutes `" + refuted.by().of()
                                        + "`, but that follows from keys and `dependencies`")
                        .withHelp("one of the two is wrong: remove it"))
                : Optional.empty();
    }
}
