package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.model.KeyValueTable.Projection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How large the items of an entity are, or their entries in an index, by DynamoDB's own count: names and values.
 *
 * @param attributes what each attribute takes, its name included
 */
public record ItemSize(Map<String, Bytes> attributes) {

    public ItemSize {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** The size of the items in the table. */
    public static ItemSize of(ItemDesign item) {
        var sizes = new LinkedHashMap<String, Bytes>();
        for (var template : item.templates()) {
            var optional = template.variables().stream()
                    .mapToDouble(variable -> presence(variable.path()))
                    .reduce(1, (one, other) -> one * other);
            sizes.put(
                    template.name(),
                    Bytes.of(template.name()).plus(ValueBytes.key(template)).inShare(optional));
        }
        for (var stored : item.stored().values()) {
            sizes.putIfAbsent(
                    stored.name(),
                    Bytes.of(stored.name()).plus(ValueBytes.stored(stored)).inShare(presence(stored.path())));
        }
        return new ItemSize(sizes);
    }

    /** An item and its entries in local indexes together, for which one limit counts. */
    public static Bytes withLocalEntries(ItemDesign item) {
        return item.table().localIndexes().stream()
                .map(index -> index.name().value())
                .filter(item.indexes()::containsKey)
                .map(index -> of(item, index).total())
                .reduce(of(item).total(), Bytes::plus);
    }

    /** The size of the entries in the index. */
    public static ItemSize of(ItemDesign item, String index) {
        var whole = of(item);
        var through = item.table().indexes().get(index);
        if (through == null || through.projection() instanceof Projection.All) {
            return whole;
        }
        var sizes = new LinkedHashMap<String, Bytes>();
        whole.attributes.forEach((name, size) -> {
            var key = item.indexes().get(index);
            var included = through.projection() instanceof Projection.Include include
                    && include.attributes().stream()
                            .anyMatch(attribute -> attribute.value().equals(name));
            if (included
                    || item.key().names().contains(name)
                    || key != null && key.names().contains(name)) {
                sizes.put(name, size);
            }
        });
        return new ItemSize(sizes);
    }

    /** All attributes together. */
    public Bytes total() {
        return attributes.values().stream().reduce(Bytes.exactly(0), Bytes::plus);
    }

    /** The attribute that takes most on average. */
    public String heaviest() {
        return attributes.entrySet().stream()
                .max(Map.Entry.comparingByValue((one, other) -> Double.compare(one.average(), other.average())))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    /** The attribute that may take most. */
    public String longest() {
        return attributes.entrySet().stream()
                .max(Map.Entry.comparingByValue((one, other) -> Long.compare(
                        one.most().orElse(Long.MAX_VALUE), other.most().orElse(Long.MAX_VALUE))))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    /** The share of rows that have the value. */
    static double presence(ResolvedPath path) {
        return 1 - path.attribute().values().nulls().orElse(0);
    }
}
