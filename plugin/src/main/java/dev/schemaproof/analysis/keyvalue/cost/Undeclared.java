package dev.schemaproof.analysis.keyvalue.cost;

import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.ItemSize;
import dev.schemaproof.analysis.keyvalue.ResolvedPath;
import dev.schemaproof.analysis.keyvalue.StorageType;
import dev.schemaproof.analysis.keyvalue.StoredAttribute;
import dev.schemaproof.analysis.keyvalue.TableDesign;
import dev.schemaproof.analysis.keyvalue.ValueType.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the model doesn't say, and numbers would need.
 *
 * @param rates patterns without a rate, which count for nothing in sums
 * @param rows entities without a number of rows, for which no storage is counted
 * @param widths attributes of any length without a width, of which the shortest value is counted
 * @param nulls attributes that may be absent, are part of an index's key, and count as always there
 */
public record Undeclared(List<String> rates, List<String> rows, List<String> widths, List<String> nulls) {

    public Undeclared {
        rates = List.copyOf(rates);
        rows = List.copyOf(rows);
        widths = List.copyOf(widths);
        nulls = List.copyOf(nulls);
    }

    static Undeclared of(List<PatternUnits> patterns, List<TableDesign> tables) {
        var rows = new LinkedHashSet<String>();
        var widths = new LinkedHashSet<String>();
        var nulls = new LinkedHashSet<String>();
        for (var table : tables) {
            for (var item : table.items()) {
                if (item.entity().rows().isEmpty()) {
                    rows.add(item.name());
                }
                var sizes = ItemSize.of(item);
                for (var stored : item.stored().values()) {
                    if (anyLength(stored, sizes)) {
                        widths.add(name(stored.path()));
                    }
                }
                collectNulls(item, nulls);
            }
        }
        return new Undeclared(
                patterns.stream()
                        .filter(pattern -> pattern.rate().isEmpty())
                        .map(pattern -> pattern.served().pattern().name().value())
                        .toList(),
                new ArrayList<>(rows),
                new ArrayList<>(widths),
                new ArrayList<>(nulls));
    }

    private static boolean anyLength(StoredAttribute stored, ItemSize sizes) {
        var size = sizes.attributes().get(stored.name());
        var kind = stored.path().type().kind();
        return stored.path().attribute().values().width().isEmpty()
                && size != null
                && (size.most().isEmpty() || size.most().getAsLong() > size.average())
                && (stored.type() != StorageType.S || kind == Kind.TEXT || kind == Kind.OTHER)
                && stored.type() != StorageType.N
                && stored.type() != StorageType.BOOL;
    }

    private static void collectNulls(ItemDesign item, Set<String> nulls) {
        for (var key : item.indexes().values()) {
            for (var template : key.templates()) {
                for (var variable : template.variables()) {
                    var path = variable.path();
                    if (path.optional() && path.attribute().values().nulls().isEmpty()) {
                        nulls.add(name(path));
                    }
                }
            }
        }
    }

    private static String name(ResolvedPath path) {
        return path.owner().name() + "." + path.attribute().name();
    }
}
