package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.KeyValueTable;
import dev.schemaproof.model.KeyValueTable.Options;
import dev.schemaproof.model.KeyValueTable.StreamView;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a DynamoDB table says of its indexes and options, and what doesn't go together. */
class KeyValueTableTest {

    private static final String MODEL = """
            schema: shop
            stores:
              edge:
                engine: dynamodb
                tables:
                  shop:
                    partitionKey: {name: PK, type: number}
                    SORT
                    indexes: {by-x: {INDEX}}
                    items: {}
            entities:
              A: {attributes: {id: uuid}, key: [id]}
            accessPatterns:
              a: {entity: A, PATTERN}
            """;

    private static String model(String sort, String index, String pattern) {
        return MODEL.replace("SORT", sort).replace("INDEX", index).replace("PATTERN", pattern);
    }

    private static KeyValueTable table(String sort, String index) {
        return Models.read(model(sort, index, "find: many"))
                .keyValueStores()
                .findFirst()
                .orElseThrow()
                .tables()
                .get("shop");
    }

    @Test
    void aLocalIndexHasThePartitionKeyOfItsTable() {
        var table = table("sortKey: SK", "local: true, sortKey: L");

        assertThat(table.localIndexes()).singleElement().satisfies(index -> {
            assertThat(index.partitionKey()).isEqualTo(table.partitionKey());
            assertThat(index.sortKey().orElseThrow().name()).hasToString("L");
        });
        assertThat(table.globalIndexes()).isEmpty();
    }

    @Test
    void anIndexIsGlobalUnlessItSaysOtherwise() {
        var table = table("sortKey: SK", "partitionKey: P");

        assertThat(table.globalIndexes())
                .singleElement()
                .satisfies(index -> assertThat(index.partitionKey().name()).hasToString("P"));
        assertThat(table.localIndexes()).isEmpty();
    }

    @Test
    void optionsAreOffUnlessTheyAreSaid() {
        assertThat(table("sortKey: SK", "partitionKey: P").options())
                .isEqualTo(new Options(Optional.empty(), false, false));
        assertThat(table(
                                "stream: new-image\n        pointInTimeRecovery: true\n        deletionProtection: true",
                                "partitionKey: P")
                        .options())
                .isEqualTo(new Options(Optional.of(StreamView.NEW_IMAGE), true, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sortKey: SK | sortKey: L | find: many | incomplete-element | an index needs `partitionKey`",
                "sortKey: SK | local: true | find: many | incomplete-element | a local index needs `sortKey`",
                "sortKey: SK | local: true, partitionKey: P, sortKey: L | find: many | unknown-key | a local index has the partition key of its table",
                "'' | local: true, sortKey: L | find: many | incomplete-element | a table with local indexes needs `sortKey`",
                "sortKey: SK | partitionKey: P | write: insert, consistent: true | unknown-key | `consistent` doesn't fit here: a write doesn't read",
            })
    void whatDoesNotGoTogetherIsSaid(String sort, String index, String pattern, String rule, String summary) {
        assertThat(Models.tryRead(model(sort, index, pattern)).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).hasToString(rule);
                    assertThat(finding.summary()).isEqualTo(summary);
                    assertThat(finding.help()).isPresent();
                });
    }

    @Test
    void aReadIsConsistentOnlyWhereItSaysSo() {
        assertThat(consistent("find: many, consistent: true")).isTrue();
        assertThat(consistent("find: many")).isFalse();
    }

    private static boolean consistent(String pattern) {
        return Models.read(model("", "partitionKey: P", pattern)).pattern("a").orElseThrow()
                        instanceof AccessPattern.Read read
                && read.consistent();
    }
}
