package dev.schemaproof.analysis.keyvalue.cost;

import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.TableDesign;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the access patterns of a store use, as far as the model declares rates, rows and sizes.
 *
 * @param patterns those that have a request, in order of declaration
 * @param tables in order of declaration
 * @param undeclared what is missing for better numbers
 */
public record StoreCapacity(List<PatternUnits> patterns, List<TableCapacity> tables, Undeclared undeclared) {

    /**
     * What DynamoDB adds to each item, and to each entry of an index, when it bills storage: "DynamoDB Item sizes and formats" and "Using Global
     * Secondary Indexes in DynamoDB" in the developer guide.
     */
    private static final int OVERHEAD_BYTES = 100;

    public StoreCapacity {
        patterns = List.copyOf(patterns);
        tables = List.copyOf(tables);
    }

    /** Of the store. */
    public static StoreCapacity of(Model model, StoreFacts store) {
        Map<String, TableDesign> designs = new LinkedHashMap<>();
        store.tables().forEach(table -> designs.put(table.name(), table));
        var reads = new ReadUnits(model);
        var copies = new CopyWrites(model, store.tables());
        var patterns = new ArrayList<PatternUnits>();
        for (var resolution : store.resolutions()) {
            if (resolution instanceof Served served) {
                var table = designs.get(served.request().table());
                if (table != null) {
                    patterns.add(
                            served.pattern() instanceof AccessPattern.Write
                                    ? copies.after(WriteUnits.of(served))
                                    : reads.of(served, table));
                }
            }
        }
        var traffic = new Traffic(store.tables(), patterns);
        return new StoreCapacity(
                patterns,
                store.tables().stream().map(table -> table(table, traffic)).toList(),
                Undeclared.of(patterns, store.tables()));
    }

    private static TableCapacity table(TableDesign design, Traffic traffic) {
        var indexes = design.table().indexes().values();
        return new TableCapacity(
                design.table(),
                Stream.concat(
                                Stream.of(part(design, Optional.empty(), traffic)),
                                indexes.stream().map(index -> part(design, Optional.of(index), traffic)))
                        .toList());
    }

    private static PartCapacity part(TableDesign design, Optional<SecondaryIndex> index, Traffic traffic) {
        var name = index.map(found -> found.name().value());
        var items = 0.0;
        var bytes = 0.0;
        var uncounted = new ArrayList<String>();
        for (ItemDesign item : design.items()) {
            var size = EntrySize.of(item, name);
            var rows = item.entity().rows();
            if (size.isPresent() && rows.isEmpty()) {
                uncounted.add(item.name());
            } else if (size.isPresent()) {
                var held = rows.getAsLong() * size.get().share();
                items += held;
                bytes += held * (size.get().bytes() + OVERHEAD_BYTES);
            }
        }
        var used = traffic.of(design.name(), name);
        return new PartCapacity(
                name,
                index.map(SecondaryIndex::local).orElse(false),
                items,
                bytes,
                uncounted,
                used.read(),
                used.write());
    }

    /** Units a second, by table and index. */
    private static final class Traffic {

        private final Map<List<String>, Units> used = new HashMap<>();
        private final Set<List<String>> global = new HashSet<>();

        /** Units a second. */
        private record Units(double read, double write) {

            Units plus(Units other) {
                return new Units(read + other.read, write + other.write);
            }
        }

        Traffic(List<TableDesign> tables, List<PatternUnits> patterns) {
            for (var table : tables) {
                table.table()
                        .globalIndexes()
                        .forEach(index ->
                                global.add(List.of(table.name(), index.name().value())));
            }
            for (var pattern : patterns) {
                var rate = pattern.rate().orElse(0);
                add(pattern.table(), pattern.served().index(), new Units(pattern.read() * rate, 0));
                pattern.writings()
                        .forEach(
                                writing -> add(writing.table(), writing.index(), new Units(0, writing.units() * rate)));
            }
        }

        /** Local indexes use the units of their table. */
        private void add(String table, Optional<String> index, Units units) {
            used.merge(key(table, index.filter(name -> global.contains(List.of(table, name)))), units, Units::plus);
        }

        Units of(String table, Optional<String> index) {
            return used.getOrDefault(key(table, index), new Units(0, 0));
        }

        private static List<String> key(String table, Optional<String> index) {
            return index.map(name -> List.of(table, name)).orElseGet(() -> List.of(table));
        }
    }
}
