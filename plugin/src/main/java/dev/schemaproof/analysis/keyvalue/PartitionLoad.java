package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Spread.Share;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the access patterns ask of the busiest partition of a table or an index.
 *
 * @param item the first item with this partition key
 * @param index the index, or nothing for the table itself
 * @param key the template of the partition key, which other items may have too
 * @param writes what is written to it
 * @param reads what is read of it
 */
public record PartitionLoad(
        ItemDesign item, Optional<String> index, KeyTemplate key, List<Traffic> writes, List<Traffic> reads) {

    public PartitionLoad {
        writes = List.copyOf(writes);
        reads = List.copyOf(reads);
    }

    /**
     * The requests of one pattern.
     *
     * @param pattern the pattern
     * @param units what one request costs at least
     * @param share the share of the requests that goes to the busiest partition
     * @param requests how many one call makes, one for each shard that it asks
     */
    public record Traffic(AccessPattern pattern, double units, Share share, int requests) {

        /** Units a second, where the pattern has a rate. */
        public double perSecond() {
            return pattern.header().rate().map(AccessPattern.Rate::perSecond).orElse(0.0) * units * share.least();
        }

        /** Whether the pattern says how often it runs. */
        public boolean rated() {
            return pattern.header().rate().isPresent();
        }
    }

    /** The loads of every partition key of the store about which something can be said. */
    public static List<PartitionLoad> of(Model model, StoreFacts store) {
        return of(model, store, false);
    }

    /**
     * All that is asked of each table and index by items with one partition key, as if it were one partition: no design makes more of it hot.
     * A call that asks every shard counts as often as it does now.
     */
    public static List<PartitionLoad> together(Model model, StoreFacts store) {
        return of(model, store, true);
    }

    private static List<PartitionLoad> of(Model model, StoreFacts store, boolean together) {
        var requests = store.resolutions().stream()
                .filter(Resolution.Served.class::isInstance)
                .map(Resolution.Served.class::cast)
                .collect(Collectors.groupingBy(served ->
                        List.of(served.request().table(), served.item().name())));
        var loads = new ArrayList<PartitionLoad>();
        for (var table : store.tables()) {
            of(model, table, Optional.empty(), requests, together, loads);
            // The entries of a local index lie in the table's own partitions
            table.table()
                    .globalIndexes()
                    .forEach(index -> of(model, table, Optional.of(index.name().value()), requests, together, loads));
        }
        return loads;
    }

    /** @param requests by their table and entity */
    private static void of(
            Model model,
            TableDesign table,
            Optional<String> index,
            Map<List<String>, List<Resolution.Served>> requests,
            boolean together,
            List<PartitionLoad> loads) {
        Map<String, List<ItemDesign>> sharing = table.items().stream()
                .filter(item -> key(item, index).isPresent())
                .collect(Collectors.groupingBy(
                        item -> key(item, index).orElseThrow().toString(), LinkedHashMap::new, Collectors.toList()));
        for (var items : sharing.values()) {
            var writes = new ArrayList<Traffic>();
            var reads = new ArrayList<Traffic>();
            for (var item : items) {
                for (var served : requests.getOrDefault(List.of(table.name(), item.name()), List.of())) {
                    var share = together
                            ? key(served.item(), index).map(key -> new Share(1, true, List.of()))
                            : Spreads.of(model, served, index);
                    collect(new RequestUnits(model), served, index, share, writes, reads);
                }
            }
            var first = items.get(0);
            loads.add(new PartitionLoad(first, index, key(first, index).orElseThrow(), writes, reads));
        }
    }

    private static void collect(
            RequestUnits units,
            Resolution.Served served,
            Optional<String> index,
            Optional<Share> share,
            List<Traffic> writes,
            List<Traffic> reads) {
        if (share.isEmpty()) {
            return;
        }
        if (served.pattern() instanceof AccessPattern.Write) {
            var cost = units.write(served, index) + (index.isEmpty() ? local(units, served) : 0);
            if (cost > 0) {
                writes.add(new Traffic(served.pattern(), cost, share.get(), 1));
            }
        } else if (place(served).equals(index) && !(served.request() instanceof Request.Scan)) {
            var requests = served.request() instanceof Request.Query query ? query.shards() : 1;
            reads.add(new Traffic(served.pattern(), units.read(served), share.get(), requests));
        }
    }

    private static double local(RequestUnits units, Resolution.Served served) {
        return served.item().table().localIndexes().stream()
                .mapToDouble(
                        index -> units.write(served, Optional.of(index.name().value())))
                .sum();
    }

    /** Where a read finds its partitions. */
    private static Optional<String> place(Resolution.Served served) {
        return served.index()
                .filter(name -> served.item().table().globalIndexes().stream()
                        .anyMatch(index -> index.name().value().equals(name)));
    }

    private static Optional<KeyTemplate> key(ItemDesign item, Optional<String> index) {
        return index.map(name -> Optional.ofNullable(item.indexes().get(name)).map(KeyPair::partition))
                .orElseGet(() -> Optional.of(item.key().partition()));
    }

    /** How the requests of a pattern spread. */
    private static final class Spreads {

        static Optional<Share> of(Model model, Resolution.Served served, Optional<String> index) {
            return key(served.item(), index)
                    .flatMap(key -> Spread.of(model, served.item(), key)
                            .busiest(
                                    served.request() instanceof Request.PutItem,
                                    fixed(served.pattern()),
                                    served.request() instanceof Request.Query query && query.shards() > 1));
        }

        /** The paths that the pattern compares with one literal. */
        private static Set<String> fixed(AccessPattern pattern) {
            var conditions = pattern instanceof AccessPattern.Read read
                    ? read.where()
                    : pattern instanceof AccessPattern.Write write ? write.where() : List.<Condition>of();
            return conditions.stream()
                    .filter(condition -> condition.operator() == Condition.Operator.EQUAL
                            && !(condition.operands().get(0) instanceof Operand.Parameter))
                    .map(condition -> condition.attribute().value())
                    .collect(Collectors.toSet());
        }
    }
}
