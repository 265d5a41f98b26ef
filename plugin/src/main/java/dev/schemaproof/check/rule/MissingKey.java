package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.UniqueKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An entity whose rows nothing tells apart. */
public final class MissingKey implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .filter(entity -> entity.key().isEmpty() && !entity.attributes().isEmpty())
                .map(entity -> unique(entity)
                        .map(unique -> finding(
                                        entity.name().at(),
                                        entity.name().value(),
                                        "`" + entity.name() + "` has no key, though " + Words.listed(unique)
                                                + " would do for one")
                                .withSeverity(Severity.WARNING)
                                .withHelp("make them the key: `key: [" + Words.plain(unique) + "]`"))
                        .orElseGet(() -> finding(
                                        entity.name().at(),
                                        entity.name().value(),
                                        "`" + entity.name() + "` has no key: nothing tells its rows apart")
                                .withHelp(cure(entity))));
    }

    /** Attributes that are always there and unique together. */
    private static Optional<List<String>> unique(Entity entity) {
        return Stream.concat(
                        entity.uniques().stream().map(UniqueKey::names),
                        entity.indexes().values().stream()
                                .filter(index -> index.unique() && index.where().isEmpty())
                                .map(index -> index.on().stream()
                                        .map(part -> part.attribute().orElse(""))
                                        .toList()))
                .filter(names -> names.stream()
                        .allMatch(name -> entity.attribute(name)
                                .filter(attribute -> !attribute.optional())
                                .isPresent()))
                .findFirst();
    }

    private static String cure(Entity entity) {
        return entity.attribute("id").isPresent()
                ? "add `key: [id]`"
                : "add `key: [...]` with the attributes that identify a row, or an attribute for it: "
                        + "`id: {type: bigint, identity: always}` and `key: [id]`";
    }
}
