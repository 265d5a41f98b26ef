package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Findings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about patterns without indexes, and about indexes without patterns. */
class AccessRulesTest {

    private static final String MODEL = """
            schema: shop
            entities:
              Customer:
                table: customers
                # customer
                attributes: {id: bigint, email: text, country: text}
                key: [id]
                unique: [[email]]
              Order:
                table: orders
                attributes: {id: bigint, customer_id: bigint null, status: text, placed_at: timestamptz, note: text}
                key: [id]
                references: {customer: {entity: Customer}}
                indexes:
                  idx_orders_customer: {on: [customer_id, placed_at]}
                  # index
            accessPatterns:
              customer: {entity: Customer, find: one, where: [email = :email]}
              order: {entity: Order, find: one, where: [id = :id]}
              # pattern
            """;

    private static String with(String place, String yaml) {
        return MODEL.replace("# " + place, yaml);
    }

    @Test
    void theModelIsWithoutFlaw() {
        assertThat(Findings.in(MODEL)).isEmpty();
    }

    @Test
    void saysWhichIndexIsMissingAndWhyOthersDoNotServe() {
        var finding = Findings.in(with(
                        "pattern",
                        "open: {entity: Order, find: many, where: [status = :s, placed_at > :t],"
                                + " orderBy: [placed_at desc], limit: 9}"))
                .get(0);
        assertThat(finding.rule()).hasToString("unserved-pattern");
        assertThat(finding.subject()).isEqualTo("open");
        assertThat(finding.at().line()).isEqualTo(20);
        assertThat(finding.summary())
                .isEqualTo("`open` reads all of `Order`, as no index or key is on `status, placed_at desc`");
        assertThat(finding.help()).contains("""
                add to the `indexes` of `Order`: `idx_orders_status_placed_at: {on: [status, placed_at desc]}`
                `idx_orders_customer` begins with `customer_id`, on which the pattern has no condition
                `orders_pkey` begins with `id`, on which the pattern has no condition""");
    }

    @Test
    void proposesTheWholeKeyWhereThereIsNone() {
        var finding = Findings.in(with(
                        "pattern",
                        "abroad: {sql: \"SELECT id FROM customers WHERE lower(country) = :c AND email LIKE 'a%'\"}"))
                .get(0);
        assertThat(finding.help())
                .hasValueSatisfying(help -> assertThat(help)
                        .startsWith(
                                "add to `Customer`: `indexes: {idx_customers_lower_country: {on: [\"lower(country)\"]}}`")
                        .contains("`customers_email_key` is not sorted by bytes"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            {entity: Order, find: many}                                        ¦ error[unserved-pattern] it
            {entity: Order, find: count}                                       ¦ error[unserved-pattern] it
            {entity: Order, find: many, scan: allowed, reason: the yearly export} ¦
            {entity: Order, find: many, limit: 5}                              ¦
            {entity: Order, find: many, where: [note <> :n]}                   ¦ error[unserved-pattern] it
            {entity: Order, find: many, where: [customer.email = :e]}          ¦
            {entity: Order, find: many, where: [customer.country = :c]}        ¦ error[unserved-pattern] it
            {entity: Order, find: many, where: [id = :id], select: [customer.email]} ¦
            {entity: Order, write: delete, where: [note = :n]}                 ¦ error[unserved-pattern] it
            {entity: Order, write: update, where: [id = :id], set: [note]}     ¦
            {entity: Order, write: upsert}                                     ¦
            {sql: "DELETE FROM orders"}                                        ¦ error[unserved-pattern] it
            {sql: "SELECT o.id FROM recent_orders() r JOIN orders o ON o.id = r.id"} ¦ warning[opaque-pattern] it
            {sql: "UPDATE orders SET note = :n WHERE id = :id RETURNING old.note, new.note"} ¦
            {sql: "MERGE INTO orders o USING (SELECT :id AS id) s ON o.id = s.id WHEN MATCHED THEN DELETE"} ¦
            {sql: "MERGE INTO orders o USING (SELECT :id AS id, :n AS note) s ON o.id = s.id WHEN MATCHED THEN UPDATE SET note = s.note WHEN NOT MATCHED THEN INSERT (id, note) VALUES (s.id, s.note)"} ¦
            {sql: "MERGE INTO orders o USING (SELECT :n AS note) s ON o.note = s.note WHEN MATCHED THEN DELETE"} ¦ error[unserved-pattern] it
            {sql: "MERGE INTO orders o USING (SELECT :id AS id) s ON o.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE"} ¦ error[unserved-pattern] it
            {sql: "SELECT 1"}                                                  ¦
            """)
    void judgesEveryKindOfPattern(String pattern, String finding) {
        var findings = Findings.briefly(with("pattern", "it: " + pattern));
        if (finding == null) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).containsExactly(finding);
        }
    }

    @Test
    void smallEntitiesMayBeScanned() {
        var pattern = "it: {entity: Customer, find: many, where: [country = :c]}";
        assertThat(Findings.briefly(with("pattern", pattern))).containsExactly("error[unserved-pattern] it");
        assertThat(Findings.briefly(with("pattern", pattern).replace("# customer", "rows: 999")))
                .isEmpty();
        assertThat(Findings.briefly(with("pattern", pattern).replace("# customer", "rows: 1000")))
                .containsExactly("error[unserved-pattern] it");
    }

    @Test
    void nothingIsConcludedFromSqlThatNamesNothing() {
        assertThat(Findings.briefly(with("pattern", "it: {sql: SELECT nothing FROM orders}")))
                .containsExactly("error[unknown-column] it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            i: {on: [note]}                              ¦ warning[unused-index] Order.i
            i: {on: [note], unique: true}                ¦
            i: {on: [note], reason: looked up by hand}   ¦
            i: {on: [customer_id]}                       ¦
            i: {on: [id, note]}                          ¦
            i: {on: [note, id]}                          ¦ warning[unused-index] Order.i
            i: {on: [note], where: status = 'open'}      ¦ warning[unused-index] Order.i
            """)
    void findsIndexesThatServeNothing(String index, String finding) {
        var findings = Findings.brieflyWithout("redundant-index", with("index", index));
        if (finding == null) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).containsExactly(finding);
        }
    }

    @Test
    void anIndexMayServeWhatCannotBeLookedInto() {
        assertThat(Findings.briefly(with("index", "i: {on: [note]}")
                        .replace(
                                "# pattern", "it: {sql: 'SELECT o.id FROM found(:x) f JOIN orders o ON o.id = f.id'}")))
                .containsExactly("warning[opaque-pattern] it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            {on: [customer_id]}                                   ¦ true
            {on: [placed_at, customer_id]}                        ¦ false
            {on: [customer_id], using: hash}                      ¦ true
            {on: [customer_id], using: brin}                      ¦ false
            {on: [customer_id], where: customer_id is not null}   ¦ true
            {on: [customer_id], where: status = 'open'}           ¦ false
            """)
    void knowsWhichIndexesFindReferringRows(String index, boolean found) {
        var yaml = MODEL.replace("idx_orders_customer: {on: [customer_id, placed_at]}", "i: " + index);
        var findings = Findings.briefly(yaml);
        assertThat(findings.contains("warning[unindexed-reference] Order.customer"))
                .isEqualTo(!found);
    }

    @Test
    void keysFindReferringRowsInAnySequence() {
        var pair = """
                schema: grades
                entities:
                  Seat: {attributes: {row: int, number: int}, key: [row, number]}
                  Ticket:
                    attributes: {seat_number: int, seat_row: int, day: date}
                    key: [seat_number, seat_row, day]
                    references: {seat: {entity: Seat}}
                """;
        assertThat(Findings.in(pair)).isEmpty();
        assertThat(Findings.briefly(
                        pair.replace("key: [seat_number, seat_row, day]", "key: [day, seat_number, seat_row]")))
                .containsExactly("warning[unindexed-reference] Ticket.seat");
    }
}
