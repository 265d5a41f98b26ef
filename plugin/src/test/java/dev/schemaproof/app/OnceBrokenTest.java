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
                              t: {partitionKey: PK, items: {A: {key: {PK: "A#{id}"}}}}
                        entities:
                          A: {attributes: {id: uuid, a.b: uuid}, key: [id]}
                        accessPatterns:
                          read: {entity: A, find: many, where: [id = :id]}
                        """));
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
