package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.Billing;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import dev.schemaproof.model.KeyValueTable.Projection;
import dev.schemaproof.model.KeyValueTable.SecondaryIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table in the words of DynamoDB's API.
 *
 * <p>The time to live is no part of CreateTable: it is switched on by UpdateTimeToLive, or by CloudFormation; so is recovery, by
 * UpdateContinuousBackups.
 */
final class TableDefinition {

    private TableDefinition() {}

    /** The body of a CreateTable call. */
    static Map<String, Object> createTable(KeyValueTable table) {
        var body = new LinkedHashMap<String, Object>();
        body.put("TableName", table.name().value());
        // Exactly the attributes of keys: DynamoDB refuses any other
        body.put("AttributeDefinitions", definitions(table));
        body.put("KeySchema", schema(table.partitionKey(), table.sortKey()));
        if (!table.localIndexes().isEmpty()) {
            body.put(
                    "LocalSecondaryIndexes",
                    table.localIndexes().stream().map(TableDefinition::index).toList());
        }
        if (!table.globalIndexes().isEmpty()) {
            body.put(
                    "GlobalSecondaryIndexes",
                    table.globalIndexes().stream()
                            .map(index -> index(index, table.billing()))
                            .toList());
        }
        body.putAll(billing(table.billing()));
        table.options().stream()
                .ifPresent(view ->
                        body.put("StreamSpecification", object("StreamEnabled", true, "StreamViewType", view.name())));
        if (table.options().deletionProtection()) {
            body.put("DeletionProtectionEnabled", true);
        }
        return body;
    }

    private static List<Map<String, Object>> definitions(KeyValueTable table) {
        var definitions = new ArrayList<Map<String, Object>>();
        keys(table)
                .forEach(key ->
                        definitions.add(object("AttributeName", key.name().value(), "AttributeType", type(key))));
        return definitions;
    }

    /** The key attributes of table and indexes, each once. */
    static List<KeyAttribute> keys(KeyValueTable table) {
        var keys = new LinkedHashMap<String, KeyAttribute>();
        Stream.concat(
                        keys(table.partitionKey(), table.sortKey()),
                        table.indexes().values().stream().flatMap(index -> keys(index.partitionKey(), index.sortKey())))
                .forEach(key -> keys.putIfAbsent(key.name().value(), key));
        return List.copyOf(keys.values());
    }

    private static Stream<KeyAttribute> keys(KeyAttribute partition, Optional<KeyAttribute> sort) {
        return Stream.concat(Stream.of(partition), sort.stream());
    }

    /** The letter of its type. */
    static String type(KeyAttribute key) {
        return switch (key.type()) {
            case STRING -> "S";
            case NUMBER -> "N";
            case BINARY -> "B";
        };
    }

    private static List<Map<String, Object>> schema(KeyAttribute partition, Optional<KeyAttribute> sort) {
        var schema = new ArrayList<Map<String, Object>>();
        schema.add(object("AttributeName", partition.name().value(), "KeyType", "HASH"));
        sort.ifPresent(key -> schema.add(object("AttributeName", key.name().value(), "KeyType", "RANGE")));
        return schema;
    }

    private static Map<String, Object> index(SecondaryIndex index) {
        var body = new LinkedHashMap<String, Object>();
        body.put("IndexName", index.name().value());
        body.put("KeySchema", schema(index.partitionKey(), index.sortKey()));
        body.put("Projection", projection(index.projection()));
        return body;
    }

    /** A local index takes the units of its table. */
    private static Map<String, Object> index(SecondaryIndex index, Billing billing) {
        var body = index(index);
        if (billing instanceof Billing.Provisioned provisioned) {
            body.put("ProvisionedThroughput", throughput(provisioned));
        }
        return body;
    }

    /** What an index carries. */
    static Map<String, Object> projection(Projection projection) {
        if (projection instanceof Projection.Include include) {
            return object(
                    "ProjectionType",
                    "INCLUDE",
                    "NonKeyAttributes",
                    include.attributes().stream().map(name -> name.value()).toList());
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("ProjectionType", projection instanceof Projection.All ? "ALL" : "KEYS_ONLY");
        return body;
    }

    private static Map<String, Object> billing(Billing billing) {
        var body = new LinkedHashMap<String, Object>();
        if (billing instanceof Billing.Provisioned provisioned) {
            body.put("BillingMode", "PROVISIONED");
            body.put("ProvisionedThroughput", throughput(provisioned));
        } else {
            body.put("BillingMode", "PAY_PER_REQUEST");
        }
        return body;
    }

    static Map<String, Object> throughput(Billing.Provisioned provisioned) {
        return object("ReadCapacityUnits", provisioned.read(), "WriteCapacityUnits", provisioned.write());
    }

    private static Map<String, Object> object(String first, Object value, String second, Object other) {
        var object = new LinkedHashMap<String, Object>();
        object.put(first, value);
        object.put(second, other);
        return object;
    }
}
