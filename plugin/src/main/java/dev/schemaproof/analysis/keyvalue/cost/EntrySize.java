package dev.schemaproof.analysis.keyvalue.cost;

import dev.schemaproof.analysis.keyvalue.AttributePath;
import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.ItemSize;
import dev.schemaproof.analysis.keyvalue.KeyPair;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part.Variable;
import dev.schemaproof.analysis.keyvalue.ResolvedPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The items of an entity in the table, or their entries in an index.
 *
 * @param share the share of rows that have one: an index leaves out those without a value for its key
 * @param bytes what one takes on average, by the declared widths
 * @param attributes the attributes' names
 */
record EntrySize(double share, double bytes, Set<String> attributes) {

    EntrySize {
        attributes = Set.copyOf(attributes);
    }

    /**
     * Of the table or an index.
     *
     * @return nothing where the index has no entries of the entity
     */
    static Optional<EntrySize> of(ItemDesign item, Optional<String> index) {
        if (index.isEmpty()) {
            var size = ItemSize.of(item);
            return Optional.of(
                    new EntrySize(1, size.total().average(), size.attributes().keySet()));
        }
        return Optional.ofNullable(item.indexes().get(index.get())).map(key -> entry(item, index.get(), key));
    }

    private static EntrySize entry(ItemDesign item, String index, KeyPair key) {
        var attributes = ItemSize.of(item, index).attributes();
        Map<String, Double> shares = new TreeMap<>();
        var made = key.templates().stream()
                .flatMap(template -> template.variables().stream())
                .toList();
        var paths = made.stream().map(variable -> variable.path().canonical()).collect(Collectors.toSet());
        // An entry has its key for certain, and with it all that the key is made of
        item.stored().values().stream()
                .filter(stored -> paths.contains(stored.path().canonical()))
                .forEach(stored -> shares.put(stored.name(), presence(stored.path())));
        key.templates().forEach(template -> shares.put(template.name(), presence(template.variables())));
        var bytes = 0.0;
        for (var attribute : attributes.entrySet()) {
            var share = shares.getOrDefault(attribute.getKey(), 1.0);
            bytes += share > 0 ? attribute.getValue().average() / share : 0;
        }
        return new EntrySize(presence(made), bytes, attributes.keySet());
    }

    /** The share of rows that have all of these values; a value whose absence nobody has counted is there. */
    private static double presence(List<Variable> variables) {
        Map<AttributePath, Double> shares = new TreeMap<>();
        for (var variable : variables) {
            shares.put(variable.path().canonical(), presence(variable.path()));
        }
        return shares.values().stream().reduce(1.0, (one, other) -> one * other);
    }

    private static double presence(ResolvedPath path) {
        return path.optional() ? 1 - path.attribute().values().nulls().orElse(0) : 1;
    }
}
