package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.ItemType;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.KeyValueTable.KeyType;
import dev.schemaproof.model.KeyValueTable.Shards;
import dev.schemaproof.model.Located;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts the shard that {@code shards} asks for behind the partition key, or says why it can't. */
final class ShardReader {

    private final Paths paths;
    private final KeyValueTable table;
    private final Entity entity;
    private final ItemType item;
    private final List<TemplateProblem> problems;
    private boolean judged = true;

    ShardReader(Paths paths, KeyValueTable table, Entity entity, ItemType item, List<TemplateProblem> problems) {
        this.paths = paths;
        this.table = table;
        this.entity = entity;
        this.item = item;
        this.problems = problems;
    }

    /**
     * Spreads what the item wants spread.
     *
     * @param templates the templates that could be read, by key attribute; those of partition keys get their shard
     * @return whether all that it names can be judged; what can't is reported elsewhere
     */
    boolean spread(Map<String, KeyTemplate> templates) {
        item.shards().ifPresent(shards -> table(shards, templates));
        var before = Map.copyOf(templates);
        item.indexShards().forEach((name, shards) -> {
            var index = table.indexes().get(name);
            if (index == null) {
                return;
            }
            var attribute = index.partitionKey();
            if (index.local() || ofTable(attribute)) {
                report(
                        shards.count().at(),
                        index.local()
                                ? "the local index `" + name + "` lies in the partitions of the table"
                                : "`" + attribute.name()
                                        + "` is a key attribute of the table too, and an item has it only" + " once",
                        "write `shards` at the `key` of `" + entity.name() + "`, which spreads both");
                return;
            }
            var plain = before.get(attribute.name().value());
            if (plain != null) {
                shard(plain, shards, open(plain))
                        .map(plain::followedBy)
                        .ifPresent(template -> put(template, plain, shards, templates));
            }
        });
        return judged;
    }

    private boolean ofTable(KeyAttribute attribute) {
        return attribute.name().value().equals(table.partitionKey().name().value())
                || table.sortKey()
                        .filter(sort ->
                                sort.name().value().equals(attribute.name().value()))
                        .isPresent();
    }

    private void put(KeyTemplate template, KeyTemplate plain, Shards shards, Map<String, KeyTemplate> templates) {
        var before = templates.put(template.name(), template);
        if (before != null && before != plain && !before.toString().equals(template.toString())) {
            report(
                    shards.count().at(),
                    "`" + template.name() + "` is `" + before + "` already, and an item has it only once",
                    "write the same `shards` in all indexes with `" + template.name() + "`");
        }
    }

    /** The rest of the key has to say the shard, or no request could find an item by its key. */
    private void table(Shards shards, Map<String, KeyTemplate> templates) {
        var partition = templates.get(table.partitionKey().name().value());
        var sort = table.sortKey()
                .flatMap(key -> Optional.ofNullable(templates.get(key.name().value())));
        if (partition == null || sort.isEmpty() && table.sortKey().isPresent()) {
            return;
        }
        var held = new LinkedHashMap<AttributePath, ResolvedPath>();
        sort.ifPresent(template -> template.variables().stream()
                .filter(Part.Variable::injective)
                .forEach(variable -> held.putIfAbsent(variable.path().canonical(), variable.path())));
        partition.variables().forEach(variable -> held.remove(variable.path().canonical()));
        var open = open(partition);
        open.keySet().retainAll(held.keySet());
        shard(partition, shards, open.isEmpty() ? held : open)
                .filter(shard -> held(shard, held, shards))
                .ifPresent(shard -> templates.put(partition.name(), partition.followedBy(shard)));
    }

    private boolean held(Part.Variable shard, Map<AttributePath, ResolvedPath> held, Shards shards) {
        if (held.containsKey(shard.path().canonical())) {
            return true;
        }
        report(
                shards.by().map(Located::at).orElse(shards.count().at()),
                "the key of `" + entity.name() + "` doesn't say `" + shard.path()
                        + "`, and who knows only the key couldn't tell the shard",
                "let the sort key hold `{" + shard.path() + "}`"
                        + (held.isEmpty() ? "" : ", or spread by what it holds: " + names(held)));
        return false;
    }

    /** What tells the rows apart that have one partition. */
    private Map<AttributePath, ResolvedPath> open(KeyTemplate partition) {
        var open = new LinkedHashMap<AttributePath, ResolvedPath>();
        entity.keyNames().forEach(name -> paths.find(entity, name).ifPresent(path -> open.put(path.canonical(), path)));
        partition.variables().forEach(variable -> open.remove(variable.path().canonical()));
        return open;
    }

    /**
     * The shard.
     *
     * @param candidates what could say it where the model names nothing
     */
    private Optional<Part.Variable> shard(
            KeyTemplate partition, Shards shards, Map<AttributePath, ResolvedPath> candidates) {
        var at = shards.count().at();
        if (partition.attribute().type() != KeyType.STRING) {
            report(
                    at,
                    "`" + partition.name() + "` is no text, which alone takes a shard behind it",
                    "take `shards` out, or make `" + partition.name() + "` a string");
            return Optional.empty();
        }
        if (partition.variables().stream()
                .anyMatch(variable -> variable.shards().isPresent())) {
            report(at, "`" + partition + "` has shards already", "take the one or the other out");
            return Optional.empty();
        }
        if (shards.by().isPresent()) {
            return named(partition, shards.by().get())
                    .map(path -> new Part.Variable(
                            path, new KeyFormat.Shard(shards.count().value()), at));
        }
        if (candidates.isEmpty()) {
            report(
                    at,
                    "a partition of `" + partition + "` holds one item, which can't be spread",
                    "take `shards` out, or let the partition key hold less than the key of `" + entity.name() + "`");
            return Optional.empty();
        }
        if (candidates.size() > 1) {
            report(
                    at,
                    "the items of one partition of `" + partition + "` differ in " + names(candidates)
                            + ", and one of them has to say the shard",
                    "name the one with the most values: `shards: {count: " + shards.count() + ", by: "
                            + candidates.values().iterator().next() + "}`; items that agree in it share a shard");
            return Optional.empty();
        }
        return Optional.of(new Part.Variable(
                candidates.values().iterator().next(),
                new KeyFormat.Shard(shards.count().value()),
                at));
    }

    private Optional<ResolvedPath> named(KeyTemplate partition, Located<String> by) {
        var outcome = paths.follow(entity, by.value());
        if (outcome instanceof Paths.Outcome.Lost lost) {
            report(
                    by.at(),
                    "`" + lost.owner().name() + "` has no " + lost.kind() + " `" + lost.name() + "`",
                    lost.nearest()
                            .map(nearest -> "did you mean `" + nearest + "`?")
                            .orElse("name an attribute of `" + entity.name() + "`"));
            return Optional.empty();
        }
        if (!(outcome instanceof Paths.Outcome.Found found)
                || found.path().type().kind() == ValueType.Kind.UNKNOWN) {
            judged = false;
            return Optional.empty();
        }
        var path = found.path();
        if (!new KeyFormat.Plain().fits(path.type())) {
            report(
                    by.at(),
                    "`" + path + "` is of type `" + path.type().declared() + "`, which has no text to be hashed",
                    "take another attribute");
            return Optional.empty();
        }
        if (path.optional()) {
            report(
                    by.at(),
                    "`" + path + "` may be absent, and an item without it would be in no shard",
                    "take an attribute that is required");
            return Optional.empty();
        }
        if (partition.variables().stream()
                .anyMatch(variable -> variable.path().canonical().equals(path.canonical()))) {
            report(
                    by.at(),
                    "all items of one partition of `" + partition + "` have the same `" + path
                            + "`, and so would have the same shard",
                    "take an attribute in which they differ");
            return Optional.empty();
        }
        return Optional.of(path);
    }

    private static String names(Map<AttributePath, ResolvedPath> paths) {
        return paths.values().stream().map(path -> "`" + path + "`").collect(Collectors.joining(" and "));
    }

    private void report(Location at, String summary, String help) {
        problems.add(new TemplateProblem(at, entity.name().value(), summary, Optional.of(help)));
    }
}
