package dev.schemaproof.generate.relational;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.relational.UsedSequences;
import dev.schemaproof.generate.relational.SchemaScript.LateConstraint;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.RelationalStore;
import java.util.List;

/**
 * Decides everything that {@code schema.sql} says. Each kind of thing follows those that it can be made of; within a kind
 * the references between its elements decide.
 */
final class SchemaBuilder {

    private final Facts facts;
    private final RelationalStore store;
    private final TableOrder order;

    SchemaBuilder(Facts facts, RelationalStore store) {
        this.facts = facts;
        this.store = store;
        order = new TableOrder(facts.model().entitiesOf(store).stream()
                .filter(entity -> !facts.contracts().isView(entity))
                .toList());
    }

    SchemaScript build() {
        var model = facts.model();
        var surroundings = new SurroundingsBuilder(model, store);
        var types = new TypeBuilder(model, store);
        var tables = new TableBuilder(model, store);
        var constraints =
                new ConstraintBuilder(model, store, order, facts.contracts().followedIn(store));
        var indexes = new IndexBuilder(store, facts.access());
        var rights = new RightsBuilder(store, new UsedSequences(model, store, facts.sql()));
        return new SchemaScript(
                Headings.of("The schema", model, store),
                surroundings.roles(),
                surroundings.schemas(),
                surroundings.extensions(),
                surroundings.sequences(),
                types.types(),
                order.tables().parallelStream()
                        .map(entity -> tables.table(entity, constraints.of(entity)))
                        .toList(),
                surroundings.ownerships(),
                order.tables().parallelStream()
                        .flatMap(
                                entity -> entity.indexes().values().stream().map(index -> indexes.index(entity, index)))
                        .toList(),
                lateForeignKeys(constraints),
                order.tables().parallelStream()
                        .flatMap(entity -> rights.secured(entity).stream())
                        .toList(),
                rights.grants(order.tables()),
                new CommentBuilder(model, store).comments(order.tables()));
    }

    private List<LateConstraint> lateForeignKeys(ConstraintBuilder constraints) {
        return order.tables().stream()
                .flatMap((Entity entity) -> constraints.lateForeignKeys(entity).stream()
                        .map(constraint -> new LateConstraint(SqlText.table(entity), constraint)))
                .toList();
    }
}
