package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Findings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as more than a single value, and what only looks like it. */
class AtomicityTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            phone_1: text, phone_2: text                                | repeating-group      | phone_1
            phone1: text, phone2: text null, phone3: text null          | repeating-group      | phone1
            phone: text, phone2: text null                              | repeating-group      | phone
            question0: int, question1: int, question2: int              | repeating-group      | question0
            phone_1: text, phone_1_type: text, phone_2: text, phone_2_type: text | repeating-group | phone_1
            sales_2024: int, sales_2025: int                            | repeating-group      | sales_2024
            author_1_id: uuid, author_2_id: uuid                        | repeating-group      | author_1_id
            tags: text                                                  | delimited-list       | tags
            phone_numbers: text                                         | delimited-list       | phone_numbers
            colour_csv: string(200)                                     | delimited-list       | colour_csv
            member_list: text                                           | delimited-list       | member_list
            user_ids: text                                              | delimited-list       | user_ids
            tags: "{native: character varying}"                         | delimited-list       | tags
            channels: "{type: text, default: \\"'mail;web'\\"}"         | delimited-list       | channels
            colour: "{type: text, description: Names separated by commas}" | delimited-list    | colour
            colour: "{type: text, check: \\"array_length(string_to_array(colour, ','), 1) < 5\\"}" | delimited-list | colour
            nicknames: "text[]"                                         | nested-list          | nicknames
            scores: "int[]"                                             | nested-list          | scores
            documents: "json[]"                                         | nested-list          | documents
            addresses: json                                             | nested-list          | addresses
            stuff: "{type: json, default: \\"'[]'\\"}"                  | nested-list          | stuff
            stuff: "{type: json, check: \\"jsonb_typeof(stuff) = 'array'\\"}" | nested-list    | stuff
            customers: json                                             | nested-list          | customers
            customer_ids: "int[]"                                       | reference-array      | customer_ids
            best_customer_ids: "int[]"                                  | reference-array      | best_customer_ids
            customer_ids: json                                          | reference-array      | customer_ids
            city_state: text                                            | compound-attribute   | city_state
            home_city_state_zip: text                                   | compound-attribute   | home_city_state_zip
            latlng: text                                                | compound-attribute   | latlng
            name_and_address: text                                      | compound-attribute   | name_and_address
            """)
    void whatIsMoreThanOneValue(String attributes, String rule, String subject) {
        assertThat(briefly(attributes.replace("\"{", "{").replace("}\"", "}").replace("\\\"", "\"")))
                .containsExactly("warning[" + rule + "] Thing." + subject);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "address_line_1: text, address_line_2: text",
                "address: text, address2: text null",
                "street1: text, street2: text",
                "x1: int, y1: int, x2: int, y2: int",
                "sha1: text, sha2: text",
                "iso_code_1: text, iso_code_2: text",
                "thumb_250: int, thumb_500: int",
                "entity0: int, entity1: int",
                "phone_1: text, phone_2: int",
                "phone_2: text, phone_3: text",
                "phone_1: text",
                "phone_1: text, phone_2: {type: text, generated: phone_1}",
                "notes: text",
                "status: text",
                "comments: text",
                "tags: string(5)",
                "links: int",
                "settings: json",
                "features: {type: json, default: \"'{}'\"}",
                "items: {type: json, default: \"'{}'\"}",
                "embedding: \"float[]\"",
                "path: \"int[]\"",
                "city_name: text",
                "terms_and_conditions: text",
                "email_address: text",
                "city_state: text, city: text",
                "lat_lng: {native: point}",
            })
    void whatIsOneValue(String attributes) {
        assertThat(briefly(attributes)).isEmpty();
    }

    @Test
    void partsOfKeysAreNoGroup() {
        assertThat(Findings.briefly("""
                schema: s
                entities:
                  Relation:
                    attributes: {id: int, tag_1: int, tag_2: int, end0: int, end1: int, end0_credit: text, end1_credit: text}
                    key: [id]
                    unique: [[tag_1, tag_2]]
                    indexes:
                      both: {on: [end0, end1], unique: true}
                """)).noneMatch(finding -> finding.contains("repeating-group"));
    }

    /** The only two references of an entity are the ends of a relation; beside others they are a list. */
    @Test
    void referencesAreAGroupUnlessTheyAreAllThatTheEntityIs() {
        var friendship = """
                schema: s
                entities:
                  Person: {attributes: {id: int}, key: [id]}
                  Place: {attributes: {id: int}, key: [id]}
                  Friendship:
                    attributes: {id: int, person_1: int, person_2: int, place_id: int}
                    key: [id]
                    references:
                      one: {entity: Person, attributes: [person_1]}
                      other: {entity: Person, attributes: [person_2]}
                """;
        assertThat(Findings.briefly(friendship)).noneMatch(finding -> finding.contains("repeating-group"));
        assertThat(Findings.briefly(friendship + "      place: {entity: Place}\n"))
                .contains("warning[repeating-group] Friendship.person_1");
        assertThat(Findings.briefly(friendship.replace(
                                "{entity: Person, attributes: [person_2]}", "{entity: Place, attributes: [person_2]}")
                        + "      place: {entity: Place}\n"))
                .noneMatch(finding -> finding.contains("repeating-group"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            phone_1: text, phone_2: text, phone_3: text | phone_1
            phone: text, phone2: text, phone3: text     | phone
            phone_1: text, phone_2: text                | phone_2
            tags: text                                  | tags
            items: json                                 | items
            customer_ids: "int[]"                       | customer_ids
            city_state: text                            | city_state
            """)
    void theTeamsWordRefutesThem(String attributes, String of) {
        assertThat(briefly(attributes)).hasSize(1);
        assertThat(briefly(attributes, "    independent: [{of: " + of + ", reason: it is one value to us}]\n"))
                .isEmpty();
    }

    /** Whatever the target is: without the first normal form there is none at all. */
    @Test
    void theFirstNormalFormIsAlwaysWanted() {
        assertThat(briefly("phone_1: text, phone_2: text", "rules: {target: 1nf}\n"))
                .containsExactly("warning[repeating-group] Thing.phone_1");
    }

    @Test
    void exceptionsNameTheFirstOfAGroup() {
        assertThat(briefly("phone_1: text, phone_2: text", """
                rules:
                  exceptions:
                    - {rule: repeating-group, at: Thing.phone_1, reason: "two numbers, fixed by law"}
                """)).isEmpty();
    }

    /** Where there are no joins, a list is how things that are read together are kept. */
    @Test
    void listsInKeyValueStoresAreNoFlaw() {
        var model = """
                schema: s
                stores:
                  main: {engine: postgresql}
                  edge:
                    engine: dynamodb
                    tables: {things: {partitionKey: PK, items: {Thing: {key: {PK: "THING#{id}"}}}}}
                entities:
                  Thing: {store: edge, attributes: {id: uuid, items: json, nicknames: "text[]"}, key: [id]}
                """;
        assertThat(Findings.briefly(model)).noneMatch(finding -> finding.contains("nested-list"));
        assertThat(Findings.briefly(model.replace("store: edge, ", "").replaceFirst("(?s)  edge:.*?(?=entities:)", "")))
                .contains("warning[nested-list] Thing.items", "warning[nested-list] Thing.nicknames");
    }

    private static List<String> briefly(String attributes) {
        return briefly(attributes, "");
    }

    private static List<String> briefly(String attributes, String rest) {
        return Findings.briefly("""
                schema: s
                entities:
                  Customer: {attributes: {id: int, name: text}, key: [id]}
                  Thing:
                    attributes: {id: int, %s}
                    key: [id]
                """.formatted(attributes) + rest);
    }
}
