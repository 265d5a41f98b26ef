package dev.schemaproof.catalog;

import java.util.Optional;

/**
 * An extension.
 *
 * @param schema where its objects stand; absent where a model does not say
 * @param version absent where a model does not say
 */
public record CatalogExtension(String name, Optional<String> schema, Optional<String> version) {}
