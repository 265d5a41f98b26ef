package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.check.Findings;
import dev.schemaproof.diagnostic.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules make of a read that includes other entities. */
class JoinedReadRulesTest {

    private static final String MODEL = """
            schema: shop
            stores:
              edge:
                engine: dynamodb
                tables:
                  shop:
                    partitionKey: PK
                    sortKey: SK
                    ttl: until
                    items:
                      Customer:
                        key: {PK: "C#{id}", SK: ME}
                      Order:
                        key: {PK: "C#{customer_id}", SK: "ORDER#{id}"}
            entities:
              Customer:
                rows: 1000
                attributes: {id: uuid, name: text}
                key: [id]
              Order:
                rows: 10M
                attributes: {id: uuid, customer_id: uuid, until: timestamptz, text: {type: text, values: {width: 2000}}}
                key: [id]
                references: {customer: {entity: Customer}}
            accessPatterns:
              page: {entity: Customer, find: one, where: [id = :c], include: {INCLUDE}}
            """;

    private static List<Finding> findings(String include) {
        return Findings.in(MODEL.replace("INCLUDE", include));
    }

    private static Finding of(String rule, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.rule().toString().contains(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(findings));
    }

    @Test
    void whatIsIncludedIsReadToo() {
        var findings = findings("Order: customer");
        assertThat(findings).noneMatch(finding -> finding.rule().toString().contains("idle-entity"));
        assertThat(of("unpaged-query", findings).help().orElseThrow()).contains("a pattern of its own, with a `limit`");
        assertThat(of("expired-items", findings).help().orElseThrow()).contains("let the application compare it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ordre: customer | unknown-entity",
                "Order: client | unknown-reference",
                "Order: {by: customer, select: [totl]} | unknown-attribute",
                "Order: {by: customer, orderBy: [customer.nme]} | unknown-attribute",
            })
    void unknownNamesAreFound(String include, String rule) {
        assertThat(of(rule, findings(include)).summary()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "find: one, include: {Order: customer}, limit: 3 | `limit` doesn't fit here",
                "find: count, include: {Order: customer} | `include` doesn't fit here: a count returns no rows",
                "write: insert, include: {Order: customer} | `include` doesn't fit here: a write doesn't read",
                "find: one, include: {Order: {select: [id]}} | what is included needs `by`",
            })
    void theTextIsRefused(String pattern, String summary) {
        var yaml = MODEL.replaceAll("find: one, where: .*}}", pattern + "}");
        assertThat(Models.tryRead(yaml).findings())
                .anySatisfy(finding -> assertThat(finding.summary()).contains(summary));
    }
}
