package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.SqlType;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index.Part;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.TypeDefinition.Domain;
import java.util.Optional;
import java.util.stream.Stream;

/** A collation for values that are no text. */
public final class UncollatableType implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var model = facts.model();
        var domains = model.relationalStore().stream()
                .flatMap(store -> model.types().values().stream()
                        .flatMap(type -> type instanceof Domain domain ? check(domain, store, facts) : Stream.empty()));
        var entities = model.entities().values().stream()
                .filter(Entity::sound)
                .flatMap(entity -> model.storeOf(entity) instanceof RelationalStore store
                        ? check(entity, store, facts)
                        : Stream.empty());
        return Stream.concat(domains, entities);
    }

    private Stream<Finding> check(Domain domain, RelationalStore store, Facts facts) {
        var name = domain.name().value();
        var base = facts.typing().system(store).of(domain.base().value());
        return judge(name, name, domain.collation(), base, store, facts);
    }

    private Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        var attributes = entity.attributes().values().stream()
                .filter(attribute -> attribute.collation().isPresent())
                .flatMap(attribute -> judge(
                        entity.name() + "." + attribute.name(),
                        attribute.name().value(),
                        attribute.collation(),
                        facts.typing().of(entity, attribute),
                        store,
                        facts));
        var parts = IndexedPart.of(entity, facts)
                .filter(indexed -> indexed.part().flatMap(Part::collation).isPresent())
                .flatMap(indexed -> judge(
                        entity.name().value(),
                        indexed.name(),
                        indexed.part().flatMap(Part::collation),
                        indexed.type(),
                        store,
                        facts));
        return Stream.concat(attributes, parts);
    }

    private Stream<Finding> judge(
            String subject,
            String name,
            Optional<Located<String>> collation,
            Optional<SqlType> type,
            RelationalStore store,
            Facts facts) {
        var types = facts.typing().system(store);
        return collation.stream()
                .filter(given -> type.filter(known -> !known.isUnknown() && !types.isCollatable(known))
                        .isPresent())
                .map(given -> finding(
                                given.at(),
                                subject,
                                "`" + name + "` is `" + type.get() + "`, which is no text and has no collation")
                        .withHelp("remove the collation `" + given + "`"));
    }
}
