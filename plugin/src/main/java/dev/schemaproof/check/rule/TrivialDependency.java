package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Fix;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Dependency;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A declared dependency that holds in every table, wholly or in part, and so says nothing. */
public final class TrivialDependency implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .flatMap(entity ->
                        entity.dependencies().stream().flatMap(dependency -> judge(entity, dependency).stream()));
    }

    private Optional<Finding> judge(Entity entity, Dependency dependency) {
        var determinant = DependencyText.values(dependency.determinant());
        var trivial = dependency.dependent().stream()
                .filter(dependent -> determinant.contains(dependent.value()))
                .toList();
        if (!trivial.isEmpty()) {
            return Optional.of(inItself(entity, dependency, trivial));
        }
        var all = new HashSet<>(determinant);
        all.addAll(DependencyText.values(dependency.dependent()));
        return dependency.multivalued() && all.containsAll(entity.attributes().keySet())
                ? Optional.of(finding(
                                dependency.at(),
                                subject(entity, dependency.dependent().get(0)),
                                "`" + DependencyText.of(dependency)
                                        + "` holds in every table: it leaves out no attribute of `" + entity.name()
                                        + "`")
                        .withHelp("remove it, or name on the right only what varies independently of the others"))
                : Optional.empty();
    }

    private Finding inItself(Entity entity, Dependency dependency, List<Located<String>> trivial) {
        var rest = dependency.dependent().stream()
                .filter(dependent -> !trivial.contains(dependent))
                .toList();
        var found = finding(
                trivial.get(0).at(),
                subject(entity, trivial.get(0)),
                Words.listed(trivial) + (trivial.size() == 1 ? " stands" : " stand")
                        + " on both sides of `" + DependencyText.of(dependency)
                        + "`, and every attribute determines itself");
        if (rest.isEmpty()) {
            return found.withHelp("remove the dependency, or name on the right what follows from the left");
        }
        var better = DependencyText.of(dependency, rest);
        return found.withHelp("write `" + better + "`")
                .withFix(Fix.replace(dependency.at(), DependencyText.of(dependency), better));
    }

    private static String subject(Entity entity, Located<String> attribute) {
        return entity.name() + "." + attribute;
    }
}
