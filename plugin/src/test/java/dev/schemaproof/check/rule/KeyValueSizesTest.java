package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Findings;
import dev.schemaproof.check.Rule;
import dev.schemaproof.diagnostic.Finding;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is judged too large for DynamoDB, and just not. */
class KeyValueSizesTest {

    private static final String MODEL = """
            schema: files
            stores:
              edge:
                engine: dynamodb
                tables:
                  files:
                    partitionKey: PK
                    sortKey: SK
                    indexes:
                      by-name: {partitionKey: GSI1PK, sortKey: GSI1SK, project: keys}
                      by-size: {partitionKey: GSI1PK, sortKey: {name: bytes, type: number}}
                    items:
                      File:
                        key: {PK: "{id}", SK: FILE}
                        by-name: {GSI1PK: "PARTITION", GSI1SK: "SORT"}
                        by-size: {bytes: "{bytes}"}
            types:
              code: {domain: text, check: "value ~ '^[a-z]{1,9}$'"}
            entities:
              File:
                attributes:
                  id: uuid
                  bytes: bigint
                  code: code
                  s: string(200)
                  t: {type: string(300), optional: true}
                  a: {type: string(2000), check: "a ~ '^[a-z]+$'"}
                  free: text
                  wide: {type: text, values: {width: 1100}}
                  kind: {type: char(9)}
                  EXTRA
                key: [id]
            accessPatterns:
              file: {entity: File, find: one, where: [id = :id]}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a bound in characters: 200 of four bytes are 800, and the words take the rest
                "X            | {s}                   |",
                "X            | {s}{code}{s:lower}    | warning GSI1SK: may have 1609 where characters take more than one byte",
                "X            | {t}                   | warning GSI1SK: may have 1200 where",
                "{t}          | X                     |",
                "{t}{s}{kind} | X                     |",
                "{t}{s}{kind}{code} | X               |",
                "{t}{s}{kind}{code}{code} | X         | warning GSI1PK: may have 2054 where",
                "{a}{code}#{bytes:%019d}#{s:shard(10)}#X| X    |",
                "{a}{code}#{bytes:%019d}#{id}  | X    | error GSI1PK: may have 2067 characters",
                "X            | {a}                   | error GSI1SK: may have 2000 characters",
                // a declared width is an average
                "X            | {free}                |",
                "X            | {wide}                | error GSI1SK: has 1100 of them on average",
                "X            | {wide:shard(10)}      |",
                "{wide}       | {wide:lower}          | error GSI1SK: has 1100 of them on average",
            })
    void keysAreMeasuredByWhatTheirValuesMayBe(String partition, String sort, String expected) {
        assertFound(
                MODEL.replace("PARTITION", partition).replace("SORT", sort).replace("EXTRA", ""),
                new OversizedKey(),
                expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x: text                                                 |",
                "x: {type: bytes, values: {width: 100000}}               |",
                "x: {type: bytes, values: {width: 110000}}               | warning File: take 108 KB on average",
                "x: {type: bytes, optional: true, values: {width: 110000, nulls: 50%}} |",
                "x: {type: json, values: {width: 410000}}                | error File: take 401 KB on average",
                "x: {type: 'text[]', values: {width: 410000}}            | error File: take 401 KB on average",
                "x: {type: text, values: {width: 408000}}                | warning File: take 399 KB on average",
                // The name counts too: both values are of one width
                "x: {type: text, values: {width: 101172}} |",
                "a_name_that_takes_as_much_as_anything: {type: text, values: {width: 101172}} | warning File: take 100 KB on average",
            })
    void itemsAreMeasuredByDeclaredWidths(String attribute, String expected) {
        var yaml = MODEL.replace("PARTITION", "X").replace("SORT", "X").replace("EXTRA", attribute);
        assertFound(yaml, new OversizedItem(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"99000|", "103000| warning Note: may take 402 KB"})
    void boundsThatAllowTooMuchAreAWarning(int length, String expected) {
        assertFound("""
                schema: notes
                stores: {edge: {engine: dynamodb, tables: {notes: {partitionKey: id, items: {Note: {key: {id: "{id}"}}}}}}}
                entities: {Note: {attributes: {id: uuid, at: timestamptz, price: "decimal(10,2)", body: string(LENGTH)}, key: [id]}}
                """.replace("LENGTH", String.valueOf(length)), new OversizedItem(), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by-code: {partitionKey: id, sortKey: code}             |",
                "by-code: {local: true, sortKey: code, project: keys}   |",
                "by-code: {local: true, sortKey: code}                  | warning Note: with their entries in local indexes take 117 KB",
            })
    void theEntriesOfLocalIndexesCountToo(String index, String expected) {
        assertFound("""
                schema: notes
                stores:
                  edge:
                    engine: dynamodb
                    tables:
                      notes:
                        partitionKey: id
                        sortKey: at
                        indexes: {INDEX}
                        items: {Note: {key: {id: "{id}", at: "{at}"}, by-code: {code: "{code}"}}}
                entities:
                  Note: {attributes: {id: uuid, at: date, code: text, body: {type: text, values: {width: 60000}}}, key: [id, at]}
                """.replace("INDEX", index), new OversizedItem(), expected);
    }

    /** One finding of the rule, as {@code severity subject: part of the summary}, or none. */
    private static void assertFound(String yaml, Rule rule, String expected) {
        var found = rule.check(new Facts(Models.read(yaml), Findings.TODAY)).toList();
        if (expected == null) {
            assertThat(found).isEmpty();
            return;
        }
        var colon = expected.indexOf(": ");
        assertThat(found).hasSize(1);
        assertThat(line(found.get(0))).contains(expected.substring(0, colon));
        assertThat(found.get(0).summary()).contains(expected.substring(colon + 2));
        assertThat(found).extracting(Finding::help).isNotEqualTo(List.of());
    }

    private static String line(Finding finding) {
        return finding.severity().name().toLowerCase(java.util.Locale.ROOT) + " "
                + finding.subject().replace("File.", "");
    }
}
