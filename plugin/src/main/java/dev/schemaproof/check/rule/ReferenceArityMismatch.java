package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import java.util.stream.Stream;

/** A reference with more or fewer attributes than those that it refers to. */
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
                                        .filter(target ->
                                                !reference.referredNames(target).isEmpty()
                                                        && reference
                                                                        .referredNames(target)
                                                                        .size()
                                                                != reference
                                                                        .attributes()
                                                                        .size())
                                        .map(target -> finding(entity, reference, target))));
    }

    private Finding finding(Entity entity, Reference reference, Entity target) {
        var at = reference.attributes().isEmpty()
                ? reference.role().at()
                : reference.attributes().get(0).at();
        var count = reference.attributes().size();
        var referred = Words.listed(reference.referredNames(target));
        var finding = finding(
                        at,
                        entity.name() + "." + reference.role(),
                        "reference `" + reference.role() + "` has " + count
                                + (count == 1 ? " attribute" : " attributes")
                                + ", but "
                                + (reference.to().isEmpty()
                                        ? "the key of `" + target.name() + "` is " + referred
                                        : "refers to " + referred + " of `" + target.name() + "`"))
                .withHelp("name one attribute of `" + entity.name() + "` for each of them, in that order");
        return reference.to().isEmpty()
                ? finding.withRelated(target.key().get(0).at(), "the key referred to")
                : finding.withRelated(reference.to().get(0).at(), "the attributes referred to");
    }
}
