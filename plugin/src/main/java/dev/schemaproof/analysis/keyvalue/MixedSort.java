package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Items of two entities that share partitions and are sorted by different kinds of values there, with no word before them.
 *
 * @param index the index, or nothing for the table itself
 * @param first the one item
 * @param second the other, which is declared later
 * @param key the sort key of the second
 * @param sorted what the first sorts by
 * @param otherwise what the second sorts by
 */
public record MixedSort(
        Optional<String> index,
        ItemDesign first,
        ItemDesign second,
        KeyTemplate key,
        Part.Variable sorted,
        Part.Variable otherwise) {

    /** Those of a table and its indexes. */
    public static List<MixedSort> of(TableDesign table) {
        var mixed = new ArrayList<MixedSort>();
        collect(table, Optional.empty(), mixed);
        table.table().indexes().keySet().forEach(index -> collect(table, Optional.of(index), mixed));
        return mixed;
    }

    private static void collect(TableDesign table, Optional<String> index, List<MixedSort> mixed) {
        var items = table.items();
        for (var i = 0; i < items.size(); i++) {
            for (var j = i + 1; j < items.size(); j++) {
                var first = items.get(i);
                var second = items.get(j);
                key(first, index)
                        .flatMap(one -> key(second, index).flatMap(other -> mixed(index, first, one, second, other)))
                        .ifPresent(mixed::add);
            }
        }
    }

    private static Optional<KeyPair> key(ItemDesign item, Optional<String> index) {
        return index.map(name -> Optional.ofNullable(item.indexes().get(name))).orElse(Optional.of(item.key()));
    }

    private static Optional<MixedSort> mixed(
            Optional<String> index, ItemDesign first, KeyPair one, ItemDesign second, KeyPair other) {
        return begin(one)
                .flatMap(sorted -> begin(other)
                        .filter(otherwise -> sorted.path().type().kind()
                                != otherwise.path().type().kind())
                        .map(otherwise ->
                                new MixedSort(index, first, second, other.sort().orElseThrow(), sorted, otherwise)))
                .filter(found -> one.partition().texts().meet(other.partition().texts()) instanceof Meeting.At);
    }

    /** The variable with which the sort key begins. */
    private static Optional<Part.Variable> begin(KeyPair key) {
        return key.sort()
                .map(sort -> sort.parts().get(0))
                .filter(Part.Variable.class::isInstance)
                .map(Part.Variable.class::cast);
    }
}
