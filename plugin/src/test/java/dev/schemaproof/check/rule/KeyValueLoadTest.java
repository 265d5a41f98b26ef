package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Findings;
import dev.schemaproof.check.Rule;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is judged too much for one partition, one page or one filter, and just not. */
class KeyValueLoadTest {

    private static final String MODEL = """
            schema: shop
            stores:
              edge:
                engine: dynamodb
                tables:
                  shop:
                    partitionKey: PK
                    sortKey: SK
                    indexes:
                      index: {partitionKey: GSI1PK, sortKey: GSI1SK, project: [note]}
                    items:
                      Customer:
                        key: {PK: "CUSTOMER#{id}", SK: CUSTOMER}
                      Order:
                        key: {PK: "CUSTOMER#{customer_id}", SK: "ORDER#{placed_at}#{id}"}
                        index: {GSI1PK: "TEMPLATE", GSI1SK: "{id}"}
            types:
              order_status: {enum: [open, paid, sent, done]}
            entities:
              Customer:
                rows: 100k
                store: edge
                attributes: {id: uuid, name: text}
                key: [id]
              Order:
                rows: ROWS
                attributes:
                  id: uuid
                  customer_id: uuid
                  placed_at: {type: timestamptz, default: now()}
                  due: date
                  status: order_status
                  gift: boolean
                  shop: {type: text, values: {distinct: 3}}
                  land: {type: text, values: {distinct: 200, skew: {de: 60%, at: 1%}}}
                  coupon: {type: text, optional: true, values: {distinct: 2, nulls: 90%}}
                  note: {type: text, values: {width: 3000}}
                  free: text
                key: [id]
                references: {customer: {entity: CustomerPER}}
            accessPatterns:
              p: {entity: Order, PATTERN}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // One entry of 3 KB and its keys takes four units
                "ALL | write: insert, rate: 250/s |",
                "ALL | write: insert, rate: 251/s | error index gives one partition 1000 write units a second, and the busiest of `ALL` gets at least 1004: `p` 251/s of 4 units, always this one",
                "{status} | write: insert, rate: 1000/s |",
                "{status} | write: insert, rate: 1001/s | error at least 1001: `p` 1001/s of 4 units, `status` has 4 values",
                "{gift} | write: insert, rate: 501/s | error `gift` has 2 values",
                "{shop}#{gift} | write: insert, rate: 1501/s | error `shop` has 3 values and `gift` has 2 values",
                "{shop}#{gift} | write: insert, rate: 1500/s |",
                "{land} | write: insert, rate: 417/s | error one value of `land` has 60 %",
                "{land} | write: insert, rate: 416/s |",
                "{id:shard(10)} | write: insert, rate: 2500/s |",
                "{id:shard(10)} | write: insert, rate: 2501/s | error `{id:shard(10)}` has 10 values",
                "{placed_at:yyyy-MM-dd} | write: insert, rate: 251/s | error every new one gets the current day",
                "{placed_at:epoch} | write: insert, rate: 251/s | error every new one gets the current second",
                "{placed_at} | write: insert, rate: 9999/s |",
                "{due} | write: insert, rate: 251/s | warning every new one gets the current day",
                "{free} | write: insert, rate: 9999/s |",
                // Rows without an ingredient are not in the index
                "{coupon} | write: insert, rate: 4999/s |",
                "{coupon} | write: insert, rate: 5001/s | error `coupon` has 2 values",
                // An update writes to an index only what it carries, and twice if the key changes
                "ALL | write: update, rate: 251/s, where: [customer_id = :c, placed_at = :p, id = :i], set: [note] | error at least 1004",
                "ALL | write: update, rate: 9999/s, where: [customer_id = :c, placed_at = :p, id = :i], set: [free] |",
                "{status} | write: update, rate: 501/s, where: [customer_id = :c, placed_at = :p, id = :i], set: [status] | error at least 1002: `p` 501/s of 8 units",
                "ALL | write: delete, rate: 251/s, where: [customer_id = :c, placed_at = :p, id = :i] | error at least 1004",
                // Half a unit for 4 KB: a single entry, twenty of them, all of a partition
                "{status} | find: many, limit: 20, select: [note], where: [status = :s], rate: 1501/s | error gives one partition 3000 read units a second, and the busiest of `{status}` gets at least 3002",
                "{status} | find: many, limit: 20, select: [note], where: [status = :s], rate: 1500/s |",
                "{status} | find: many, limit: 20, select: [note], where: [status = open], rate: 401/s | error always this one",
                "{status} | find: many, select: [note], where: [status = :s], rate: 94/s | error read units",
                "{status} | find: many, select: [note], where: [status = :s], rate: 93/s |",
                "{status} | find: one, select: [note], where: [status = :s, id = :i], rate: 23999/s |",
                "{status} | find: many, select: [note], where: [status = :s, id = :i], rate: 23999/s |",
                // Unknown rates
                "ALL | write: insert | warning all that `p` writes goes to one of `ALL`",
                "{status} | write: insert | warning at least 25 % that `p` writes goes to one of `{status}`, as `status` has 4 values",
                "{shop}#{status} | write: insert |",
            })
    void aPartitionTakesAsMuchAsItDoes(String template, String pattern, String expected) {
        var yaml = MODEL.replace("TEMPLATE", template)
                .replace("PATTERN", quoted(pattern))
                .replace("ROWS", "10M");
        assertFound(yaml.replace("PER", ""), new HotPartition(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // An item of 3 KB and an entry of as much, or of its keys alone
                "all  | write: insert, rate: 125/s |",
                "all  | write: insert, rate: 126/s | error table `shop` gives one partition 1000 write units a second, and the busiest of `ALL` gets at least 1008: `p` 126/s of 8 units",
                "keys | write: insert, rate: 200/s |",
                "keys | write: insert, rate: 201/s | error `p` 201/s of 5 units",
                "all  | find: many, orderBy: [status], limit: 1, rate: 6000/s |",
                "all  | find: many, orderBy: [status], limit: 1, rate: 6001/s | error table `shop` gives one partition 3000 read units a second, and the busiest of `ALL` gets at least 3001",
                "all  | find: many, orderBy: [status], limit: 1, rate: 3001/s, consistent: true | error at least 3001",
                "all  | find: many, orderBy: [status], limit: 1, rate: 3000/s, consistent: true |",
            })
    void aLocalIndexLiesInTheTablesPartitions(String project, String pattern, String expected) {
        var yaml = MODEL.replace(
                        "index: {partitionKey: GSI1PK, sortKey: GSI1SK, project: [note]}",
                        "index: {local: true, sortKey: LSI1SK, project: " + project + "}")
                .replace("index: {GSI1PK: \"TEMPLATE\", GSI1SK: \"{id}\"}", "index: {LSI1SK: \"{due}#{id}\"}")
                .replace("CUSTOMER#{customer_id}", "ALL")
                .replace("ROWS", "10M")
                .replace("PER", "");
        assertFound(yaml.replace("PATTERN", pattern.replace("status", "due")), new HotPartition(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // 3 KB twice, which is 10 GB after some 1.7 million
                "', perParent: 1600k' | 1G | all  |",
                "', perParent: 1800k' | 1G | all  | error gets some 1800000 items of `Order`, 11 GB with their entries",
                "', perParent: 1800k' | 1G | keys |",
                "', perParent: 3500k' | 1G | keys | error gets some 3500000 items of `Order`",
                "'' | 150G | all |",
                "'' | 190G | all | error gets some 1900000 items",
            })
    void aCollectionWithLocalIndexesHasAnEnd(String perParent, String rows, String project, String expected) {
        var yaml = MODEL.replace(
                        "index: {partitionKey: GSI1PK, sortKey: GSI1SK, project: [note]}",
                        "index: {local: true, sortKey: LSI1SK, project: " + project + "}")
                .replace("index: {GSI1PK: \"TEMPLATE\", GSI1SK: \"{id}\"}", "index: {LSI1SK: \"{due}#{id}\"}")
                .replace("ROWS", rows)
                .replace("PER", perParent)
                .replace("PATTERN", "write: insert");
        assertFound(yaml, new OversizedCollection(), expected);
        assertFound(yaml.replace("local: true", "partitionKey: PK"), new OversizedCollection(), null);
    }

    @Test
    void aCollectionOfAssumedRowsIsAWarning() {
        var yaml = MODEL.replace(
                        "index: {partitionKey: GSI1PK, sortKey: GSI1SK, project: [note]}",
                        "index: {local: true, sortKey: LSI1SK}")
                .replace("index: {GSI1PK: \"TEMPLATE\", GSI1SK: \"{id}\"}", "index: {LSI1SK: \"{due}#{id}\"}")
                .replace("CUSTOMER#{customer_id}", "ALL#{shop:shard(2)}")
                .replace("PER", "")
                .replace("PATTERN", "write: insert")
                .replace("width: 3000", "width: 30000");

        assertFound(yaml.replace("ROWS", "1M"), new OversizedCollection(), "error gets some 500000 items");
        assertFound(yaml.replace("    rows: ROWS\n", ""), new OversizedCollection(), "warning gets some 500000 items");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "999 | ALL | write: insert |",
                "1000 | ALL | write: insert | warning all that `p` writes",
            })
    void fewRowsNeedNoRate(String rows, String template, String pattern, String expected) {
        var yaml =
                MODEL.replace("TEMPLATE", template).replace("PATTERN", pattern).replace("ROWS", rows);
        assertFound(yaml.replace("PER", ""), new HotPartition(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // 3 KB and more each
                ", perParent: 300 | 10M | find: many, where: [customer_id = :c] |",
                ", perParent: 330 | 10M | find: many, where: [customer_id = :c] | warning 330 items of at least 3 KB, 1.1 MB together",
                ", perParent: 330 | 10M | find: count, where: [customer_id = :c] | warning 330 items",
                ", perParent: 330 | 10M | find: many, where: [customer_id = :c], limit: 100 |",
                ", perParent: 330 | 10M | find: many, where: [customer_id = :c, placed_at > :p] |",
                // 100k customers
                "'' | 30M | find: many, where: [customer_id = :c] |",
                "'' | 33M | find: many, where: [customer_id = :c] | warning 330 items",
                "'' | 1200 | find: many, where: [status = :s], select: [note] |",
                "'' | 1400 | find: many, where: [status = :s], select: [note] | warning 350 items",
            })
    void aPageIsAMegabyte(String perParent, String rows, String pattern, String expected) {
        var yaml = MODEL.replace("TEMPLATE", "{status}")
                .replace("PATTERN", quoted(pattern))
                .replace("ROWS", rows);
        assertFound(yaml.replace("PER", perParent), new UnpagedQuery(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ", perParent: 90 | find: many, where: [customer_id = :c, land = at] | warning keeps 1 % of what is read",
                ", perParent: 90 | find: many, where: [customer_id = :c, land = de] |",
                ", perParent: 90 | find: many, where: [customer_id = :c, land = fr] | warning keeps 0.2 % of what is read",
                ", perParent: 90 | find: many, where: [customer_id = :c, land = :l] | warning keeps 0.5 %",
                ", perParent: 90 | find: many, where: [customer_id = :c, status = :s] |",
                ", perParent: 90 | find: many, where: [customer_id = :c, status = :s, shop = :x] | warning keeps 8.3 %",
                ", perParent: 90 | find: many, where: [customer_id = :c, coupon is null] |",
                ", perParent: 90 | find: many, where: [customer_id = :c, coupon is not null, shop = :x] | warning keeps 3.3 %",
                ", perParent: 90 | find: many, where: [customer_id = :c, free = :f] |",
                ", perParent: 1 | find: many, where: [customer_id = :c, land = :l] |",
            })
    void aFilterKeepsATenth(String perParent, String pattern, String expected) {
        var yaml = MODEL.replace("TEMPLATE", "{status}")
                .replace("PATTERN", quoted(pattern))
                .replace("ROWS", "10M");
        assertFound(yaml.replace("PER", perParent), new WastefulFilter(), expected);
    }

    private static String quoted(String pattern) {
        return pattern.replaceAll("placed_at > :p", "\"placed_at > :p\"");
    }

    /** One finding of the rule, as its severity and a part of its summary, or none. */
    private static void assertFound(String yaml, Rule rule, String expected) {
        var found = rule.check(new Facts(Models.read(yaml), Findings.TODAY))
                .map(finding -> finding.severity().name().toLowerCase(Locale.ROOT) + " " + finding.summary())
                .toList();
        if (expected == null) {
            assertThat(found).isEmpty();
            return;
        }
        var blank = expected.indexOf(' ');
        assertThat(found)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith(expected.substring(0, blank))
                        .contains(expected.substring(blank + 1).replaceFirst("^index gives", "gives")));
    }
}
