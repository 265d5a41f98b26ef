package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.Bindings.Bound;
import dev.schemaproof.analysis.keyvalue.Bindings.NoValueException;
import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.analysis.keyvalue.Refusal.RefusedException;
import dev.schemaproof.analysis.keyvalue.Refusal.Stage;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.Resolution.Share;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.AccessPattern.Find;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.Condition.Operator;
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
import java.util.stream.Collectors;

/**
 * Finds the one query that reads items together with those of other entities that refer to them: they have to share an item collection, in
 * the table or in an index, with nothing else in the stretch that is read.
 *
 * <p>DynamoDB can't drop an item and what refers to it. So the key alone has to decide every condition.
 */
final class JoinedReadResolver {

    private final Paths paths;
    private final List<ItemDesign> neighbours;
    private final ItemDesign item;
    private final Read pattern;
    private final Optional<String> index;
    private final KeyPair key;
    private final Bindings bindings;
    private final ReadResolver leading;

    /**
     * @param neighbours the other items of the table
     * @param index the index to read, or nothing for the table
     * @param key the item's key there
     */
    JoinedReadResolver(
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
        this.leading = new ReadResolver(paths, neighbours, item, pattern, index, key, bindings);
    }

    Served resolve() throws RefusedException {
        leading.requirePartition();
        refuseShards();
        var members =
                new MemberFinder(paths, neighbours, pattern, index, Member.leading(item, key, bindings)).members();
        leading.requirePresence();
        requireFirstAlone();
        try {
            var partition = Term.equal(key.partition().name(), Keys.value(key.partition(), bindings));
            var stretch = CommonStretch.of(members, bindings);
            var conditions = new ArrayList<>(List.of(partition));
            widest(stretch, members).term().ifPresent(conditions::add);
            var marks = Marks.of(stretch, members, index).orElseThrow(() -> indistinct(members));
            var forward = order(members);
            var shares = shares(members, marks);
            var query = new Request.Query(
                    item.table().name().value(),
                    index,
                    conditions,
                    List.of(),
                    projection(members, shares),
                    forward,
                    OptionalLong.empty(),
                    false);
            leading.requireConsistency();
            return new Served(
                    pattern,
                    item,
                    index,
                    query,
                    bindings.parameters(),
                    List.of(),
                    List.of(),
                    OptionalLong.empty(),
                    marks.sorted(shares, forward.orElse(true)));
        } catch (NoValueException e) {
            throw Refusal.noValue(e);
        }
    }

    /** Items that belong together would come in several answers, or lie in other shards altogether. */
    private void refuseShards() throws RefusedException {
        var shard = Keys.unknownShard(key.partition(), bindings);
        if (shard.isPresent()) {
            throw Refusal.exception(
                    Stage.COLLECTION,
                    Flaw.SCATTERED,
                    pattern.name().at(),
                    "`" + key.partition() + "` spreads the `" + item.name() + "` over "
                            + shard.get().shards().orElseThrow()
                            + " shards, so that no one query reads them with what is included",
                    "compare `" + shard.get().path()
                            + "` with a value, which tells the shard; or take `shards` out, or read"
                            + " them by patterns of their own");
        }
    }

    /** The first of several can't be cut off: what refers to it comes in between. */
    private void requireFirstAlone() throws RefusedException {
        if (pattern.find() == Find.ONE && !paths.identify(item.entity(), bindings.equalPaths())) {
            throw Refusal.exception(
                    Stage.COMPARISON,
                    Flaw.SCATTERED,
                    pattern.name().at(),
                    "`find: one` takes the first of several `" + item.name()
                            + "`, and DynamoDB can't stop behind what is included with it",
                    "write `find: many`, or conditions that give the key of `" + item.name() + "`");
        }
    }

    /** The widest stretch that holds nothing else. */
    private CommonStretch.Condition widest(CommonStretch stretch, List<Member> members)
            throws RefusedException, NoValueException {
        var others = neighbours.stream()
                .filter(other ->
                        members.stream().noneMatch(member -> member.item().equals(other)))
                .toList();
        var byPartition = byPartition();
        Optional<RefusedException> refused = Optional.empty();
        for (var condition : stretch.conditions()) {
            var undecided = undecided(stretch.decided(condition), byPartition);
            var leak = Leak.find(others, index, key, key.sort().map(sort -> stretch.texts(condition)));
            if (undecided.isEmpty() && leak.isEmpty()) {
                return condition;
            }
            var reason = undecided.isPresent() ? undecided(undecided.get(), members) : swallowed(leak.get(), members);
            refused = Optional.of(reason);
        }
        throw refused.orElseThrow();
    }

    private Set<Bound> byPartition() {
        var decided = new HashSet<Bound>();
        var parts = key.partition().parts();
        for (var i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Variable variable
                    && key.partition().readableFromBeginning(i, parts.size())) {
                bindings.equalTo(variable.path().canonical()).ifPresent(decided::add);
            }
        }
        return decided;
    }

    private Optional<Bound> undecided(Set<Bound> bySort, Set<Bound> byPartition) {
        return bindings.conditions().stream()
                .filter(bound -> !bySort.contains(bound) && !byPartition.contains(bound))
                .filter(bound -> bound.operator() != Operator.IS_NOT_NULL
                        || key.templates().stream()
                                .flatMap(template -> template.variables().stream())
                                .noneMatch(
                                        variable -> variable.path().canonical().equals(bound.canonical())))
                .findFirst();
    }

    private RefusedException undecided(Bound bound, List<Member> members) {
        var condition = bound.path() + " " + bound.operator().text();
        return Refusal.exception(
                Stage.COMPARISON,
                Flaw.SCATTERED,
                bound.condition().at(),
                "the key of " + names(members, " and ") + " doesn't decide `" + condition
                        + "` by what they have alike ("
                        + keys(members) + "), and a filter that drops a `" + item.name()
                        + "` leaves what is included with it",
                "take the condition out and let the application look at the `" + item.name()
                        + "`, or let the keys of all of them begin with `{" + bound.path()
                        + "}` and a delimiter that it can't hold");
    }

    private RefusedException swallowed(Leak.Found leak, List<Member> members) {
        return Refusal.exception(
                Stage.LEAK,
                Flaw.LEAKING,
                pattern.name().at(),
                "a request for " + names(members, " and ") + " by " + leading.place() + " would return items of `"
                        + leak.other().name() + "` too, such as `"
                        + leak.template().name() + "` `" + leak.example() + "`",
                "let `" + leak.template().name() + "` of " + names(members, " and ") + " (" + keys(members)
                        + ") lie beside each other, with no `" + leak.template() + "` in between, or include `"
                        + leak.other().name() + "` too");
    }

    private RefusedException indistinct(List<Member> members) {
        return Refusal.exception(
                Stage.LEAK,
                Flaw.LEAKING,
                pattern.name().at(),
                "the application couldn't tell the items of " + names(members, " and ")
                        + " apart: their keys begin alike (" + keys(members) + ")",
                "let the sort key of each begin with a word of its own, such as `"
                        + members.get(members.size() - 1).name().toUpperCase(Locale.ROOT) + "#`");
    }

    private static String names(List<Member> members, String between) {
        return members.stream().map(member -> "`" + member.name() + "`").collect(Collectors.joining(between));
    }

    private static String keys(List<Member> members) {
        return members.stream()
                .map(member -> "`" + member.key().sort().orElse(member.key().partition()) + "`")
                .collect(Collectors.joining(", "));
    }

    /** The direction that gives every order that is asked for. */
    private Optional<Boolean> order(List<Member> members) throws RefusedException {
        Optional<Boolean> forward = Optional.empty();
        for (var member : members) {
            var include = member.include();
            var orders = include.map(asked -> asked.orderBy()).orElse(pattern.orderBy());
            if (include.isEmpty() && paths.identify(item.entity(), bindings.equalPaths())) {
                continue;
            }
            var order = KeyOrder.of(
                    paths,
                    member.item().entity(),
                    orders,
                    same(member),
                    member.key().sort());
            if (order.broken().isPresent()) {
                throw ReadResolver.unordered(
                        member.item(),
                        member.key(),
                        leading.place(),
                        order.broken().get());
            }
            var other = forward;
            if (order.forward().filter(way -> !other.orElse(way).equals(way)).isPresent()) {
                throw Refusal.exception(
                        Stage.ORDER,
                        Flaw.UNORDERED,
                        orders.get(0).attribute().at(),
                        "one query reads in one direction, and `" + member.name() + "` is wanted "
                                + (order.forward().get() ? "ascending" : "descending")
                                + " where what stands before it is not",
                        "ask for one direction, and turn the rest round in the application");
            }
            forward = forward.or(order::forward);
        }
        return forward;
    }

    /** What is the same in all rows of a member that are sorted among each other. */
    private static Set<AttributePath> same(Member member) {
        var same = new HashSet<>(member.equal().keySet());
        member.include()
                .flatMap(
                        include -> member.item().entity().reference(include.by().value()))
                .ifPresent(reference ->
                        reference.names().forEach(name -> same.add(new AttributePath(List.of(), name))));
        return same;
    }

    private List<Share> shares(List<Member> members, Marks marks) throws RefusedException {
        var shares = new ArrayList<Share>();
        for (var member : members) {
            shares.add(new Share(member.item(), member.include(), marks.of(member), join(member)));
        }
        return shares;
    }

    /** Where the answer holds several that are referred to, their keys tell to which something belongs. */
    private Map<String, String> join(Member member) throws RefusedException {
        var join = new LinkedHashMap<String, String>();
        if (member.include().isPresent() && !paths.identify(item.entity(), bindings.equalPaths())) {
            var by = member.include().get().by();
            var reference = member.item().entity().reference(by.value()).orElseThrow();
            var referred = reference.referredNames(item.entity());
            for (var i = 0; i < referred.size(); i++) {
                join.put(
                        stored(member.item(), reference.names().get(i), by.at()).name(),
                        stored(item, referred.get(i), by.at()).name());
            }
        }
        return join;
    }

    /** The attributes that are needed of any of them; empty where everything of one is. */
    private List<String> projection(List<Member> members, List<Share> shares) throws RefusedException {
        var names = new ArrayList<String>();
        var everything = false;
        for (var member : members) {
            var asked = member.include().map(include -> include.select()).orElse(pattern.select());
            everything |= asked.isEmpty();
            for (var name : wanted(member, asked)) {
                names.add(stored(member.item(), name.value(), name.at()).name());
            }
        }
        for (var share : shares) {
            names.add(share.mark().attribute());
            names.addAll(share.join().keySet());
            names.addAll(share.join().values());
        }
        return everything ? List.of() : names.stream().distinct().toList();
    }

    private List<Located<String>> wanted(Member member, List<Located<String>> asked) {
        var at = member.include()
                .map(include -> include.entity().at())
                .orElse(pattern.name().at());
        return asked.isEmpty()
                ? member.item().entity().attributes().keySet().stream()
                        .map(name -> new Located<>(name, at))
                        .toList()
                : asked;
    }

    private StoredAttribute stored(ItemDesign of, String name, Location at) throws RefusedException {
        var path = paths.find(of.entity(), name).orElseThrow();
        var stored = of.holding(path.canonical()).orElseThrow(() -> Unstored.in(of, path, at));
        var through =
                index.flatMap(place -> Optional.ofNullable(of.table().indexes().get(place)));
        if (through.isPresent() && !of.returns(index, stored)) {
            throw Unstored.in(through.get(), stored, at);
        }
        return stored;
    }
}
