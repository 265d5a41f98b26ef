package dev.schemaproof.generate.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis;
import dev.schemaproof.analysis.keyvalue.Resolution.Refused;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.analysis.keyvalue.TemplateProblem;
import dev.schemaproof.analysis.keyvalue.cost.Prices;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.template.Templates;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of {@code shards} in keys, requests and charts, and where it is refused. */
class ShardedRequestsTest {

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
                      by-shop: {partitionKey: GSI1PK, sortKey: GSI1SK}
                      by-day: {local: true, sortKey: LSI1SK}
                      by-number: {partitionKey: {name: GSI2PK, type: number}}
                    items:
                      Customer:
                        key: {PK: "SHOP#{shop}", SK: "CUSTOMER#{id}"CUSTOMERS}
                      Order:
                        key: {KEY}
                        by-shop: {INDEX}
                        MORE
            entities:
              Customer:
                attributes: {id: uuid, shop: text}
                key: [id]
              Order:
                rows: 1M
                attributes: {id: uuid, line: int, shop: {type: text, values: {distinct: 10}}, day: date, note: text null, customer_id: uuid, digest: bytes}
                key: [ID]
                references: {customer: {entity: Customer}}
            accessPatterns:
              p: {PATTERN}
            """;

    private static final String KEY = "PK: \"SHOP#{shop}\", SK: \"ORDER#{day}#{id}\"";
    private static final String INDEX = "GSI1PK: \"SHOP#{shop}\", GSI1SK: \"{day}\"";

    private static Facts facts(String key, String index, String more, String id, String pattern) {
        return new Facts(Models.read(MODEL.replace("CUSTOMERS", "")
                .replace("KEY", key)
                .replace("INDEX", index)
                .replace("MORE", more)
                .replace("ID", id)
                .replace("PATTERN", pattern)));
    }

    private static String artifact(Facts facts, String name) throws TemplateFailedException {
        return Stream.concat(
                        new KeyValueGenerator().generate(facts),
                        new DesignGenerator(Templates.builtIn(), Prices.NONE).generate(facts))
                .filter(artifact -> artifact.path().endsWith(name))
                .map(Artifact::text)
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ", shards: 10 | SHOP#{shop}#{id:shard(10)}",
                ", shards: {count: 7, by: day} | SHOP#{shop}#{day:shard(7)}",
                " | SHOP#{shop}",
            })
    void theShardStandsBehindThePartition(String shards, String template) {
        var facts = facts(KEY + (shards == null ? "" : shards), INDEX, "", "id", "entity: Order, write: insert");
        var item =
                facts.keyValue().stores().get(0).tables().get(0).item("Order").orElseThrow();

        assertThat(item.key().partition()).hasToString(template);
        assertThat(item.indexes().get("by-shop").partition()).hasToString("SHOP#{shop}");
    }

    @Test
    void theKeyThatIsLeftOpenSaysTheShard() {
        var key = "PK: \"SHOP#{shop}#{id}\", SK: \"ORDER#{line}#{day}\", shards: 10";
        var item = facts(key, INDEX, "", "id, line", "entity: Order, write: insert")
                .keyValue()
                .stores()
                .get(0)
                .tables()
                .get(0)
                .item("Order")
                .orElseThrow();

        assertThat(item.key().partition()).hasToString("SHOP#{shop}#{id}#{line:shard(10)}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "PK: \"SHOP#{shop}#{id}\", SK: ORDER, shards: 4 | | | id | holds one item, which can't be spread",
                "PK: \"SHOP#{shop}\", SK: \"O#{id}#{line}\", shards: 4 | | | id, line | differ in `id` and `line`, and one of them has to say the shard",
                "PK: \"SHOP#{shop}\", SK: \"O#{id}\", shards: {count: 4, by: day} | | | id | doesn't say `day`",
                "PK: \"SHOP#{shop}\", SK: \"{day:yyyy-MM}#{id}\", shards: {count: 4, by: day} | | | id | doesn't say `day`",
                "KEY, shards: {count: 4, by: shop} | | | id | all items of one partition of `SHOP#{shop}` have the same `shop`",
                "KEY, shards: {count: 4, by: dya} | | | id | `Order` has no attribute `dya`",
                "KEY | INDEX, shards: {count: 4, by: note} | | id | `note` may be absent",
                "KEY | INDEX, shards: {count: 4, by: digest} | | id | which has no text to be hashed",
                "KEY | GSI1PK: \"{shop}#{id:shard(3)}\", GSI1SK: X, shards: 4 | | id | has shards already",
                "KEY | | by-day: {LSI1SK: \"{day}\", shards: 4} | id | the local index `by-day` lies in the partitions of the table",
                "KEY | | by-number: {GSI2PK: \"{line}\", shards: 4} | id | `GSI2PK` is no text",
            })
    void whatCannotBeSpreadIsSaid(String key, String index, String more, String id, String summary) {
        var facts = facts(
                key.replace("KEY", KEY),
                index == null ? INDEX : index.replace("INDEX", INDEX),
                more == null ? "" : more,
                id,
                "entity: Order, write: insert");

        assertThat(facts.keyValue().stores())
                .flatExtracting(KeyValueAnalysis.StoreFacts::problems)
                .extracting(TemplateProblem::summary)
                .singleElement()
                .asString()
                .contains(summary);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // all shards, merged, cut once more
                "find: many, where: [shop = :s], orderBy: [day desc], select: [id], limit: 5 | Query SK = SHOP#${s}#${*:shard(10)} ORDER# -> id, SK limit 5 backward | merge by SK false, take 5",
                "find: many, where: [shop = :s] | Query SHOP#${s}#${*:shard(10)} | append",
                "find: count, where: [shop = :s] | SHOP#${s}#${*:shard(10)} count | add",
                "find: one, where: [shop = :s, day = :d] | SHOP#${s}#${*:shard(10)} limit 1 | append, take 1",
                // the key says the shard
                "find: one, where: [shop = :s, day = :d, id = :i] | GetItem PK=SHOP#${s}#${i:shard(10)} SK=ORDER#${d}#${i} |",
                "write: delete, where: [shop = :s, day = :d, id = :i] | DeleteItem PK=SHOP#${s}#${i:shard(10)} |",
                "find: many, where: [shop = :s, id = :i] | Query SHOP#${s}#${i:shard(10)} |",
                // as does a value that the pattern names
                "find: many, where: [shop = :s, id = '7f9c24e8-3b12-4fef-91e0-5ad2f1c6b0a1'] | Query SHOP#${s}#4 |",
            })
    void aReadAsksTheShardsThatCanHoldItsAnswer(String pattern, String request, String shards)
            throws TemplateFailedException {
        var facts = facts(KEY + ", shards: 10", INDEX + ", shards: 20", "", "id", "entity: Order, " + pattern);
        var served = (Served) facts.keyValue().stores().get(0).resolutions().get(0);
        var text = artifact(facts, "access-patterns.json").replaceAll("\\s+", " ");

        for (var word : request.replace("Query SK =", "Query PK =").split(" ")) {
            assertThat(RequestLine.of(served)).contains(word);
        }
        if (shards == null) {
            assertThat(text).doesNotContain("\"shards\"");
            return;
        }
        var take = shards.contains("take") ? ", \"limit\" : " + shards.replaceAll(".*take ", "") : "";
        var merge = shards.startsWith("merge") ? ", \"by\" : \"SK\", \"ascending\" : false" : "";
        assertThat(text)
                .contains(
                        "\"shards\" : { \"placeholder\" : \"${*:shard(10)}\", \"from\" : 0, \"to\" : 9, \"answers\" : \""
                                + shards.replaceAll("[ ,].*", "") + "\"" + merge + " }" + take + " }");
        assertThat(artifact(facts, "design.md")).contains("10 queries, one a shard, ");
    }

    @Test
    void oneQueryIsTakenBeforeMany() throws TemplateFailedException {
        var facts = facts(KEY + ", shards: 10", INDEX, "", "id", "entity: Order, find: many, where: [shop = :s]");

        assertThat(artifact(facts, "access-patterns.json"))
                .contains("index by-shop")
                .doesNotContain("\"shards\"");
    }

    @Test
    void whatBelongsTogetherIsNotReadFromShards() {
        var read = "entity: Customer, find: many, where: [shop = :s], include: {Order: {by: customer}}";
        var yaml = MODEL.replace("CUSTOMERS", ", shards: 4")
                .replace(
                        "KEY",
                        "PK: \"SHOP#{customer.shop}\", SK: \"ORDER#{customer_id}#{id}\", shards: {count: 4, by: customer_id}")
                .replace("INDEX", INDEX)
                .replace("MORE", "")
                .replace("ID", "id")
                .replace("PATTERN", read);
        var resolution = new Facts(Models.read(yaml))
                .keyValue()
                .stores()
                .get(0)
                .resolutions()
                .get(0);

        assertThat(resolution)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.summary())
                                .isEqualTo(
                                        "`SHOP#{shop}#{id:shard(4)}` spreads the `Customer` over 4 shards, so that no one query reads them"
                                                + " with what is included"));
    }
}
