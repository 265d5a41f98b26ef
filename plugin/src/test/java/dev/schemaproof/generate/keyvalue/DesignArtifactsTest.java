package dev.schemaproof.generate.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.SampleItem;
import dev.schemaproof.analysis.keyvalue.cost.Prices;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.output.Json;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.template.Templates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The charts, Terraform and NoSQL Workbench, beyond what the golden cases show. */
class DesignArtifactsTest {

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
                    ttl: "kept${until}"
                    indexes:
                      by-digest: {partitionKey: {name: digest, type: binary}, sortKey: {name: line, type: number}, project: [sku, note]}
                      by-sku: {partitionKey: SKU, project: keys}
                    items:
                      Line:
                        key: {order_id: "{order_id}", line: "{line}"}
                        by-digest: {digest: "{digest}"}
                        by-sku: {SKU: "SKU|`{sku}`"}
                  order_lines_v2:
                    partitionKey: PK
                    items:
                      Line:
                        key: {PK: "{order_id}#{line}"}
                      Shop:
                        key: {PK: SHOP}
            entities:
              Line:
                attributes: {order_id: uuid, line: int, sku: text, note: text null, digest: bytes, "kept${until}": timestamptz, tags: "text[]", extra: json, open: boolean}
                key: [order_id, line]
              Shop:
                attributes: {id: uuid, name: text}
                key: [id]
            accessPatterns:
              lines: {entity: Line, find: many, where: ["order_id = :order"], rate: 5/s, description: "All | of one"}
              sql: {sql: SELECT 1, store: edge}
            """;

    private static Map<String, String> artifacts() throws TemplateFailedException {
        return artifacts(Prices.NONE);
    }

    private static Map<String, String> artifacts(Prices prices) throws TemplateFailedException {
        return new DesignGenerator(Templates.builtIn(), prices)
                .generate(new Facts(Models.read(MODEL)))
                .collect(Collectors.toMap(Artifact::path, Artifact::text, (a, b) -> a, TreeMap::new));
    }

    @Test
    void areNamedByStoreAndTable() throws Exception {
        assertThat(artifacts().keySet())
                .containsExactly(
                        "edge/capacity.json",
                        "edge/design.md",
                        "edge/nosql-workbench.json",
                        "edge/order-lines.v2.tf",
                        "edge/order_lines_v2.tf");
    }

    @Test
    void terraformQuotesWhatItWouldEvaluate() throws Exception {
        assertThat(artifacts().get("edge/order-lines.v2.tf")).contains("attribute_name = \"kept$${until}\"");
        assertThat(TerraformTable.quoted("a\"b\\c%{d}$e\n")).isEqualTo("\"a\\\"b\\\\c%%{d}$e\\n\"");
    }

    @Test
    void terraformNamesEachResourceOnce() throws Exception {
        assertThat(artifacts().get("edge/order-lines.v2.tf"))
                .contains("resource \"aws_dynamodb_table\" \"order_lines_v2\" {");
        assertThat(artifacts().get("edge/order_lines_v2.tf"))
                .contains("resource \"aws_dynamodb_table\" \"order_lines_v2_2\" {");
        assertThat(TerraformTable.resources(List.of("2024"))).containsEntry("2024", "table_2024");
    }

    @Test
    void terraformPaysForIndexesAsForTheTable() throws Exception {
        assertThat(artifacts().get("edge/order-lines.v2.tf")).contains("""
                  global_secondary_index {
                    name               = "by-digest"
                    hash_key           = "digest"
                    range_key          = "line"
                    projection_type    = "INCLUDE"
                    non_key_attributes = ["sku", "note"]
                    read_capacity      = 10
                    write_capacity     = 20
                  }
                """);
    }

    @Test
    void aCellStaysOneCell() throws Exception {
        aCellStaysOneCell(Prices.NONE);
        aCellStaysOneCell(Prices.of(Map.of("storageGbMonth", "0.25")));
    }

    private static void aCellStaysOneCell(Prices prices) throws TemplateFailedException {
        var lines = artifacts(prices).get("edge/design.md").lines().toList();

        assertThat(lines).anyMatch(line -> line.contains("| `` SKU\\|`{sku}` `` |"));
        assertThat(lines).anyMatch(line -> line.startsWith("| lines |") && line.endsWith("| All \\| of one; 5/s |"));
        assertThat(lines)
                .anyMatch(line -> line.startsWith("| sql | none |")
                        && line.endsWith("| the pattern is SQL, which DynamoDB doesn't understand |"));
        // Every row of a chart has as many cells as its heading
        var cells = 0;
        for (var line : lines) {
            var count = line.replace("\\|", "").chars().filter(c -> c == '|').count();
            assertThat(cells == 0 || count == 0 || count == cells).as(line).isTrue();
            cells = (int) count;
        }
    }

    @Test
    void aChartOfCapacityHasNoCostsWithoutPrices() throws Exception {
        var design = artifacts().get("edge/design.md");

        assertThat(design)
                .contains("No prices are configured, so only units are counted.")
                .contains("| Pattern | Units a call | Calls a second | Units a second | Millions a month | Counted |")
                .contains("- No `rows`, so no storage is counted: `Line`, `Shop`.");
        assertThat(artifacts().get("edge/capacity.json")).doesNotContain("costPerMonth", "prices");
    }

    @Test
    void aChartOfCapacityCountsByThePricesThatThereAre() throws Exception {
        var prices = Prices.of(
                Map.of("currency", "USD", "provisionedReadUnitHour", "0.00013", "onDemandReadPerMillion", "0.125"));
        var design = artifacts(prices).get("edge/design.md");

        assertThat(design)
                .contains(
                        "Prices: 0.125 USD for a million read request units, 0.00013 USD for a read capacity unit for an hour.")
                // Half a unit, five times a second, for 730 hours
                .contains("| lines | at least 0.5 read | 5 | 2.5 read | 6.57 read | 0.24 USD | ")
                // The unit of the table that is paid on demand isn't used
                .contains("| order\\_lines\\_v2 | table |  | unknown | 0 read | 0 read | 0.00 USD |  |")
                .contains(
                        "- No price, so no cost of what is billed by it: `onDemandWritePerMillion`, `provisionedWriteUnitHour`,"
                                + " `storageGbMonth`.");
        assertThat(artifacts(prices).get("edge/capacity.json")).contains("\"costPerMonth\" : 0.23725");
    }

    @Test
    void provisionedUnitsArePaidForTheTableAndEachIndex() throws Exception {
        var prices = Prices.of(Map.of("provisionedReadUnitHour", "0.0001", "provisionedWriteUnitHour", "0.001"));

        // 730 hours of 10 and 20 units, whatever is used of them
        assertThat(artifacts(prices).get("edge/design.md"))
                .contains("| order-lines.v2 | table |  | unknown | 2.5 read | 6.57 read | 15.33 |  |")
                .contains("| order-lines.v2 | by-sku |  | unknown | 0 read | 0 read | 15.33 |  |")
                .contains("| order-lines.v2 | together |  | unknown | 2.5 read | 6.57 read | 45.99 |  |");
    }

    @Test
    void saysWhereMoreIsNeededThanProvisioned() throws Exception {
        var generated = new DesignGenerator(Templates.builtIn(), Prices.NONE)
                .generate(new Facts(Models.read(MODEL.replace("rate: 5/s", "rate: 50/s"))))
                .collect(Collectors.toMap(Artifact::path, Artifact::text));

        assertThat(generated.get("edge/design.md"))
                .contains(
                        "- Table `order-lines.v2` has 10 read and 20 write units a second, and needs 25 read and 0 write at"
                                + " the declared rates.");
        assertThat(generated.get("edge/capacity.json")).containsOnlyOnce("\"exceedsProvisioned\" : true");
        assertThat(artifacts().get("edge/capacity.json")).doesNotContain("exceedsProvisioned");
    }

    @Test
    void numbersReadAsPeopleWriteThem() {
        assertThat(List.of(0.5, 1.0 / 86400, 3942.4, 10_000_000.0, 12.34567, 0.0, 1e16))
                .extracting(CapacityNumbers::text)
                .containsExactly("0.5", "0.00001157", "3,942", "10,000,000", "12.35", "0", "10,000,000,000,000,000");
        assertThat(CapacityNumbers.exact(1e9).toString()).isEqualTo("1000000000");
        assertThat(CapacityNumbers.bytes(1023.4)).isEqualTo("1023 bytes");
        assertThat(CapacityNumbers.bytes(1536)).isEqualTo("1.5 KB");
        assertThat(CapacityNumbers.money(new BigDecimal("0.004"), Optional.of("EUR")))
                .isEqualTo("under 0.01 EUR");
        assertThat(CapacityNumbers.money(new BigDecimal("0.005"), Optional.empty()))
                .isEqualTo("0.01");
        assertThat(CapacityNumbers.money(BigDecimal.ZERO, Optional.empty())).isEqualTo("0.00");
    }

    @Test
    void samplesFitTheirTables() throws Exception {
        var model = (Map<?, ?>) Json.read(artifacts().get("edge/nosql-workbench.json"));
        for (var table : list(model.get("DataModel"))) {
            var types = new TreeMap<String, String>();
            var key = keys(table, types);
            list(table.get("NonKeyAttributes"))
                    .forEach(
                            attribute -> types.put(text(attribute, "AttributeName"), text(attribute, "AttributeType")));
            var keys = new ArrayList<Object>();
            for (var item : list(table.get("TableData"))) {
                assertThat(types.keySet()).containsAll(names(item.keySet()));
                item.forEach((name, value) -> assertThat(((Map<?, ?>) value).keySet())
                        .hasToString("[" + types.get(String.valueOf(name)) + "]"));
                keys.add(key.stream().map(item::get).toList());
            }
            assertThat(keys).isNotEmpty().doesNotHaveDuplicates().doesNotContainNull();
        }
    }

    @Test
    void whereAllRowsHaveOneKeyThereIsOneSample() throws Exception {
        var model = (Map<?, ?>) Json.read(artifacts().get("edge/nosql-workbench.json"));
        var table = list(model.get("DataModel")).get(1);

        assertThat(list(table.get("TableData"))).hasSize(3);
        assertThat(list(table.get("TableFacets")))
                .extracting(facet -> facet.get("FacetName"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly("Line in order_lines_v2", "Shop");
    }

    @Test
    void twoReferencesToOneEntityLeadToTwoRows() throws Exception {
        var yaml = """
                schema: social
                stores:
                  edge:
                    engine: dynamodb
                    tables: {follows: {partitionKey: PK, sortKey: SK, items: {Follow: {key: {PK: "{to.name}", SK: "{from.name}"}}}}}
                entities:
                  User: {attributes: {id: uuid, name: text}, key: [id], unique: [[name]]}
                  Follow:
                    attributes: {from_id: uuid, to_id: uuid}
                    key: [from_id, to_id]
                    references: {from: {entity: User}, to: {entity: User}}
                """;
        var facts = new Facts(Models.read(yaml));
        var item = facts.keyValue().stores().get(0).tables().get(0).items().get(0);

        assertThat(SampleItem.of(item, 0).attributes().values())
                .extracting(SampleItem.Value::text)
                .containsExactly(
                        "bob", "alice", "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002");
    }

    private static Set<String> keys(Map<?, ?> table, Map<String, String> types) {
        var names = new TreeSet<String>();
        ((Map<?, ?>) table.get("KeyAttributes")).values().forEach(key -> {
            types.put(text((Map<?, ?>) key, "AttributeName"), text((Map<?, ?>) key, "AttributeType"));
            names.add(text((Map<?, ?>) key, "AttributeName"));
        });
        return names;
    }

    private static Set<String> names(Set<?> names) {
        return names.stream().map(String::valueOf).collect(Collectors.toSet());
    }

    private static String text(Map<?, ?> map, String key) {
        return String.valueOf(map.get(key));
    }

    private static List<Map<?, ?>> list(Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        ((List<?>) value).forEach(element -> maps.add((Map<?, ?>) element));
        return maps;
    }
}
