package dev.schemaproof.yaml;

import dev.schemaproof.model.KeyValueStore;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.model.RelationalStore.Extension;
import dev.schemaproof.model.RelationalStore.Role;
import dev.schemaproof.model.RelationalStore.Sequence;
import dev.schemaproof.model.RelationalStore.SqlSchema;
import dev.schemaproof.model.Store;
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
            Shapes.named("tables", new KeyValueTableShape()),
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
}
