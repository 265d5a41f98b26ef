package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.model.KeyValueStore;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layout of a store that its access patterns ask for.
 *
 * @param store the store as it was written
 * @param table the table to have; nothing where no entity could be placed
 * @param keys every key of it, with what forced it
 * @param unserved the patterns without a request, each with the reason
 * @param served how many patterns have one
 * @param bound why there are so many indexes
 * @param written what the store's own tables come to
 */
public record LayoutAdvice(
        KeyValueStore store,
        Optional<KeyValueTable> table,
        List<AdvisedKey> keys,
        List<Unserved> unserved,
        int served,
        Bound bound,
        StoreFacts written) {

    public LayoutAdvice {
        keys = List.copyOf(keys);
        unserved = List.copyOf(unserved);
    }

    /**
     * A pattern that no layout of the family serves beside the others.
     *
     * @param pattern its name
     * @param reason in words
     * @param help what would serve it
     */
    public record Unserved(String pattern, String reason, Optional<String> help) {}

    /**
     * Why there are so many indexes.
     *
     * @param needs of the entities that need most indexes, those that sort by text and those that sort by a number
     * @param fewest whether no fewer will do in the family
     */
    public record Bound(List<Need> needs, boolean fewest) {

        public Bound {
            needs = List.copyOf(needs);
        }
    }

    /**
     * What an entity needs besides the key of the table.
     *
     * @param patterns no key serves two of them
     * @param numeric whether their keys sort by a number
     */
    public record Need(String entity, List<String> patterns, boolean numeric) {

        public Need {
            patterns = List.copyOf(patterns);
        }
    }

    /** The model with the proposed table instead of those that the store has. */
    public Model in(Model model) {
        var stores = new LinkedHashMap<>(model.stores());
        stores.put(
                store.name().value(),
                new KeyValueStore(
                        store.name(),
                        table.map(proposed -> Map.of(proposed.name().value(), proposed))
                                .orElse(Map.of())));
        return new Model(
                model.name(),
                stores,
                model.types(),
                model.entities(),
                model.patterns(),
                model.contracts(),
                model.rules());
    }

    /** How many patterns the store's own tables serve. */
    public long servedAsWritten() {
        return written.resolutions().stream()
                .filter(Resolution.Served.class::isInstance)
                .count();
    }

    /** How many indexes the store's own tables have. */
    public int indexesAsWritten() {
        return store.tables().values().stream()
                .mapToInt(own -> own.indexes().size())
                .sum();
    }

    /** Whether the store's own tables serve whatever the proposal does. */
    public boolean sufficesAsWritten() {
        return servedAsWritten() >= served;
    }

    /** The number of indexes of the proposed table. */
    public int indexes() {
        return table.map(proposed -> proposed.indexes().size()).orElse(0);
    }
}
