package dev.schemaproof.analysis.keyvalue;

import static dev.schemaproof.dialect.dynamodb.DynamoLimits.PAGE_BYTES;

import dev.schemaproof.analysis.keyvalue.RequestValue.Piece;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Model;
import java.util.Optional;
import java.util.OptionalDouble;

/** How many units a request costs at least, by what is declared of the rows and their sizes. */
final class RequestUnits {

    private final Model model;

    RequestUnits(Model model) {
        this.model = model;
    }

    /**
     * The read units of a request to its table or index.
     *
     * @param served a read
     */
    double read(Resolution.Served served) {
        var bytes = Math.min(rows(served) * size(served.item(), served.index()) + included(served), PAGE_BYTES);
        var consistent = served.pattern() instanceof AccessPattern.Read read && read.consistent();
        return CapacityUnits.read(bytes, consistent);
    }

    /** What the items of other entities take that are read with them. */
    private double included(Resolution.Served served) {
        return served.shares().stream()
                .filter(share -> share.include().isPresent())
                .mapToDouble(share -> (given(served)
                                ? 1
                                : inPartition(model, share.item(), served.index())
                                        .orElse(1))
                        * size(share.item(), served.index()))
                .sum();
    }

    private double rows(Resolution.Served served) {
        if (!(served.request() instanceof Request.Query query)) {
            return 1;
        }
        var inPartition = narrowed(query) ? 1 : inPartition(model, served).orElse(1);
        return query.limit().isPresent() ? Math.min((double) query.limit().getAsLong(), inPartition) : inPartition;
    }

    /** The expected rows of the partition that is read. */
    static OptionalDouble inPartition(Model model, Resolution.Served served) {
        return inPartition(model, served.item(), served.index());
    }

    /** The expected rows of one entity in a partition. */
    static OptionalDouble inPartition(Model model, ItemDesign item, Optional<String> index) {
        return index.map(name -> Optional.ofNullable(item.indexes().get(name)))
                .orElseGet(() -> Optional.of(item.key()))
                .map(key -> Spread.of(model, item, key.partition()).rows())
                .orElse(OptionalDouble.empty());
    }

    /** Whether a condition of the pattern narrows what is read of the partition. */
    static boolean narrowed(Request.Query query) {
        return query.keyConditions().stream()
                .skip(1)
                .anyMatch(term -> term.comparison() != Term.Comparison.BEGINS_WITH
                        || term.values().stream()
                                .flatMap(value -> value.pieces().stream())
                                .anyMatch(Piece.Parameter.class::isInstance));
    }

    /** Whether a parameter leads to a part of the partition. */
    static boolean given(Resolution.Served served) {
        return served.request() instanceof Request.Query query
                && query.keyConditions().stream()
                        .skip(1)
                        .flatMap(term -> term.values().stream())
                        .flatMap(value -> value.pieces().stream())
                        .anyMatch(Piece.Parameter.class::isInstance);
    }

    static double size(ItemDesign item, Optional<String> index) {
        return index.map(name -> ItemSize.of(item, name))
                .orElseGet(() -> ItemSize.of(item))
                .total()
                .average();
    }

    /**
     * The write units of a request to the table or one of its indexes.
     *
     * @param index the index, or nothing for the table itself
     */
    double write(Resolution.Served served, Optional<String> index) {
        var units = CapacityUnits.write(size(served.item(), index));
        if (index.isEmpty()) {
            return units;
        }
        var key = served.item().indexes().get(index.get());
        if (key == null) {
            return 0;
        }
        var present = key.templates().stream()
                .flatMap(template -> template.variables().stream())
                .mapToDouble(variable -> presence(variable.path()))
                .reduce(1, (one, other) -> one * other);
        return units * present * entries(served, index.get(), key);
    }

    /** Where an ingredient may be absent and nothing says how often, nothing can be shown. */
    private static double presence(ResolvedPath path) {
        var nulls = path.attribute().values().nulls();
        return path.optional() ? nulls.isPresent() ? 1 - nulls.getAsDouble() : 0 : 1;
    }

    /** The entries that the request writes: a changed key takes the old one out and puts the new one in. */
    private static int entries(Resolution.Served served, String index, KeyPair key) {
        if (!(served.request() instanceof Request.UpdateItem update)) {
            return 1;
        }
        var names = update.assignments().stream()
                .filter(assignment -> !assignment.onlyIfAbsent())
                .map(Request.Assignment::attribute)
                .toList();
        if (names.stream().anyMatch(name -> key.names().contains(name))) {
            return 2;
        }
        var carried = ItemSize.of(served.item(), index).attributes().keySet();
        return names.stream().anyMatch(carried::contains) ? 1 : 0;
    }
}
