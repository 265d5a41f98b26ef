package dev.schemaproof.catalog;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * The name of something that stands in a SQL schema.
 *
 * @param schema the SQL schema; empty for the one that comes first on the search path
 * @param name its name there
 */
public record CatalogName(Optional<String> schema, String name) implements Comparable<CatalogName> {

    private static final Comparator<CatalogName> ORDER = Comparator.comparing(
                    (CatalogName named) -> named.schema().orElse(""))
            .thenComparing(CatalogName::name);

    public CatalogName {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
    }

    /** What stands in the SQL schema that comes first on the search path. */
    public static CatalogName of(String name) {
        return new CatalogName(Optional.empty(), name);
    }

    @Override
    public int compareTo(CatalogName other) {
        return ORDER.compare(this, other);
    }

    /** As the model's readers know it: with its SQL schema only where the model says one. */
    @Override
    public String toString() {
        return schema.map(qualifier -> qualifier + ".").orElse("") + name;
    }
}
