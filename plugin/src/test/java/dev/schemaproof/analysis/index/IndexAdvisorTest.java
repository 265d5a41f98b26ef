package dev.schemaproof.analysis.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Findings;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the patterns of a model ask of its indexes. */
class IndexAdvisorTest {

    private static final String MODEL = """
            schema: shop
            entities:
              Customer:
                attributes: {id: uuid, email: text}
                key: [id]
                unique: [[email]]
              Order:
                table: orders
                attributes:
                  id: bigint
                  customer_id: uuid
                  status: text
                  code: {type: text, collation: C}
                  number: int
                  placed: timestamptz
                  shipped: timestamptz null
                  tags: text[]
                key: [id]
                unique: [[status, number]]
                references: {customer: {entity: Customer}}
                indexes: {idx_none: {on: [tags], using: gin, reason: none}}
            accessPatterns:
            """;

    private static EntityIndexes advice(String patterns) {
        return advice(MODEL, patterns);
    }

    private static EntityIndexes advice(String model, String patterns) {
        var yaml =
                model + patterns.strip().lines().map(line -> "  " + line + "\n").collect(Collectors.joining());
        return new IndexAdvisor(new Facts(Models.read(yaml), Findings.TODAY))
                .all().stream()
                        .filter(advice -> advice.entity().name().value().equals("Order"))
                        .findFirst()
                        .orElseThrow();
    }

    private static List<String> keys(EntityIndexes advice) {
        return advice.indexes().stream().map(AdvisedIndex::on).sorted().toList();
    }

    /** Each line is a pattern's conditions, its order and its limit, and the keys that it asks for. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            customer_id = :c, number = :n            |                        |     | customer_id, number
            customer_id = :c                         | placed desc            |     | customer_id, placed desc
            customer_id = :c                         | placed desc, number    | 9   | customer_id, placed desc, number
            customer_id = :c                         | placed nulls first     | 9   | customer_id, placed nulls first
            customer_id = :c, placed = :p            | placed, number         |     | customer_id, placed, number
            customer_id = :c, placed >= :p           | placed desc            | 9   | customer_id, placed desc
            customer_id = :c, number > :n            | placed                 | 9   | customer_id, placed
            customer_id = :c, 'number in (1, 2)'     |                        |     | customer_id, number
            customer_id = :c, shipped is null        |                        |     | customer_id, shipped
            customer_id = :c, code starts with :p    |                        |     | customer_id, code
            customer_id = :c, status starts with :p  |                        |     | customer_id, status text_pattern_ops
            customer_id = :c, status <> :p           |                        |     | customer_id
            id = :c, customer_id = :s                | placed                 |     | customer_id
            status = :s                              |                        |     | customer_id
            status = :s, number = :n                 | placed                 |     | customer_id
            ''                                       | placed desc            | 9   | customer_id; placed desc
            placed > :p                              |                        |     | customer_id; placed
            """)
    void asksForWhatBoundsAndOrders(String where, String order, String limit, String expected) {
        var pattern = "p: {entity: Order, find: many, select: [id]"
                + (where.isEmpty()
                        ? ""
                        : ", where: ["
                                + List.of(where.replace("(1, 2)", "(1; 2)").split(", ")).stream()
                                        .map(condition -> '"'
                                                + condition
                                                        .strip()
                                                        .replace(';', ',')
                                                        .replace("'", "")
                                                + '"')
                                        .collect(Collectors.joining(", "))
                                + "]")
                + (order == null ? "" : ", orderBy: [" + order + "]")
                + (limit == null ? "" : ", limit: " + limit) + "}";
        var advice = advice(pattern);
        assertThat(String.join("; ", keys(advice))).isEqualTo(expected);
        assertThat(advice.smallest()).isTrue();
    }

    @Test
    void oneIndexServesAChainOfPatterns() {
        var advice = advice("""
                a: {entity: Order, find: many, where: [status = :s, customer_id = :c]}
                b: {entity: Order, find: many, where: [status = :s, customer_id = :c, code = :k], orderBy: [placed]}
                """);
        assertThat(keys(advice)).containsExactly("customer_id, status, code, placed");
        assertThat(advice.indexes().get(0).askers().toString()).isEqualTo("[`a`, `b`, the reference `customer`]");
        assertThat(advice.bound().askers()).hasSize(1);
    }

    @Test
    void takesTheRangeThatOthersNeedAnyway() {
        var advice = advice("""
                a: {entity: Order, find: many, where: [code = :k, "number > :n", "placed > :p"]}
                b: {entity: Order, find: many, where: [code = :k], orderBy: [placed desc]}
                """);
        assertThat(keys(advice)).containsExactly("code, placed desc", "customer_id");
        var other = advice("""
                a: {entity: Order, find: many, where: [code = :k, "number > :n", "placed > :p"]}
                b: {entity: Order, find: many, where: [code = :k], orderBy: [number]}
                """);
        assertThat(keys(other)).containsExactly("code, number", "customer_id");
    }

    @Test
    void keysComeFirst() {
        var advice = advice("a: {entity: Order, find: many, where: [status = :s], orderBy: [number]}");
        assertThat(keys(advice)).containsExactly("customer_id");
        assertThat(advice.anyway().keySet()).anyMatch(path -> path.name().equals("orders_status_number_key"));
    }

    @Test
    void keepsWhatIsDeclaredWhereAsFewWillDo() {
        var patterns = """
                a: {entity: Order, find: many, where: [number = :n]}
                b: {entity: Order, find: many, where: [code = :k]}
                c: {entity: Order, find: many, where: [code = :k, number = :n]}
                """;
        var declared = MODEL.replace(
                "idx_none:", "idx_code_number: {on: [code, number, placed]}, idx_placed: {on: [placed]}, idx_none:");
        var advice = advice(declared, patterns);
        assertThat(keys(advice)).containsExactly("code, number, placed", "customer_id", "number");
        assertThat(advice.missing()).containsOnlyKeys("idx_orders_number", "idx_orders_customer_id");
        assertThat(advice.superfluous()).extracting(path -> path.name()).containsExactly("idx_placed");

        var swapped = MODEL.replace("idx_none:", "idx_number_code: {on: [number, code]}, idx_none:");
        assertThat(keys(advice(swapped, patterns))).containsExactly("code", "customer_id", "number, code");
    }

    /** What a trigger looks for when the greatest value goes is asked for as a pattern would. */
    @Test
    void triggersAskForTheNextGreatestValue() {
        var yaml = MODEL.replace(
                        "Customer:\n    attributes: {id: uuid,",
                        "Customer:\n    rows: 1k\n    attributes: {id: uuid, last: int?,")
                .replace("{id: uuid, last: int?", "{id: uuid, last: \"int?\"")
                .replace("accessPatterns:", """
                        denormalizations:
                          last-number:
                            duplicates: {into: Customer.last, from: {max: Order.number, by: customer}}
                            sync: {by: trigger}
                            staleness: {allowed: none, effect: A number is given twice, repair: every night}
                        accessPatterns:""");

        var advice = advice(yaml, "a: {entity: Order, find: many, where: [customer_id = :c]}");

        assertThat(keys(advice)).containsExactly("customer_id, number");
        assertThat(advice.indexes())
                .singleElement()
                .satisfies(index ->
                        assertThat(index.askers()).extracting(Asker::toString).contains("the contract `last-number`"));
        assertThat(keys(advice(
                        yaml.replace("max: Order.number", "sum: Order.number"),
                        "a: {entity: Order, find: many, where: [customer_id = :c]}")))
                .containsExactly("customer_id");
    }

    @Test
    void prefersFewBytes() {
        var patterns = """
                a: {entity: Order, find: many, where: [number = :n]}
                b: {entity: Order, find: many, where: [code = :k]}
                c: {entity: Order, find: many, where: [code = :k, number = :n]}
                """;
        // The wide text stands in one index only
        assertThat(keys(advice(patterns))).containsExactly("code, number", "customer_id", "number");
    }

    @Test
    void saysWhatAnIndexCostsToWrite() {
        var advice = advice("""
                latest: {entity: Order, find: many, orderBy: [placed desc], limit: 9}
                place: {entity: Order, write: insert, rate: 20/s}
                move: {sql: UPDATE orders SET placed = now() WHERE id = :id, rate: 60/m}
                pay: {entity: Order, write: update, where: [id = :id], set: [code]}
                """);
        var index = advice.indexes().stream()
                .filter(found -> found.on().equals("placed desc"))
                .findFirst()
                .orElseThrow();
        assertThat(index.cost().entriesPerSecond()).isEqualTo(21);
        assertThat(index.cost().isPartial()).isFalse();
        assertThat(index.cost().lostHot()).extracting(write -> write.source()).containsExactly("move");
    }

    @Test
    void mergingAddsChangesAndDeletes() {
        var advice = advice("""
                latest: {entity: Order, find: many, orderBy: [placed desc], limit: 9}
                add: {sql: "MERGE INTO orders o USING customer c ON o.id = c.id WHEN NOT MATCHED THEN INSERT (id) VALUES (c.id)", rate: 1/s}
                move: {sql: "MERGE INTO orders o USING customer c ON o.id = c.id WHEN MATCHED THEN UPDATE SET placed = now()", rate: 10/s}
                both: {sql: "MERGE INTO orders o USING customer c ON o.id = c.id WHEN MATCHED THEN UPDATE SET placed = now() WHEN NOT MATCHED THEN INSERT (id) VALUES (c.id)", rate: 100/s}
                drop: {sql: "MERGE INTO orders o USING customer c ON o.id = c.id WHEN MATCHED THEN DELETE", rate: 1000/s}
                """);
        var index = advice.indexes().stream()
                .filter(found -> found.on().equals("placed desc"))
                .findFirst()
                .orElseThrow();
        assertThat(index.cost().entriesPerSecond()).isEqualTo(111);
        assertThat(index.cost().lostHot()).extracting(write -> write.source()).containsExactly("move", "both");
    }

    @Test
    void asksForOtherMethodsWhereNoTreeServes() {
        var advice = advice(
                MODEL.replace("    indexes: {idx_none: {on: [tags], using: gin, reason: none}}\n", ""),
                "tagged: {entity: Order, find: many, where: [tags contains :t]}");
        assertThat(advice.missing())
                .containsEntry("idx_orders_tags", "{on: [tags], using: gin}")
                .containsEntry("idx_orders_customer_id", "{on: [customer_id]}");
        assertThat(keys(advice)).containsExactly("customer_id");
    }

    @Test
    void ordersAreOnlyForRowsThatComeFromOnePlace() {
        var advice = advice("""
                joined: {sql: "SELECT o.id FROM customer c JOIN orders o ON o.customer_id = c.id ORDER BY o.placed LIMIT 5"}
                each: {sql: "SELECT o.id FROM orders o WHERE o.customer_id = :c ORDER BY o.number LIMIT 5"}
                """);
        assertThat(keys(advice)).contains("customer_id, number").doesNotContain("customer_id, placed");
    }

    @Test
    void asksNothingOfSmallTables() {
        var yaml = MODEL.replace("table: orders", "table: orders\n    rows: 500")
                + "  p: {entity: Order, find: many, where: [code = :c]}\n";
        assertThat(new IndexAdvisor(new Facts(Models.read(yaml), Findings.TODAY)).all())
                .noneMatch(advice -> advice.entity().name().value().equals("Order"));
    }
}
