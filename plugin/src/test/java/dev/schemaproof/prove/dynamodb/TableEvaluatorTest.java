package dev.schemaproof.prove.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaproof.output.Json;
import dev.schemaproof.prove.dynamodb.TableService.RefusedCallException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableEvaluatorTest {

    private final TableService service = new TableEvaluator();

    @BeforeEach
    void fill() throws Exception {
        call("CreateTable", """
                {"TableName": "notes", "BillingMode": "PAY_PER_REQUEST",
                 "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}, {"AttributeName": "SK", "AttributeType": "S"},
                   {"AttributeName": "rank", "AttributeType": "N"}, {"AttributeName": "lang", "AttributeType": "S"}],
                 "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
                 "GlobalSecondaryIndexes": [{"IndexName": "by-rank", "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["title"]},
                   "KeySchema": [{"AttributeName": "lang", "KeyType": "HASH"}, {"AttributeName": "rank", "KeyType": "RANGE"}]}],
                 "LocalSecondaryIndexes": [{"IndexName": "local-rank", "Projection": {"ProjectionType": "KEYS_ONLY"},
                   "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "rank", "KeyType": "RANGE"}]}]}
                """);
        put("a", "1", "'rank': {'N': '10'}, 'lang': {'S': 'en'}, 'title': {'S': 'first'}");
        put("a", "2", "'rank': {'N': '9'}, 'lang': {'S': 'en'}, 'tags': {'L': [{'S': 'x'}, {'S': 'y'}]}");
        put("a", "\uFFFD", "'lang': {'S': 'en'}, 'open': {'BOOL': true}");
        put("a", "😀", "'rank': {'N': '-1'}, 'lang': {'S': 'de'}");
        put("b", "1", "'rank': {'N': '9.0'}, 'lang': {'S': 'en'}");
    }

    private void put(String partition, String sort, String rest) throws Exception {
        call(
                "PutItem",
                "{'TableName': 'notes', 'Item': {'PK': {'S': '%s'}, 'SK': {'S': '%s'}, %s}}"
                        .formatted(partition, sort, rest));
    }

    private Map<String, @Nullable Object> call(String operation, String json) throws RefusedCallException, IOException {
        var body = (Map<?, ?>) Json.read(json.replace('\'', '"'));
        return service.call(operation, strings(body));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> strings(@Nullable Object map) {
        return (Map<String, Object>) java.util.Objects.requireNonNull(map);
    }

    private List<String> keys(String operation, String rest) throws Exception {
        var items = (List<?>)
                call(operation, "{'TableName': 'notes', " + rest + "}").get("Items");
        return java.util.Objects.requireNonNull(items).stream()
                .map(item -> text(item, "PK") + text(item, "SK"))
                .toList();
    }

    private static String text(@Nullable Object item, String name) {
        return String.valueOf(strings(strings(item).get(name)).get("S"));
    }

    private static final String PARTITION =
            "'KeyConditionExpression': 'PK = :p', 'ExpressionAttributeValues': {':p': {'S': 'a'}}";

    @Test
    void sortsTextByItsBytesAndNumbersByTheirValue() throws Exception {
        assertThat(keys("Query", PARTITION)).containsExactly("a1", "a2", "a\uFFFD", "a😀");
        assertThat(keys("Query", PARTITION + ", 'ScanIndexForward': false"))
                .containsExactly("a😀", "a\uFFFD", "a2", "a1");
        assertThat(keys("Query", "'IndexName': 'local-rank', " + PARTITION)).containsExactly("a😀", "a2", "a1");
    }

    @Test
    void anIndexHoldsOnlyTheItemsThatHaveItsKey() throws Exception {
        assertThat(keys("Scan", "'IndexName': 'by-rank'")).containsExactlyInAnyOrder("a1", "a2", "a😀", "b1");
        assertThat(call(
                        "Query",
                        "{'TableName': 'notes', 'IndexName': 'by-rank', 'KeyConditionExpression': 'lang = :l AND #r > :r',"
                                + " 'ExpressionAttributeNames': {'#r': 'rank'},"
                                + " 'ExpressionAttributeValues': {':l': {'S': 'en'}, ':r': {'N': '9'}}}"))
                .extractingByKey("Items")
                .isEqualTo(List.of(strings(Json.read("""
                        {"PK": {"S": "a"}, "SK": {"S": "1"}, "rank": {"N": "10"}, "lang": {"S": "en"}, "title": {"S": "first"}}
                        """))));
    }

    @Test
    void endsAPageAtItsLimitAndGoesOnBehindIt() throws Exception {
        var first = call("Query", "{'TableName': 'notes', 'Limit': 2, " + PARTITION + "}");
        var second = call(
                "Query",
                "{'TableName': 'notes', 'ExclusiveStartKey': " + Json.text(strings(first.get("LastEvaluatedKey")))
                        + ", " + PARTITION + "}");
        assertThat(first).containsEntry("Count", 2);
        assertThat((List<?>) second.get("Items")).hasSize(2);
        assertThat(second).doesNotContainKey("LastEvaluatedKey");
    }

    @Test
    void endsAPageAfterOneMegabyte() throws Exception {
        for (var i = 0; i < 4; i++) {
            put("big", "" + i, "'text': {'S': '" + "x".repeat(380_000) + "'}");
        }
        var page = call(
                "Query",
                "{'TableName': 'notes', 'Select': 'COUNT', 'KeyConditionExpression': 'PK = :p', 'ExpressionAttributeValues': {':p': {'S': 'big'}}}");
        assertThat(page)
                .containsEntry("Count", 3)
                .containsKey("LastEvaluatedKey")
                .doesNotContainKey("Items");
    }

    @Test
    void filtersAfterTheLimitHasCounted() throws Exception {
        var page = call(
                "Query",
                "{'TableName': 'notes', 'Limit': 2, 'FilterExpression': 'attribute_exists(tags)', " + PARTITION + "}");
        assertThat(page).containsEntry("Count", 1).containsEntry("ScannedCount", 2L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "contains(tags, :v)                 | 'S': 'x'     | a2",
                "contains(title, :v)                | 'S': 'rst'   | a1",
                "contains(:v, title)                | 'L': [{'S': 'first'}] | a1",
                "title <> :v                        | 'S': 'first' | a2 a\uFFFD a😀",
                "#o = :v                            | 'BOOL': true | a\uFFFD",
                "lang IN (:v)                       | 'S': 'de'    | a😀",
                "NOT lang = :v                      | 'S': 'en'    | a😀",
                "lang = :v OR attribute_exists(tags) | 'S': 'de'   | a2 a😀",
                "(#r > :v)                          | 'N': '9'     | a1",
                "begins_with(title, :v)             | 'S': 'fi'    | a1",
                "lang = :v AND attribute_not_exists(#r) | 'S': 'en' | a\uFFFD",
            })
    void filters(String filter, String value, String expected) throws Exception {
        var names = (filter.contains("#r") ? "'#r': 'rank'" : "") + (filter.contains("#o") ? "'#o': 'open'" : "");
        assertThat(keys(
                        "Query",
                        "'KeyConditionExpression': 'PK = :p', 'FilterExpression': '" + filter + "',"
                                + (names.isEmpty() ? "" : "'ExpressionAttributeNames': {" + names + "},")
                                + "'ExpressionAttributeValues': {':p': {'S': 'a'}, ':v': {" + value + "}}"))
                .containsExactly(expected.split(" "));
    }

    @Test
    void updatesSetRemoveAndKeep() throws Exception {
        call(
                "UpdateItem",
                "{'TableName': 'notes', 'Key': {'PK': {'S': 'a'}, 'SK': {'S': '1'}},"
                        + " 'UpdateExpression': 'SET title = if_not_exists(title, :t), note = :t REMOVE lang',"
                        + " 'ConditionExpression': 'attribute_exists(PK)', 'ExpressionAttributeValues': {':t': {'S': 'new'}}}");
        assertThat(call("GetItem", "{'TableName': 'notes', 'Key': {'PK': {'S': 'a'}, 'SK': {'S': '1'}}}")
                        .get("Item"))
                .isEqualTo(strings(Json.read(
                        "{'PK': {'S': 'a'}, 'SK': {'S': '1'}, 'rank': {'N': '10'}, 'title': {'S': 'first'}, 'note': {'S': 'new'}}"
                                .replace('\'', '"'))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Query | 'KeyConditionExpression': 'SK = :p', 'ExpressionAttributeValues': {':p': {'S': 'a'}} | missed key schema element",
                "Query | 'KeyConditionExpression': 'PK > :p', 'ExpressionAttributeValues': {':p': {'S': 'a'}} | not supported",
                "Query | 'KeyConditionExpression': 'PK = :p AND SK <> :p', 'ExpressionAttributeValues': {':p': {'S': 'a'}} | not supported",
                "Query | 'KeyConditionExpression': 'PK = :p AND SK BETWEEN :q AND :p', 'ExpressionAttributeValues': {':p': {'S': 'a'}, ':q': {'S': 'b'}} | upper bound",
                "Query | 'KeyConditionExpression': 'PK = :p', 'ExpressionAttributeValues': {':p': {'S': ''}} | empty string",
                "Query | 'KeyConditionExpression': 'PK = :p', 'ExpressionAttributeValues': {':p': {'N': '1'}} | does not match schema type",
                "Query | 'KeyConditionExpression': 'PK = :p', 'FilterExpression': 'SK = :p', 'ExpressionAttributeValues': {':p': {'S': 'a'}} | Primary key attribute: SK",
                "Query | 'KeyConditionExpression': 'PK = :p', 'ExpressionAttributeValues': {':p': {'S': 'a'}, ':q': {'S': 'b'}} | unused in expressions",
                "Query | 'KeyConditionExpression': 'PK = :q', 'ExpressionAttributeValues': {':p': {'S': 'a'}} | not defined",
                "Query | 'KeyConditionExpression': 'PK = :p', 'FilterExpression': 'name = :p', 'ExpressionAttributeValues': {':p': {'S': 'a'}} | reserved keyword",
                "Query | 'IndexName': 'by-rank', 'KeyConditionExpression': 'lang = :p', 'ProjectionExpression': 'note', 'ExpressionAttributeValues': {':p': {'S': 'a'}} | does not project",
                "Query | 'IndexName': 'by-rank', 'ConsistentRead': true, 'KeyConditionExpression': 'lang = :p', 'ExpressionAttributeValues': {':p': {'S': 'a'}} | Consistent reads",
                "Query | 'IndexName': 'other', 'KeyConditionExpression': 'PK = :p', 'ExpressionAttributeValues': {':p': {'S': 'a'}} | does not have the specified index",
                "Query | 'KeyConditionExpression': 'PK = :p AND', 'ExpressionAttributeValues': {':p': {'S': 'a'}} | Syntax error",
                "PutItem | 'Item': {'PK': {'S': 'a'}} | Missing the key SK",
                "PutItem | 'Item': {'PK': {'S': 'a'}, 'SK': {'N': '1'}} | Type mismatch for key SK",
                "PutItem | 'Item': {'PK': {'S': 'a'}, 'SK': {'S': 'x'}, 'rank': {'S': '1'}} | Type mismatch for key rank",
                "PutItem | 'Item': {'PK': {'S': 'a'}, 'SK': {'S': 'x'}, 'lang': {'S': ''}} | empty string",
                "PutItem | 'Item': {'PK': {'S': 'a'}, 'SK': {'S': 'x'}, 'n': {'N': '123456789012345678901234567890123456789'}} | 38 significant digits",
                "PutItem | 'Item': {'PK': {'S': 'a'}, 'SK': {'S': 'x'}, 'n': {'N': '1E126'}} | overflow",
                "PutItem | 'Item': {'PK': {'S': 'a'}, 'SK': {'S': '1'}}, 'ConditionExpression': 'attribute_not_exists(PK)' | conditional request failed",
                "UpdateItem | 'Key': {'PK': {'S': 'a'}, 'SK': {'S': '1'}}, 'UpdateExpression': 'SET SK = :v', 'ExpressionAttributeValues': {':v': {'S': 'b'}} | part of the key",
                "UpdateItem | 'Key': {'PK': {'S': 'z'}, 'SK': {'S': '1'}}, 'UpdateExpression': 'SET x = :v', 'ConditionExpression': 'attribute_exists(PK)', 'ExpressionAttributeValues': {':v': {'S': 'b'}} | conditional request failed",
                "UpdateItem | 'Key': {'PK': {'S': 'a'}, 'SK': {'S': '1'}}, 'UpdateExpression': 'SET x = :v REMOVE x', 'ExpressionAttributeValues': {':v': {'S': 'b'}} | overlap",
                "DeleteItem | 'Key': {'PK': {'S': 'a'}} | does not match the schema",
                "GetItem | 'Key': {'PK': {'S': 'a'}, 'SK': {'S': '1'}, 'rank': {'N': '1'}} | does not match the schema",
                "BatchGetItem | 'x': 1 | not understood",
            })
    void refuses(String operation, String rest, String message) {
        assertThatThrownBy(() -> call(operation, "{'TableName': 'notes', " + rest + "}"))
                .isInstanceOf(RefusedCallException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesKeysAndItemsThatAreTooLong() {
        assertThatThrownBy(() -> put("a".repeat(2049), "x", "'n': {'N': '1'}")).hasMessageContaining("2048 bytes");
        assertThatThrownBy(() -> put("a", "é".repeat(513), "'n': {'N': '1'}")).hasMessageContaining("1024 bytes");
        assertThatThrownBy(() -> put("a", "x", "'text': {'S': '" + "x".repeat(409_600) + "'}"))
                .hasMessageContaining("maximum allowed size");
    }

    @Test
    void refusesASecondTableOfTheSameName() {
        assertThatThrownBy(() -> fill())
                .isInstanceOfSatisfying(
                        RefusedCallException.class, e -> assertThat(e.code()).isEqualTo("ResourceInUseException"));
    }
}
