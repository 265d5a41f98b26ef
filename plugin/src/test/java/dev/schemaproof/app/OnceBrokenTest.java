package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.yaml.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that {@link FuzzTest} has found to break something, made small, with the rules that have something to say of them. */
class OnceBrokenTest {

    record Input(String name, List<String> rules, String text) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Input> inputs() {
        return List.of(
                new Input("a copy whose path has no reference", List.of("unknown-attribute"), """
                        schema: a
                        stores:
                          edge:
                            engine: dynamodb
                            tables:
                              t: {partitionKey: PK, items: {A: {key: {PK: "A#{id}"}, copies: [name]}}}
                        entities:
                          A: {attributes: {id: uuid}, key: [id], store: edge}
                        denormalizations:
                          c: {duplicates: {into: A.name, from: {copy: name}}}
                        """),
                new Input(
                        "half of a surrogate pair in the report on normal forms",
                        List.of("malformed-value", "transitive-dependency"),
                        """
                        schema: a
                        entities:
                          "A\\ud800":
                            attributes: {id: int, "b\\ud800": int, c: int}
                            key: [id]
                            dependencies: ["b\\ud800 -> c"]
                        """),
                new Input("a nameless key that stands there twice", List.of("duplicate-key"), """
                        schema: a
                        "": b
                        "": c
                        """),
                new Input("a partition key of nothing", List.of("wrong-shape"), """
                        schema: a
                        entities:
                          A:
                            attributes: {id: uuid}
                            key: [id]
                            partition: {by: hash, on: [], partitions: 4}
                        """),
                new Input("an attribute of an item with a dot in its name", List.of(), """
                        schema: a
                        stores:
                          edge:
                            engine: dynamodb
                            tables:
                              items: {partitionKey: PK, items: {A: {key: {PK: "A#{id}"}}}}
                        entities:
                          A: {attributes: {id: uuid, a.b: uuid}, key: [id]}
                        accessPatterns:
                          read: {entity: A, find: many, where: [id = :id]}
                        """),
                new Input(
                        "a domain that stands on itself in the words of the database", List.of("circular-domain"), """
                        schema: a
                        types:
                          author_id: {domain: {native: author_id}, check: "value ~ '@'", schema: User}
                        entities:
                          A:
                            attributes: {id: uuid, author: {type: author_id, default: "'a'"}}
                            key: [id]
                        """),
                new Input("a domain of its own schema's words", List.of("circular-domain"), """
                        schema: a
                        stores: {main: {engine: postgresql, schemas: {User: {}}}}
                        types:
                          author_id: {domain: {native: User.author_id}, check: "value ~ '@'", schema: User}
                        entities:
                          A: {attributes: {id: uuid, author: {native: "User.author_id[]"}}, key: [id]}
                        """),
                new Input("domains that stand on each other in both ways", List.of("circular-domain"), """
                        schema: a
                        types:
                          one: {domain: {native: "public.two[]"}, check: "value <> '{a}'", default: "'{a}'"}
                          two: {domain: three, check: length(value) > 0}
                          three: {domain: {native: "\\"one\\""}, check: "value = 'a'::one"}
                        entities:
                          A:
                            attributes:
                              id: one
                              more: "two[]"
                              most: {native: three, check: "most::two = 'a'", generated: id::three}
                            key: [id]
                            indexes: {by_most: {on: ["lower(most)"], where: "more @> '{a}'"}}
                        """),
                new Input("more layers than a type can have", List.of("malformed-value"), """
                        schema: a
                        types: {b: {domain: "text%s"}}
                        entities:
                          A: {attributes: {id: uuid, one: "text%s", two: "%stext%s"}, key: [id]}
                        """.formatted(
                                "[]".repeat(20_000), "?".repeat(20_000), "array(".repeat(20_000), ")".repeat(20_000))),
                new Input("a type of very many words", List.of("unknown-native-type"), """
                        schema: a
                        entities:
                          A: {attributes: {id: uuid, one: {native: "%s"}, two: {native: "a%s"}, three: {native: "a%s"}}, key: [id]}
                        """.formatted(
                                "\\\"a\\\".".repeat(20_000), "[]".repeat(20_000), " array".repeat(20_000))));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void isMended(Input input) throws Exception {
        var findings = Examination.of(List.of(
                new SourceFile("src/main/schema/model.yaml", input.text().getBytes(StandardCharsets.UTF_8))));

        assertThat(findings).extracting(finding -> finding.rule().value()).containsAll(input.rules());
        assertThat(findings.isEmpty()).isEqualTo(input.rules().isEmpty());
    }
}
