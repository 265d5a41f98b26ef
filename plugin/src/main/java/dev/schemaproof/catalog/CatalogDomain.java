package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogTable.Check;
import java.util.List;
import java.util.Optional;

/**
 * A domain: a type with conditions of its own.
 *
 * @param type what it is made of
 * @param required whether it forbids null
 * @param defaultValue what a column of it is when nothing is said
 * @param collation where it is not the type's own
 * @param checks its conditions, over {@code VALUE}
 * @param comment what the catalog says of it
 */
public record CatalogDomain(
        CatalogName name,
        Expression type,
        boolean required,
        Optional<Expression> defaultValue,
        Optional<String> collation,
        List<Check> checks,
        Optional<String> comment) {

    public CatalogDomain {
        checks = List.copyOf(checks);
    }
}
