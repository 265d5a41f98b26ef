package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.AccessAnalysis;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.analysis.access.PatternAccess;
import dev.schemaproof.analysis.index.ReferencePaths;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Entity;
import java.util.List;
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
        return Stream.concat(relational(facts), KeyValueIndexes.unread(this, facts));
    }

    private Stream<Finding> relational(Facts facts) {
        var access = facts.access();
        if (access.patterns().isEmpty()
                || !access.patterns().stream()
                        .allMatch(pattern -> pattern.shape().sound())) {
            return Stream.empty();
        }
        var blind = blindStatements(access);
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .filter(entity -> !isNamedIn(blind, entity))
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

    /** The statements that can't be looked into, in lower case. */
    private static List<String> blindStatements(AccessAnalysis access) {
        return access.patterns().stream()
                .filter(pattern -> !pattern.shape().blind().isEmpty())
                .map(PatternAccess::pattern)
                .filter(AccessPattern.Sql.class::isInstance)
                .map(pattern -> ((AccessPattern.Sql) pattern).sql().value().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Whether one of the statements may read the entity. */
    private static boolean isNamedIn(List<String> statements, Entity entity) {
        var table = entity.table().value().toLowerCase(Locale.ROOT);
        return statements.stream().anyMatch(statement -> statement.contains(table));
    }
}
