package dev.schemaproof.analysis.keyvalue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key of an item in a table or an index.
 *
 * @param partition the template of the partition key
 * @param sort the template of the sort key, where there is one
 */
public record KeyPair(KeyTemplate partition, Optional<KeyTemplate> sort) {

    /** Both, the partition key first. */
    public List<KeyTemplate> templates() {
        return Stream.concat(Stream.of(partition), sort.stream()).toList();
    }

    /** The key attributes' names. */
    public List<String> names() {
        return templates().stream().map(KeyTemplate::name).toList();
    }
}
