package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * What the items of one entity take of one item collection, their entries in local indexes included.
 *
 * @param item the items
 * @param key the template of the table's partition key
 * @param rows the expected number of them in a collection
 * @param bytes what they take at least
 * @param declared whether the number of rows is declared rather than assumed
 */
public record CollectionSize(ItemDesign item, KeyTemplate key, double rows, double bytes, boolean declared) {

    /** Of every entity in the table about whose collections something is known. */
    public static List<CollectionSize> of(Model model, TableDesign table) {
        var sizes = new ArrayList<CollectionSize>();
        for (var item : table.items()) {
            var key = item.key().partition();
            var spread = Spread.of(model, item, key);
            spread.rows()
                    .ifPresent(rows -> sizes.add(new CollectionSize(
                            item,
                            key,
                            rows,
                            rows * ItemSize.withLocalEntries(item).average(),
                            spread.declared())));
        }
        return sizes;
    }
}
