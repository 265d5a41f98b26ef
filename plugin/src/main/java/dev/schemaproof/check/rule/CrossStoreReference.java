package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import java.util.stream.Stream;

/** A reference that no database can hold, as its two sides are in different ones. */
public final class CrossStoreReference implements Rule {

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var model = facts.model();
        return model.entities().values().stream()
                .filter(Entity::sound)
                .flatMap(entity -> entity.references().values().stream()
                        .flatMap(reference -> model.entity(reference.entity().value()).stream()
                                .filter(target -> !model.storeOf(target).equals(model.storeOf(entity)))
                                .map(target -> finding(
                                                reference.entity().at(),
                                                entity.name() + "." + reference.role(),
                                                "`" + entity.name() + "` is in store `"
                                                        + model.storeOf(entity).name()
                                                        + "` and refers to `" + target.name() + "` in store `"
                                                        + model.storeOf(target).name()
                                                        + "`: no foreign key keeps it right")
                                        .withHelp("let the application answer for it, or move one of the two: `store: "
                                                + model.storeOf(entity).name() + "` in `" + target.name() + "`"))));
    }
}
