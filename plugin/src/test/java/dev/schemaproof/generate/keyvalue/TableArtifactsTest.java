package dev.schemaproof.generate.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.output.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class TableArtifactsTest {

    private static final String MODEL = """
            schema: shop
            stores:
              edge:
                engine: dynamodb
                tables:
                  order-lines.v2:
                    partitionKey: order_id
                    sortKey: {name: line, type: number}
                    billing: {read: 10, write: 20}
                    ttl: kept_until
                    indexes:
                      by-digest: {partitionKey: {name: digest, type: binary}, sortKey: {name: line, type: number}, project: [sku, note]}
                      by-sku: {partitionKey: SKU, project: keys}
                    items:
                      Line:
                        key: {order_id: "{order_id}", line: "{line}"}
                        by-digest: {digest: "{digest}"}
                        by-sku: {SKU: "SKU#{sku}"}
            entities:
              Line:
                attributes: {order_id: uuid, line: int, sku: text, note: text null, digest: bytes, kept_until: timestamptz}
                key: [order_id, line]
            """;

    private static final Map<String, String> ARTIFACTS = new KeyValueGenerator()
            .generate(new Facts(Models.read(MODEL)))
            .collect(Collectors.toMap(Artifact::path, Artifact::text, (a, b) -> a, TreeMap::new));

    @Test
    void areNamedByStoreAndTable() {
        assertThat(ARTIFACTS.keySet())
                .containsExactly(
                        "edge/access-patterns.json",
                        "edge/order-lines.v2.cloudformation.yaml",
                        "edge/order-lines.v2.create-table.json");
    }

    @Test
    void definesExactlyTheAttributesOfKeys() {
        assertThat(createTable().get("AttributeDefinitions"))
                .isEqualTo(List.of(
                        Map.of("AttributeName", "order_id", "AttributeType", "S"),
                        Map.of("AttributeName", "line", "AttributeType", "N"),
                        Map.of("AttributeName", "digest", "AttributeType", "B"),
                        Map.of("AttributeName", "SKU", "AttributeType", "S")));
    }

    @Test
    void paysForIndexesAsForTheTable() {
        var throughput = Map.of("ReadCapacityUnits", new BigDecimal(10), "WriteCapacityUnits", new BigDecimal(20));

        assertThat(createTable())
                .containsEntry("BillingMode", "PROVISIONED")
                .containsEntry("ProvisionedThroughput", throughput);
        assertThat(createTable().get("GlobalSecondaryIndexes"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .hasSize(2)
                .allSatisfy(
                        index -> assertThat(index.get("ProvisionedThroughput")).isEqualTo(throughput))
                .extracting(index -> index.get("Projection"))
                .containsExactly(
                        Map.of("ProjectionType", "INCLUDE", "NonKeyAttributes", List.of("sku", "note")),
                        Map.of("ProjectionType", "KEYS_ONLY"));
    }

    @Test
    void saysTheSameToCloudFormationAndSwitchesOnTheTimeToLive() {
        Map<String, Object> template = new Yaml().load(ARTIFACTS.get("edge/order-lines.v2.cloudformation.yaml"));
        var resource = (Map<?, ?>) ((Map<?, ?>) template.get("Resources")).get("OrderLinesV2Table");
        var properties = new TreeMap<String, Object>();
        ((Map<?, ?>) resource.get("Properties")).forEach((key, value) -> properties.put(String.valueOf(key), value));

        assertThat(template).containsEntry("AWSTemplateFormatVersion", "2010-09-09");
        assertThat(resource.get("Type")).isEqualTo("AWS::DynamoDB::Table");
        assertThat(properties.remove("TimeToLiveSpecification"))
                .isEqualTo(Map.of("AttributeName", "kept_until", "Enabled", true));
        assertThat(String.valueOf(properties)).isEqualTo(String.valueOf(new TreeMap<>(createTable())));
    }

    private static Map<String, Object> createTable() {
        var table = new TreeMap<String, Object>();
        ((Map<?, ?>) Json.read(ARTIFACTS.get("edge/order-lines.v2.create-table.json")))
                .forEach((key, value) -> table.put(String.valueOf(key), value));
        return table;
    }
}
