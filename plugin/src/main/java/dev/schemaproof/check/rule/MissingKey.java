package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
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
                .map(entity -> finding(
                                entity.name().at(),
                                entity.name().value(),
                                "`" + entity.name() + "` has no key: nothing tells its rows apart")
                        .withHelp(cure(entity)));
    }

    private static String cure(Entity entity) {
        if (entity.attribute("id").isPresent()) {
            return "add `key: [id]`";
        }
        return entity.uniques().stream()
                .filter(unique -> unique.names().stream()
                        .allMatch(name -> entity.attribute(name)
                                .filter(attribute -> !attribute.optional())
                                .isPresent()))
                .findFirst()
                .map(unique -> "make its unique the key: `key: [" + Words.plain(unique.names()) + "]`")
                .orElse("add `key: [...]` with the attributes that identify a row, or an attribute for it: "
                        + "`id: {type: bigint, identity: always}` and `key: [id]`");
    }
}
