package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.AccessAnalysis;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Entity;
import java.util.Locale;
import java.util.stream.Stream;

/** An index that serves no access pattern, key or reference, in a model that has access patterns. */
public final class UnusedIndex implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var access = facts.access();
        if (access.patterns().isEmpty()
                || !access.patterns().stream()
                        .allMatch(pattern -> pattern.shape().sound())) {
            return Stream.empty();
        }
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .filter(entity -> !hidden(entity, access))
                .flatMap(entity -> access.paths(entity).stream()
                        .filter(path -> isUnused(path, entity, access))
                        .map(path -> finding(entity, path)));
    }

    private Finding finding(Entity entity, IndexPath path) {
        return finding(
                        path.at(),
                        entity.name() + "." + path.name(),
                        "`" + path.name() + "` serves no access pattern, key or reference")
                .withHelp(
                        "remove it, add the query that needs it to `accessPatterns`, or say in its `reason` what it is for");
    }

    private static boolean isUnused(IndexPath path, Entity entity, AccessAnalysis access) {
        var index = entity.indexes().get(path.name());
        return path.kind() == IndexPath.Kind.INDEX
                && index != null
                && !index.unique()
                && index.reason().isEmpty()
                && !access.isUsable(entity, path.name())
                && entity.references().values().stream()
                        .noneMatch(reference -> ReferencePaths.leadsBy(path, reference.names()));
    }

    /** Whether a pattern that can't be looked into may read the entity. */
    private static boolean hidden(Entity entity, AccessAnalysis access) {
        var table = entity.table().value().toLowerCase(Locale.ROOT);
        return access.patterns().stream()
                .filter(pattern -> !pattern.shape().blind().isEmpty())
                .anyMatch(pattern -> pattern.pattern() instanceof AccessPattern.Sql sql
                        && sql.sql().value().toLowerCase(Locale.ROOT).contains(table));
    }
}
