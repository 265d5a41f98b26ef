package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Findings;
import dev.schemaproof.check.Rule;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edges of what DynamoDB takes: names, indexes, projections, times to live, unique keys, transactions. */
class KeyValueLimitsTest {

    private static final String MODEL = """
            schema: shop
            stores:
              edge:
                engine: dynamodb
                tables:
                  TABLE:
                    partitionKey: PK
                    sortKey: SK
                    TTL
                    indexes: {INDEXES}
                    items:
                      Customer:
                        key: {PK: "CUSTOMER#{id}", SK: CUSTOMER}
                        ITEM
                      Order:
                        key: {PK: "CUSTOMER#{customer_id}", SK: "ORDER#{id}"}
                        COPIES
            entities:
              Customer:
                attributes: {id: uuid, name: text, email: text, until: timestamptz, day: date, sum: bigint, until_ms: bigint, gone: boolean}
                key: [id]
                unique: UNIQUE
              Order:
                attributes: {id: uuid, customer_id: uuid, total: int}
                key: [id]
                references: {customer: {entity: CustomerPER}}
            accessPatterns:
              customer: {entity: Customer, find: one, where: ["id = :id"WHERE]}
              PATTERN
            """;

    private static String model(String key, String value) {
        return MODEL.replace(key, value)
                .replace("TABLE", "shop")
                .replace("TTL", "")
                .replace("{INDEXES}", "{}")
                .replace("ITEM", "")
                .replace("COPIES", "")
                .replace("UNIQUE", "[]")
                .replace("PER", "")
                .replace("WHERE", "")
                .replace("PATTERN", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc|",
                "a.b-c_D9|",
                "ab       | error shop: `ab` is no name",
                "ab d     | error `ab d` is no name for DynamoDB",
            })
    void namesHaveThreeHarmlessLetters(String name, String expected) {
        assertFound(model("TABLE", name), new UnfitName(), expected == null ? null : expected.replace("shop: ", ""));
        assertFound(
                model("{INDEXES}", "{" + name + ": {partitionKey: name, project: keys}}"),
                new UnfitName(),
                expected == null ? null : expected.replace("shop: ", ""));
    }

    @Test
    void namesEndAtTwoHundredFiftyFive() {
        assertFound(model("TABLE", "t".repeat(255)), new UnfitName(), null);
        assertFound(model("TABLE", "t".repeat(256)), new UnfitName(), "error is no name");
        assertFound(model("{INDEXES}", "{by-x: {partitionKey: " + "k".repeat(255) + "}}"), new UnfitName(), null);
        assertFound(
                model("{INDEXES}", "{by-x: {partitionKey: " + "é".repeat(128) + "}}"),
                new UnfitName(),
                "error 1 to 255 bytes, and this one has 256");
    }

    @Test
    void tablesThatDifferInCaseAreOneForReaders() {
        var yaml = model("TABLE", "shop").replace("entities:", "      Shop: {partitionKey: PK, items: {}}\nentities:");

        assertFound(yaml, new UnfitName(), "warning tables `shop` and `Shop` differ only in upper and lower case");
    }

    @Test
    void twentyIndexesAreAllowed() {
        assertFound(model("{INDEXES}", indexes(20, "keys")), new TooManyIndexes(), null);
        assertFound(
                model("{INDEXES}", indexes(21, "keys")),
                new TooManyIndexes(),
                "error has 21 global indexes, and DynamoDB allows 20");
    }

    @Test
    void fiveIndexesMayBeLocal() {
        assertFound(model("{INDEXES}", locals(5)), new TooManyIndexes(), null);
        assertFound(
                model("{INDEXES}", locals(6)),
                new TooManyIndexes(),
                "error has 6 local indexes, and DynamoDB allows 5");
        // Each kind is counted by itself
        assertFound(
                model(
                        "{INDEXES}",
                        indexes(20, "keys").replace("{by-0", locals(5).replace("}}", "}, by-0"))),
                new TooManyIndexes(),
                null);
    }

    private static String locals(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "local-" + i + ": {local: true, sortKey: L" + i + "}")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Test
    void aHundredNamesInProjectionsAreAllowed() {
        assertFound(model("{INDEXES}", indexes(20, "[name, email, until, day, sum]")), new BrokenProjection(), null);
        assertFound(
                model("{INDEXES}", indexes(20, "[name, email, until, day, sum]") + "")
                        .replace(
                                "by-3: {partitionKey: K3, project: [name",
                                "by-3: {partitionKey: K3, project: [gone, name"),
                new BrokenProjection(),
                "error name more than 100 attributes together");
    }

    /** Every customer is in each of them. */
    private static String indexes(int count, String project) {
        return IntStream.range(0, count)
                .mapToObj(i -> "by-" + i + ": {partitionKey: K" + i + ", project: " + project + "}")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[name, email] |",
                "[]            | error `project` of index `by-name` lists nothing",
                "[name, name]  | error `name` is listed twice",
                "[name, SK]    | warning `SK` is part of a key",
                "[name, GSI1PK]| warning `GSI1PK` is part of a key",
                "[name, total] | warning no item in index `by-name` holds `total`",
            })
    void aProjectionListsWhatEntriesHoldBeside(String project, String expected) {
        var yaml = model("{INDEXES}", "{by-name: {partitionKey: GSI1PK, project: " + project + "}}")
                .replace("SK: CUSTOMER}\n", "SK: CUSTOMER}\n            by-name: {GSI1PK: \"{name}\"}\n");

        assertFound(yaml, new BrokenProjection(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by-a: {partitionKey: A}, by-b: {partitionKey: B}|",
                "by-a: {partitionKey: A}, by-b: {partitionKey: A, sortKey: B}|",
                "by-a: {partitionKey: A}, by-b: {partitionKey: A}|error `by-b` has the key of index `by-a`",
                "by-a: {partitionKey: A}, by-b: {partitionKey: A, project: keys}|warning `by-b` has the key of index `by-a`",
                "by-a: {partitionKey: PK, sortKey: SK}|error `by-a` has the key of its table",
                "by-a: {partitionKey: SK, sortKey: PK}|",
            })
    void twoIndexesHaveTwoKeys(String indexes, String expected) {
        assertFound(model("INDEXES", indexes), new DuplicateIndex(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "', consistent: true' | '' | error only index `by-name` serves `names`, and a global index gives no consistent read",
                "'' | '' |",
                // The table itself serves it, if with a filter
                "', consistent: true' | ', id = :i' |",
            })
    void aGlobalIndexFollowsLater(String consistent, String where, String expected) {
        var yaml = model(
                        "PATTERN",
                        "names: {entity: Customer, find: many, where: [\"name = :n\""
                                + where.replace(", id = :i", ", \"id = :i\"") + "]" + consistent + "}")
                .replace("indexes: {}", "indexes: {by-name: {partitionKey: GSI1PK}}")
                .replace("SK: CUSTOMER}\n", "SK: CUSTOMER}\n            by-name: {GSI1PK: \"{name}\"}\n");

        assertFound(yaml, new InconsistentRead(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by-name: {entity: Customer, find: many, where: [name = :n]}|",
                "''|warning no access pattern reads index `by-name` of table `shop`",
                // What isn't served may be what the index is for
                "by-email: {entity: Customer, find: many, where: [email = :e]}|",
            })
    void anIndexIsRead(String pattern, String expected) {
        var yaml = model("PATTERN", pattern)
                .replace("indexes: {}", "indexes: {by-name: {partitionKey: GSI1PK}}")
                .replace("SK: CUSTOMER}\n", "SK: CUSTOMER}\n            by-name: {GSI1PK: \"{name}\"}\n");

        assertFound(yaml, new UnusedIndex(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "until    |",
                "day      |",
                "sum      |",
                "until_ms | warning by its name `until_ms` counts no seconds",
                "name     | error `Customer.name` is a `text`",
                "gone     | error `Customer.gone` is a `boolean`",
                "util     | error no item of `shop` holds `util`",
            })
    void aTimeToLiveIsANumberOfSeconds(String attribute, String expected) {
        assertFound(model("TTL", "ttl: " + attribute), new UnfitTtl(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | info may return items whose `until` has passed", "', \"until > :now\"' |"})
    void aReadAsksWhetherItHasPassed(String where, String expected) {
        assertFound(
                model("TTL", "ttl: until").replace("\"id = :id\"", "\"id = :id\"" + where),
                new ExpiredItems(),
                expected);
    }

    @Test
    void withoutATimeToLiveNothingExpires() {
        assertFound(model("TTL", ""), new ExpiredItems(), null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]            |",
                "[[id, email]] |",
                "[[email]]     | warning keeps `email` of `Customer` unique",
                "[[name, email]]| warning keeps `name` and `email` of `Customer` unique",
            })
    void onlyTheKeyOfATableIsUnique(String unique, String expected) {
        assertFound(model("UNIQUE", unique), new UnguardedUnique(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAIL#{customer.email} |",
                "MAIL#{customer.email:lower} |",
                "MAIL#{customer.name}#{customer.email} | warning keeps `email`",
                "MAIL#{id} | warning keeps `email`",
                "MAIL | warning keeps `email`",
            })
    void anItemOfItsOwnStandsForAValue(String key, String expected) {
        var yaml = model("UNIQUE", "[[email]]")
                .replace("\"CUSTOMER#{customer_id}\", SK: \"ORDER#{id}\"", "\"" + key + "\", SK: X");

        assertFound(yaml, new UnguardedUnique(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none | ', perParent: 99'  | text |",
                "none | ', perParent: 100' | text | error writes 101 items, and one transaction writes at most 100",
                "none | ''                 | text | warning nothing says whether the items of one `Customer` fit",
                "1m   | ', perParent: 100' | text |",
                "none | ', perParent: 50' | '{type: text, values: {width: 84000}}' | error items of 4 MB, and one transaction takes at most 4 MB",
            })
    void copiesThatAreNeverStaleFitIntoOneTransaction(String stale, String perParent, String type, String expected) {
        var yaml = model("COPIES", "copies: [customer.name]")
                        .replace("entity: Customer}", "entity: Customer" + perParent + "}")
                        .replace("total: int", "total: int, note: " + type)
                + """
                denormalizations:
                  order-name:
                    duplicates: {into: Order.customer_name, from: {copy: customer.name}}
                    sync: {by: application, code: com.acme.Customers#rename}
                    staleness: {allowed: %s, effect: An order shows an old name, repair: nightly}
                """.formatted(stale);

        assertFound(yaml, new OversizedTransaction(), expected);
    }

    @Test
    void aListHasAHundredValues() {
        assertThat(refused(100)).isEmpty();
        assertThat(refused(101))
                .containsExactly("`name in` can't be asked here: DynamoDB compares with at most 100 values");
    }

    private static List<String> refused(int values) {
        var list = IntStream.range(0, values).mapToObj(i -> "n" + i).collect(Collectors.joining(", "));
        var yaml = model("WHERE", ", \"name in (" + list + ")\"");
        return new IncomparableCondition()
                .check(new Facts(Models.read(yaml), Findings.TODAY))
                .map(finding -> finding.summary())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{email}       | {email:lower} | warning `orders` looks up `customer.email` as it is written, and `by-email` in lower case",
                "{email:lower} | {email:lower} |",
                "{email}       | {email}       |",
                "{id}          | {email:lower} |",
            })
    void aTextIsLookedUpInOneCasing(String order, String customer, String expected) {
        var yaml = model(
                        "PATTERN",
                        "by-email: {entity: Customer, find: many, where: [email = :e]}\n  orders: {entity: Order, find: many, where: [customer.email = :e, customer_id = :c]}")
                .replace("indexes: {}", "indexes: {by-email: {partitionKey: GSI1PK}}")
                .replace("SK: CUSTOMER}\n", "SK: CUSTOMER}\n            by-email: {GSI1PK: \"" + customer + "\"}\n")
                .replace(
                        "\"CUSTOMER#{customer_id}\"",
                        "\"MAIL#" + order.replace("email", "customer.email").replace("{id", "{customer_id") + "\"");

        assertFound(yaml, new MixedCasing(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X | {until}           | X | {id}               | warning sorts `Order` by `id`, a `uuid`, and `Customer` in the same partitions by `until`, a `timestamptz`",
                "X | {until}           | Y | {id}               |",
                "X | {id}              | X | {customer_id}      |",
                "X | {until}           | X | ORDER#{id}         |",
                "X | U#{until}         | X | {id}               |",
                "{name} | {sum:%019d}  | M{customer.name} | {total:%010d} |",
                "{name} | {until}      | M{customer.name} | {total:%010d} | warning by `total`, a `int`",
            })
    void aSortKeyHoldsOneKindOfValue(
            String partition, String sort, String otherPartition, String otherSort, String expected) {
        var yaml = model("PATTERN", "")
                .replace("indexes: {}", "indexes: {by-x: {partitionKey: GSI1PK, sortKey: GSI1SK}}")
                .replace(
                        "SK: CUSTOMER}\n",
                        "SK: CUSTOMER}\n            by-x: {GSI1PK: \"" + partition + "\", GSI1SK: \"" + sort + "\"}\n")
                .replace(
                        "SK: \"ORDER#{id}\"}\n",
                        "SK: \"ORDER#{id}\"}\n            by-x: {GSI1PK: \"" + otherPartition + "\", GSI1SK: \""
                                + otherSort + "\"}\n");

        assertFound(yaml, new MixedSortKey(), expected);
    }

    @Test
    void aTextThatNoPatternComparesIsNotLookedUp() {
        var yaml = model(
                        "PATTERN",
                        "by-email: {entity: Customer, find: many, where: [email = :e]}\n"
                                + "  orders: {entity: Order, find: many, where: [\"customer_id = :c\"MORE]}")
                .replace("indexes: {}", "indexes: {by-email: {partitionKey: GSI1PK}}")
                .replace("SK: CUSTOMER}\n", "SK: CUSTOMER}\n            by-email: {GSI1PK: \"{email:lower}\"}\n")
                .replace("ORDER#{id}", "ORDER#{id}#{customer.email}");

        assertFound(yaml.replace("MORE", ""), new MixedCasing(), null);
        assertFound(
                yaml.replace("MORE", ", \"id = :id\", customer.email = :e"),
                new MixedCasing(),
                "warning `orders` looks up");
    }

    @Test
    void lowerCaseByCheckIsOneCasing() {
        var yaml = model(
                        "PATTERN",
                        "by-email: {entity: Customer, find: many, where: [email = :e]}\n  orders: {entity: Order, find: many, where: [customer.email = :e]}")
                .replace("indexes: {}", "indexes: {by-email: {partitionKey: GSI1PK}}")
                .replace("SK: CUSTOMER}\n", "SK: CUSTOMER}\n            by-email: {GSI1PK: \"{email:lower}\"}\n")
                .replace("\"CUSTOMER#{customer_id}\"", "\"MAIL#{customer.email}\"");

        assertFound(yaml, new MixedCasing(), "warning `orders` looks up");
        assertFound(
                yaml.replace("email: text", "email: {type: text, check: \"email ~ '^[a-z@.]+$'\"}"),
                new MixedCasing(),
                null);
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
                        .contains(expected.substring(blank + 1)));
    }
}
