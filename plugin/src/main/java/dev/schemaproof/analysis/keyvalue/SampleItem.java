package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.model.Entity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An item with believable values, always the same, for examples. A value of a row that is referred to is the one that the row's own sample
 * has, so that samples of several entities lie in one item collection.
 *
 * @param attributes the written values, key attributes first
 */
public record SampleItem(Map<String, Value> attributes) {

    /** The number of samples that differ where the model allows it. */
    public static final int COUNT = 2;

    public SampleItem {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /**
     * A value of an attribute.
     *
     * @param text as it is written; of a list its only element, of a document nothing
     */
    public record Value(StorageType type, String text) {}

    /**
     * One of the samples.
     *
     * @param number from 0, below {@link #COUNT}
     */
    public static SampleItem of(ItemDesign item, int number) {
        var values = new LinkedHashMap<AttributePath, String>();
        item.templates().stream()
                .flatMap(template -> template.variables().stream())
                .map(KeyTemplate.Part.Variable::path)
                .forEach(path -> values.putIfAbsent(path.canonical(), sample(item, path, number)));
        var attributes = new LinkedHashMap<String, Value>();
        for (var template : item.templates()) {
            template.write(path -> Optional.ofNullable(values.get(path)))
                    .ifPresent(text -> attributes.put(
                            template.name(),
                            new Value(StorageType.of(template.attribute().type()), text)));
        }
        for (var stored : item.stored().values()) {
            var value = values.getOrDefault(stored.path().canonical(), sample(item, stored.path(), number));
            stored.format()
                    .write(stored.path().type(), value)
                    .ifPresent(text -> attributes.putIfAbsent(stored.name(), new Value(stored.type(), text)));
        }
        return new SampleItem(attributes);
    }

    /** Two references to one entity lead to two rows. */
    private static String sample(ItemDesign item, ResolvedPath path, int number) {
        return Samples.two(path).get((number + rank(item.entity(), path.canonical())) % COUNT);
    }

    /** Which of the references to the same entity the value comes by. */
    private static int rank(Entity entity, AttributePath canonical) {
        return entity.references().values().stream()
                .filter(reference -> canonical.own()
                        ? reference.names().contains(canonical.attribute())
                        : reference.role().value().equals(canonical.roles().get(0)))
                .findFirst()
                .map(reference -> entity.references().values().stream()
                        .filter(other ->
                                other.entity().value().equals(reference.entity().value()))
                        .toList()
                        .indexOf(reference))
                .orElse(0);
    }
}
