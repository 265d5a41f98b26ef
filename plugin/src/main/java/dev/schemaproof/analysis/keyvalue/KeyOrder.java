package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyFormat.Sorting;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.model.AccessPattern.Order;
import dev.schemaproof.model.Entity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a sort key does for an order.
 *
 * @param forward the direction in which it is read; nothing where any will do
 * @param broken the first part of the order that it doesn't give
 */
record KeyOrder(Optional<Boolean> forward, Optional<Order> broken) {

    /**
     * Judges an order.
     *
     * @param equal the canonical paths that are the same in all rows to be sorted
     * @param sort the template of the sort key, where there is one
     */
    static KeyOrder of(
            Paths paths, Entity entity, List<Order> orders, Set<AttributePath> equal, Optional<KeyTemplate> sort) {
        var asked = orders.stream()
                .flatMap(order -> paths.find(entity, order.attribute().value()).stream())
                .map(ResolvedPath::canonical)
                .toList();
        var known = paths.closure(entity, equal, asked);
        Optional<Boolean> forward = Optional.empty();
        var parts = sort.map(KeyTemplate::parts).orElse(List.of());
        var at = 0;
        for (var order : orders) {
            var wanted = paths.find(entity, order.attribute().value()).orElseThrow();
            if (known.contains(wanted.canonical())) {
                continue;
            }
            while (at < parts.size() && !(parts.get(at) instanceof Part.Variable next && !decided(next, known))) {
                at++;
            }
            if (at == parts.size()
                    || !((Part.Variable) parts.get(at)).path().canonical().equals(wanted.canonical())
                    || SortKey.sorting(sort.orElseThrow(), at) != Sorting.AS_VALUES
                    || forward.map(ascending -> ascending == order.descending()).orElse(false)) {
                return new KeyOrder(forward, Optional.of(order));
            }
            forward = Optional.of(!order.descending());
            known.add(wanted.canonical());
            known = paths.closure(entity, known, asked);
            at++;
        }
        return new KeyOrder(forward, Optional.empty());
    }

    private static boolean decided(Part.Variable variable, Set<AttributePath> known) {
        return known.contains(variable.path().canonical());
    }
}
