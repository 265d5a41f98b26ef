package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogTable.Partition;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Index;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Partitioning;
import dev.schemaproof.model.Partitioning.Bound;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The partitions that an entity asks for. */
final class ModelPartitions {

    private final Entity entity;
    private final ScratchSql sql;
    private final List<Partition> partitions = new ArrayList<>();

    ModelPartitions(RelationalStore store, Entity entity) {
        this.entity = entity;
        sql = new ScratchSql(store.schemas().keySet());
    }

    CatalogTable.Partitioning of(Partitioning division) {
        add(division, entity.table(), ModelTable.settings(entity.relational().storage()));
        return new CatalogTable.Partitioning(key(division), partitions);
    }

    /** @param inherited storage parameters: what a partition does not say itself, what it is a part of says for it */
    private void add(Partitioning division, Located<String> parent, Map<String, String> inherited) {
        for (Partitioning.Partition partition : division.partitions().values()) {
            boolean divided = partition.partitioning().isPresent();
            Map<String, String> storage = new HashMap<>(inherited);
            storage.putAll(ModelTable.settings(partition.storage()));
            partitions.add(new Partition(
                    ModelCatalog.name(entity.relational().schema(), partition.name()),
                    ModelCatalog.name(entity.relational().schema(), parent),
                    bound(partition.bound()),
                    partition.partitioning().map(this::key),
                    entity.relational().unlogged() && !divided,
                    divided ? Map.of() : storage,
                    ModelCatalog.comment(partition.description())));
            partition.partitioning().ifPresent(inner -> add(inner, partition.name(), storage));
        }
    }

    private Expression key(Partitioning division) {
        return Expression.written(division.on().stream()
                .map(this::keyPart)
                .collect(Collectors.joining(", ", division.by().value().word().toUpperCase(Locale.ROOT) + " (", ")")));
    }

    private String keyPart(Index.Part part) {
        return sql.part(ModelTable.part(entity, part));
    }

    /** The two bounds that hold no expression are what PostgreSQL prints. */
    private static Expression bound(Bound bound) {
        if (bound instanceof Bound.Range range) {
            return Expression.written("FOR VALUES FROM " + values(range.from()) + " TO " + values(range.to()));
        }
        if (bound instanceof Bound.In in) {
            return Expression.written("FOR VALUES IN " + values(in.values()));
        }
        if (bound instanceof Bound.Hash hash) {
            return Expression.printed(
                    "FOR VALUES WITH (modulus " + hash.modulus() + ", remainder " + hash.remainder() + ")");
        }
        return Expression.printed("DEFAULT");
    }

    private static String values(List<SourceText> values) {
        return values.stream()
                .map(value -> ScratchSql.onItsOwn(ModelCatalog.written(value)))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
