package dev.schemaproof.prove.keyvalue;

import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.KeyTemplate;
import dev.schemaproof.analysis.keyvalue.StorageType;
import dev.schemaproof.model.KeyValueTable.KeyType;
import dev.schemaproof.prove.data.Row;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the item that a row has in a table, from the design alone and not from any request. */
final class ItemMaker {

    private ItemMaker() {}

    /** The item on the wire, in normal spelling; nothing where a part of its key in the table is absent. */
    static Optional<Map<String, @Nullable Object>> item(ItemDesign design, RowSet rows, Row row) {
        var item = new LinkedHashMap<String, Object>();
        for (var stored : design.stored().values()) {
            rows.value(row, stored.path().canonical())
                    .flatMap(text -> WireValues.of(stored.type(), stored.path().type(), stored.format(), text))
                    .ifPresent(value -> item.put(stored.name(), value));
        }
        for (var template : design.templates()) {
            key(template, rows, row).ifPresent(value -> item.put(template.name(), value));
        }
        return item.keySet().containsAll(design.key().names())
                ? Optional.of(WireValues.normalItem(item))
                : Optional.empty();
    }

    private static Optional<Map<String, Object>> key(KeyTemplate template, RowSet rows, Row row) {
        return template.attribute().type() == KeyType.BINARY
                ? rows.value(row, template.variables().get(0).path().canonical())
                        .map(bytes -> Collections.singletonMap(StorageType.B.name(), WireValues.base64(bytes)))
                : template.write(path -> rows.value(row, path))
                        .map(text -> Collections.singletonMap(
                                template.attribute().type() == KeyType.NUMBER ? "N" : "S", text));
    }

    /** Whether items are made of other rows' values too. */
    static boolean looksElsewhere(ItemDesign design) {
        return design.templates().stream()
                .flatMap(template -> template.variables().stream())
                .anyMatch(variable -> !variable.path().canonical().own());
    }

    /** The same item with the copies of other rows' values as they were, which others bring up to date. */
    static Map<String, @Nullable Object> withCopiesOf(
            ItemDesign design, Map<String, @Nullable Object> item, Map<String, @Nullable Object> before) {
        var result = new LinkedHashMap<String, @Nullable Object>(item);
        for (var stored : design.stored().values()) {
            if (stored.copied() && !design.key().names().contains(stored.name())) {
                result.remove(stored.name());
                if (before.containsKey(stored.name())) {
                    result.put(stored.name(), before.get(stored.name()));
                }
            }
        }
        return result;
    }
}
