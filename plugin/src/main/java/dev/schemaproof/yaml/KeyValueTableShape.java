package dev.schemaproof.yaml;

import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.Billing;
import dev.schemaproof.model.KeyValueTable.ItemType;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.KeyValueTable.KeyType;
import dev.schemaproof.model.KeyValueTable.Options;
import dev.schemaproof.model.KeyValueTable.Projection;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import dev.schemaproof.model.KeyValueTable.StreamView;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.SourceText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A DynamoDB table. */
final class KeyValueTableShape extends ObjectShape<KeyValueTable> {

    /** The word of item keys that is no key attribute. */
    private static final String SHARDS = "shards";

    private static final Shape<Located<Integer>> COUNT = Scalars.located(Scalars.SHARD_COUNT);

    private final Key<KeyAttribute> partitionKey = required(
            "partitionKey", KeyAttributeShape.EITHER, "The partition key: a name, or {name, type}", like("PK"));
    private final Key<KeyAttribute> sortKey = optional(
            "sortKey",
            KeyAttributeShape.EITHER,
            "The sort key: a name, or {name, type}",
            like("SK", "{name: SK, type: number}"));
    private final Key<Billing> billing = optional(
            "billing",
            Shapes.byKind(
                    Scalars.<Billing>oneOf("a way of billing", List.of(new Billing.OnDemand()), value -> "on-demand"),
                    null,
                    new ProvisionedShape()),
            "What is paid for: requests, or units a second",
            byDefault("on-demand"),
            like("{read: 100, write: 50}"));
    private final Key<Located<String>> ttl =
            optional("ttl", Scalars.LOCATED, "The attribute that holds the time to live", like("expires_at"));
    private final Key<Map<String, WrittenIndex>> indexes = optional(
            "indexes",
            Shapes.named("indexes", new SecondaryIndexShape()),
            "Secondary indexes, by name",
            like("{by-email: {partitionKey: GSI1PK}}", "{by-likes: {local: true, sortKey: likes}}"));
    private final Key<StreamView> stream = optional(
            "stream",
            Scalars.oneOf(
                    "what a stream carries",
                    List.of(StreamView.values()),
                    view -> view.name().toLowerCase(Locale.ROOT).replace('_', '-')),
            "The stream of changes: what each record carries of the item",
            otherwise("no stream"),
            like("keys-only", "new-and-old-images"));
    private final Key<Boolean> pointInTimeRecovery = optional(
            "pointInTimeRecovery",
            Scalars.TRUTH,
            "Whether the table can be restored as it was at any second of the last 35 days",
            byDefault("false"),
            like("true"));
    private final Key<Boolean> deletionProtection = optional(
            "deletionProtection",
            Scalars.TRUTH,
            "Whether DynamoDB refuses to delete the table",
            byDefault("false"),
            like("true"));
    private final Key<Map<String, ItemType>> items = required(
            "items",
            Shapes.named("items", new ItemShape()),
            "What the table holds, by entity",
            like("{User: {key: {PK: \"USER#{username}\", SK: PROFILE}}}"));

    KeyValueTableShape() {
        super("keyValueTable", "a table", "{partitionKey: PK, items: {User: {key: {PK: \"USER#{username}\"}}}}");
    }

    @Override
    Optional<KeyValueTable> build(Fields fields, Reading reading) {
        requireSortKey(fields, reading);
        refuseShards(fields, reading);
        return fields.get(partitionKey)
                .map(key -> new KeyValueTable(
                        fields.name(),
                        key,
                        fields.get(sortKey),
                        fields.get(billing, new Billing.OnDemand()),
                        fields.get(ttl),
                        new Options(
                                fields.get(stream),
                                fields.get(pointInTimeRecovery, false),
                                fields.get(deletionProtection, false)),
                        indexes(fields, key),
                        fields.get(items, Map.of())));
    }

    /** Without a sort key each partition holds one item, and there is nothing to sort. */
    private void requireSortKey(Fields fields, Reading reading) {
        if (fields.place(sortKey).isEmpty()) {
            fields.get(indexes, Map.of()).values().stream()
                    .filter(WrittenIndex::local)
                    .forEach(index -> reading.report(
                            Flaw.INCOMPLETE_ELEMENT,
                            index.name().at(),
                            "a table with local indexes needs `sortKey`",
                            "add a sort key to the table, or give the index a `partitionKey` and take `local` out"));
        }
    }

    /** The keys of items have a word of this name. */
    private void refuseShards(Fields fields, Reading reading) {
        Stream.concat(
                        Stream.of(fields.get(partitionKey), fields.get(sortKey)),
                        fields.get(indexes, Map.of()).values().stream()
                                .flatMap(index -> Stream.of(index.partitionKey(), index.sortKey())))
                .flatMap(Optional::stream)
                .map(KeyAttribute::name)
                .filter(name -> name.value().equals(SHARDS))
                .forEach(name -> reading.report(
                        Flaw.MALFORMED_VALUE,
                        name.at(),
                        "a key attribute can't be called `" + SHARDS + "`",
                        "`" + SHARDS
                                + "` among key templates says over how many partitions a key is spread; take another"
                                + " name, such as `PK`"));
    }

    private Map<String, SecondaryIndex> indexes(Fields fields, KeyAttribute key) {
        var read = new LinkedHashMap<String, SecondaryIndex>();
        fields.get(indexes, Map.of()).forEach((name, index) -> read.put(name, index.of(key)));
        return read;
    }

    /** A key attribute: its name for a string, or name and type. */
    private static final class KeyAttributeShape extends ObjectShape<KeyAttribute> {

        static final Shape<KeyAttribute> EITHER = Shapes.byKind(
                Shapes.map(Scalars.LOCATED, name -> new KeyAttribute(name, KeyType.STRING)),
                null,
                new KeyAttributeShape());

        private final Key<Located<String>> attribute =
                required("name", Scalars.LOCATED, "The key attribute's name", like("SK"));
        private final Key<KeyType> type = optional(
                "type",
                Scalars.oneOf(
                        "a key type",
                        List.of(KeyType.values()),
                        value -> value.name().toLowerCase(Locale.ROOT)),
                "The type of its values",
                byDefault("string"),
                like("number"));

        KeyAttributeShape() {
            super("keyAttribute", "a key attribute", "{name: SK, type: number}");
        }

        @Override
        Optional<KeyAttribute> build(Fields fields, Reading reading) {
            return fields.get(attribute).map(name -> new KeyAttribute(name, fields.get(type, KeyType.STRING)));
        }
    }

    private static final class ProvisionedShape extends ObjectShape<Billing> {

        private final Key<Long> read = required("read", Scalars.COUNT_OF, "Read capacity units a second", like("100"));
        private final Key<Long> write =
                required("write", Scalars.COUNT_OF, "Write capacity units a second", like("50"));

        ProvisionedShape() {
            super("provisionedBilling", "`billing`", "{read: 100, write: 50}");
        }

        @Override
        Optional<Billing> build(Fields fields, Reading reading) {
            return fields.get(read)
                    .flatMap(reads -> fields.get(write).map(writes -> new Billing.Provisioned(reads, writes)));
        }
    }

    /** An index as it was written: a local one has the table's partition key. */
    private record WrittenIndex(
            Located<String> name,
            Optional<KeyAttribute> partitionKey,
            Optional<KeyAttribute> sortKey,
            Projection projection,
            boolean local) {

        SecondaryIndex of(KeyAttribute tables) {
            return new SecondaryIndex(name, partitionKey.orElse(tables), sortKey, projection, local);
        }
    }

    private static final class SecondaryIndexShape extends ObjectShape<WrittenIndex> {

        private final Key<KeyAttribute> partitionKey = optional(
                "partitionKey",
                KeyAttributeShape.EITHER,
                "The partition key: a name, or {name, type}",
                otherwise("of a local index, that of the table; others need it"),
                like("GSI1PK"));
        private final Key<KeyAttribute> sortKey =
                optional("sortKey", KeyAttributeShape.EITHER, "The sort key: a name, or {name, type}", like("GSI1SK"));
        private final Key<Projection> project = optional(
                "project",
                Shapes.byKind(
                        Scalars.oneOf(
                                "a projection",
                                List.of(new Projection.All(), new Projection.Keys()),
                                value -> value instanceof Projection.All ? "all" : "keys"),
                        Shapes.<List<Located<String>>, Projection>map(
                                Shapes.list(Scalars.LOCATED), Projection.Include::new),
                        null),
                "What its entries carry: all attributes, the keys alone, or a list of attributes",
                byDefault("all"),
                like("keys", "[body]"));
        private final Key<Boolean> local = optional(
                "local",
                Scalars.TRUTH,
                "Whether it sorts the table's own partitions otherwise: a local secondary index",
                byDefault("false"),
                like("true"));

        SecondaryIndexShape() {
            super("secondaryIndex", "an index", "{partitionKey: GSI1PK, sortKey: GSI1SK, project: keys}");
        }

        @Override
        Optional<WrittenIndex> build(Fields fields, Reading reading) {
            var isLocal = fields.get(local, false);
            if (isLocal) {
                fields.place(partitionKey)
                        .ifPresent(at -> reading.report(
                                Flaw.UNKNOWN_KEY,
                                at,
                                "a local index has the partition key of its table",
                                "remove `partitionKey`, or `local: true` for an index with a key of its own"));
            }
            var needed = isLocal ? sortKey : partitionKey;
            if (fields.place(needed).isEmpty()) {
                reading.report(
                        Flaw.INCOMPLETE_ELEMENT,
                        fields.name().at(),
                        (isLocal ? "a local index" : "an index") + " needs `" + needed.name() + "`",
                        "`" + needed.name() + "`: " + needed.description());
                return Optional.empty();
            }
            return Optional.of(new WrittenIndex(
                    fields.name(),
                    isLocal ? Optional.empty() : fields.get(partitionKey),
                    fields.get(sortKey),
                    fields.get(project, new Projection.All()),
                    isLocal));
        }
    }

    /** A key as it was written. */
    private record WrittenKey(Map<String, SourceText> templates, Optional<KeyValueTable.Shards> shards) {

        static final WrittenKey NONE = new WrittenKey(Map.of(), Optional.empty());
    }

    /** The templates of a key, each below the name of a key attribute, and a word of the language among them. */
    private static final class ItemKeyShape extends ObjectShape<WrittenKey> {

        private final Key<KeyValueTable.Shards> shards = optional(
                SHARDS,
                ShardsShape.EITHER,
                "Over how many partitions each one is spread, 2 to 1000: a number, or {count, by}",
                otherwise("one partition for each value of the template"),
                like("10", "{count: 10, by: order_id}"));

        ItemKeyShape() {
            super("itemKey", "a key", "{PK: \"USER#{username}\", SK: PROFILE}");
            others(Scalars.SOURCE);
        }

        @Override
        Optional<WrittenKey> build(Fields fields, Reading reading) {
            var templates = new LinkedHashMap<String, SourceText>();
            fields.rest().forEach((attribute, template) -> templates.put(attribute, (SourceText) template));
            return Optional.of(new WrittenKey(templates, fields.get(shards)));
        }
    }

    private static final class ShardsShape extends ObjectShape<KeyValueTable.Shards> {

        static final Shape<KeyValueTable.Shards> EITHER = Shapes.byKind(
                Shapes.map(COUNT, count -> new KeyValueTable.Shards(count, Optional.empty())), null, new ShardsShape());

        private final Key<Located<Integer>> count =
                required("count", COUNT, "How many shards there are, 2 to 1000", like("10"));
        private final Key<Located<String>> by = optional(
                "by",
                Scalars.LOCATED,
                "The attribute whose hash says which shard an item is in",
                otherwise("the attribute of the entity's key that the partition key leaves open"),
                like("order_id"));

        ShardsShape() {
            super("shards", "`shards`", "{count: 10, by: order_id}");
        }

        @Override
        Optional<KeyValueTable.Shards> build(Fields fields, Reading reading) {
            return fields.get(count).map(number -> new KeyValueTable.Shards(number, fields.get(by)));
        }
    }

    private static final class ItemShape extends ObjectShape<ItemType> {

        private static final Shape<WrittenKey> TEMPLATES = new ItemKeyShape();

        private final Key<WrittenKey> key = required(
                "key",
                TEMPLATES,
                "The template of each key attribute of the table",
                like("{PK: \"USER#{username}\", SK: PROFILE}", "{PK: \"DEVICE#{device}\", SK: \"{at}\", shards: 10}"));
        private final Key<List<Located<String>>> attributes = optional(
                "attributes",
                Shapes.list(Scalars.LOCATED),
                "The entity's attributes that are stored",
                otherwise("all"),
                like("[id, body]"));
        private final Key<List<Located<String>>> copies = optional(
                "copies",
                Shapes.list(Scalars.LOCATED),
                "Attributes of referenced entities that are stored too; each needs a contract",
                like("[author.display_name]"));

        ItemShape() {
            super("item", "an item", "{key: {PK: \"USER#{username}\", SK: PROFILE}, attributes: [id, username]}");
            others(TEMPLATES);
        }

        @Override
        Optional<ItemType> build(Fields fields, Reading reading) {
            var indexKeys = new LinkedHashMap<String, Map<String, SourceText>>();
            var indexShards = new LinkedHashMap<String, KeyValueTable.Shards>();
            fields.rest().forEach((index, value) -> {
                var written = (WrittenKey) value;
                indexKeys.put(index, written.templates());
                written.shards().ifPresent(shards -> indexShards.put(index, shards));
            });
            var own = fields.get(key, WrittenKey.NONE);
            return Optional.of(new ItemType(
                    fields.name(),
                    own.templates(),
                    indexKeys,
                    own.shards(),
                    indexShards,
                    fields.get(attributes),
                    fields.get(copies, List.of())));
        }
    }
}
