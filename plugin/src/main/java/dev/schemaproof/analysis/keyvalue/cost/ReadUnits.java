package dev.schemaproof.analysis.keyvalue.cost;

import dev.schemaproof.analysis.keyvalue.AttributePath;
import dev.schemaproof.analysis.keyvalue.CapacityUnits;
import dev.schemaproof.analysis.keyvalue.FilterShare;
import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.KeyPair;
import dev.schemaproof.analysis.keyvalue.KeyTemplate;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part.Variable;
import dev.schemaproof.analysis.keyvalue.Paths;
import dev.schemaproof.analysis.keyvalue.Request;
import dev.schemaproof.analysis.keyvalue.RequestValue.Piece;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.ResolvedPath;
import dev.schemaproof.analysis.keyvalue.Spread;
import dev.schemaproof.analysis.keyvalue.TableDesign;
import dev.schemaproof.analysis.keyvalue.Term;
import dev.schemaproof.analysis.keyvalue.Term.Comparison;
import dev.schemaproof.analysis.keyvalue.cost.Assumption.Kind;
import dev.schemaproof.analysis.keyvalue.cost.Reading.Bound;
import dev.schemaproof.model.AccessPattern.Find;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.Condition;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The read units of requests: of what is read, which is more than what is returned. */
final class ReadUnits {

    private final Model model;
    private final Paths paths;

    ReadUnits(Model model) {
        this.model = model;
        paths = new Paths(model);
    }

    /**
     * Of one call, which fetches every page of every shard.
     *
     * @param served a read
     * @param table what a scan reads
     */
    PatternUnits of(Served served, TableDesign table) {
        if (served.request() instanceof Request.Scan) {
            return scan(served, table);
        }
        if (!served.shares().isEmpty()) {
            return joined(served);
        }
        var size = size(served, served.item());
        if (!(served.request() instanceof Request.Query query)) {
            return units(served, 1, size, Bound.EXPECTED, List.of());
        }
        var count = new Count();
        if (served.index().isEmpty() && exact(query) && query.shards() == 1) {
            count.items = 1;
        } else {
            count(served, query, count);
        }
        var shard = units(served, count.items, count.items * size, count.bound, count.assumptions);
        return new PatternUnits(
                served,
                shard.reading().map(reading -> reading.times(query.shards())),
                List.of(),
                false,
                shard.assumptions());
    }

    /** A query that reads items of several entities, all that they have in the partition. */
    private PatternUnits joined(Served served) {
        var items = 0.0;
        var bytes = 0.0;
        var part = ((Request.Query) served.request())
                .keyConditions().stream().skip(1).anyMatch(term -> parameters(term) > 0);
        var bound = part ? Bound.AT_MOST : Bound.EXPECTED;
        List<Assumption> assumptions = new ArrayList<>();
        var one = served.pattern() instanceof Read read && read.find() == Find.ONE;
        for (var share : served.shares()) {
            var rows = share.include().isEmpty() && one
                    ? OptionalDouble.of(1)
                    : key(share.item(), served.index())
                            .map(key -> rows(share.item(), key.partition().variables()))
                            .orElse(OptionalDouble.empty());
            if (rows.isEmpty()) {
                bound = Bound.AT_LEAST;
                assumptions.add(new Assumption(Kind.ONE_OF_EACH, share.item().name()));
            }
            var kept = EntrySize.of(share.item(), served.index())
                    .map(EntrySize::share)
                    .orElse(1.0);
            var count = Math.max(1, rows.orElse(1) * kept);
            items += count;
            bytes += count * size(served, share.item());
        }
        return units(served, items, bytes, bound, assumptions);
    }

    private static double size(Served served, ItemDesign item) {
        return EntrySize.of(item, served.index()).map(EntrySize::bytes).orElse(0.0);
    }

    private static Optional<KeyPair> key(ItemDesign item, Optional<String> index) {
        return index.map(name -> Optional.ofNullable(item.indexes().get(name)))
                .orElseGet(() -> Optional.of(item.key()));
    }

    /** Items, and what their number stands on. */
    private static final class Count {

        private double items = 1;
        private Bound bound = Bound.EXPECTED;
        private final List<Assumption> assumptions = new ArrayList<>();
    }

    private static PatternUnits units(
            Served served, double items, double bytes, Bound bound, List<Assumption> assumptions) {
        var consistent = served.pattern() instanceof Read read && read.consistent();
        var reading =
                new Reading(items, bytes, CapacityUnits.pages(bytes), CapacityUnits.read(bytes, consistent), bound);
        return new PatternUnits(served, Optional.of(reading), List.of(), false, assumptions);
    }

    private PatternUnits scan(Served served, TableDesign table) {
        var items = 0.0;
        var bytes = 0.0;
        for (var item : table.items()) {
            var rows = item.entity().rows();
            if (rows.isEmpty()) {
                return new PatternUnits(
                        served,
                        Optional.empty(),
                        List.of(),
                        false,
                        List.of(new Assumption(Kind.UNKNOWN_TABLE, item.name())));
            }
            items += rows.getAsLong();
            bytes += rows.getAsLong()
                    * EntrySize.of(item, Optional.empty()).map(EntrySize::bytes).orElse(0.0);
        }
        var ends = served.limit().isPresent();
        return units(
                served,
                items,
                bytes,
                ends ? Bound.AT_MOST : Bound.EXPECTED,
                ends ? List.of(new Assumption(Kind.FILTERED_TO_THE_END, "")) : List.of());
    }

    /** Whether the whole key of the table is given, so that a filter alone makes it a query. */
    private static boolean exact(Request.Query query) {
        return query.keyConditions().size() == 2
                && query.keyConditions().stream().allMatch(term -> term.comparison() == Comparison.EQUAL);
    }

    private void count(Served served, Request.Query query, Count count) {
        var key = key(served.item(), served.index());
        if (key.isEmpty()) {
            return;
        }
        var partition = key.get().partition().variables();
        var stretch = stretch(served, key.get());
        var part = range(query, stretch.size() - partition.size());
        var rows = rows(served.item(), stretch);
        if (rows.isEmpty()) {
            rows = rows(served.item(), partition);
            part = part.or(() -> key.get().sort().map(KeyTemplate::name));
        }
        var share = EntrySize.of(served.item(), served.index())
                .map(EntrySize::share)
                .orElse(1.0);
        rows.ifPresent(known -> count.items = Math.max(1, known * share));
        limit(served, query.limit(), rows.isPresent(), part.isPresent(), count);
        if (!count.assumptions.isEmpty()) {
            return;
        }
        if (rows.isEmpty()) {
            count.bound = Bound.AT_LEAST;
            count.assumptions.add(
                    new Assumption(Kind.ONE_ITEM, key.get().partition().name()));
        } else if (part.isPresent() && count.items > 1) {
            count.bound = Bound.AT_MOST;
            count.assumptions.add(new Assumption(Kind.WHOLE_PARTITION, part.get()));
        }
    }

    /** Reading ends when enough rows were found: counted by DynamoDB, or by the application behind a filter. */
    private void limit(Served served, OptionalLong counted, boolean known, boolean range, Count count) {
        if (counted.isPresent()) {
            var most = (double) counted.getAsLong();
            if (!known || range && most < count.items) {
                count.bound = Bound.AT_MOST;
                count.assumptions.add(new Assumption(Kind.UP_TO_LIMIT, ""));
            }
            count.items = known ? Math.min(most, count.items) : most;
        } else if (served.limit().isPresent() && known && count.items > 1) {
            var kept = FilterShare.of(model, served)
                    .filter(share -> share.reasons().size() == served.residual().size() && share.kept() > 0);
            if (kept.isPresent()) {
                count.items = Math.min(
                        count.items,
                        Math.ceil(served.limit().getAsLong() / kept.get().kept()));
            } else {
                count.bound = Bound.AT_MOST;
                count.assumptions.add(new Assumption(Kind.FILTERED_TO_THE_END, ""));
            }
        }
    }

    /** The number of rows that have the same values of these, where the model declares it. */
    private OptionalDouble rows(ItemDesign item, List<Variable> stretch) {
        var spread = Spread.of(model, item, stretch);
        return spread.declared() ? spread.rows() : OptionalDouble.empty();
    }

    /** What every item of the stretch that is read has in common: the partition key, and the beginning of the sort key that is given. */
    private List<Variable> stretch(Served served, KeyPair key) {
        var fixed = new ArrayList<>(key.partition().variables());
        var equal = equalPaths(served);
        for (var variable : key.sort().map(template -> template.variables()).orElse(List.of())) {
            if (!equal.contains(variable.path().canonical())) {
                break;
            }
            fixed.add(variable);
        }
        return fixed;
    }

    private Set<AttributePath> equalPaths(Served served) {
        return served.pattern() instanceof Read read
                ? read.where().stream()
                        .filter(condition -> condition.operator() == Condition.Operator.EQUAL)
                        .flatMap(
                                condition -> paths
                                        .find(
                                                served.item().entity(),
                                                condition.attribute().value())
                                        .stream())
                        .map(ResolvedPath::canonical)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** The sort key, where its condition leaves an unknown part of the stretch. */
    private static Optional<String> range(Request.Query query, int given) {
        return query.keyConditions().stream()
                .skip(1)
                .filter(term -> term.comparison() != Comparison.EQUAL
                        && (term.comparison() != Comparison.BEGINS_WITH || parameters(term) > given))
                .map(Term::attribute)
                .findFirst();
    }

    private static long parameters(Term term) {
        return term.values().stream()
                .flatMap(value -> value.pieces().stream())
                .filter(Piece.Parameter.class::isInstance)
                .count();
    }
}
