package dev.schemaproof.catalog;

import dev.schemaproof.catalog.CatalogTable.Check;
import dev.schemaproof.catalog.CatalogTable.Column;
import dev.schemaproof.catalog.CatalogTable.Constraints;
import dev.schemaproof.catalog.CatalogTable.Event;
import dev.schemaproof.catalog.CatalogTable.Exclusion;
import dev.schemaproof.catalog.CatalogTable.ForeignKey;
import dev.schemaproof.catalog.CatalogTable.Identity;
import dev.schemaproof.catalog.CatalogTable.Index;
import dev.schemaproof.catalog.CatalogTable.Key;
import dev.schemaproof.catalog.CatalogTable.Part;
import dev.schemaproof.catalog.CatalogTable.Partition;
import dev.schemaproof.catalog.CatalogTable.Partitioning;
import dev.schemaproof.catalog.CatalogTable.Policy;
import dev.schemaproof.catalog.CatalogTable.Security;
import dev.schemaproof.catalog.CatalogTable.Trigger;
import dev.schemaproof.model.Deferral;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the rows that tell of tables together. */
final class TableRows {

    /** From {@code catalog/pg_trigger.h}. */
    private static final int FOR_EACH_ROW = 1;

    private static final int BEFORE = 1 << 1;
    private static final int ON_INSERT = 1 << 2;
    private static final int ON_DELETE = 1 << 3;
    private static final int ON_UPDATE = 1 << 4;
    private static final int ON_TRUNCATE = 1 << 5;
    private static final int INSTEAD = 1 << 6;

    private final Map<CatalogName, Gathered> tables = new LinkedHashMap<>();
    private final Map<CatalogName, Partition> partitions = new LinkedHashMap<>();

    Map<CatalogName, CatalogTable> finished() {
        partitions.values().forEach(partition -> {
            Gathered root = tables.get(root(partition));
            if (root != null) {
                root.partitions.add(partition);
            }
        });
        Map<CatalogName, CatalogTable> finished = new HashMap<>();
        tables.forEach((name, gathered) -> finished.put(name, gathered.table(name)));
        return finished;
    }

    private CatalogName root(Partition partition) {
        Partition parent = partitions.get(partition.parent());
        return parent == null ? partition.parent() : root(parent);
    }

    private Gathered at(ResultSet row) throws SQLException {
        // A table made since the first query is as good as any
        return tables.computeIfAbsent(Rows.name(row, "table"), name -> new Gathered());
    }

    void table(ResultSet row) throws SQLException {
        Gathered table = at(row);
        table.unlogged = row.getBoolean("unlogged");
        table.storage = Rows.settings(row, "storage");
        table.comment = Rows.text(row, "comment");
        table.rowSecurity = row.getBoolean("secured");
        table.forced = row.getBoolean("forced");
        table.partitionKey = Rows.expression(row, "partition_key");
        table.query = Rows.expression(row, "query");
    }

    void column(ResultSet row) throws SQLException {
        Optional<Expression> expression = Rows.expression(row, "expression");
        String generated = row.getString("generated");
        at(row).columns
                .add(new Column(
                        row.getString("name"),
                        Rows.expression(row, "type").orElseThrow(),
                        !row.getBoolean("required"),
                        generated.isEmpty() ? expression : Optional.empty(),
                        generated.isEmpty() ? Optional.empty() : expression,
                        generated.equals("v"),
                        switch (row.getString("identity")) {
                            case "a" -> Identity.ALWAYS;
                            case "d" -> Identity.BY_DEFAULT;
                            default -> Identity.NONE;
                        },
                        Rows.counting(row),
                        Rows.text(row, "collation"),
                        Rows.text(row, "comment")));
    }

    void constraint(ResultSet row) throws SQLException {
        Gathered table = at(row);
        switch (row.getString("kind")) {
            case "p" -> table.primaryKey = key(row);
            case "u" -> table.uniques.add(key(row));
            case "f" -> table.foreignKeys.add(foreignKey(row));
            default ->
                table.checks.add(new Check(
                        Rows.text(row, "name"),
                        Rows.expression(row, "condition").orElseThrow(),
                        row.getBoolean("no_inherit"),
                        row.getBoolean("validated"),
                        Rows.text(row, "comment")));
        }
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(
                row.getString("name"),
                Rows.texts(row, "columns"),
                Rows.texts(row, "include"),
                row.getBoolean("nulls_not_distinct"),
                row.getBoolean("period"),
                Rows.deferral(row),
                Rows.settings(row, "storage"),
                Rows.text(row, "comment"));
    }

    private static ForeignKey foreignKey(ResultSet row) throws SQLException {
        return new ForeignKey(
                row.getString("name"),
                Rows.texts(row, "columns"),
                Rows.name(row, "referred_schema", "referred_table"),
                Rows.texts(row, "referred"),
                action(row.getString("on_delete")),
                Rows.texts(row, "emptied"),
                action(row.getString("on_update")),
                row.getString("match").equals("f") ? "full" : "simple",
                Rows.deferral(row),
                row.getBoolean("period"),
                row.getBoolean("validated"),
                Rows.text(row, "comment"));
    }

    private static String action(String letter) {
        return switch (letter) {
            case "r" -> "restrict";
            case "c" -> "cascade";
            case "n" -> "set-null";
            case "d" -> "set-default";
            default -> "no-action";
        };
    }

    void index(ResultSet row) throws SQLException {
        Map<String, GatheredIndex> indexes = at(row).indexes;
        GatheredIndex index = indexes.get(row.getString("name"));
        if (index == null) {
            index = new GatheredIndex(row);
            indexes.put(index.name, index);
        }
        Optional<String> column = Rows.text(row, "column");
        if (!row.getBoolean("key")) {
            index.include.add(column.orElseThrow());
            return;
        }
        Rows.text(row, "operator").ifPresent(index.operators::add);
        index.parts.add(new Part(
                column,
                column.isPresent() ? Optional.empty() : Rows.expression(row, "expression"),
                row.getBoolean("descending"),
                row.getBoolean("nulls_first"),
                Rows.text(row, "collation"),
                Rows.text(row, "class"),
                Rows.texts(row, "class_options")));
    }

    void partition(ResultSet row) throws SQLException {
        CatalogName name = Rows.name(row, "name");
        partitions.put(
                name,
                new Partition(
                        name,
                        Rows.name(row, "parent_schema", "parent"),
                        Rows.expression(row, "bound").orElseThrow(),
                        Rows.expression(row, "key"),
                        row.getBoolean("unlogged"),
                        Rows.settings(row, "storage"),
                        Rows.text(row, "comment")));
    }

    void policy(ResultSet row) throws SQLException {
        at(row).policies
                .add(new Policy(
                        row.getString("name"),
                        switch (row.getString("command")) {
                            case "r" -> "select";
                            case "a" -> "insert";
                            case "w" -> "update";
                            case "d" -> "delete";
                            default -> "all";
                        },
                        row.getBoolean("restrictive"),
                        Set.copyOf(Rows.texts(row, "roles")),
                        Rows.expression(row, "using"),
                        Rows.expression(row, "check"),
                        Rows.text(row, "comment")));
    }

    void grant(ResultSet row) throws SQLException {
        Rows.addGrant(at(row).grants, row, Rows.text(row, "column"));
    }

    void trigger(ResultSet row) throws SQLException {
        int type = row.getInt("type");
        Set<Event> events = EnumSet.noneOf(Event.class);
        addIf(type, ON_INSERT, Event.INSERT, events);
        addIf(type, ON_DELETE, Event.DELETE, events);
        addIf(type, ON_UPDATE, Event.UPDATE, events);
        addIf(type, ON_TRUNCATE, Event.TRUNCATE, events);
        String enabled = row.getString("enabled");
        at(row).triggers
                .add(new Trigger(
                        row.getString("name"),
                        (type & INSTEAD) != 0 ? "instead of" : (type & BEFORE) != 0 ? "before" : "after",
                        events,
                        (type & FOR_EACH_ROW) != 0,
                        row.getString("function"),
                        enabled.equals("O") || enabled.equals("A")));
    }

    private static void addIf(int type, int bit, Event event, Set<Event> events) {
        if ((type & bit) != 0) {
            events.add(event);
        }
    }

    /** A table as far as it has been read. */
    private static final class Gathered {
        private Optional<Expression> query = Optional.empty();
        private boolean unlogged;
        private Map<String, String> storage = Map.of();
        private Optional<String> comment = Optional.empty();
        private boolean rowSecurity;
        private boolean forced;
        private Optional<Expression> partitionKey = Optional.empty();
        private final List<Column> columns = new ArrayList<>();
        private @Nullable Key primaryKey;
        private final List<Key> uniques = new ArrayList<>();
        private final List<ForeignKey> foreignKeys = new ArrayList<>();
        private final List<Check> checks = new ArrayList<>();
        private final Map<String, GatheredIndex> indexes = new LinkedHashMap<>();
        private final List<Partition> partitions = new ArrayList<>();
        private final List<Policy> policies = new ArrayList<>();
        private final Map<String, Set<String>> grants = new HashMap<>();
        private final List<Trigger> triggers = new ArrayList<>();

        CatalogTable table(CatalogName name) {
            List<Index> finished = new ArrayList<>();
            List<Exclusion> exclusions = new ArrayList<>();
            for (GatheredIndex index : indexes.values()) {
                if (index.operators.isEmpty()) {
                    finished.add(index.index());
                } else {
                    exclusions.add(index.exclusion());
                }
            }
            return new CatalogTable(
                    name,
                    query,
                    columns,
                    new Constraints(Optional.ofNullable(primaryKey), uniques, foreignKeys, checks, exclusions),
                    finished,
                    partitionKey.map(key -> new Partitioning(key, partitions)),
                    new Security(rowSecurity, forced, policies, new Grants(grants)),
                    unlogged,
                    storage,
                    comment,
                    triggers);
        }
    }

    /** An index as far as it has been read. */
    private static final class GatheredIndex {
        private final String name;
        private final String method;
        private final boolean unique;
        private final Optional<Expression> where;
        private final boolean nullsNotDistinct;
        private final Map<String, String> storage;
        private final boolean valid;
        private final Optional<String> comment;
        private final Deferral deferral;
        private final Optional<String> constraintComment;
        private final List<Part> parts = new ArrayList<>();
        private final List<String> include = new ArrayList<>();
        private final List<String> operators = new ArrayList<>();

        GatheredIndex(ResultSet row) throws SQLException {
            name = row.getString("name");
            method = row.getString("method");
            unique = row.getBoolean("unique");
            where = Rows.expression(row, "condition");
            nullsNotDistinct = row.getBoolean("nulls_not_distinct");
            storage = Rows.settings(row, "storage");
            valid = row.getBoolean("valid");
            comment = Rows.text(row, "comment");
            deferral = Rows.deferral(row);
            constraintComment = Rows.text(row, "constraint_comment");
        }

        Index index() {
            return new Index(name, method, unique, parts, include, where, nullsNotDistinct, storage, valid, comment);
        }

        Exclusion exclusion() {
            return new Exclusion(index(), operators, deferral, constraintComment);
        }
    }
}
