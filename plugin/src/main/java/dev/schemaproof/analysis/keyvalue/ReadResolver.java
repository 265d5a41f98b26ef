package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Bindings.Bound;
import dev.schemaproof.analysis.keyvalue.Bindings.NoValueException;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.analysis.keyvalue.Refusal.RefusedException;
import dev.schemaproof.analysis.keyvalue.Refusal.Stage;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.AccessPattern.Find;
import dev.schemaproof.model.AccessPattern.Order;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.Condition.Operator;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import dev.schemaproof.model.Located;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the request that answers a read through the key of one item, in the table or in an index. */
final class ReadResolver {

    private final Paths paths;
    private final List<ItemDesign> neighbours;
    private final ItemDesign item;
    private final Read pattern;
    private final Optional<String> index;
    private final KeyPair key;
    private final Bindings bindings;

    /**
     * @param neighbours the other items of the table
     * @param index the index to read, or nothing for the table
     * @param key the item's key there
     * @param bindings the pattern's conditions
     */
    ReadResolver(
            Paths paths,
            List<ItemDesign> neighbours,
            ItemDesign item,
            Read pattern,
            Optional<String> index,
            KeyPair key,
            Bindings bindings) {
        this.paths = paths;
        this.neighbours = List.copyOf(neighbours);
        this.item = item;
        this.pattern = pattern;
        this.index = index;
        this.key = key;
        this.bindings = bindings.fresh();
    }

    /** How the table or the index is called in messages. */
    String place() {
        return index.map(name -> "index `" + name + "`").orElse("the table's key");
    }

    /**
     * A request, and how much of the work it leaves.
     *
     * @param narrowing how many of the pattern's conditions narrow what is read
     */
    record Attempt(Served served, int narrowing) {}

    Attempt resolve() throws RefusedException {
        try {
            requirePartition();
            requirePresence();
            var partition = Term.equal(key.partition().name(), Keys.asked(key.partition(), bindings));
            var narrowing = key.sort().isPresent()
                    ? SortKey.narrow(key.sort().get(), bindings)
                    : new SortKey.Narrowing(Optional.empty(), 0, Set.of(), Set.of());
            requireAlone(narrowing);
            var residual = residual(narrowing);
            var used = used(narrowing);
            requireNarrowing(used, residual);
            var forward = order();
            var projection = projection();
            requireConsistency();
            return new Attempt(served(partition, narrowing, residual, forward, projection), used);
        } catch (NoValueException e) {
            throw Refusal.noValue(e);
        }
    }

    void requirePartition() throws RefusedException {
        var missing = Keys.needed(key.partition(), bindings);
        if (!missing.isEmpty()) {
            throw Refusal.exception(
                    Stage.KEY,
                    Flaw.SCANNED,
                    pattern.name().at(),
                    place() + " needs `" + String.join("` and `", missing) + "`",
                    determined(missing));
        }
    }

    /** The index that is read. */
    private Optional<SecondaryIndex> through() {
        return index.flatMap(name -> Optional.ofNullable(item.table().indexes().get(name)));
    }

    /** A global index follows its table a little later. */
    void requireConsistency() throws RefusedException {
        var through = through();
        if (pattern.consistent() && through.isPresent() && !through.get().local()) {
            throw Refusal.exception(
                    Stage.CONSISTENCY,
                    Flaw.INCONSISTENT,
                    pattern.name().at(),
                    "only " + place() + " serves `" + pattern.name()
                            + "`, and a global index gives no consistent read: it follows its table a little later",
                    "take `consistent` out, read by the table's key, or let a local index serve it, which has the"
                            + " partition key of the table");
        }
    }

    /** What another row says that the conditions lead to, the application could look up. */
    private String determined(Set<String> missing) {
        var asked = missing.stream()
                .flatMap(name -> paths.find(item.entity(), name).stream())
                .map(ResolvedPath::canonical)
                .toList();
        var elsewhere = asked.stream().noneMatch(AttributePath::own);
        var follows = elsewhere
                && !bindings.equalPaths().isEmpty()
                && paths.closure(item.entity(), bindings.equalPaths(), asked).containsAll(asked);
        return follows
                ? "it follows from the conditions, but not from their parameters alone: look it up first, and compare with it"
                : "";
    }

    /** A row without an ingredient is not in the index. */
    void requirePresence() throws RefusedException {
        for (var template : key.templates()) {
            for (var variable : template.variables()) {
                if (variable.path().optional()
                        && !bindings.present(variable.path().canonical())) {
                    throw Refusal.exception(
                            Stage.ABSENT_ROWS,
                            Flaw.SCANNED,
                            pattern.name().at(),
                            place() + " leaves out the rows of `" + item.name() + "` without `" + variable.path() + "`",
                            "if the pattern doesn't want them, say so: `where: [..., " + variable.path()
                                    + " is not null]`");
                }
            }
        }
    }

    private int used(SortKey.Narrowing narrowing) {
        var used = new HashSet<>(narrowing.used());
        key.partition()
                .variables()
                .forEach(variable ->
                        bindings.equalTo(variable.path().canonical()).ifPresent(used::add));
        return used.size();
    }

    /** To read every item of the entity and to drop what doesn't fit is a scan by another name. */
    private void requireNarrowing(int used, List<Bound> residual) throws RefusedException {
        if (used == 0
                && !residual.isEmpty()
                && pattern.header().scan().isEmpty()
                && !item.entity().small()) {
            throw Refusal.exception(
                    Stage.ABSENT_ROWS,
                    Flaw.SCANNED,
                    pattern.name().at(),
                    place() + " would read every `" + item.name() + "` and drop what doesn't fit",
                    "");
        }
    }

    /** What stands in the same stretch of the same partition is read too. */
    private void requireAlone(SortKey.Narrowing narrowing) throws RefusedException {
        var leak = Leak.find(neighbours, index, key, narrowing.parts());
        if (leak.isPresent()) {
            var other = leak.get();
            var mine = key.sort().orElse(key.partition());
            throw Refusal.exception(
                    Stage.LEAK,
                    Flaw.LEAKING,
                    pattern.name().at(),
                    "a request for `" + item.name() + "` by " + place() + " would return items of `"
                            + other.other().name() + "` too, such as `"
                            + other.template().name() + "` `"
                            + other.example() + "`",
                    "let `" + mine.name() + "` of `" + item.name() + "` (`" + mine + "`) begin with a word that `"
                            + other.template() + "` can't begin with, such as `"
                            + item.name().toUpperCase(Locale.ROOT) + "#`");
        }
    }

    /** The conditions that the key doesn't decide alone. */
    private List<Bound> residual(SortKey.Narrowing narrowing) {
        var exact = new HashSet<>(narrowing.exact());
        var parts = key.partition().parts();
        for (var i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Variable variable
                    && key.partition().readableFromBeginning(i, parts.size())) {
                bindings.equalTo(variable.path().canonical()).ifPresent(exact::add);
            }
        }
        return bindings.conditions().stream()
                .filter(bound -> !exact.contains(bound))
                .filter(bound -> !impliedByPresence(bound))
                .toList();
    }

    private boolean impliedByPresence(Bound bound) {
        return bound.operator() == Operator.IS_NOT_NULL
                && key.templates().stream()
                        .flatMap(template -> template.variables().stream())
                        .anyMatch(variable -> variable.path().canonical().equals(bound.canonical()));
    }

    /** The direction in which the sort key gives the order; nothing where none is asked for. */
    private Optional<Boolean> order() throws RefusedException {
        if (pattern.find() == Find.COUNT || paths.identify(item.entity(), bindings.equalPaths())) {
            return Optional.empty();
        }
        var order = KeyOrder.of(paths, item.entity(), pattern.orderBy(), bindings.equalPaths(), key.sort());
        if (order.broken().isPresent()) {
            throw unordered(order.broken().get());
        }
        return order.forward();
    }

    private RefusedException unordered(Order order) {
        return unordered(item, key, place(), order);
    }

    /** The refusal of an order that a key doesn't give to an item. */
    static RefusedException unordered(ItemDesign item, KeyPair key, String through, Order order) {
        var wanted = order.attribute().value();
        var reason = key.sort()
                .map(sort -> through + " serves the rest, but its sort key is `" + sort + "`")
                .orElseGet(() -> through + " has no sort key");
        var misfit = key.sort().stream()
                .flatMap(sort -> sort.variables().stream())
                .filter(variable -> variable.path().toString().equals(wanted))
                .findFirst();
        return Refusal.exception(
                Stage.ORDER,
                Flaw.UNORDERED,
                order.attribute().at(),
                "nothing sorts `" + item.name() + "` by `" + wanted + (order.descending() ? " desc" : "") + "`: "
                        + reason + (misfit.isPresent() ? ", in which it doesn't sort as its values do" : ""),
                misfit.map(ReadResolver::inOrder).orElse(""));
    }

    /** What would let a variable sort as its values do, where it stands. */
    private static String inOrder(Part.Variable variable) {
        var path = variable.path();
        return switch (path.type().kind()) {
            case TEXT ->
                "say that `" + path + "` holds nothing that sorts before what follows it: `check: \""
                        + path.attribute().name() + " ~ '^[a-z0-9_]+$'\"`";
            case INTEGER ->
                "write it with zeros in front: `{" + path + ":%0" + path.type().digits() + "d}`";
            case DATE, TIMESTAMP, TIME -> "write all of it, the year first: `{" + path + "}`";
            default -> "";
        };
    }

    /** The names of the attributes that the pattern needs; empty where everything is returned. */
    private List<String> projection() throws RefusedException {
        if (pattern.find() == Find.COUNT) {
            return List.of();
        }
        var wanted = pattern.select().isEmpty()
                ? item.entity().attributes().values().stream()
                        .map(attribute -> new Located<>(
                                attribute.name().value(), pattern.name().at()))
                        .toList()
                : pattern.select();
        var names = new ArrayList<String>();
        for (var name : wanted) {
            var path = paths.find(item.entity(), name.value()).orElseThrow();
            names.add(stored(path, name.at()).name());
        }
        return pattern.select().isEmpty() ? List.of() : names;
    }

    private StoredAttribute stored(ResolvedPath path, Location at) throws RefusedException {
        var stored = item.holding(path.canonical()).orElseThrow(() -> Unstored.in(item, path, at));
        var through = through();
        if (through.isPresent() && !item.returns(index, stored)) {
            throw Unstored.in(through.get(), stored, at);
        }
        return stored;
    }

    private Served served(
            Term partition,
            SortKey.Narrowing narrowing,
            List<Bound> residual,
            Optional<Boolean> forward,
            List<String> projection)
            throws NoValueException, RefusedException {
        var table = item.table().name().value();
        var sharded = Keys.unknownShard(key.partition(), bindings).isPresent();
        var whole = index.isEmpty() && wholeKey(narrowing) && !sharded;
        if (whole && residual.isEmpty() && pattern.find() != Find.COUNT) {
            Map<String, RequestValue> values = new LinkedHashMap<>();
            values.put(partition.attribute(), partition.values().get(0));
            narrowing
                    .term()
                    .ifPresent(
                            term -> values.put(term.attribute(), term.values().get(0)));
            return served(new Request.GetItem(table, values, projection), residual, OptionalLong.empty());
        }
        var filter = new ArrayList<Term>();
        for (var bound : residual) {
            filter.addAll(filter(bound));
        }
        var keyConditions = new ArrayList<>(List.of(partition));
        narrowing.term().ifPresent(keyConditions::add);
        var limit = pattern.find() == Find.ONE ? OptionalLong.of(1) : pattern.limit();
        var counted = filter.isEmpty() && pattern.find() != Find.COUNT;
        var query = new Request.Query(
                table,
                index,
                keyConditions,
                filter,
                sharded && forward.isPresent() ? withSortKey(projection) : projection,
                forward,
                counted ? limit : OptionalLong.empty(),
                pattern.find() == Find.COUNT);
        // What each shard returns has to be cut once more when all are put together
        return served(query, residual, counted && !sharded ? OptionalLong.empty() : limit);
    }

    /** Shards are merged by their sort key, which is needed for that alone. */
    private List<String> withSortKey(List<String> projection) {
        return projection.isEmpty()
                ? projection
                : Stream.concat(projection.stream(), key.sort().stream().map(KeyTemplate::name))
                        .distinct()
                        .toList();
    }

    private boolean wholeKey(SortKey.Narrowing narrowing) {
        return key.sort().map(sort -> narrowing.parts() == sort.parts().size()).orElse(true);
    }

    private List<Term> filter(Bound bound) throws RefusedException, NoValueException {
        var stored = stored(bound.path(), bound.condition().attribute().at());
        if (key.names().contains(stored.name())) {
            throw Refusal.exception(
                    Stage.COMPARISON,
                    Flaw.INCOMPARABLE,
                    bound.condition().at(),
                    "a query can't be filtered by `" + stored.name() + "`, which is part of the key that it reads by",
                    "compare it with one value, or store it under another name too");
        }
        return FilterTerms.of(bound, stored, bindings);
    }

    private Served served(Request request, List<Bound> residual, OptionalLong limit) {
        return new Served(
                pattern,
                item,
                index,
                request,
                bindings.parameters(),
                residual.stream().map(Bound::condition).toList(),
                List.of(),
                limit,
                List.of());
    }
}
