package dev.schemaproof.analysis.relational;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Entity;
import java.util.Optional;

/**
 * By what a statement finds a table.
 *
 * @param schema the SQL schema, {@code public} where none is stated
 * @param name as the database understands it
 */
public record TableName(String schema, String name) {

    private static final PostgresDialect POSTGRES = new PostgresDialect();

    /** That of the entity's table. */
    public static TableName of(Entity entity) {
        return new TableName(
                RelationalNames.schemaName(entity.relational().schema()),
                entity.table().value());
    }

    /** That which a statement means. */
    public static TableName of(Optional<String> schema, String name) {
        return new TableName(schema.orElse(PostgresNames.DEFAULT_SCHEMA), name);
    }

    /** As it has to be written where {@code public} comes first on the search path. */
    @Override
    public String toString() {
        return (schema.equals(PostgresNames.DEFAULT_SCHEMA) ? "" : POSTGRES.identifier(schema) + ".")
                + POSTGRES.identifier(name);
    }
}
