package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.model.KeyValueStore;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be concluded about the key-value stores of a model.
 *
 * @param stores in order of declaration
 */
public record KeyValueAnalysis(List<StoreFacts> stores) {

    public KeyValueAnalysis {
        stores = List.copyOf(stores);
    }

    /**
     * A store.
     *
     * @param store as it was written
     * @param tables its tables, with the items that were understood
     * @param problems what is wrong with key templates
     * @param collisions keys that more than one item can have
     * @param resolutions the patterns that it answers, in order of declaration
     */
    public record StoreFacts(
            KeyValueStore store,
            List<TableDesign> tables,
            List<TemplateProblem> problems,
            List<Collision> collisions,
            List<Resolution> resolutions) {

        public StoreFacts {
            tables = List.copyOf(tables);
            problems = List.copyOf(problems);
            collisions = List.copyOf(collisions);
            resolutions = List.copyOf(resolutions);
        }
    }

    /** Draws the conclusions. */
    public static KeyValueAnalysis of(Model model) {
        var paths = new Paths(model);
        var copies = new ItemCopies(model);
        return new KeyValueAnalysis(model.keyValueStores()
                .map(store -> of(model, paths, copies, store))
                .toList());
    }

    private static StoreFacts of(Model model, Paths paths, ItemCopies copies, KeyValueStore store) {
        var tables = new ArrayList<TableDesign>();
        var problems = new ArrayList<TemplateProblem>();
        for (var table : store.tables().values()) {
            var read = DesignReader.read(model, paths, copies, table);
            tables.add(read.design());
            problems.addAll(read.problems());
        }
        var collisions = tables.stream()
                .flatMap(table -> collisions(paths, table).stream())
                .toList();
        var resolutions = model.patterns().values().stream()
                .filter(pattern -> model.storeOf(pattern)
                        .name()
                        .value()
                        .equals(store.name().value()))
                .map(pattern -> PatternResolver.resolve(model, paths, tables, pattern))
                .toList();
        return new StoreFacts(store, tables, problems, collisions, resolutions);
    }

    private static List<Collision> collisions(Paths paths, TableDesign table) {
        var collisions = new ArrayList<Collision>();
        var items = table.items();
        for (var i = 0; i < items.size(); i++) {
            CollisionWithin.find(paths, items.get(i)).ifPresent(collisions::add);
            for (var j = i + 1; j < items.size(); j++) {
                CollisionBetween.find(items.get(i), items.get(j)).ifPresent(collisions::add);
            }
        }
        return collisions;
    }
}
