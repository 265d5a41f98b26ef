package dev.schemaproof.catalog;

import java.util.Optional;

/**
 * A SQL schema.
 *
 * @param grants what roles may do in it
 * @param comment what the catalog says of it
 */
public record CatalogSchema(String name, Grants grants, Optional<String> comment) {}
