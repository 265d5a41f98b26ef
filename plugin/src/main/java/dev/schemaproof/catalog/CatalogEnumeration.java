package dev.schemaproof.catalog;

import java.util.List;
import java.util.Optional;

/**
 * An enum.
 *
 * @param labels in their order
 * @param comment what the catalog says of it
 */
public record CatalogEnumeration(CatalogName name, List<String> labels, Optional<String> comment) {

    public CatalogEnumeration {
        labels = List.copyOf(labels);
    }
}
