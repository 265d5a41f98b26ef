package dev.schemaproof.catalog;

import java.util.List;

/**
 * A domain: a type with conditions of its own.
 *
 * @param name without its schema
 * @param type what it is made of
 * @param checks its conditions, over {@code VALUE}
 */
public record CatalogDomain(String name, Expression type, List<Expression> checks) {

    public CatalogDomain {
        checks = List.copyOf(checks);
    }
}
