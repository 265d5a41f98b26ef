package dev.schemaproof.analysis.sql;

import dev.schemaproof.analysis.relational.TableName;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.sql.SqlName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables of a relational store. A table that isn't in {@code public} has to be qualified. */
final class Tables {

    private final Map<TableName, Entity> entities = new HashMap<>();
    private final Set<String> schemas = new HashSet<>();

    private Tables() {
        schemas.add(PostgresNames.DEFAULT_SCHEMA);
    }

    Tables(Model model, RelationalStore store) {
        this();
        schemas.addAll(store.schemas().keySet());
        model.entitiesOf(store).forEach(entity -> entities.putIfAbsent(TableName.of(entity), entity));
    }

    /** No table at all: what an expression can name. */
    static Tables none() {
        return new Tables();
    }

    /** The entity with this table. */
    Optional<Entity> find(Optional<SqlName> schema, String table) {
        return Optional.ofNullable(entities.get(TableName.of(schema.map(SqlName::value), table)));
    }

    /** Whether a table that is no entity's can only be a mistake: not in a foreign schema or by a name of the database itself. */
    boolean isMistaken(Optional<SqlName> schema, String table) {
        return schema.map(SqlName::value).map(schemas::contains).orElseGet(() -> !table.startsWith("pg_"));
    }

    /** The names that a statement can give its tables; where some other schema has this very table, only those. */
    List<String> namesBeside(String table) {
        var elsewhere = entities.keySet().stream()
                .filter(name -> name.name().equals(table))
                .map(TableName::toString)
                .sorted()
                .toList();
        return elsewhere.isEmpty()
                ? List.copyOf(entities.keySet().stream()
                        .map(TableName::toString)
                        .collect(Collectors.toCollection(TreeSet::new)))
                : elsewhere;
    }
}
