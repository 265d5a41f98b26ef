package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** An entity that no access pattern reads or writes, in a model that has access patterns. */
public final class IdleEntity implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var patterns = facts.model().patterns().values();
        if (patterns.isEmpty()
                || !patterns.stream().allMatch(pattern -> pattern.header().sound())) {
            return Stream.empty();
        }
        var used = new HashSet<String>();
        for (var pattern : patterns) {
            if (pattern instanceof AccessPattern.Sql sql) {
                var names = facts.namesIn(sql);
                if (!names.certain()) {
                    return Stream.empty();
                }
                used.addAll(names.entities());
            } else {
                collect(pattern, facts.model(), used);
            }
        }
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .filter(entity -> !used.contains(entity.name().value()))
                .map(entity -> finding(
                                entity.name().at(),
                                entity.name().value(),
                                "no access pattern reads or writes `" + entity.name() + "`")
                        .withHelp("add the queries that use it to `accessPatterns`, or remove the entity"));
    }

    private static void collect(AccessPattern pattern, Model model, Set<String> used) {
        pattern.entityName().ifPresent(used::add);
        var start = pattern.entityName().flatMap(model::entity);
        start.ifPresent(entity -> paths(pattern).forEach(path -> collect(path, entity, model, used)));
        if (pattern instanceof AccessPattern.Read read) {
            read.include().forEach(include -> used.add(include.entity().value()));
        }
    }

    private static void collect(String path, Entity start, Model model, Set<String> used) {
        var entity = start;
        var names = path.split("\\.", -1);
        for (var i = 0; i < names.length - 1; i++) {
            var next = entity.reference(names[i])
                    .flatMap(reference -> model.entity(reference.entity().value()));
            if (next.isEmpty()) {
                return;
            }
            entity = next.get();
            used.add(entity.name().value());
        }
    }

    private static Stream<String> paths(AccessPattern pattern) {
        if (pattern instanceof AccessPattern.Read read) {
            return Stream.of(
                            read.where().stream().map(Condition::attribute),
                            read.orderBy().stream().map(AccessPattern.Order::attribute),
                            read.select().stream())
                    .flatMap(names -> names)
                    .map(Located::value);
        }
        return pattern instanceof AccessPattern.Write write
                ? write.where().stream().map(Condition::attribute).map(Located::value)
                : Stream.empty();
    }
}
