package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.index.ColumnCosts;
import dev.schemaproof.analysis.index.Request;
import dev.schemaproof.analysis.index.SmallestIndexes;
import dev.schemaproof.analysis.normal.AttributeSet;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The keys that the table may have for the items of an entity: of what is always there and never changes, telling all rows apart.
 *
 * <p>For every set of forms that one key serves there is such a key, with what is missing of the entity's own key behind; and the
 * entity's own key, whole or behind that of a row which it refers to, and its other unique keys.
 */
final class TableKeys {

    /** Of more forms, only pairs are put into one key. */
    static final int MOST_FORMS = 8;

    private final EntityColumns columns;
    private final EntityWrites writes;
    private final Map<TableKey, Integer> found = new LinkedHashMap<>();
    private final List<Form> forms;

    /**
     * A key.
     *
     * @param columns of partition and sort key
     * @param partition how many of them make the partition
     */
    record TableKey(List<Integer> columns, int partition) {

        TableKey {
            columns = List.copyOf(columns);
        }

        AttributeSet set() {
            return columns.stream().reduce(AttributeSet.none(), AttributeSet::with, AttributeSet::union);
        }
    }

    TableKeys(EntityColumns columns, EntityWrites writes, List<Ask> asks) {
        this.columns = columns;
        this.writes = writes;
        forms = asks.stream()
                .flatMap(ask -> ask.forms().stream())
                .filter(form -> !form.numeric()
                        && form.columns().positions().allMatch(writes::allowsInTable)
                        && (!form.equal().isEmpty() || columns.entity().small()))
                .distinct()
                .toList();
    }

    /** Whether all keys that matter are looked at. */
    boolean complete() {
        return forms.size() <= MOST_FORMS;
    }

    /** The keys, each with the number of columns by which its partition is coarser than it could be. */
    Map<TableKey, Integer> all() {
        ownKeys();
        if (complete()) {
            IntStream.range(1, 1 << forms.size())
                    .mapToObj(mask -> IntStream.range(0, forms.size())
                            .filter(i -> (mask >> i & 1) == 1)
                            .mapToObj(forms::get)
                            .toList())
                    .forEach(this::together);
        } else {
            for (var i = 0; i < forms.size(); i++) {
                together(List.of(forms.get(i)));
                for (var j = i + 1; j < forms.size() && j <= i + MOST_FORMS; j++) {
                    together(List.of(forms.get(i), forms.get(j)));
                }
            }
        }
        return found;
    }

    private void ownKeys() {
        var entity = columns.entity();
        var key = entity.keyNames();
        if (!key.isEmpty()) {
            add(positions(key), key.size());
            identifying(entity).forEach(reference -> {
                var rest = new ArrayList<>(reference.names());
                key.stream().filter(name -> !rest.contains(name)).forEach(rest::add);
                add(positions(rest), reference.names().size());
            });
        }
        entity.uniques()
                .forEach(unique -> add(positions(unique.names()), unique.names().size()));
    }

    /** The references that are a part of the entity's key: its rows belong to the rows referred to. */
    static List<Reference> identifying(Entity entity) {
        return entity.references().values().stream()
                .filter(reference -> !reference.names().isEmpty()
                        && reference.names().size() < entity.key().size()
                        && entity.keyNames().containsAll(reference.names()))
                .toList();
    }

    private List<Integer> positions(List<String> names) {
        return names.stream()
                .map(columns::position)
                .flatMap(position -> position.stream().boxed())
                .toList();
    }

    private void together(List<Form> some) {
        var requests = some.stream()
                .map(form -> Request.of(form.demand(AttributeSet.none())))
                .toList();
        var one = SmallestIndexes.of(requests, List.of(), ColumnCosts.even(columns.size()));
        if (one.indexes().size() != 1) {
            return;
        }
        var key = new ArrayList<Integer>();
        one.indexes().get(0).key().forEach(sorted -> key.add(sorted.column()));
        var partition =
                some.stream().mapToInt(form -> form.equal().size()).min().orElseThrow();
        add(completed(key), partition);
    }

    /** With what is missing of the entity's key. */
    private List<Integer> completed(List<Integer> key) {
        var whole = new ArrayList<>(key);
        for (var column : positions(columns.entity().keyNames())) {
            var set = new TableKey(whole, 0).set();
            if (columns.identify(set)) {
                break;
            }
            if (!columns.closure(set).contains(column)) {
                whole.add(column);
            }
        }
        return whole;
    }

    private void add(List<Integer> key, int partition) {
        var set = new TableKey(key, 0).set();
        if (key.isEmpty() || !columns.identify(set) || !set.positions().allMatch(writes::allowsInTable)) {
            return;
        }
        for (var coarser = 0; coarser < Math.max(1, partition); coarser++) {
            found.merge(new TableKey(key, partition - coarser), coarser, Math::min);
        }
    }
}
