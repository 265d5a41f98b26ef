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
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An entity that no access pattern reads or writes, in a model that has access patterns. */
public final class IdleEntity implements Rule {

    /** Any word of a statement may be a table's name; taking all of them finds too little rather than too much. */
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"]|\"\")+)\"|[\\p{L}_][\\p{L}\\p{N}_$]*");

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
        var words = new HashSet<String>();
        patterns.forEach(pattern -> collect(pattern, facts.model(), used, words));
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .filter(entity -> !used.contains(entity.name().value()))
                .filter(entity -> !words.contains(entity.table().value().toLowerCase(Locale.ROOT)))
                .map(entity -> finding(
                                entity.name().at(),
                                entity.name().value(),
                                "no access pattern reads or writes `" + entity.name() + "`")
                        .withHelp("add the queries that use it to `accessPatterns`, or remove the entity"));
    }

    private static void collect(AccessPattern pattern, Model model, Set<String> used, Set<String> words) {
        if (pattern instanceof AccessPattern.Sql sql) {
            WORD.matcher(sql.sql().value())
                    .results()
                    .forEach(word -> words.add((word.group(1) == null
                                    ? word.group()
                                    : word.group(1).replace("\"\"", "\""))
                            .toLowerCase(Locale.ROOT)));
            return;
        }
        pattern.entityName().ifPresent(used::add);
        var start = pattern.entityName().flatMap(model::entity);
        start.ifPresent(entity -> paths(pattern).forEach(path -> collect(path, entity, model, used)));
    }

    private static void collect(String path, Entity start, Model model, Set<String> used) {
        var entity = start;
        var names = path.split("\\.");
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
