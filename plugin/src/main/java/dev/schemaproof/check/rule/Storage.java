package dev.schemaproof.check.rule;

import dev.schemaproof.dialect.postgresql.StorageParameter;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Partitioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The storage parameters of something.
 *
 * @param owner what has them, in a sentence
 * @param parameters as the model gives them
 * @param known those that there are
 */
record Storage(String owner, Map<String, Located<String>> parameters, Map<String, StorageParameter> known) {

    /** All that an entity has. */
    static List<Storage> of(Entity entity) {
        var all = new ArrayList<Storage>();
        var relational = entity.relational();
        if (!relational.storage().isEmpty()) {
            all.add(new Storage("a table", relational.storage(), StorageParameter.ofTable()));
        }
        relational.partitioning().ifPresent(division -> partitions(division, all));
        add(all, "btree", relational.keyDesign().storage());
        entity.uniques().forEach(unique -> add(all, "btree", unique.design().storage()));
        entity.indexes().values().forEach(index -> add(all, index.method().word(), index.storage()));
        relational
                .exclusions()
                .values()
                .forEach(exclusion -> add(all, exclusion.method().word(), exclusion.storage()));
        return all;
    }

    private static void partitions(Partitioning division, List<Storage> all) {
        for (var partition : division.partitions().values()) {
            if (!partition.storage().isEmpty()) {
                all.add(new Storage("a partition", partition.storage(), StorageParameter.ofTable()));
            }
            partition.partitioning().ifPresent(inner -> partitions(inner, all));
        }
    }

    private static void add(List<Storage> all, String method, Map<String, Located<String>> parameters) {
        if (!parameters.isEmpty()) {
            all.add(new Storage("a " + method + " index", parameters, StorageParameter.ofIndex(method)));
        }
    }
}
