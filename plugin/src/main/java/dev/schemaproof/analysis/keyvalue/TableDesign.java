package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.model.KeyValueTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table with the items whose templates are all understood.
 *
 * @param table as it was written
 * @param items in order of declaration
 * @param unjudged the entities whose item has a problem, so that nothing more is said about it
 */
public record TableDesign(KeyValueTable table, List<ItemDesign> items, Set<String> unjudged) {

    public TableDesign {
        items = List.copyOf(items);
        unjudged = Set.copyOf(unjudged);
    }

    /** The table's name. */
    public String name() {
        return table.name().value();
    }

    public Optional<ItemDesign> item(String entity) {
        return items.stream().filter(item -> item.name().equals(entity)).findFirst();
    }
}
