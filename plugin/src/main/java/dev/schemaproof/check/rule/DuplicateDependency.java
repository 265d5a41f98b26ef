package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Entity;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A dependency that is declared twice: of the same attributes, or for a multivalued one of all others. */
public final class DuplicateDependency implements Rule {

    /** What makes two declarations one: the left side, the kind, and one attribute or set of attributes on the right. */
    private record Said(Set<String> determinant, boolean multivalued, Set<String> dependents) {}

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream().filter(Entity::sound).flatMap(this::judge);
    }

    private Stream<Finding> judge(Entity entity) {
        var before = new HashMap<Said, Dependency>();
        return entity.dependencies().stream()
                .filter(dependency -> !isTrivial(dependency))
                .flatMap(dependency -> dependency.multivalued()
                        ? multivalued(entity, dependency, before)
                        : functional(entity, dependency, before));
    }

    /** Others speak of those. */
    private static boolean isTrivial(Dependency dependency) {
        return DependencyText.values(dependency.determinant())
                .containsAll(DependencyText.values(dependency.dependent()));
    }

    private Stream<Finding> functional(Entity entity, Dependency dependency, Map<Said, Dependency> before) {
        return dependency.dependent().stream().flatMap(dependent -> {
            var said = new Said(DependencyText.values(dependency.determinant()), false, Set.of(dependent.value()));
            var earlier = before.putIfAbsent(said, dependency);
            return earlier == null
                    ? Stream.empty()
                    : Stream.of(finding(
                                    dependent.at(),
                                    entity.name() + "." + dependent,
                                    "`" + Words.plain(dependency.determinant()) + " -> " + dependent
                                            + "` is declared twice")
                            .withHelp("keep one of the two")
                            .withRelated(earlier.at(), "first declared here"));
        });
    }

    private Stream<Finding> multivalued(Entity entity, Dependency dependency, Map<Said, Dependency> before) {
        var determinant = DependencyText.values(dependency.determinant());
        var dependents = new LinkedHashSet<>(DependencyText.values(dependency.dependent()));
        dependents.removeAll(determinant);
        var rest = new LinkedHashSet<>(entity.attributes().keySet());
        rest.removeAll(determinant);
        rest.removeAll(dependents);
        var complement = before.get(new Said(determinant, true, rest));
        var earlier = before.putIfAbsent(new Said(determinant, true, dependents), dependency);
        var first = earlier == null ? complement : earlier;
        return first == null
                ? Stream.empty()
                : Stream.of(finding(
                                dependency.at(),
                                entity.name() + "." + dependency.dependent().get(0),
                                "`" + DependencyText.of(dependency) + "` "
                                        + (earlier == null
                                                ? "says the same as `" + DependencyText.of(first)
                                                        + "`: if the one varies independently of the rest, so does the rest"
                                                : "is declared twice"))
                        .withHelp("keep one of the two")
                        .withRelated(first.at(), "first declared here"));
    }
}
