package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameRulesTest {

    private static final String MODEL = """
            schema: names
            %s
            entities:
              One:
                attributes: {id: int, a: text, b: text}
                key: [id]
            %s
            """;

    @Test
    void acceptsSixtyThreeBytesAndRefusesSixtyFour() {
        var fits = "ä".repeat(31) + "x";
        assertThat(found(new IdentifierTooLong(), "", "    table: " + fits)).isEmpty();
        var findings = found(new IdentifierTooLong(), "", "    table: " + fits + "y");
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.summary()).contains("64 bytes", "PostgreSQL keeps 63");
            assertThat(finding.help()).hasValue("shorten it, or give the entity a shorter `table:`");
        });
    }

    @Test
    void measuresEveryKindOfName() {
        var name = "n".repeat(64);
        assertThat(found(new IdentifierTooLong(), "types: {" + name + ": {enum: [" + name + "]}}", """
                            table: %1$s
                            checks: {%1$s: id > 0}
                            unique: {%1$s: [a]}
                            indexes: {%1$s: {on: [b]}}
                          Two:
                            attributes: {id: int, %1$s: int}
                            key: [id]
                        """.formatted(name)))
                .extracting(finding ->
                        finding.summary().substring(0, finding.summary().indexOf(' ')))
                .containsExactlyInAnyOrder("type", "label", "table", "check", "unique", "index", "column");
    }

    @Test
    void acceptsDerivedNamesThatWouldBeTooLong() {
        var column = "c".repeat(60);
        assertThat(found(new IdentifierTooLong(), "", """
                          Two:
                            table: %s
                            attributes: {id: int, %2$s: {type: int, check: %2$s > 0}}
                            key: [id]
                            unique: [[%2$s]]
                        """.formatted("t".repeat(63), column)))
                .isEmpty();
    }

    @Test
    void findsTwoTablesWithOneName() {
        assertThat(found(new NameClash(), "", "  Two:\n    table: one\n    attributes: {id: int}\n    key: [id]"))
                .anySatisfy(finding -> {
                    assertThat(finding.summary()).isEqualTo("table `one` has the name of another table");
                    assertThat(finding.related())
                            .singleElement()
                            .satisfies(related -> assertThat(related.note()).isEqualTo("first used here"));
                });
    }

    /** Copies that follow a row bring along a key of the source and a foreign key, whose names are derived. */
    @Test
    void findsWhatIsCalledLikeTheConstraintsOfACopy() {
        var followed = """
                    indexes: {one_id_a_key: {on: [b]}}
                  Two:
                    attributes: {id: int, one_id: int, copied: text, again: text}
                    key: [id]
                    references: {one: {entity: One}}
                    checks: {two_one_fkey_again: id > 0}
                denormalizations:
                  first:
                    duplicates: {into: Two.copied, from: {copy: one.a}}
                    sync: {by: trigger}
                  second:
                    duplicates: {into: Two.again, from: {copy: one.a}}
                    sync: {by: trigger}
                """;
        assertThat(summaries("", followed))
                .containsExactlyInAnyOrder(
                        "unique key `one_id_a_key` of `one` has the name of an index",
                        "foreign key `two_one_fkey_again` of `two` has the name of a check");
        assertThat(summaries("", followed.replace("indexes: {one_id_a_key: {on: [b]}}", "unique: {ours: [a, id]}")))
                .containsExactly("foreign key `two_one_fkey_again` of `two` has the name of a check");
    }

    @Test
    void findsAnIndexCalledLikeATableOrAKey() {
        assertThat(summaries("", "    indexes: {one: {on: [a]}, one_pkey: {on: [b]}}"))
                .containsExactlyInAnyOrder(
                        "index `one` of `one` has the name of a table",
                        "index `one_pkey` of `one` has the name of a primary key");
    }

    @Test
    void findsATypeCalledLikeATable() {
        assertThat(summaries("types: {one: {enum: [x]}}", "")).containsExactly("table `one` has the name of a type");
    }

    @Test
    void comparesNamesAsPostgresqlKeepsThem() {
        var kept = "n".repeat(63);
        assertThat(summaries("", "    indexes: {%1$s: {on: [a]}, %1$sx: {on: [b]}}".formatted(kept)))
                .containsExactly("index `" + kept + "x` of `one` has the name of another index,"
                        + " once both are cut to the bytes that PostgreSQL keeps");
    }

    @Test
    void measuresWhatOnlyTablesHave() {
        var name = "n".repeat(64);
        var stores = "stores: {main: {engine: postgresql, schemas: [%1$s], roles: [%1$s], sequences: {%1$s: {}}}}\n"
                        .formatted(name)
                + "types: {d: {domain: int, checks: {%s: value > 0}}}".formatted(name);
        assertThat(found(new IdentifierTooLong(), stores, """
                            exclusions: {%1$s: {on: [id with =], using: btree}}
                            references: {r: {entity: One, attributes: [id], name: %1$s}}
                            partition: {by: list, on: [id], partitions: {%1$s: default}}
                            rowSecurity: {policies: {%1$s: {}}}
                        """.formatted(name)))
                .extracting(finding ->
                        finding.summary().substring(0, finding.summary().indexOf(" `")))
                .containsExactlyInAnyOrder(
                        "schema",
                        "role",
                        "sequence",
                        "check",
                        "exclusion constraint",
                        "foreign key",
                        "partition",
                        "policy");
    }

    @Test
    void findsTwoColumnsWithOneName() {
        assertThat(summaries("", "  Two:\n    attributes: {id: int, a: int, b: {type: int, column: a}}\n    key: [id]"))
                .containsExactly("column `a` of `two` has the name of another column");
    }

    @Test
    void findsDerivedNamesThatMeet() {
        assertThat(summaries("", "    unique: {one_a_check: [b]}\n    checks: {one_a_check: a > ''}"))
                .containsExactly("check `one_a_check` of `one` has the name of a unique key");
        assertThat(summaries(
                        "", "  Two:\n    attributes: {id: int, a: int, b: int, a_b: int}\n    unique: [[a, b], [a_b]]"))
                .containsExactly("unique key `two_a_b_key` of `two` has the name of another unique key");
    }

    @Test
    void findsNamesThatPostgresqlUsesItself() {
        assertThat(summaries("types: {point: {enum: [x]}}", "  Two:\n    attributes: {id: int, xmin: int}"))
                .containsExactlyInAnyOrder(
                        "type `point` has the name of a type of PostgreSQL's own, which it finds first",
                        "column `xmin` of `two` has the name of a column that every table has");
    }

    @Test
    void letsTwoTablesNameTheirColumnsAndChecksAlike() {
        assertThat(summaries("", """
                            checks: {positive: id > 0}
                          Two:
                            attributes: {id: int, A: int, a: int}
                            key: [id]
                            checks: {positive: id > 0}
                        """)).isEmpty();
    }

    private static List<String> summaries(String types, String more) {
        return found(new NameClash(), types, more).stream()
                .map(Finding::summary)
                .toList();
    }

    private static List<Finding> found(Rule rule, String types, String more) {
        var model = Models.read(MODEL.formatted(types, more.stripTrailing()));
        return rule.check(new Facts(model)).toList();
    }
}
