package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.analysis.normal.DeclaredMultivalued;
import dev.schemaproof.analysis.normal.DependencyBasis;
import dev.schemaproof.analysis.normal.DependencySet;
import dev.schemaproof.analysis.normal.EntityDependencies;
import dev.schemaproof.analysis.normal.FunctionalDependency;
import dev.schemaproof.analysis.normal.Origin;
import dev.schemaproof.analysis.normal.SourcedDependency;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A declared dependency that follows from keys and other dependencies, so that nothing changes without it. */
public final class ImpliedDependency implements Rule {

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .filter(entity -> !entity.dependencies().isEmpty())
                .flatMap(entity -> Stream.concat(
                        functional(entity, facts.dependenciesOf(entity)),
                        multivalued(entity, facts.dependenciesOf(entity))));
    }

    /** From the last one on, each that the others imply is taken away; what is left says all. */
    private Stream<Finding> functional(Entity entity, EntityDependencies dependencies) {
        var found = new ArrayList<Finding>();
        var left = new ArrayList<>(dependencies.sourced());
        // What a contract keeps should stay known when the contract goes
        left.removeIf(sourced -> sourced.origin() instanceof Origin.Contracted);
        var repeated = repeated(dependencies);
        for (var i = left.size() - 1; i >= 0; i--) {
            var sourced = left.get(i);
            if (sourced.origin() instanceof Origin.Declared declared
                    && !sourced.dependency().trivial()) {
                left.remove(i);
                if (!follows(sourced.dependency(), left)) {
                    left.add(i, sourced);
                } else if (!repeated.contains(sourced)) {
                    reason(sourced, left, dependencies)
                            .ifPresent(reason -> found.add(finding(entity, declared.dependency(), reason)));
                }
            }
        }
        return found.stream();
    }

    /** Those that earlier ones with the same left side say, attribute for attribute: others speak of duplicates. */
    private static Set<SourcedDependency> repeated(EntityDependencies dependencies) {
        var said = new HashMap<AttributeSet, AttributeSet>();
        var repeated = new HashSet<SourcedDependency>();
        for (var sourced : dependencies.sourced()) {
            if (sourced.origin() instanceof Origin.Declared) {
                var dependency = sourced.dependency();
                var before = said.getOrDefault(dependency.determinant(), dependency.determinant());
                if (before.containsAll(dependency.dependents())) {
                    repeated.add(sourced);
                }
                said.put(dependency.determinant(), before.union(dependency.dependents()));
            }
        }
        return repeated;
    }

    /** Asked once of each set of others, so that there is nothing to gain from preparing them for closures. */
    private static boolean follows(FunctionalDependency dependency, List<SourcedDependency> others) {
        var reached = dependency.determinant();
        var size = -1;
        while (reached.size() > size && !reached.containsAll(dependency.dependents())) {
            size = reached.size();
            for (var other : others) {
                if (reached.containsAll(other.dependency().determinant())) {
                    reached = reached.union(other.dependency().dependents());
                }
            }
        }
        return reached.containsAll(dependency.dependents());
    }

    /** The origins from which it follows. */
    private static Optional<List<Origin>> reason(
            SourcedDependency sourced, List<SourcedDependency> others, EntityDependencies dependencies) {
        return new DependencySet(
                        dependencies.dependencies().width(),
                        others.stream().map(SourcedDependency::dependency).toList())
                .derive(sourced.dependency().determinant(), sourced.dependency().dependents())
                .map(derivation -> derivation.steps().stream()
                        .map(step -> others.get(step.dependency()).origin())
                        .toList());
    }

    private Finding finding(Entity entity, Dependency dependency, List<Origin> reason) {
        var found = finding(
                        dependency.at(),
                        entity.name() + "." + dependency.dependent().get(0),
                        "`" + DependencyText.of(dependency) + "` follows from "
                                + Words.enumerated(reason.stream()
                                        .map(DependencyText::origin)
                                        .distinct()
                                        .toList()))
                .withHelp("remove it, as nothing changes without it");
        for (var origin : reason) {
            found = found.withRelated(origin.at(), "used here");
        }
        return found;
    }

    private Stream<Finding> multivalued(Entity entity, EntityDependencies dependencies) {
        var all = dependencies.multivalued().stream()
                .limit(MultivaluedDependency.LIMIT)
                .toList();
        var closures = new HashMap<AttributeSet, AttributeSet>();
        return all.stream()
                .filter(given ->
                        !given.dependency().trivial(dependencies.dependencies().all()))
                .flatMap(given -> {
                    var determinant = given.dependency().determinant();
                    var closure = closures.computeIfAbsent(determinant, dependencies.dependencies()::closure);
                    if (closure.containsAll(given.dependency().dependents())) {
                        return Stream.of(really(entity, given, dependencies));
                    }
                    return follows(given, all, dependencies)
                            ? Stream.of(finding(
                                            given.declared().at(),
                                            entity.name() + "."
                                                    + given.declared()
                                                            .dependent()
                                                            .get(0),
                                            "`" + DependencyText.of(given.declared())
                                                    + "` follows from the other dependencies")
                                    .withHelp("remove it, as nothing changes without it"))
                            : Stream.<Finding>empty();
                });
    }

    /** Whether those declared before it imply it; what says the same is a duplicate, of which others speak. */
    private static boolean follows(
            DeclaredMultivalued given, List<DeclaredMultivalued> all, EntityDependencies dependencies) {
        var before = all.subList(0, all.indexOf(given)).stream()
                .map(DeclaredMultivalued::dependency)
                .toList();
        var determinant = given.dependency().determinant();
        var dependents = given.dependency().dependents();
        var rest = dependencies.dependencies().all().minus(determinant).minus(dependents);
        return before.stream()
                        .filter(other -> other.determinant().equals(determinant))
                        .noneMatch(other -> other.dependents().equals(dependents)
                                || other.dependents().equals(rest))
                && !before.isEmpty()
                && DependencyBasis.of(dependencies.dependencies(), before, determinant)
                        .multidetermines(dependents);
    }

    private Finding really(Entity entity, DeclaredMultivalued given, EntityDependencies dependencies) {
        var reason = dependencies
                .dependencies()
                .derive(given.dependency().determinant(), given.dependency().dependents())
                .map(derivation -> derivation.steps().stream()
                        .map(step -> dependencies.originOf(step.dependency()))
                        .toList())
                .orElse(List.of());
        return finding(entity, given.declared(), reason);
    }
}
