package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.keyvalue.AttributePath;
import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.model.AccessPattern.Write;
import dev.schemaproof.model.AccessPattern.WriteKind;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operator;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the writes of an entity allow its keys to be made of. */
final class EntityWrites {

    private final EntityColumns columns;
    private final List<Write> writes;
    private final Map<String, List<Write>> others;

    /**
     * @param columns of the entity
     * @param all the writes of the store, by entity
     */
    EntityWrites(EntityColumns columns, Map<String, List<Write>> all) {
        this.columns = columns;
        others = Map.copyOf(all);
        writes = all.getOrDefault(columns.entity().name().value(), List.of());
    }

    /** The columns that the write compares with one value. */
    private AttributeSet known(Write write) {
        return write.where().stream()
                .filter(condition -> condition.operator() == Operator.EQUAL)
                .map(Condition::attribute)
                .map(Located::value)
                .map(columns::position)
                .flatMap(position -> position.stream().boxed())
                .reduce(AttributeSet.none(), AttributeSet::with, AttributeSet::union);
    }

    /** The attributes of an entity that a write gives new values. */
    private static Set<String> changed(Entity entity, Write write) {
        if (write.kind() == WriteKind.INSERT || write.kind() == WriteKind.DELETE) {
            return Set.of();
        }
        if (!write.set().isEmpty()) {
            return new HashSet<>(Located.values(write.set()));
        }
        var rest = new HashSet<>(entity.attributes().keySet());
        rest.removeAll(entity.keyNames());
        if (write.kind() == WriteKind.UPDATE) {
            write.where().forEach(condition -> rest.remove(condition.attribute().value()));
        }
        return rest;
    }

    private boolean touches(Write write, int column) {
        var changed = changed(columns.entity(), write);
        return columns.sources(column).stream().anyMatch(changed::contains);
    }

    /** Whether a write changes the column. */
    boolean changes(int column) {
        return writes.stream().anyMatch(write -> touches(write, column));
    }

    /**
     * Whether the key of the table can be made of it: it is always there, and never changes. What tells the rows apart may be part of it in any
     * case; a write that changes it can't be served.
     */
    boolean allowsInTable(int column) {
        var path = columns.path(column).canonical();
        var identity = path.own() && columns.entity().keyNames().contains(path.attribute());
        return !columns.optional(column)
                && columns.writable(column)
                && (identity || !changes(column) && !changesElsewhere(column));
    }

    /** Whether a write of a row that this one refers to changes it, which leaves keys of this one behind. */
    boolean changesElsewhere(int column) {
        var path = columns.path(column).canonical();
        for (var i = 1; i <= path.roles().size(); i++) {
            var reached =
                    columns.paths().entityAt(columns.entity(), path.roles().subList(0, i));
            var names = i == path.roles().size() ? List.of(path.attribute()) : names(reached.orElse(null), path, i);
            if (reached.isPresent()
                    && others.getOrDefault(reached.get().name().value(), List.of()).stream()
                            .map(write -> changed(reached.get(), write))
                            .anyMatch(changed -> names.stream().anyMatch(changed::contains))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> names(@Nullable Entity entity, AttributePath path, int role) {
        return entity == null
                ? List.of()
                : entity.reference(path.roles().get(role))
                        .map(reference -> reference.names())
                        .orElse(List.of());
    }

    /** The columns of a key of an index that a write changes without knowing the rest of the key; empty where there are none. */
    AttributeSet stale(AttributeSet key) {
        return writes.stream()
                .filter(write -> isStale(write, key))
                .flatMap(write ->
                        key.positions().filter(column -> touches(write, column)).boxed())
                .reduce(AttributeSet.none(), AttributeSet::with, AttributeSet::union);
    }

    private boolean isStale(Write write, AttributeSet key) {
        if (write.kind() != WriteKind.UPDATE
                && (write.kind() != WriteKind.UPSERT || write.set().isEmpty())) {
            return false;
        }
        var known = known(write);
        return key.positions().anyMatch(column -> touches(write, column))
                && !key.positions()
                        .allMatch(column -> touches(write, column)
                                ? columns.path(column).canonical().own()
                                : known.contains(column));
    }

    /** How many writes can't be requests where the table has this key: they don't know all of it, or change it. */
    long unserved(AttributeSet key) {
        return writes.stream()
                .filter(write -> !knows(write, key) || key.positions().anyMatch(column -> touches(write, column)))
                .count();
    }

    private boolean knows(Write write, AttributeSet key) {
        return write.kind() == WriteKind.INSERT
                || write.kind() == WriteKind.UPSERT
                || known(write).containsAll(key);
    }
}
