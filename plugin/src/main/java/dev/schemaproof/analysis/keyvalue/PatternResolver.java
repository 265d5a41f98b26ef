package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Bindings.NoValueException;
import dev.schemaproof.analysis.keyvalue.Refusal.RefusedException;
import dev.schemaproof.analysis.keyvalue.Refusal.Stage;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.AccessPattern.Write;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the one request that serves a pattern, or the reason why there is none. */
final class PatternResolver {

    /** What reads least first; what is equal stays in order of declaration, the table first. */
    private static final Comparator<ReadResolver.Attempt> CHEAPEST = Comparator.<ReadResolver.Attempt>comparingInt(
                    attempt -> attempt.served().request() instanceof Request.GetItem ? 0 : 1)
            .thenComparingInt(attempt -> -attempt.narrowing())
            .thenComparingInt(attempt -> attempt.served().request() instanceof Request.Query query ? query.shards() : 1)
            .thenComparingInt(attempt -> attempt.served().residual().size());

    private final Model model;
    private final Paths paths;
    private final List<TableDesign> tables;
    private final AccessPattern pattern;

    private PatternResolver(Model model, Paths paths, List<TableDesign> tables, AccessPattern pattern) {
        this.model = model;
        this.paths = paths;
        this.tables = tables;
        this.pattern = pattern;
    }

    static Resolution resolve(Model model, Paths paths, List<TableDesign> tables, AccessPattern pattern) {
        return new PatternResolver(model, paths, tables, pattern).resolve();
    }

    private Resolution resolve() {
        if (!pattern.header().sound()) {
            return new Resolution.Unjudged(pattern);
        }
        if (pattern instanceof AccessPattern.Sql sql) {
            return new Resolution.Refused(
                    pattern,
                    Flaw.SQL,
                    sql.sql().at(),
                    "the pattern is SQL, which DynamoDB doesn't understand",
                    Optional.of(
                            "use the structured form, such as `{entity: Post, find: many, where: [author_id = :author]}`,"
                                    + " or name a relational store: `store: main`"));
        }
        var entity = pattern.entityName().flatMap(model::entity).filter(Entity::sound);
        if (entity.isEmpty()) {
            return new Resolution.Unjudged(pattern);
        }
        var items = tables.stream()
                .flatMap(table -> table.item(entity.get().name().value()).stream())
                .toList();
        if (items.isEmpty()) {
            return withoutItem(entity.get());
        }
        return pattern instanceof Read read
                ? read(entity.get(), items, read)
                : write(entity.get(), items, (Write) pattern);
    }

    private Resolution withoutItem(Entity entity) {
        var name = entity.name().value();
        if (tables.stream().anyMatch(table -> table.unjudged().contains(name))) {
            return new Resolution.Unjudged(pattern);
        }
        return new Resolution.Refused(
                pattern,
                Flaw.UNSTORED,
                pattern.header().store().map(Located::at).orElse(pattern.name().at()),
                "store `" + model.storeOf(pattern).name() + "` holds no `" + name + "`",
                Optional.of("add `" + name + ": {key: {...}}` to the `items` of one of its tables, or take a store that"
                        + " holds it"));
    }

    private Resolution read(Entity entity, List<ItemDesign> items, Read read) {
        var bindings = Bindings.of(paths, entity, read.where());
        var named = Stream.concat(read.orderBy().stream().map(AccessPattern.Order::attribute), read.select().stream());
        if (bindings.isEmpty()
                || named.anyMatch(name -> paths.find(entity, name.value()).isEmpty())) {
            return new Resolution.Unjudged(pattern);
        }
        var incomparable = incomparable(bindings.get());
        if (incomparable.isPresent()) {
            return incomparable.get();
        }
        if (!read.include().isEmpty()) {
            return JoinedPattern.resolve(model, paths, tables, items, read, bindings.get());
        }
        var served = new ArrayList<ReadResolver.Attempt>();
        var refused = new ArrayList<Refusal>();
        for (var item : items) {
            var neighbours = neighbours(item);
            attempt(
                    new ReadResolver(paths, neighbours, item, read, Optional.empty(), item.key(), bindings.get()),
                    served,
                    refused);
            item.indexes()
                    .forEach((index, key) -> attempt(
                            new ReadResolver(paths, neighbours, item, read, Optional.of(index), key, bindings.get()),
                            served,
                            refused));
        }
        return served.stream()
                .min(CHEAPEST)
                .map(attempt -> (Resolution) attempt.served())
                .orElseGet(() -> unserved(items, read, bindings.get(), refused));
    }

    private List<ItemDesign> neighbours(ItemDesign item) {
        return neighbours(tables, item);
    }

    /** The other items of the table that an item is in. */
    static List<ItemDesign> neighbours(List<TableDesign> tables, ItemDesign item) {
        return tables.stream()
                .filter(table -> table.table().equals(item.table()))
                .flatMap(table -> table.items().stream())
                .filter(other -> !other.equals(item))
                .toList();
    }

    private static void attempt(ReadResolver resolver, List<ReadResolver.Attempt> served, List<Refusal> refused) {
        try {
            served.add(resolver.resolve());
        } catch (RefusedException e) {
            refused.add(e.refusal());
        }
    }

    private Optional<Resolution> incomparable(Bindings bindings) {
        return bindings.conditions().stream()
                .flatMap(bound -> FilterTerms.incomparable(bound).stream()
                        .map(reason -> (Resolution) new Resolution.Refused(
                                pattern,
                                Flaw.INCOMPARABLE,
                                bound.condition().at(),
                                "`" + bound.path() + " " + bound.operator().text() + "` can't be asked here: " + reason,
                                Optional.of("ask another store, or select by another condition"))))
                .findFirst();
    }

    /** No key serves it: a scan does, where it is allowed; else the nearest reason is told. */
    private Resolution unserved(List<ItemDesign> items, Read read, Bindings bindings, List<Refusal> refused) {
        var nearest = refused.stream().max(Comparator.comparing(Refusal::stage)).orElseThrow();
        if (nearest.stage().compareTo(Stage.ABSENT_ROWS) <= 0) {
            var small = items.stream().filter(PatternResolver::small).findFirst();
            if (read.header().scan().isPresent() || small.isPresent()) {
                var scanned = small.orElse(items.get(0));
                try {
                    return new ScanResolver(paths, neighbours(scanned), scanned, read, bindings).resolve();
                } catch (RefusedException e) {
                    return e.refusal().of(pattern);
                }
            }
        }
        if (nearest.flaw() == Flaw.SCANNED) {
            return scanned(items.get(0), read, bindings, refused);
        }
        return nearest.flaw() == Flaw.UNORDERED
                ? new Resolution.Refused(
                        pattern,
                        Flaw.UNORDERED,
                        nearest.at(),
                        nearest.summary(),
                        Optional.of(nearest.help()
                                        .filter(help -> !help.isEmpty())
                                        .map(help -> help + "\nor ")
                                        .orElse("")
                                + "add an index whose sort key does:\n" + proposal(items.get(0), read, bindings)
                                + "\nor sort in the application and drop `orderBy`"))
                : nearest.of(pattern);
    }

    /** A table of nothing but small entities may be read as a whole. */
    private static boolean small(ItemDesign item) {
        return item.table().items().size() == 1 && item.entity().small();
    }

    private Resolution scanned(ItemDesign item, Read read, Bindings bindings, List<Refusal> refused) {
        var reasons = refused.stream()
                .filter(refusal -> refusal.flaw() == Flaw.SCANNED)
                .map(refusal -> refusal.summary()
                        + refusal.help()
                                .filter(help -> !help.isEmpty())
                                .map(help -> "; " + help)
                                .orElse(""))
                .distinct()
                .toList();
        return new Resolution.Refused(
                pattern,
                Flaw.SCANNED,
                pattern.name().at(),
                "only a scan of the whole table `" + item.table().name() + "` could answer this: no key of `"
                        + item.name() + "` follows from its conditions",
                Optional.of(String.join("\n", reasons)
                        + (bindings.narrow()
                                ? "\nthis index would serve it:\n" + proposal(item, read, bindings) + "\nor"
                                : "\nno index would: a key finds what is equal, or within a range; let an attribute of its"
                                        + " own say what is wanted, and compare that for equality, or")
                        + " accept the scan: `scan: allowed` with a `reason`"));
    }

    private String proposal(ItemDesign item, Read read, Bindings bindings) {
        var order = read.orderBy().stream()
                .flatMap(by -> paths.find(item.entity(), by.attribute().value()).stream())
                .toList();
        return Proposal.index(paths, item, bindings, order).indent(2).stripTrailing();
    }

    private Resolution write(Entity entity, List<ItemDesign> items, Write write) {
        var bindings = Bindings.of(paths, entity, write.where());
        var known = write.set().stream()
                .allMatch(name -> entity.attribute(name.value()).isPresent());
        if (bindings.isEmpty() || !known) {
            return new Resolution.Unjudged(pattern);
        }
        var incomparable = incomparable(bindings.get());
        if (incomparable.isPresent()) {
            return incomparable.get();
        }
        if (items.size() > 1) {
            return new Resolution.Refused(
                    pattern,
                    Flaw.STALE,
                    pattern.name().at(),
                    "`" + entity.name() + "` is stored in `"
                            + items.get(0).table().name() + "` and in `"
                            + items.get(1).table().name() + "`, and one request writes only one of the items",
                    Optional.of("store it in one table, and give it an index for each other way to read it"));
        }
        try {
            return new WriteResolver(paths, tables, items.get(0), write, bindings.get()).resolve();
        } catch (RefusedException e) {
            return e.refusal().of(pattern);
        } catch (NoValueException e) {
            return Refusal.noValue(e).refusal().of(pattern);
        }
    }
}
