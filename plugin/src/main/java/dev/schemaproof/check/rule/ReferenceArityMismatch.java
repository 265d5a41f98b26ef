package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import java.util.stream.Stream;

/** A reference with more or fewer attributes than the key that it refers to. */
public final class ReferenceArityMismatch implements Rule {

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        return facts.model().entities().values().stream()
                .filter(Entity::sound)
                .flatMap(entity -> entity.references().values().stream()
                        .flatMap(reference ->
                                facts.model().entity(reference.entity().value()).filter(Entity::sound).stream()
                                        .filter(target -> !target.key().isEmpty()
                                                && target.key().size()
                                                        != reference
                                                                .attributes()
                                                                .size())
                                        .map(target -> finding(entity, reference, target))));
    }

    private Finding finding(Entity entity, Reference reference, Entity target) {
        var at = reference.attributes().isEmpty()
                ? reference.role().at()
                : reference.attributes().get(0).at();
        return finding(
                        at,
                        entity.name() + "." + reference.role(),
                        "reference `" + reference.role() + "` has "
                                + reference.attributes().size()
                                + (reference.attributes().size() == 1 ? " attribute" : " attributes")
                                + ", but the key of `" + target.name() + "` is " + Words.listed(target.key()))
                .withHelp("name one attribute of `" + entity.name() + "` for each of them, in that order")
                .withRelated(target.key().get(0).at(), "the key referred to");
    }
}
