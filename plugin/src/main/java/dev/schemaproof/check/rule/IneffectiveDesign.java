package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.model.Deferral;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyDesign;
import dev.schemaproof.model.KeyValueStore;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the model says of tables, said of an entity that has none. */
public final class IneffectiveDesign implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var model = facts.model();
        return model.entities().values().stream().filter(Entity::sound).flatMap(entity -> {
            var store = model.storeOf(entity);
            return Stream.concat(
                    store instanceof KeyValueStore ? said(entity, store) : Stream.empty(),
                    entity.references().values().stream().flatMap(reference -> unheld(entity, reference, model)));
        });
    }

    private Stream<Finding> said(Entity entity, Store store) {
        List<Finding> found = new ArrayList<>();
        var table = entity.relational();
        first(entity.indexes().values().stream().map(index -> index.name().at()), "indexes", entity, store, found);
        first(entity.checks().values().stream().map(check -> check.name().at()), "checks", entity, store, found);
        first(table.exclusions().values().stream().map(one -> one.name().at()), "exclusions", entity, store, found);
        first(table.partitioning().stream().map(one -> one.at()), "partition", entity, store, found);
        first(table.grants().stream().map(grant -> grant.role().at()), "grants", entity, store, found);
        first(table.rowSecurity().stream().map(one -> one.at()), "rowSecurity", entity, store, found);
        first(table.storage().values().stream().map(one -> one.at()), "storage", entity, store, found);
        first(table.schema().stream().map(one -> one.at()), "schema", entity, store, found);
        first(table.primaryKey().stream().map(one -> one.at()), "name` of its `key", entity, store, found);
        first(Stream.of(entity.name().at()).filter(at -> table.unlogged()), "unlogged", entity, store, found);
        if (!entity.key().isEmpty() && !table.keyDesign().equals(KeyDesign.plain())) {
            var at = entity.key().get(0).at();
            first(Stream.of(at), "include`, `deferrable` or `storage` of its `key", entity, store, found);
        }
        return found.stream();
    }

    private void first(Stream<Location> places, String key, Entity entity, Store store, List<Finding> found) {
        places.findFirst()
                .ifPresent(at -> found.add(finding(
                                at,
                                entity.name().value(),
                                "the `" + key + "` of `" + entity.name() + "` have no effect in store `" + store.name()
                                        + "`, which has no tables of SQL")
                        .withHelp("remove them, or keep `" + entity.name() + "` in a relational store")));
    }

    /** Across stores a reference is a role for access patterns and templates, and nothing that a database would act on. */
    private Stream<Finding> unheld(Entity entity, Reference reference, Model model) {
        var apart = model.entity(reference.entity().value())
                .filter(target -> !(model.storeOf(entity) instanceof KeyValueStore)
                        && !model.storeOf(target).equals(model.storeOf(entity)))
                .isPresent();
        var asks = reference.onDelete() != Reference.Action.NO_ACTION
                || reference.onUpdate() != Reference.Action.NO_ACTION
                || reference.deferral() != Deferral.NOT_DEFERRABLE
                || reference.name().isPresent();
        return apart && asks
                ? Stream.of(finding(
                                reference.role().at(),
                                entity.name() + "." + reference.role(),
                                "`onDelete`, `onUpdate`, `deferrable` and `name` of reference `" + reference.role()
                                        + "` have no effect, as `" + reference.entity() + "` is in another store")
                        .withHelp("remove them: the application has to do what they say"))
                : Stream.empty();
    }
}
