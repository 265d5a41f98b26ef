package dev.schemaproof.analysis.sql;

import dev.schemaproof.analysis.sql.Outputs.Output;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Entity;
import dev.schemaproof.sql.FromItem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows that a part of a statement can see, under one name. */
final class Relation {

    private final Optional<String> name;
    private final Outputs outputs;
    private final boolean table;
    private final Map<String, Output> columns = new LinkedHashMap<>();
    private final Set<String> repeated = new HashSet<>();
    private final boolean open;

    private Relation(Optional<String> name, Outputs outputs, boolean table) {
        this.name = name;
        this.outputs = outputs;
        this.table = table;
        var hidden = outputs.open();
        for (var output : outputs.columns()) {
            if (output.name().isEmpty()) {
                hidden = true;
            } else if (columns.putIfAbsent(output.name().get(), output) != null) {
                repeated.add(output.name().get());
            }
        }
        open = hidden;
    }

    /** What a query or a function yields. */
    static Relation of(Optional<String> name, Outputs outputs) {
        return new Relation(name, outputs, false);
    }

    /** A row of the entity, as its own expressions see it. */
    static Relation of(Entity entity) {
        return new Relation(Optional.of(entity.table().value()), outputs(entity, Optional.empty()), true);
    }

    /** An entity's table in a statement. */
    static Relation of(FromItem.Table table, Entity entity) {
        var outputs = outputs(entity, Optional.of(table)).renamed(table.columns());
        return new Relation(Optional.of(table.called().value()), outputs, true);
    }

    private static Outputs outputs(Entity entity, Optional<FromItem.Table> table) {
        var columns = new ArrayList<Output>();
        for (Attribute attribute : entity.attributes().values()) {
            columns.add(new Output(
                    Optional.of(attribute.column().value()), Optional.of(new StoredColumn(table, entity, attribute))));
        }
        return new Outputs(columns, !entity.sound());
    }

    /** What a domain's check sees. */
    static Relation ofDomain() {
        var value = new Output(Optional.of("value"), Optional.empty());
        return new Relation(Optional.empty(), new Outputs(List.of(value), false), false);
    }

    /** What a default sees. */
    static Relation none() {
        return new Relation(Optional.empty(), Outputs.NONE, false);
    }

    /** Something that may have any column. */
    static Relation unknown() {
        return new Relation(Optional.empty(), Outputs.UNKNOWN, false);
    }

    /** The same rows under another name. */
    Relation named(String other) {
        return new Relation(Optional.of(other), outputs, table);
    }

    Optional<String> name() {
        return name;
    }

    Outputs outputs() {
        return outputs;
    }

    /** Its columns by name; of several with one name the first. */
    Map<String, Output> columns() {
        return columns;
    }

    /** Whether two of its columns have this name. */
    boolean repeats(String column) {
        return repeated.contains(column);
    }

    /** Whether it may have columns that aren't known by name. */
    boolean open() {
        return open;
    }

    /** Whether it has no column at all, and is known to have none. */
    boolean isEmpty() {
        return columns.isEmpty() && !open;
    }

    /** Whether it is a table, which has system columns such as {@code ctid}. */
    boolean isTable() {
        return table;
    }
}
