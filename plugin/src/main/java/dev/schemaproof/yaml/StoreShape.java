package dev.schemaproof.yaml;

import dev.schemaproof.model.KeyValueStore;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.Billing;
import dev.schemaproof.model.KeyValueTable.ItemType;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.KeyValueTable.KeyType;
import dev.schemaproof.model.KeyValueTable.Projection;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.RelationalStore.Extension;
import dev.schemaproof.model.RelationalStore.Role;
import dev.schemaproof.model.RelationalStore.Sequence;
import dev.schemaproof.model.RelationalStore.SqlSchema;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.model.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A database. */
final class StoreShape extends ObjectShape<Store> {

    private static final List<Integer> POSTGRESQL_VERSIONS = List.of(15, 16, 17, 18);

    /** The engines of the language. */
    private enum Engine {
        POSTGRESQL,
        DYNAMODB,
        MONGODB
    }

    private final Key<Located<Engine>> engine = required(
            "engine",
            Scalars.located(Scalars.oneOf(
                    "an engine", List.of(Engine.values()), value -> value.name().toLowerCase(Locale.ROOT))),
            "The database",
            like("postgresql"));
    private final Key<Integer> version = optional(
            "version",
            Scalars.oneOf("a supported version of PostgreSQL", POSTGRESQL_VERSIONS, String::valueOf),
            "PostgreSQL's major version, 15 to 18",
            byDefault("18"),
            like("16"));
    private final Key<Map<String, KeyValueTable>> tables = optional(
            "tables",
            Shapes.named("tables", new TableShape()),
            "DynamoDB: the tables",
            like(
                    "{social: {partitionKey: PK, sortKey: SK, items: {User: {key: {PK: \"USER#{username}\", SK: PROFILE}}}}}"));

    private final Key<Map<String, SqlSchema>> schemas = optional(
            "schemas",
            RelationalStoreShapes.SCHEMAS,
            "PostgreSQL: the SQL schemas beside the one that comes first on the search path",
            like("[billing]", "{billing: {grants: {app: usage}}}"));
    private final Key<Map<String, Extension>> extensions = optional(
            "extensions",
            RelationalStoreShapes.EXTENSIONS,
            "PostgreSQL: the extensions that types and indexes need",
            like("[citext, pg_trgm]"));
    private final Key<Map<String, Role>> roles = optional(
            "roles",
            RelationalStoreShapes.ROLES,
            "PostgreSQL: the roles of grants and policies; made where they are missing, never changed or dropped",
            like("[app, readers]", "{app: {login: true, memberOf: [readers]}}"));
    private final Key<Map<String, Sequence>> sequences = optional(
            "sequences",
            Shapes.named("sequences", new SequenceShape()),
            "PostgreSQL: sequences that no identity attribute brings along",
            like("{invoice_number: {start: 1000}}"));

    StoreShape() {
        super("store", "a store", "{engine: postgresql, version: 18}");
        later("collections", "MongoDB's collections");
    }

    /** The newest PostgreSQL, for models that name no version. */
    static int newestPostgresql() {
        return POSTGRESQL_VERSIONS.get(POSTGRESQL_VERSIONS.size() - 1);
    }

    @Override
    Optional<Store> build(Fields fields, Reading reading) {
        return fields.get(engine).flatMap(written -> switch (written.value()) {
            case POSTGRESQL -> {
                refuse(
                        fields,
                        reading,
                        tables,
                        "`tables` belong to a DynamoDB store; a relational store takes its tables from the entities");
                yield Optional.of(new RelationalStore(
                        fields.name(),
                        fields.get(version, newestPostgresql()),
                        fields.get(schemas, Map.of()),
                        fields.get(extensions, Map.of()),
                        fields.get(roles, Map.of()),
                        fields.get(sequences, Map.of())));
            }
            case DYNAMODB -> {
                refuse(fields, reading, version, "DynamoDB has no versions to choose from");
                for (var key : List.of(schemas, extensions, roles, sequences)) {
                    refuse(fields, reading, key, "DynamoDB has no `" + key.name() + "`");
                }
                yield Optional.of(new KeyValueStore(fields.name(), fields.get(tables, Map.of())));
            }
            case MONGODB -> {
                reading.report(
                        Flaw.NOT_SUPPORTED_YET,
                        written.at(),
                        "MongoDB is part of the language, but this version of the plugin can't generate it yet",
                        "remove the store `" + fields.name() + "` for now");
                reading.lose();
                yield Optional.empty();
            }
        });
    }

    private static void refuse(Fields fields, Reading reading, Key<?> key, String why) {
        fields.place(key).ifPresent(at -> reading.report(Flaw.UNKNOWN_KEY, at, why, "remove `" + key.name() + "`"));
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

    private static final class TableShape extends ObjectShape<KeyValueTable> {

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
                        Scalars.<Billing>oneOf(
                                "a way of billing", List.of(new Billing.OnDemand()), value -> "on-demand"),
                        null,
                        new ProvisionedShape()),
                "What is paid for: requests, or units a second",
                byDefault("on-demand"),
                like("{read: 100, write: 50}"));
        private final Key<Located<String>> ttl =
                optional("ttl", Scalars.LOCATED, "The attribute that holds the time to live", like("expires_at"));
        private final Key<Map<String, SecondaryIndex>> indexes = optional(
                "indexes",
                Shapes.named("indexes", new SecondaryIndexShape()),
                "Global secondary indexes, by name",
                like("{by-email: {partitionKey: GSI1PK}}"));
        private final Key<Map<String, ItemType>> items = required(
                "items",
                Shapes.named("items", new ItemShape()),
                "What the table holds, by entity",
                like("{User: {key: {PK: \"USER#{username}\", SK: PROFILE}}}"));

        TableShape() {
            super("keyValueTable", "a table", "{partitionKey: PK, items: {User: {key: {PK: \"USER#{username}\"}}}}");
        }

        @Override
        Optional<KeyValueTable> build(Fields fields, Reading reading) {
            return fields.get(partitionKey)
                    .map(key -> new KeyValueTable(
                            fields.name(),
                            key,
                            fields.get(sortKey),
                            fields.get(billing, new Billing.OnDemand()),
                            fields.get(ttl),
                            fields.get(indexes, Map.of()),
                            fields.get(items, Map.of())));
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

    private static final class SecondaryIndexShape extends ObjectShape<SecondaryIndex> {

        private final Key<KeyAttribute> partitionKey = required(
                "partitionKey", KeyAttributeShape.EITHER, "The partition key: a name, or {name, type}", like("GSI1PK"));
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

        SecondaryIndexShape() {
            super("secondaryIndex", "an index", "{partitionKey: GSI1PK, sortKey: GSI1SK, project: keys}");
        }

        @Override
        Optional<SecondaryIndex> build(Fields fields, Reading reading) {
            return fields.get(partitionKey)
                    .map(key -> new SecondaryIndex(
                            fields.name(), key, fields.get(sortKey), fields.get(project, new Projection.All())));
        }
    }

    private static final class ItemShape extends ObjectShape<ItemType> {

        private static final Shape<Map<String, SourceText>> TEMPLATES = Shapes.named("key templates", Scalars.SOURCE);

        private final Key<Map<String, SourceText>> key = required(
                "key",
                TEMPLATES,
                "The template of each key attribute of the table",
                like("{PK: \"USER#{username}\", SK: PROFILE}"));
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
        @SuppressWarnings("unchecked") // the shape of other keys is TEMPLATES
        Optional<ItemType> build(Fields fields, Reading reading) {
            var indexKeys = new LinkedHashMap<String, Map<String, SourceText>>();
            fields.rest().forEach((index, templates) -> indexKeys.put(index, (Map<String, SourceText>) templates));
            return Optional.of(new ItemType(
                    fields.name(),
                    fields.get(key, Map.of()),
                    indexKeys,
                    fields.get(attributes),
                    fields.get(copies, List.of())));
        }
    }
}
