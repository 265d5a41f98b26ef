package dev.schemaproof.analysis.sql;

import dev.schemaproof.model.Entity;
import dev.schemaproof.sql.FromItem;
import dev.schemaproof.sql.SqlExpression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the names in a SQL text stand for. Nodes know their place, so that equal ones are the same.
 *
 * @param tables the tables that are entities, by occurrence
 * @param columns the columns that are attributes, through derived tables and common tables that hand them on unchanged,
 *     but not through set operations
 * @param rows the names of tables that stand where columns do, for all of a row
 * @param flaws the names that name nothing or too much, as far as that is certain
 * @param width how many columns the result of a query has, where that is certain
 */
public record SqlNames(
        Map<FromItem.Table, Entity> tables,
        Map<SqlExpression.Column, StoredColumn> columns,
        Set<SqlExpression.Column> rows,
        List<NameFlaw> flaws,
        OptionalInt width) {

    /** Of a text that names nothing. */
    static final SqlNames NONE = new SqlNames(Map.of(), Map.of(), Set.of(), List.of(), OptionalInt.empty());

    public SqlNames {
        tables = Map.copyOf(tables);
        columns = Map.copyOf(columns);
        rows = Set.copyOf(rows);
        flaws = List.copyOf(flaws);
    }

    /** The entity whose table this is; empty for common tables and what the model doesn't know. */
    public Optional<Entity> entity(FromItem.Table table) {
        return Optional.ofNullable(tables.get(table));
    }

    /** Whether this is all of a row. */
    public boolean isRow(SqlExpression.Column column) {
        return rows.contains(column);
    }

    /** The stored column that this is; empty where it is computed or not known with certainty. */
    public Optional<StoredColumn> stored(SqlExpression.Column column) {
        return Optional.ofNullable(columns.get(column));
    }
}
