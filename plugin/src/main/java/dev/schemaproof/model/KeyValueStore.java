package dev.schemaproof.model;

import java.util.Map;

/**
 * A DynamoDB store with its physical design.
 *
 * @param name the store's key
 * @param tables by name
 */
public record KeyValueStore(Located<String> name, Map<String, KeyValueTable> tables) implements Store {

    public KeyValueStore {
        tables = Copies.ordered(tables);
    }
}
