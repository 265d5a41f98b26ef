package dev.schemaproof.generate.keyvalue;

import dev.schemaproof.analysis.keyvalue.ItemDesign;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.analysis.keyvalue.SampleItem;
import dev.schemaproof.analysis.keyvalue.TableDesign;
import dev.schemaproof.model.KeyValueTable.Billing;
import dev.schemaproof.model.KeyValueTable.KeyAttribute;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A data model for NoSQL Workbench, version 3: tables, a facet for each entity, global indexes, and sample items. Its format has no
 * local indexes.
 *
 * <p>The dates that its format has are always the same, as the same model makes the same file.
 */
final class Workbench {

    private static final String DATE = "Jan 01, 2024, 12:00 AM";

    private Workbench() {}

    static Map<String, Object> of(String model, StoreFacts store) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("Author", "");
        metadata.put("DateCreated", DATE);
        metadata.put("DateLastModified", DATE);
        metadata.put("Description", "Store " + store.store().name() + " of the model " + model);
        metadata.put("AWSService", "Amazon DynamoDB");
        metadata.put("Version", "3.0");
        var file = new LinkedHashMap<String, Object>();
        file.put("ModelName", model + " " + store.store().name());
        file.put("ModelMetadata", metadata);
        Set<String> facets = new HashSet<>();
        file.put(
                "DataModel",
                store.tables().stream().map(table -> table(table, facets)).toList());
        return file;
    }

    private static Map<String, Object> table(TableDesign design, Set<String> facets) {
        var table = design.table();
        var body = new LinkedHashMap<String, Object>();
        body.put("TableName", design.name());
        body.put("KeyAttributes", key(table.partitionKey(), table.sortKey()));
        var samples =
                design.items().stream().flatMap(item -> samples(item).stream()).toList();
        body.put("NonKeyAttributes", others(design, samples));
        body.put(
                "TableFacets",
                design.items().stream().map(item -> facet(item, facets)).toList());
        body.put(
                "GlobalSecondaryIndexes",
                table.globalIndexes().stream()
                        .map(index -> {
                            var entry = new LinkedHashMap<String, Object>();
                            entry.put("IndexName", index.name().value());
                            entry.put("KeyAttributes", key(index.partitionKey(), index.sortKey()));
                            entry.put("Projection", TableDefinition.projection(index.projection()));
                            return entry;
                        })
                        .toList());
        body.put("TableData", samples.stream().map(Workbench::item).toList());
        body.put("DataAccess", Map.of("MySql", Map.of()));
        if (table.billing() instanceof Billing.Provisioned provisioned) {
            body.put("BillingMode", "PROVISIONED");
            body.put(
                    "ProvisionedCapacitySettings",
                    Map.of("ProvisionedThroughput", TableDefinition.throughput(provisioned)));
        } else {
            body.put("BillingMode", "PAY_PER_REQUEST");
        }
        return body;
    }

    private static Map<String, Object> key(KeyAttribute partition, Optional<KeyAttribute> sort) {
        var key = new LinkedHashMap<String, Object>();
        key.put("PartitionKey", attribute(partition.name().value(), TableDefinition.type(partition)));
        sort.ifPresent(part -> key.put("SortKey", attribute(part.name().value(), TableDefinition.type(part))));
        return key;
    }

    private static Map<String, Object> attribute(String name, String type) {
        var attribute = new LinkedHashMap<String, Object>();
        attribute.put("AttributeName", name);
        attribute.put("AttributeType", type);
        return attribute;
    }

    /** What the items hold beside the table's key, the keys of indexes first; the first type of a name counts. */
    private static List<Map<String, Object>> others(TableDesign design, List<SampleItem> samples) {
        var types = new LinkedHashMap<String, String>();
        TableDefinition.keys(design.table()).forEach(key -> types.put(key.name().value(), TableDefinition.type(key)));
        samples.forEach(sample -> sample.attributes()
                .forEach((name, value) -> types.putIfAbsent(name, value.type().name())));
        types.remove(design.table().partitionKey().name().value());
        design.table().sortKey().ifPresent(key -> types.remove(key.name().value()));
        var attributes = new ArrayList<Map<String, Object>>();
        types.forEach((name, type) -> attributes.add(attribute(name, type)));
        return attributes;
    }

    /** An entity under its name, which no other facet of the model may have. */
    private static Map<String, Object> facet(ItemDesign item, Set<String> facets) {
        var alias = new LinkedHashMap<String, Object>();
        alias.put("PartitionKeyAlias", item.key().partition().toString());
        item.key().sort().ifPresent(sort -> alias.put("SortKeyAlias", sort.toString()));
        var facet = new LinkedHashMap<String, Object>();
        var name = item.name();
        facet.put(
                "FacetName",
                facets.add(name) ? name : name + " in " + item.table().name());
        facet.put("KeyAttributeAlias", alias);
        facet.put(
                "NonKeyAttributes",
                SampleItem.of(item, 0).attributes().keySet().stream()
                        .filter(attribute -> !item.key().names().contains(attribute))
                        .toList());
        return facet;
    }

    /** The samples of an entity whose keys differ. */
    private static List<SampleItem> samples(ItemDesign item) {
        var samples = new ArrayList<SampleItem>();
        var keys = new HashSet<List<SampleItem.Value>>();
        for (var i = 0; i < SampleItem.COUNT; i++) {
            var sample = SampleItem.of(item, i);
            var key = item.key().names().stream()
                    .flatMap(name -> Optional.ofNullable(sample.attributes().get(name)).stream())
                    .toList();
            if (keys.add(key)) {
                samples.add(sample);
            }
        }
        return samples;
    }

    private static Map<String, Object> item(SampleItem sample) {
        var item = new LinkedHashMap<String, Object>();
        sample.attributes()
                .forEach((name, value) -> item.put(name, Map.of(value.type().name(), value(value))));
        return item;
    }

    private static Object value(SampleItem.Value value) {
        return switch (value.type()) {
            case BOOL -> Boolean.valueOf(value.text());
            case B -> Base64.getEncoder().encodeToString(value.text().getBytes(StandardCharsets.UTF_8));
            case L -> List.of(Map.of("S", value.text()));
            case M -> Map.of();
            case S, N -> value.text();
        };
    }
}
