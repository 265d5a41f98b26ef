package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.ItemType;
import dev.schemaproof.model.KeyValueTable.Projection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the rows of an entity are stored as items of a table, with all templates understood.
 *
 * @param table the table
 * @param item as it was written
 * @param entity whose rows are stored
 * @param key its key in the table
 * @param indexes its key in each index in which it appears, by the index's name
 * @param stored what the item holds beside keys made for it, by name
 */
public record ItemDesign(
        KeyValueTable table,
        ItemType item,
        Entity entity,
        KeyPair key,
        Map<String, KeyPair> indexes,
        Map<String, StoredAttribute> stored) {

    public ItemDesign {
        indexes = Collections.unmodifiableMap(new LinkedHashMap<>(indexes));
        stored = Collections.unmodifiableMap(new LinkedHashMap<>(stored));
    }

    /** The entity's name. */
    public String name() {
        return entity.name().value();
    }

    /** The template of every key attribute of table and indexes, each once. */
    public List<KeyTemplate> templates() {
        var templates = new LinkedHashMap<String, KeyTemplate>();
        Stream.concat(Stream.of(key), indexes.values().stream())
                .flatMap(pair -> pair.templates().stream())
                .forEach(template -> templates.putIfAbsent(template.name(), template));
        return List.copyOf(templates.values());
    }

    /** The stored attribute that holds the value of the canonical path. */
    public Optional<StoredAttribute> holding(AttributePath canonical) {
        return stored.values().stream()
                .filter(attribute -> attribute.path().canonical().equals(canonical))
                .findFirst();
    }

    /**
     * Whether a read through the index returns the stored attribute.
     *
     * @param index the index, or nothing for the table itself
     */
    public boolean returns(Optional<String> index, StoredAttribute attribute) {
        if (index.isEmpty()) {
            return true;
        }
        var through = table.indexes().get(index.get());
        if (through == null || through.projection() instanceof Projection.All) {
            return through != null;
        }
        var indexKey = indexes.get(index.get());
        if (key.names().contains(attribute.name())
                || indexKey != null && indexKey.names().contains(attribute.name())) {
            return true;
        }
        return through.projection() instanceof Projection.Include include
                && include.attributes().stream().anyMatch(name -> name.value().equals(attribute.name()));
    }
}
