package dev.schemaproof.analysis.index;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.IndexPath;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.sql.SqlExpression;
import java.util.HashSet;
import java.util.Set;

/** What the declared indexes of a model cost to write. */
public final class IndexCosts {

    private static final int FIRST_WITH_HOT_BRIN = 16;

    private final Facts facts;
    private final TableWrites writes;

    /** The costs by the writes of a model. */
    public IndexCosts(Facts facts) {
        this.facts = facts;
        writes = TableWrites.of(facts.model(), facts.sql());
    }

    TableWrites writes() {
        return writes;
    }

    /** The cost of an index or key, beside all others of its entity. */
    public WriteCost of(Entity entity, IndexPath path) {
        var others = facts.access().paths(entity).stream()
                .filter(other -> !other.equals(path) && !summarizes(entity, other))
                .map(other -> attributes(entity, other))
                .toList();
        return WriteCost.of(writes.of(entity.name().value()), attributes(entity, path), others);
    }

    /** An index on blocks of rows: since PostgreSQL 16 it doesn't keep updates from being heap-only. */
    boolean summarizes(Entity entity, IndexPath path) {
        return path.method() == Index.Method.BRIN
                && facts.model().storeOf(entity) instanceof RelationalStore store
                && store.version() >= FIRST_WITH_HOT_BRIN;
    }

    /** The attributes that an index holds or looks at. */
    Set<String> attributes(Entity entity, IndexPath path) {
        var found = new HashSet<String>(path.included());
        path.predicate().forEach(predicate -> found.addAll(predicate.attributes()));
        for (var term : path.terms()) {
            if (!term.expression()) {
                found.add(term.text());
            }
        }
        var index = entity.indexes().get(path.name());
        if (index != null && path.kind() == IndexPath.Kind.INDEX) {
            index.on().stream()
                    .filter(Index.Part::expression)
                    .flatMap(part -> facts.sql().expression(part.text()).stream())
                    .flatMap(reading -> reading.parsed().tree().stream())
                    .forEach(tree -> tree.walk().forEach(node -> {
                        if (node instanceof SqlExpression.Column column) {
                            entity.attributes().values().stream()
                                    .filter(attribute -> attribute
                                            .column()
                                            .value()
                                            .equals(column.name().value()))
                                    .forEach(attribute ->
                                            found.add(attribute.name().value()));
                        }
                    }));
        }
        return found;
    }
}
