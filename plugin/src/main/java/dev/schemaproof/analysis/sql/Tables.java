package dev.schemaproof.analysis.sql;

import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Store;
import dev.schemaproof.sql.SqlName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The tables of a relational store. */
final class Tables {

    private final Map<String, Entity> entities = new HashMap<>();

    private Tables() {}

    Tables(Model model, Store store) {
        model.entitiesOf(store)
                .forEach(entity -> entities.putIfAbsent(entity.table().value(), entity));
    }

    /** No table at all: what an expression can name. */
    static Tables none() {
        return new Tables();
    }

    /** The entity with this table. */
    Optional<Entity> find(Optional<SqlName> schema, String table) {
        return isOurs(schema) ? Optional.ofNullable(entities.get(table)) : Optional.empty();
    }

    /** Whether a table that is no entity's can only be a mistake: not in a schema or by a name of the database itself. */
    boolean isMistaken(Optional<SqlName> schema, String table) {
        return isOurs(schema) && !table.startsWith("pg_");
    }

    private static boolean isOurs(Optional<SqlName> schema) {
        return schema.map(SqlName::value).filter(name -> !"public".equals(name)).isEmpty();
    }

    List<String> names() {
        return List.copyOf(new TreeSet<>(entities.keySet()));
    }
}
