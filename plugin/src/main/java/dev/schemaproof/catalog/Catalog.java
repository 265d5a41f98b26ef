package dev.schemaproof.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The structure of one schema: as it was read from a database, or as a model asks for it.
 *
 * @param tables by name, in the order of their names
 * @param enumerations the labels of each enum in their order, by its name
 * @param domains by name
 */
public record Catalog(
        Map<String, CatalogTable> tables, Map<String, List<String>> enumerations, Map<String, CatalogDomain> domains) {

    public Catalog {
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
        enumerations = Collections.unmodifiableMap(new TreeMap<>(enumerations));
        domains = Collections.unmodifiableMap(new TreeMap<>(domains));
    }
}
