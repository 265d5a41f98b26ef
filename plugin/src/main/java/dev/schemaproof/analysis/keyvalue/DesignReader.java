package dev.schemaproof.analysis.keyvalue;

import dev.schemaproof.analysis.keyvalue.KeyTemplate.Part;
import dev.schemaproof.analysis.keyvalue.TemplateReader.Use;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.NearestName;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.ItemType;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.SourceText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Understands the items of a table, or says why it can't. */
final class DesignReader {

    private final Paths paths;
    private final ItemCopies copies;
    private final KeyValueTable table;
    private final List<TemplateProblem> problems = new ArrayList<>();

    private DesignReader(Paths paths, ItemCopies copies, KeyValueTable table) {
        this.paths = paths;
        this.copies = copies;
        this.table = table;
    }

    /** What was understood, and what was wrong. */
    record Result(TableDesign design, List<TemplateProblem> problems) {}

    static Result read(Model model, Paths paths, ItemCopies copies, KeyValueTable table) {
        var reader = new DesignReader(paths, copies, table);
        var items = new ArrayList<ItemDesign>();
        var unjudged = new HashSet<String>();
        for (var item : table.items().values()) {
            var name = item.entity().value();
            var before = reader.problems.size();
            var design = model.entity(name).filter(Entity::sound).flatMap(entity -> reader.item(entity, item));
            if (design.isPresent() && reader.problems.size() == before) {
                items.add(design.get());
            } else {
                unjudged.add(name);
            }
        }
        reader.judgeKeyTypes();
        return new Result(new TableDesign(table, items, unjudged), List.copyOf(reader.problems));
    }

    /** A key attribute and what it is used for. */
    private record Slot(KeyAttribute attribute, Use use) {

        String name() {
            return attribute.name().value();
        }
    }

    private static List<Slot> slots(KeyValueTable table) {
        return slots(table.partitionKey(), Use.TABLE_PARTITION, table.sortKey(), Use.TABLE_SORT);
    }

    private static List<Slot> slots(SecondaryIndex index) {
        return slots(index.partitionKey(), Use.INDEX_PARTITION, index.sortKey(), Use.INDEX_SORT);
    }

    private static List<Slot> slots(KeyAttribute partition, Use first, Optional<KeyAttribute> sort, Use second) {
        return Stream.concat(Stream.of(new Slot(partition, first)), sort.map(key -> new Slot(key, second)).stream())
                .toList();
    }

    private Optional<ItemDesign> item(Entity entity, ItemType item) {
        var templates = new LinkedHashMap<String, KeyTemplate>();
        read(entity, item.key(), slots(table), "the table `" + table.name() + "`", templates);
        requireAll(entity, item, slots(table), "the table's key", templates);
        for (var written : item.indexKeys().entrySet()) {
            var index = table.indexes().get(written.getKey());
            if (index == null) {
                unknownIndex(entity, item, written.getKey(), written.getValue());
            } else {
                read(entity, written.getValue(), slots(index), "the index `" + index.name() + "`", templates);
                requireAll(entity, item, slots(index), "the index `" + index.name() + "`", templates);
            }
        }
        if (!new ShardReader(paths, table, entity, item, problems).spread(templates)) {
            return Optional.empty();
        }
        var key = pair(slots(table), templates);
        var stored = stored(entity, item, templates);
        var indexes = new LinkedHashMap<String, KeyPair>();
        for (var index : table.indexes().values()) {
            // An index over attributes that the item has anyway holds it, whether it is listed or not
            pair(slots(index), templates)
                    .ifPresent(pair -> indexes.put(index.name().value(), pair));
        }
        return key.map(own -> new ItemDesign(table, item, entity, own, indexes, stored));
    }

    private static Optional<KeyPair> pair(List<Slot> slots, Map<String, KeyTemplate> templates) {
        if (!slots.stream().allMatch(slot -> templates.containsKey(slot.name()))) {
            return Optional.empty();
        }
        var found = slots.stream().map(slot -> templates.get(slot.name())).toList();
        return Optional.of(new KeyPair(found.get(0), found.stream().skip(1).findFirst()));
    }

    private void read(
            Entity entity,
            Map<String, SourceText> written,
            List<Slot> slots,
            String owner,
            Map<String, KeyTemplate> templates) {
        for (var entry : written.entrySet()) {
            var slot = slots.stream()
                    .filter(candidate -> candidate.name().equals(entry.getKey()))
                    .findFirst();
            if (slot.isEmpty()) {
                var names = slots.stream().map(Slot::name).toList();
                report(
                        entity,
                        entry.getValue().at(),
                        owner + " has no key attribute `" + entry.getKey() + "`",
                        meant(entry.getKey(), names).orElse("its key is `" + String.join("`, `", names) + "`"));
                continue;
            }
            var before = templates.get(entry.getKey());
            if (before != null
                    && !before.source().value().equals(entry.getValue().value())) {
                report(
                        entity,
                        entry.getValue().at(),
                        "`" + entry.getKey() + "` is `" + before + "` already, and an item has it only once",
                        "write the same template here, or leave it out");
                continue;
            }
            TemplateReader.read(paths, entity, entry.getValue(), slot.get().attribute, slot.get().use, problems)
                    .ifPresent(template -> templates.putIfAbsent(template.name(), template));
        }
    }

    private void requireAll(
            Entity entity, ItemType item, List<Slot> slots, String owner, Map<String, KeyTemplate> templates) {
        for (var slot : slots) {
            var written = Stream.concat(Stream.of(item.key()), item.indexKeys().values().stream())
                    .anyMatch(parts -> parts.containsKey(slot.name()));
            if (!written && !templates.containsKey(slot.name())) {
                report(
                        entity,
                        item.entity().at(),
                        "`" + entity.name() + "` gives no template for `" + slot.name() + "`, which is part of "
                                + owner,
                        "add `" + slot.name() + ": \"" + entity.name().value().toUpperCase(Locale.ROOT)
                                + "#{...}\"` with the attributes that tell its items apart");
            }
        }
    }

    private void unknownIndex(Entity entity, ItemType item, String name, Map<String, SourceText> templates) {
        var at = templates.values().stream()
                .map(SourceText::at)
                .findFirst()
                .orElse(item.entity().at());
        var known = table.indexes().keySet();
        report(
                entity,
                at,
                "the table `" + table.name() + "` has no index `" + name + "`",
                meant(name, known)
                        .orElse("declare it under `indexes` of the table: `" + name
                                + ": {partitionKey: GSI1PK, sortKey: GSI1SK}`"));
    }

    private static Optional<String> meant(String name, Collection<String> known) {
        return NearestName.of(name, known).map(nearest -> "did you mean `" + nearest + "`?");
    }

    private Map<String, StoredAttribute> stored(Entity entity, ItemType item, Map<String, KeyTemplate> templates) {
        var stored = new LinkedHashMap<String, StoredAttribute>();
        var own = item.attributes()
                .map(Located::values)
                .orElseGet(() -> List.copyOf(entity.attributes().keySet()));
        for (var name : own) {
            paths.find(entity, name).ifPresent(path -> stored.put(name, stored(entity, item, name, path, templates)));
        }
        for (var copy : item.copies()) {
            var name = copies.storedName(entity, copy.value());
            paths.find(entity, copy.value())
                    .ifPresent(path -> stored.putIfAbsent(name, stored(entity, item, name, path, templates)));
        }
        return stored;
    }

    private StoredAttribute stored(
            Entity entity, ItemType item, String name, ResolvedPath path, Map<String, KeyTemplate> templates) {
        var template = templates.get(name);
        if (template != null) {
            return storedAsKey(entity, name, path, template);
        }
        keyAttributes()
                .filter(key -> key.name().value().equals(name))
                .findFirst()
                .ifPresent(key -> report(
                        entity,
                        item.entity().at(),
                        "`" + entity.name() + "` stores its attribute `" + name + "` in the key attribute `" + name
                                + "`, which puts it into an index that it gives no key for",
                        "name the key attribute otherwise, such as `GSI1PK`, or give `" + entity.name()
                                + "` a template for it"));
        var kind = path.type().kind();
        var expires = table.ttl().map(ttl -> ttl.value().equals(name)).orElse(false)
                && (kind == ValueType.Kind.TIMESTAMP || kind == ValueType.Kind.DATE);
        return expires
                ? new StoredAttribute(name, path, StorageType.N, new KeyFormat.Epoch())
                : new StoredAttribute(name, path, StorageType.of(path.type()), new KeyFormat.Plain());
    }

    /** The key attribute itself holds the value, so it must hold all of it. */
    private StoredAttribute storedAsKey(Entity entity, String name, ResolvedPath path, KeyTemplate template) {
        var type = StorageType.of(template.attribute().type());
        if (template.parts().size() == 1
                && template.parts().get(0) instanceof Part.Variable variable
                && variable.path().canonical().equals(path.canonical())
                && variable.injective()) {
            return new StoredAttribute(name, path, type, variable.format());
        }
        report(
                entity,
                template.source().at(),
                "`" + name + "` is an attribute of `" + entity.name()
                        + "` and a key attribute, and an item holds one value" + " under that name",
                "write the template `\"{" + name + "}\"`, or name the key attribute otherwise, such as `PK`");
        return new StoredAttribute(name, path, type, new KeyFormat.Plain());
    }

    private Stream<KeyAttribute> keyAttributes() {
        return Stream.concat(
                        Stream.of(slots(table)),
                        table.indexes().values().stream().map(DesignReader::slots))
                .flatMap(List::stream)
                .map(Slot::attribute);
    }

    /** An attribute has one type, whatever it is a key of. */
    private void judgeKeyTypes() {
        var first = new LinkedHashMap<String, KeyAttribute>();
        keyAttributes().forEach(key -> {
            var before = first.putIfAbsent(key.name().value(), key);
            if (before != null && before.type() != key.type()) {
                problems.add(new TemplateProblem(
                        key.name().at(),
                        table.name().value(),
                        "the key attribute `" + key.name() + "` is a "
                                + key.type().name().toLowerCase(Locale.ROOT) + " here and a "
                                + before.type().name().toLowerCase(Locale.ROOT) + " elsewhere",
                        Optional.of("give it the same type everywhere, or two names")));
            }
        });
    }

    private void report(Entity entity, Location at, String summary, String help) {
        problems.add(new TemplateProblem(at, entity.name().value(), summary, Optional.of(help)));
    }
}
