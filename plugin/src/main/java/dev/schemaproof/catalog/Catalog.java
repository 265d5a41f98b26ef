package dev.schemaproof.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The structure of a database: as it was read, or as a model asks for it.
 *
 * @param schemas the SQL schemas beside the one that comes first on the search path, by name
 * @param extensions by name
 * @param roles by name
 * @param enumerations by name
 * @param domains by name
 * @param sequences those that no identity column brings along, by name
 * @param tables tables and materialized views, by name
 */
public record Catalog(
        Map<String, CatalogSchema> schemas,
        Map<String, CatalogExtension> extensions,
        Map<String, CatalogRole> roles,
        Map<CatalogName, CatalogEnumeration> enumerations,
        Map<CatalogName, CatalogDomain> domains,
        Map<CatalogName, CatalogSequence> sequences,
        Map<CatalogName, CatalogTable> tables) {

    public Catalog {
        schemas = sorted(schemas);
        extensions = sorted(extensions);
        roles = sorted(roles);
        enumerations = sorted(enumerations);
        domains = sorted(domains);
        sequences = sorted(sequences);
        tables = sorted(tables);
    }

    /** This catalog with other tables and domains. */
    Catalog with(Map<CatalogName, CatalogTable> otherTables, Map<CatalogName, CatalogDomain> otherDomains) {
        return new Catalog(schemas, extensions, roles, enumerations, otherDomains, sequences, otherTables);
    }

    private static <K extends Comparable<K>, V> Map<K, V> sorted(Map<K, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
