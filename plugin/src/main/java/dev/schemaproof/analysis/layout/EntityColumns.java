package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.keyvalue.AttributePath;
import dev.schemaproof.analysis.keyvalue.KeyFormat;
import dev.schemaproof.analysis.keyvalue.Paths;
import dev.schemaproof.analysis.keyvalue.ResolvedPath;
import dev.schemaproof.analysis.keyvalue.ValueType.Kind;
import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.model.Entity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The attributes that keys of an entity can be made of, by position: its own first, then those of rows that it refers to. */
final class EntityColumns {

    /** Stands between the parts of a key. */
    static final char DELIMITER = '#';

    private final Paths paths;
    private final Entity entity;
    private final List<ResolvedPath> columns = new ArrayList<>();
    private final Map<AttributePath, Integer> positions = new LinkedHashMap<>();

    EntityColumns(Paths paths, Entity entity) {
        this.paths = paths;
        this.entity = entity;
        entity.attributes().keySet().forEach(name -> position(name));
    }

    /** How the values of a column sort in a key. */
    enum Sorting {
        /** As text, with anything behind them. */
        TEXT,
        /** As text, with nothing behind them: they may hold what sorts before the delimiter. */
        LAST_TEXT,
        /** Only as a numeric sort key. */
        NUMBER,
        /** In no key as the values do. */
        NEVER
    }

    Entity entity() {
        return entity;
    }

    Paths paths() {
        return paths;
    }

    int size() {
        return columns.size();
    }

    ResolvedPath path(int column) {
        return columns.get(column);
    }

    /** The column at the end of a path; nothing where it leads nowhere, which is reported elsewhere. */
    OptionalInt position(String written) {
        return paths.find(entity, written)
                .map(path -> OptionalInt.of(positions.computeIfAbsent(path.canonical(), unseen -> add(path))))
                .orElse(OptionalInt.empty());
    }

    private int add(ResolvedPath path) {
        columns.add(paths.find(entity, path.canonical().toString()).orElse(path));
        return columns.size() - 1;
    }

    /** The columns of the entity's own attributes. */
    AttributeSet own(List<String> names) {
        return names.stream()
                .map(this::position)
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .reduce(AttributeSet.none(), AttributeSet::with, AttributeSet::union);
    }

    /** Whether a key can hold its values. */
    boolean writable(int column) {
        var kind = path(column).type().kind();
        return KeyFormat.WRITABLE.contains(kind) && kind != Kind.UNKNOWN;
    }

    boolean optional(int column) {
        return path(column).optional();
    }

    Sorting sorting(int column) {
        var type = path(column).type();
        return switch (type.kind()) {
            case INTEGER, UUID, BOOLEAN, DATE, TIME, TIMESTAMP -> Sorting.TEXT;
            case TEXT -> type.sortsBehind(DELIMITER) ? Sorting.TEXT : Sorting.LAST_TEXT;
            case DECIMAL, FLOAT -> Sorting.NUMBER;
            default -> Sorting.NEVER;
        };
    }

    /** Whether its values may hold the delimiter, so that a key with two such columns can be read in two ways. */
    boolean holdsDelimiter(int column) {
        return path(column).type().mayHold(DELIMITER);
    }

    /** Whether the values of the columns tell which row it is. */
    boolean identify(AttributeSet known) {
        return paths.identify(entity, canonical(known));
    }

    /** What is known of a row where the columns are. */
    AttributeSet closure(AttributeSet known) {
        var closed = paths.closure(entity, canonical(known));
        return positions.entrySet().stream()
                .filter(entry -> closed.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .reduce(AttributeSet.none(), AttributeSet::with, AttributeSet::union);
    }

    private Set<AttributePath> canonical(AttributeSet set) {
        return set.positions()
                .mapToObj(column -> columns.get(column).canonical())
                .collect(Collectors.toSet());
    }

    /** The entity's own attributes that a column changes with: itself, or those of its first reference. */
    Set<String> sources(int column) {
        var path = path(column).canonical();
        return path.own()
                ? Set.of(path.attribute())
                : Optional.of(path.roles().get(0)).flatMap(entity::reference).stream()
                        .flatMap(reference -> reference.names().stream())
                        .collect(Collectors.toSet());
    }
}
