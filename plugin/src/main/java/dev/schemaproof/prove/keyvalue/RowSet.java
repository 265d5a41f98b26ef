package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.AttributePath;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.Reference;
import dev.schemaproof.prove.data.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of some entities, by which their references are followed. Not to be changed. */
final class RowSet {

    private final Model model;
    private final Map<String, List<Row>> rows;
    /** For each list of attributes that is referred to, the rows by their values. */
    private final Map<List<String>, Map<List<String>, Row>> found = new HashMap<>();

    private RowSet(Model model, Map<String, List<Row>> rows) {
        this.model = model;
        this.rows = rows;
    }

    static RowSet of(Model model, Collection<Row> rows) {
        var byEntity = new LinkedHashMap<String, List<Row>>();
        rows.forEach(row -> byEntity.computeIfAbsent(row.entity().name().value(), name -> new ArrayList<>())
                .add(row));
        return new RowSet(model, byEntity);
    }

    List<Row> of(Entity entity) {
        return rows.getOrDefault(entity.name().value(), List.of());
    }

    List<Row> all() {
        return rows.values().stream().flatMap(List::stream).toList();
    }

    RowSet with(Row row) {
        var all = new ArrayList<>(all());
        all.add(row);
        return of(model, all);
    }

    RowSet without(Row row) {
        var all = new ArrayList<>(all());
        all.remove(row);
        return of(model, all);
    }

    /** The same with another row in the place of one. */
    RowSet with(Row before, Row after) {
        var all = new ArrayList<>(all());
        all.set(all.indexOf(before), after);
        return of(model, all);
    }

    /** The value at the end of a path; nothing where it is absent, there or on the way. */
    Optional<String> value(Row row, AttributePath path) {
        var at = Optional.of(row);
        for (var role : path.roles()) {
            at = at.flatMap(from -> from.entity().reference(role).flatMap(reference -> target(from, reference)));
        }
        return at.map(end -> end.values().get(path.attribute()));
    }

    /** The row that a reference leads to. */
    Optional<Row> target(Row row, Reference reference) {
        var values = new ArrayList<@Nullable String>();
        reference.names().forEach(name -> values.add(row.values().get(name)));
        return values.stream().anyMatch(Objects::isNull)
                ? Optional.empty()
                : model.entity(reference.entity().value())
                        .flatMap(entity -> Optional.ofNullable(
                                index(entity, reference.referredNames(entity)).get(values)));
    }

    private Map<List<String>, Row> index(Entity entity, List<String> names) {
        var key = new ArrayList<>(List.of(entity.name().value()));
        key.addAll(names);
        return found.computeIfAbsent(key, unseen -> {
            var index = new HashMap<List<String>, Row>();
            for (var row : of(entity)) {
                var values = new ArrayList<@Nullable String>();
                names.forEach(name -> values.add(row.values().get(name)));
                index.putIfAbsent(values, row);
            }
            return index;
        });
    }
}
