package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import java.util.stream.Stream;

/** An attribute of a primary key that may be absent. */
public final class OptionalKey implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream().filter(Entity::sound).flatMap(this::check);
    }

    private Stream<Finding> check(Entity entity) {
        return entity.key().stream()
                .flatMap(name -> entity.attribute(name.value()).filter(Attribute::optional).stream()
                        .map(attribute -> finding(
                                        name.at(),
                                        entity.name() + "." + name,
                                        "`" + name + "` is in the key of `" + entity.name() + "` and may be absent")
                                .withHelp("make `" + name + "` required, or choose a key of required attributes")
                                .withRelated(attribute.name().at(), "declared optional here")));
    }
}
