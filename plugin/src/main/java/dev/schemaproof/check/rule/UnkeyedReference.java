package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A reference to attributes that do not identify a row of the other entity at all times. */
public final class UnkeyedReference extends RelationalRule {

    @Override
    Stream<Finding> check(Entity entity, RelationalStore store, Facts facts) {
        var model = facts.model();
        return entity.references().values().stream()
                .flatMap(reference -> model
                        .entity(reference.entity().value())
                        .filter(target ->
                                target.sound() && model.storeOf(target).equals(store))
                        .filter(target -> reference.referredNames(target).stream()
                                .allMatch(name -> target.attribute(name).isPresent()))
                        .stream()
                        .flatMap(target -> check(entity, reference, target)));
    }

    private Stream<Finding> check(Entity entity, Reference reference, Entity target) {
        var referred = reference.referredNames(target);
        if (referred.isEmpty()) {
            return Stream.of(finding(
                            reference.entity().at(),
                            entity.name() + "." + reference.role(),
                            "reference `" + reference.role() + "` leads to the key of `" + target.name()
                                    + "`, which has none")
                    .withHelp(target.uniques().stream()
                            .findFirst()
                            .map(unique -> "name what is unique there: `to: [" + Words.plain(unique.names()) + "]`")
                            .orElse("give `" + target.name() + "` a key: `key: [...]`")));
        }
        var unique = TableKey.of(target).stream()
                .filter(key -> key.names().size() == referred.size()
                        && Set.copyOf(key.names()).equals(new HashSet<>(referred)))
                .toList();
        // Of several, PostgreSQL takes one that can be deferred only where it finds no other
        if (unique.stream().anyMatch(key -> key.whole() && !key.deferral().deferrable())
                || new HashSet<>(referred).size() < referred.size()) {
            return Stream.empty();
        }
        var at = reference.to().isEmpty()
                ? reference.entity().at()
                : reference.to().get(0).at();
        var subject = entity.name() + "." + reference.role();
        var deferrable = unique.stream().filter(TableKey::whole).findFirst();
        if (deferrable.isPresent()) {
            return Stream.of(finding(
                            at,
                            subject,
                            "reference `" + reference.role() + "` needs a key that is checked at once, and "
                                    + deferrable.get().words() + " of `" + target.name() + "` is deferrable")
                    .withHelp("remove `deferrable` from " + deferrable.get().words() + " of `" + target.name()
                            + "`, or make the reference deferrable instead")
                    .withRelated(deferrable.get().at(), "the deferrable key"));
        }
        var finding = finding(
                at,
                subject,
                "reference `" + reference.role() + "` leads to " + Words.listed(referred) + " of `" + target.name()
                        + "`, which several rows may share");
        return Stream.of(unique.stream()
                .findFirst()
                .map(partial -> finding.withHelp(
                                partial.words() + " holds for some rows only: " + edit(target, referred))
                        .withRelated(partial.at(), "unique under a condition only"))
                .orElseGet(() -> finding.withHelp(edit(target, referred))));
    }

    private static String edit(Entity target, List<String> referred) {
        return "make " + (referred.size() == 1 ? "it" : "them together") + " unique in `" + target.name()
                + "`: `unique: [[" + Words.plain(referred) + "]]`"
                + (target.key().isEmpty() ? "" : ", or refer to its key " + Words.listed(target.key()));
    }
}
