package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import java.util.stream.Stream;

/** An entity without attributes. */
public final class EmptyEntity implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .filter(entity -> entity.attributes().isEmpty())
                .map(entity -> finding(
                                entity.name().at(), entity.name().value(), "`" + entity.name() + "` has no attributes")
                        .withHelp("declare them under `attributes:`, or remove the entity"));
    }
}
