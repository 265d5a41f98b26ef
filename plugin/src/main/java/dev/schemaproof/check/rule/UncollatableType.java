package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.type.SqlType;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index.Part;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import java.util.Optional;
import java.util.stream.Stream;

/** A collation for values that are no text. */
public final class UncollatableType extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        var attributes = entity.attributes().values().stream()
                .flatMap(attribute -> judge(
                        entity.name() + "." + attribute.name(),
                        attribute.name().value(),
                        attribute.collation(),
                        facts.typing().of(entity, attribute),
                        store,
                        facts));
        var parts = IndexedPart.of(entity, facts)
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
