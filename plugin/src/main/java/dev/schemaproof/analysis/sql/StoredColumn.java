package dev.schemaproof.analysis.sql;

import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.sql.FromItem;
import java.util.Optional;

/**
 * The column of a table that a name in SQL stands for.
 *
 * @param table the occurrence of the table in the statement; absent in expressions that belong to one entity
 */
public record StoredColumn(Optional<FromItem.Table> table, Entity entity, Attribute attribute) {}
