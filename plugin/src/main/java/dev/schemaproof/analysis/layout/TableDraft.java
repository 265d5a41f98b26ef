package dev.schemaproof.analysis.layout;

import dev.schemaproof.analysis.keyvalue.ItemCopies;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.Paths;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.dialect.dynamodb.DynamoLimits;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.AccessPattern.Find;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyValueStore;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.Billing;
import dev.schemaproof.model.KeyValueTable.ItemType;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.KeyValueTable.KeyType;
import dev.schemaproof.model.KeyValueTable.Options;
import dev.schemaproof.model.KeyValueTable.Projection;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes a table of plans, and lets it be judged as a written one is. What a table of the store says beside its keys, such as its name, its
 * billing and its time to live, stays as it is.
 */
final class TableDraft {

    /** DynamoDB takes no shorter name. */
    private static final int SHORTEST_NAME = 3;

    private final Model model;
    private final KeyValueStore store;
    private final Location at;
    private final KeyWords words;
    private final Paths paths;
    private final ItemCopies copies;
    private final Set<String> attributes;

    TableDraft(Model model, KeyValueStore store) {
        this.model = model;
        this.store = store;
        at = store.name().at();
        words = new KeyWords(model);
        paths = new Paths(model);
        copies = new ItemCopies(model);
        attributes = model.entities().values().stream()
                .flatMap(entity -> entity.attributes().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** The table with one entity, judged by that entity's patterns. */
    StoreFacts alone(EntityPlan plan, List<AccessPattern> patterns) {
        return judged(table(List.of(plan), Map.of()), patterns);
    }

    /** The whole table, its indexes with no more than what is read through them. */
    StoreFacts projected(List<EntityPlan> plans) {
        var patterns = List.copyOf(model.patterns().values());
        var whole = judged(table(plans, Map.of()), patterns);
        var carried = new LinkedHashMap<String, Projection>();
        for (var index : whole.tables().get(0).table().indexes().keySet()) {
            carried.put(index, projection(whole, index));
        }
        var included = carried.values().stream()
                .mapToInt(projection -> projection instanceof Projection.Include include
                        ? include.attributes().size()
                        : 0)
                .sum();
        if (included > DynamoLimits.INCLUDED_ATTRIBUTES) {
            return whole;
        }
        var small = judged(table(plans, carried), patterns);
        return LayoutAdvisor.servedIn(small) == LayoutAdvisor.servedIn(whole) ? small : whole;
    }

    /** What the reads through an index need of it. */
    private Projection projection(StoreFacts facts, String index) {
        var names = new LinkedHashSet<String>();
        for (var resolution : facts.resolutions()) {
            if (resolution instanceof Served served
                    && served.index().filter(index::equals).isPresent()
                    && served.pattern() instanceof Read read) {
                if (read.select().isEmpty() && read.find() != Find.COUNT) {
                    return new Projection.All();
                }
                var entity = served.item().entity();
                Stream.concat(
                                read.find() == Find.COUNT ? Stream.empty() : read.select().stream(),
                                served.residual().stream().map(condition -> condition.attribute()))
                        .forEach(name -> names.add(storedName(entity, name.value())));
            }
        }
        return names.isEmpty()
                ? new Projection.Keys()
                : new Projection.Include(names.stream().map(this::located).toList());
    }

    private String storedName(Entity entity, String written) {
        var canonical = paths.find(entity, written).orElseThrow().canonical();
        return canonical.own() ? canonical.attribute() : copies.storedName(entity, written);
    }

    private StoreFacts judged(KeyValueTable table, List<AccessPattern> patterns) {
        var stores = new LinkedHashMap<String, Store>();
        model.stores().forEach((name, other) -> {
            if (!(other instanceof KeyValueStore) || other.equals(store)) {
                stores.put(name, other);
            }
        });
        stores.put(
                store.name().value(),
                new KeyValueStore(store.name(), Map.of(table.name().value(), table)));
        var mine = new LinkedHashMap<String, AccessPattern>();
        patterns.stream()
                .filter(pattern -> model.storeOf(pattern).equals(store))
                .forEach(pattern -> mine.put(pattern.name().value(), pattern));
        var draft = new Model(
                model.name(), stores, model.types(), model.entities(), mine, model.contracts(), model.rules());
        return KeyValueAnalysis.of(draft).stores().get(0);
    }

    /** Every key of the table, with what forced it. */
    List<AdvisedKey> keys(List<EntityPlan> plans) {
        var numbers = numbers(plans);
        var keys = new ArrayList<AdvisedKey>();
        for (var plan : plans) {
            keys.add(key(plan, Optional.empty(), plan.table()));
            placed(plan, numbers).forEach((number, key) -> keys.add(key(plan, Optional.of(name(number)), key)));
        }
        return keys;
    }

    private AdvisedKey key(EntityPlan plan, Optional<String> index, KeyPlan key) {
        return new AdvisedKey(
                plan.columns().entity().name().value(),
                index,
                words.partition(plan.columns(), key),
                words.sort(plan.columns(), key),
                key.reads().stream().map(read -> read.name().value()).toList(),
                new KeyReasons(plan.columns(), key).all(index.isEmpty()));
    }

    /** The index from which on sort keys are numbers. */
    private static int numbers(List<EntityPlan> plans) {
        return 1
                + plans.stream().mapToInt(plan -> plan.keys(false).size()).max().orElse(0);
    }

    /** The keys of an entity by the number of their index: those that sort by text come first. */
    private static Map<Integer, KeyPlan> placed(EntityPlan plan, int numbers) {
        var placed = new LinkedHashMap<Integer, KeyPlan>();
        plan.keys(false).forEach(key -> placed.put(1 + placed.size(), key));
        var next = numbers;
        for (var key : plan.keys(true)) {
            placed.put(next++, key);
        }
        // DynamoDB has no room for more
        placed.keySet().removeIf(number -> number > DynamoLimits.INDEXES);
        return placed;
    }

    private static String name(int index) {
        return "GSI" + index;
    }

    private KeyValueTable table(List<EntityPlan> plans, Map<String, Projection> carried) {
        var before = store.tables().values().stream().findFirst();
        var numbers = numbers(plans);
        var count =
                plans.stream().mapToInt(plan -> plan.keys(true).size()).max().orElse(0) + numbers - 1;
        var indexes = new LinkedHashMap<String, SecondaryIndex>();
        IntStream.rangeClosed(1, Math.min(count, DynamoLimits.INDEXES))
                .forEach(number -> indexes.put(
                        name(number),
                        new SecondaryIndex(
                                located(name(number)),
                                key(name(number) + "PK", KeyType.STRING),
                                Optional.of(
                                        key(name(number) + "SK", number < numbers ? KeyType.STRING : KeyType.NUMBER)),
                                carried.getOrDefault(name(number), new Projection.All()),
                                false)));
        var items = new LinkedHashMap<String, ItemType>();
        plans.forEach(plan -> items.put(plan.columns().entity().name().value(), item(plan, numbers)));
        return new KeyValueTable(
                before.map(KeyValueTable::name).orElseGet(() -> located(tableName())),
                key("PK", KeyType.STRING),
                Optional.of(key("SK", KeyType.STRING)),
                before.map(KeyValueTable::billing).orElse(new Billing.OnDemand()),
                before.flatMap(KeyValueTable::ttl),
                before.map(KeyValueTable::options).orElse(new Options(Optional.empty(), false, false)),
                indexes,
                items);
    }

    private String tableName() {
        var name = model.name().value().replaceAll("[^A-Za-z0-9_.-]", "-");
        return name.length() < SHORTEST_NAME ? name + "-table" : name;
    }

    private ItemType item(EntityPlan plan, int numbers) {
        var entity = plan.columns().entity();
        var keys = new LinkedHashMap<String, Map<String, SourceText>>();
        placed(plan, numbers).forEach((number, key) -> keys.put(name(number), templates(plan, key, name(number))));
        var before = store.tables().values().stream()
                .flatMap(table ->
                        Optional.ofNullable(table.items().get(entity.name().value())).stream())
                .findFirst();
        return new ItemType(
                located(entity.name().value()),
                templates(plan, plan.table(), ""),
                keys,
                Optional.empty(),
                Map.of(),
                before.flatMap(ItemType::attributes),
                copies(entity, before.map(ItemType::copies).orElse(List.of())));
    }

    private Map<String, SourceText> templates(EntityPlan plan, KeyPlan key, String index) {
        var templates = new LinkedHashMap<String, SourceText>();
        templates.put(free(index + "PK"), SourceText.of(words.partition(plan.columns(), key), at));
        templates.put(free(index + "SK"), SourceText.of(words.sort(plan.columns(), key), at));
        return templates;
    }

    /** Those that a table has already, and those that a read selects or compares and a contract is there for. */
    private List<Located<String>> copies(Entity entity, List<Located<String>> before) {
        var names = new LinkedHashSet<String>(Located.values(before));
        model.patterns().values().stream()
                .filter(Read.class::isInstance)
                .map(Read.class::cast)
                .filter(read -> read.entity().value().equals(entity.name().value())
                        && model.storeOf(read).equals(store))
                .flatMap(read -> Stream.concat(
                        read.select().stream(), read.where().stream().map(condition -> condition.attribute())))
                .map(Located::value)
                .filter(name -> paths.find(entity, name)
                        .filter(path -> !path.canonical().own())
                        .isPresent())
                .filter(name -> copies.contractFor(entity, name).isPresent())
                .forEach(names::add);
        return names.stream().map(this::located).toList();
    }

    private KeyAttribute key(String name, KeyType type) {
        return new KeyAttribute(located(free(name)), type);
    }

    /** A name that no attribute has. */
    private String free(String name) {
        var free = name;
        while (attributes.contains(free)) {
            free += "_";
        }
        return free;
    }

    private Located<String> located(String value) {
        return new Located<>(value, at);
    }
}
