package dev.schemaproof.check.rule;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.index.ReferencePaths;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import dev.schemaproof.model.RelationalStore;
import java.util.stream.Stream;

/** A reference without an index or key to find the rows that refer to a row. */
public final class UnindexedReference implements Rule {

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Stream<Finding> check(Facts facts) {
        var model = facts.model();
        return model.entities().values().stream()
                .filter(entity -> entity.sound() && !entity.small())
                .filter(entity -> model.storeOf(entity) instanceof RelationalStore)
                .flatMap(entity -> entity.references().values().stream()
                        .filter(reference -> model.entity(reference.entity().value())
                                .filter(parent -> model.storeOf(parent).equals(model.storeOf(entity)))
                                .isPresent())
                        .filter(reference -> reference.names().stream()
                                .allMatch(name -> entity.attribute(name).isPresent()))
                        .filter(reference -> facts.access().paths(entity).stream()
                                .noneMatch(path -> ReferencePaths.leadsBy(path, reference.names())))
                        .map(reference -> finding(entity, reference)));
    }

    private Finding finding(Entity entity, Reference reference) {
        var attributes = reference.names();
        var name = PostgresNames.fit("idx_" + entity.table() + "_" + String.join("_", attributes));
        var index = name + ": {on: [" + Words.plain(attributes) + "]}";
        return finding(
                        reference.role().at(),
                        entity.name() + "." + reference.role(),
                        "no index or key begins with " + Words.listed(attributes) + ", so that deleting one `"
                                + reference.entity() + "` reads all of `" + entity.name() + "`")
                .withHelp(
                        entity.indexes().isEmpty()
                                ? "add to `" + entity.name() + "`: `indexes: {" + index + "}`"
                                : "add to the `indexes` of `" + entity.name() + "`: `" + index + "`");
    }
}
