package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Findings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnindexedExtremeTest {

    private static final String MODEL = """
            schema: s
            entities:
              Lot: {rows: %s, attributes: {id: int, highest: "int?"}, key: [id]}
              Bid:
                rows: 1M
                attributes: {id: int, lot_id: int, amount: int, round: int, valid: boolean}
                key: [id]
                references: {lot: {entity: Lot%s}}
                indexes: {by_lot: {on: [lot_id]}, other: {%s}}
            accessPatterns:
              page: {entity: Lot, find: one, where: [id = :id], select: [highest]}
            denormalizations:
              highest:
                duplicates: {into: Lot.highest, from: {%s}}
                sync: {%s}
                staleness: {allowed: %s, effect: A bidder offers too little, repair: nightly reconciliation}
                gain:
                  pattern: page
                  instead: SELECT (SELECT max(b.amount) FROM bid b WHERE b.lot_id = l.id) FROM lot l WHERE l.id = :id
                  atLeast: 10x
                  measured: {before: 4 ms, after: 0.1 ms, rows: 10M, on: 2026-05-02, where: staging}
            """;

    private static final String MAX = "max: Bid.amount, by: lot";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            1k   | -               | on: [amount]                                   | - | some 1000,
            100k | , perParent: 500 | on: [round, lot_id, amount]                   | - | some 500,
            1k   | -               | on: [lot_id, amount], where: round > 3         | - | some 1000,
            1k   | -               | on: [lot_id, round, amount]                    | - | some 1000,
            1k   | -               | on: [lot_id, amount desc]                      | - | -
            1k   | -               | on: [lot_id, amount, round]                    | - | -
            1k   | -               | on: [lot_id, amount], where: lot_id is not null | - | -
            1k   | -               | on: [lot_id, amount], where: valid             | , where: valid | -
            100k | -               | on: [amount]                                   | - | -
            1k   | , perParent: 9  | on: [amount]                                   | - | -
            """)
    void isFoundWhereManyRowsWouldBeRead(String rows, String perParent, String index, String where, String words) {
        var yaml = MODEL.formatted(
                rows,
                perParent == null ? "" : perParent,
                index,
                MAX + (where == null ? "" : where),
                "by: trigger",
                "none");

        var found = Findings.in(yaml).stream()
                .filter(finding -> finding.rule().value().equals("unindexed-extreme"))
                .toList();

        if (words == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).singleElement().satisfies(finding -> {
                assertThat(finding.subject()).isEqualTo("highest");
                assertThat(finding.summary())
                        .startsWith("when the row that holds the max of `amount` goes")
                        .contains(words);
                assertThat(finding.help().orElseThrow()).endsWith("`idx_bid_lot_id_amount: {on: [lot_id, amount]}`");
            });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            count: Bid, by: lot    | by: trigger              | none
            max: Bid.amount, by: lot | by: job, every: 5m     | 10m
            """)
    void isNotFoundWhereNothingIsLookedFor(String from, String sync, String allowed) {
        assertThat(Findings.in(MODEL.formatted("1k", "", "on: [amount]", from, sync, allowed)))
                .noneMatch(finding -> finding.rule().value().equals("unindexed-extreme"));
    }
}
