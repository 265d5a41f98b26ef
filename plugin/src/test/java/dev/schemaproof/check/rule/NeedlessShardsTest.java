package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Findings;
import dev.schemaproof.check.Rule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What shards do to the load of a partition, and when they are of no use. */
class NeedlessShardsTest {

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
                      by-state: {partitionKey: GSI1PK, sortKey: GSI1SK}
                      LOCAL
                    items:
                      Order:
                        key: {PK: "CUSTOMER#{customer}", SK: "{day}#{id}"OWN}
                        by-state: {GSI1PK: "S#{state}", GSI1SK: "{day}"SHARDS}
            types: {state: {enum: [open, done]}}
            entities:
              Order:
                rows: ROWS
                attributes: {id: uuid, customer: {type: uuid, values: {distinct: 10}}, day: date, state: state, kind: {type: text, values: {distinct: 3}}, note: {type: text, values: {width: 700}}}
                key: [id]
            accessPatterns:
              place: {entity: Order, write: insert WRITES}
              look: {entity: Order, find: many, where: [state = :s], limit: 10 READS}
              of: {entity: Order, find: many, where: [customer = :c], limit: 10 READS}
            """;

    private static void assertFound(String yaml, Rule rule, @Nullable String expected) {
        var found = rule.check(new Facts(Models.read(yaml), Findings.TODAY)).toList();
        if (expected == null) {
            assertThat(found).isEmpty();
            return;
        }
        assertThat(found).singleElement().satisfies(finding -> {
            var words = expected.split(" ", 2);
            assertThat(finding.severity().name().toLowerCase(Locale.ROOT)).isEqualTo(words[0]);
            assertThat(finding.summary()).contains(words[1]);
        });
    }

    private static String model(String own, String shards, String writes, String reads) {
        return MODEL.replace("OWN", own == null ? "" : own)
                .replace("SHARDS", shards == null ? "" : shards)
                .replace("WRITES", writes == null ? "" : writes)
                .replace("READS", reads == null ? "" : reads);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // one partition takes 1000 write units a second, and all of it is no more than that
                ", shards: 4 | , rate: 1000/s | , rate: 1/s | warning all of `S#{state}#{id:shard(4)}` together takes 1000 write and",
                ", shards: 4 | , rate: 1001/s | , rate: 1/s |",
                // ten items of 0.9 KB are one unit and a half of a query, and four queries make the call
                ", shards: 4 | , rate: 1/s | , rate: 500/s | warning 3000 read units a second",
                ", shards: 4 | , rate: 1/s | , rate: 501/s |",
                ", shards: 4 | | , rate: 1/s | info no rate is declared of `place`; `look` costs 4 requests",
                ", shards: 4 | , rate: 1/s | | info no rate is declared of `look`;",
                ", shards: {count: 4, by: kind} | , rate: 9999/s | , rate: 1/s | warning `kind` has 3 values, so that no more than 3 of 4 shards",
                ", shards: {count: 3, by: kind} | , rate: 9999/s | , rate: 1/s |",
                " | , rate: 1/s | , rate: 1/s |",
            })
    void shardsAreForWhatOnePartitionCannotTake(String shards, String writes, String reads, String expected) {
        assertFound(
                model("", shards, writes, reads).replace("LOCAL", "").replace("ROWS", "1M"),
                new NeedlessShards(),
                expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"10M | warning all of `CUSTOMER#{customer}#{id:shard(5)}` together takes", "1G |"})
    void aLocalIndexAsksForShardsOfWhatIsLarge(String rows, String expected) {
        assertFound(
                model(", shards: 5", "", ", rate: 1/s", ", rate: 1/s")
                        .replace("LOCAL", "by-day: {local: true, sortKey: LSI1SK}")
                        .replace("ROWS", rows),
                new NeedlessShards(),
                expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // two states over four shards
                ", shards: 4 | , rate: 8000/s | , rate: 1/s |",
                ", shards: 4 | , rate: 8001/s | , rate: 1/s | error `state` has 2 values and `{id:shard(4)}` has 4 values",
                // three kinds fill three of them
                ", shards: {count: 4, by: kind} | , rate: 6001/s | , rate: 1/s | error `state` has 2 values and `kind` has 3 values",
                // a read asks each shard, and spares none of them
                ", shards: 4 | , rate: 1/s | , rate: 3000/s |",
                ", shards: 4 | , rate: 1/s | , rate: 6001/s | error `state` has 2 values and it asks all 4 shards",
            })
    void theLoadIsThatOfAShard(String shards, String writes, String reads, String expected) {
        assertFound(
                model("", shards, writes, reads).replace("LOCAL", "").replace("ROWS", "1M"),
                new HotPartition(),
                expected);
    }
}
