package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Paths;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.analysis.layout.LayoutAdvice.Bound;
import dev.schemaproof.analysis.layout.LayoutAdvice.Need;
import dev.schemaproof.analysis.layout.LayoutAdvice.Unserved;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.AccessPattern.Write;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyValueStore;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which layout the access patterns of a key-value store ask for: which keys and indexes a single table needs, which pattern forces each,
 * and why no fewer will do.
 *
 * <p><b>The family.</b> One table with a partition key and a sort key, and global indexes with keys of their own. Every sort key begins
 * with a word of its entity, and every partition of an index that sorts by a number with one too: no two entities ever share a stretch of a
 * partition, so that what one entity needs is found without looking at the others. A read is <em>served</em> by a key when its equality
 * conditions give the partition and the first part of the sort key, and its order, or else a range, comes next. A condition that a key
 * could decide is left to a filter in two cases only: the others tell which row it is, or an update changes the attribute without knowing the
 * rest of the key.
 *
 * <p><b>The objective.</b> As many patterns served as the family can; of those the fewest indexes; of those the fewest index entries of all
 * entities together; then the layout in which an entity whose key holds that of another (an identifying reference) lies in the other's
 * item collection; then the shortest keys. An index of the table is shared by all entities, each with a key of its own in it, so that the number
 * of indexes is the greatest number of keys that an entity needs besides that of the table.
 *
 * <p><b>Why it is the fewest.</b> Which reads one key serves is the question of {@code analysis.index}: columns under equality first, in any
 * order, then the suffix. So the keys besides a given key of the table are a smallest set of indexes, which {@code
 * SmallestIndexes} finds with a certificate. What a B-tree has not is said with columns that exist only for the search (see {@code
 * Classes}). The key of the table is chosen by looking at every set of reads that one key serves
 * ({@code TableKeys}); where an entity has too many reads for that, only at pairs of them, and the result says that it need not be the fewest.
 *
 * <p><b>Who judges.</b> Nothing of this is believed: the proposed table is judged by {@link KeyValueAnalysis} as a written one is,
 * and a pattern that it refuses is told with its own words.
 */
public final class LayoutAdvisor {

    /** So many keys of the table are tried before an entity is given up: each is a way to split the same few columns. */
    private static final int MOST_TRIES = 32;

    private final Model model;
    private final KeyValueStore store;
    private final Paths paths;
    private final TableDraft draft;
    private final List<AccessPattern> patterns;
    private final Map<String, List<Write>> writes;
    private final Map<String, String> excluded;
    /** Why entities have no place in the table. */
    private final Map<String, String> homeless = new LinkedHashMap<>();
    /** Why reads have no key, which is more than that none leads to their rows. */
    private final Map<String, Unserved> hopeless = new LinkedHashMap<>();

    private LayoutAdvisor(Model model, KeyValueStore store, Map<String, String> excluded) {
        this.model = model;
        this.store = store;
        this.excluded = Map.copyOf(excluded);
        paths = new Paths(model);
        draft = new TableDraft(model, store);
        patterns = model.patterns().values().stream()
                .filter(pattern -> model.storeOf(pattern)
                        .name()
                        .value()
                        .equals(store.name().value()))
                .toList();
        writes = patterns.stream()
                .filter(Write.class::isInstance)
                .map(Write.class::cast)
                .collect(Collectors.groupingBy(
                        write -> write.entity().value(), LinkedHashMap::new, Collectors.toList()));
    }

    /** The layout for a store of the model. */
    public static LayoutAdvice of(Model model, KeyValueStore store) {
        return of(model, store, Map.of());
    }

    /**
     * The same without keys for some reads.
     *
     * @param excluded the names of reads that get no key of their own, each with the reason
     */
    public static LayoutAdvice of(Model model, KeyValueStore store, Map<String, String> excluded) {
        return new LayoutAdvisor(model, store, excluded).advise();
    }

    private LayoutAdvice advise() {
        var plans = new ArrayList<EntityPlan>();
        for (var entity : entities()) {
            plan(entity).ifPresent(plans::add);
        }
        var written = KeyValueAnalysis.of(model).stores().stream()
                .filter(facts -> facts.store().equals(store))
                .findFirst()
                .orElseThrow();
        var bound = new Bound(
                Stream.of(need(plans, false), need(plans, true))
                        .flatMap(Optional::stream)
                        .toList(),
                plans.stream().allMatch(EntityPlan::fewest));
        if (plans.isEmpty()) {
            return new LayoutAdvice(
                    store, Optional.empty(), List.of(), unserved(written.resolutions()), 0, bound, written);
        }
        var facts = draft.projected(plans);
        var unserved = unserved(facts.resolutions());
        return new LayoutAdvice(
                store,
                Optional.of(facts.tables().get(0).table()),
                draft.keys(plans),
                unserved,
                (int) served(facts.resolutions()).count(),
                bound,
                written);
    }

    /** Of the entity that needs most keys of the kind. */
    private static Optional<Need> need(List<EntityPlan> plans, boolean numeric) {
        return plans.stream()
                .max(Comparator.comparingInt(plan -> plan.keys(numeric).size()))
                .filter(plan -> !plan.keys(numeric).isEmpty())
                .map(plan -> new Need(
                        plan.columns().entity().name().value(),
                        plan.contradicting(numeric).stream()
                                .map(read -> read.name().value())
                                .toList(),
                        numeric));
    }

    /** The entities that belong to the store, and those that its patterns are about. */
    private List<Entity> entities() {
        var asked = patterns.stream()
                .flatMap(pattern -> pattern.entityName().stream())
                .collect(Collectors.toSet());
        return model.entities().values().stream()
                .filter(Entity::sound)
                .filter(entity -> asked.contains(entity.name().value())
                        || model.storeOf(entity)
                                .name()
                                .value()
                                .equals(store.name().value()))
                .toList();
    }

    private Optional<EntityPlan> plan(Entity entity) {
        var columns = new EntityColumns(paths, entity);
        var asked = new EntityWrites(columns, writes);
        var reads = new EntityReads(columns, asked);
        var mine = patterns.stream()
                .filter(pattern -> pattern.entityName()
                        .filter(entity.name().value()::equals)
                        .isPresent())
                // What it includes lies in tables of others until all of them are one
                .map(pattern -> pattern instanceof Read read ? read.withoutInclude() : pattern)
                .toList();
        var asks = asks(reads, mine);
        while (true) {
            var judged = sound(new EntityPlanner(columns, asked, asks).plans(), mine);
            if (judged.isEmpty()) {
                homeless.put(entity.name().value(), why(columns, asked));
                return Optional.empty();
            }
            // What no key serves after all must not cost one
            var broken = broken(judged.get());
            if (!asks.removeIf(ask -> broken.contains(ask.pattern().name().value()))) {
                return Optional.of(judged.get().plan());
            }
        }
    }

    /** A plan, and what its keys come to in a table of their own. */
    private record Judged(EntityPlan plan, StoreFacts facts) {}

    private List<Ask> asks(EntityReads reads, List<AccessPattern> mine) {
        var asks = new ArrayList<Ask>();
        for (var pattern : mine) {
            var name = pattern.name().value();
            var reason = excluded.get(name);
            if (reason != null) {
                hopeless.put(name, new Unserved(name, reason, Optional.empty()));
            } else if (pattern instanceof Read read) {
                try {
                    reads.ask(read).ifPresent(asks::add);
                } catch (NoKeyException e) {
                    hopeless.put(name, e.of(name));
                }
            }
        }
        return asks;
    }

    /** The reads that are refused although the plan has a key for them. */
    private Set<String> broken(Judged judged) {
        var promised = EntityPlanner.promised(judged.plan()).stream()
                .map(read -> read.name().value())
                .collect(Collectors.toSet());
        var broken = new HashSet<String>();
        for (var resolution : judged.facts().resolutions()) {
            var name = resolution.pattern().name().value();
            if (resolution instanceof Resolution.Refused refused && promised.contains(name)) {
                hopeless.put(name, new Unserved(name, refused.summary(), refused.help()));
                broken.add(name);
            }
        }
        return broken;
    }

    /** The first plan whose keys tell all rows apart. */
    private Optional<Judged> sound(List<EntityPlan> plans, List<AccessPattern> mine) {
        return plans.stream()
                .limit(MOST_TRIES)
                .map(plan -> new Judged(plan, draft.alone(plan, mine)))
                .filter(judged -> judged.facts().problems().isEmpty()
                        && judged.facts().collisions().isEmpty())
                .findFirst();
    }

    private static Stream<AccessPattern> served(List<Resolution> resolutions) {
        return resolutions.stream().filter(Resolution.Served.class::isInstance).map(Resolution::pattern);
    }

    private List<Unserved> unserved(List<Resolution> resolutions) {
        return resolutions.stream()
                .filter(Resolution.Refused.class::isInstance)
                .map(Resolution.Refused.class::cast)
                .map(refused -> unserved(refused))
                .toList();
    }

    private Unserved unserved(Resolution.Refused refused) {
        var name = refused.pattern().name().value();
        var entity = refused.pattern().entityName().orElse("");
        return homeless.containsKey(entity)
                ? new Unserved(name, homeless.get(entity), Optional.empty())
                : hopeless.getOrDefault(name, new Unserved(name, refused.summary(), refused.help()));
    }

    /** Why an entity has no key in a table. */
    private static String why(EntityColumns columns, EntityWrites writes) {
        var entity = columns.entity();
        if (entity.key().isEmpty()) {
            return "`" + entity.name() + "` has no `key`, so that nothing tells its items apart";
        }
        var key = columns.own(entity.keyNames());
        var refused = key.positions()
                .filter(column -> !writes.allowsInTable(column))
                .mapToObj(column -> "`" + columns.path(column).canonical() + "`")
                .collect(Collectors.joining(" and "));
        if (!refused.isEmpty()) {
            return "the key of a table can't be made of " + refused + " of `" + entity.name()
                    + "`: it has to be there, to be text, a number or a time, and never to change";
        }
        var open = key.positions()
                .filter(columns::holdsDelimiter)
                .mapToObj(column -> columns.path(column).canonical().toString())
                .toList();
        return "no key tells the items of `" + entity.name() + "` apart: `" + String.join("` and `", open)
                + "` may hold `#`; say what they are made of, such as `check: \""
                + (open.isEmpty() ? "id" : open.get(0))
                + " !~ '#'\"`";
    }

    /** What the store's own tables come to. */
    static long servedIn(StoreFacts facts) {
        return served(facts.resolutions()).count();
    }
}
