package dev.schemaproof.analysis.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateReaderTest {

    private static final String MODEL = """
            schema: social
            stores:
              edge:
                engine: dynamodb
                tables:
                  social:
                    partitionKey: PK
                    sortKey: SORT
                    indexes:
                      by-x: {partitionKey: GSI1PK, sortKey: GSI1SK}
                    items:
                      Post:
            ITEM
            types: {status: {enum: [open, done]}, short: {domain: text, check: "value ~ '^[a-z]+$'"}}
            entities:
              User:
                attributes: {id: uuid, username: text}
                key: [id]
              Post:
                attributes: {id: uuid, author_id: uuid, editor_id: uuid null, title: text, nickname: text null, seq: int, at: timestamptz, day: date, body: json, raw: bytes, status: status, tag: short}
                key: [id]
                references: {author: {entity: User}, editor: {entity: User}}
            """;

    /** The marked part is what the finding underlines. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "P#{titel}          | titel        | `Post` has no attribute `titel`",
                "P#{autor.username} | autor        | `Post` has no reference `autor`",
                "P#{author.name}    | name         | `User` has no attribute `name`",
                "P#{at:ISO}         | ISO          | `ISO` is no format",
                "P#{id:shard(1)}    | shard(1)     | `shard(1)` is no format",
                "P#{seq:%d}         | %d           | `%d` is no format",
                "P#{title:epoch}    | {title:epoch} | the format `epoch` doesn't fit `title`, which is of type `text`",
                "P#{title:%05d}     | {title:%05d} | the format `%05d` doesn't fit `title`, which is of type `text`",
                "P#{day:HH}         | {day:HH}     | the format `HH` doesn't fit `day`, which is of type `date`",
                "P#{seq:lower}      | {seq:lower}  | the format `lower` doesn't fit `seq`, which is of type `int`",
                "P#{body}           | {body}       | `body` is of type `json`, which has no text for a key",
                "P#{raw}            | {raw}        | `raw` is of type `bytes`, which has no text for a key",
                "P#{nickname}       | {nickname}   | `nickname` may be absent, and an item without it would have no key",
                "P#{editor.username} | {editor.username} | `editor.username` may be absent, and an item without it would have no key",
                "P#{id              | {id          | `{id` has no closing brace",
                "P#id}              | }            | `}` closes no variable",
                "P#{}               | {}           | the braces name no attribute",
            })
    void saysWhatIsWrongAndWhere(String template, String underlined, String summary) {
        var problems = problems("            key: {PK: X, SORT: \"" + template + "\"}");

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.summary()).isEqualTo(summary);
            var line = "            key: {PK: X, SORT: \"" + template + "\"}";
            assertThat(line.substring(
                            problem.at().column() - 1,
                            problem.at().column() - 1 + problem.at().length()))
                    .isEqualTo(underlined);
            assertThat(problem.help()).isPresent();
            assertThat(problem.subject()).isEqualTo("Post");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{PK: X};                                          `Post` gives no template for `SORT`, which is part of the table's key",
                "{PK: X, SORT: '{id}', SK: Y};                     the table `social` has no key attribute `SK`",
                "{PK: X, SORT: '{id}'}NEXT by-y: {A: B};  the table `social` has no index `by-y`",
                "{PK: X, SORT: '{id}'}NEXT by-x: {GSI1PK: B};  `Post` gives no template for `GSI1SK`, which is part of the index `by-x`",
                "{PK: X, SORT: '{id}'}NEXT by-x: {GSI1PK: B, GSI1SK: C, SORT: D};  the index `by-x` has no key attribute `SORT`",
            })
    void judgesTheTemplatesOfAnItemTogether(String key, String summary) {
        assertThat(problems("            key: " + key.replace("NEXT ", "\n            ")))
                .extracting(TemplateProblem::summary)
                .containsExactly(summary);
    }

    @Test
    void guessesNames() {
        assertThat(problems("            key: {PK: X, SORT: \"{titel}\"}"))
                .extracting(problem -> problem.help().orElseThrow())
                .containsExactly("did you mean `title`?");
        assertThat(problems("            key: {PK: X, SORT: \"{id}\"}\n            by-z: {GSI1PK: A, GSI1SK: B}"))
                .extracting(problem -> problem.help().orElseThrow())
                .containsExactly("did you mean `by-x`?");
    }

    @Test
    void anAttributeThatMayBeAbsentMakesASparseIndex() {
        assertThat(
                        problems(
                                "            key: {PK: X, SORT: \"{id}\"}\n            by-x: {GSI1PK: \"{nickname}\", GSI1SK: C}"))
                .isEmpty();
    }

    @Test
    void doubledBracesBelongToTheKey() {
        var template = design("            key: {PK: \"{{{title}}}\", SORT: \"{id}\"}")
                .key()
                .partition();

        assertThat(template.parts())
                .extracting(part -> part instanceof KeyTemplate.Part.Literal literal ? literal.text() : part.toString())
                .containsExactly("{", "{title}", "}");
    }

    @Test
    void aVariableKnowsWhatItIs() {
        var variables =
                design("            key: {PK: \"{author.id}#{tag}\", SORT: \"{at:yyyy-MM}#{id}\"}")
                        .key()
                        .templates()
                        .stream()
                        .flatMap(template -> template.variables().stream())
                        .toList();

        assertThat(variables)
                .extracting(variable -> variable.path().canonical().toString())
                .containsExactly("author_id", "tag", "at", "id");
        assertThat(variables).extracting(KeyTemplate.Part.Variable::injective).containsExactly(true, true, false, true);
        assertThat(variables)
                .extracting(variable -> variable.path().type().kind())
                .containsExactly(
                        ValueType.Kind.UUID, ValueType.Kind.TEXT, ValueType.Kind.TIMESTAMP, ValueType.Kind.UUID);
        assertThat(Automaton.of(List.of(variables.get(1).shape())).accepts("a#b"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "number | {seq}      | true",
                "number | {at:epoch} | true",
                "number | N{seq}     | false",
                "number | {title}    | false",
                "number | {seq:%05d} | false",
                "number | {seq}{seq} | false",
                "binary | {raw}      | true",
                "binary | {title}    | false",
            })
    void aKeyThatIsNoTextTakesOneVariable(String type, String template, boolean right) {
        var yaml = model("            key: {PK: \"{id}\", SORT: \"" + template + "\"}")
                .replace("sortKey: SORT", "sortKey: {name: SORT, type: " + type + "}");

        assertThat(KeyValueAnalysis.of(Models.read(yaml))
                        .stores()
                        .get(0)
                        .problems()
                        .isEmpty())
                .isEqualTo(right);
    }

    @Test
    void anAttributeOfTheEntityMayBeItsOwnKey() {
        var right = model("            key: {id: \"{id}\", SORT: X}").replace("partitionKey: PK", "partitionKey: id");
        var wrong =
                model("            key: {id: \"POST#{id}\", SORT: X}").replace("partitionKey: PK", "partitionKey: id");

        assertThat(KeyValueAnalysis.of(Models.read(right)).stores().get(0).problems())
                .isEmpty();
        assertThat(KeyValueAnalysis.of(Models.read(wrong)).stores().get(0).problems())
                .extracting(TemplateProblem::summary)
                .containsExactly(
                        "`id` is an attribute of `Post` and a key attribute, and an item holds one value under that name");
    }

    @Test
    void anIndexOverKeysThatAreThereNeedsNoTemplates() {
        var inverted = model("            key: {PK: \"{title}\", SORT: \"{id}\"}")
                .replace("{partitionKey: GSI1PK, sortKey: GSI1SK}", "{partitionKey: SORT, sortKey: PK}");

        var item = KeyValueAnalysis.of(Models.read(inverted))
                .stores()
                .get(0)
                .tables()
                .get(0)
                .items()
                .get(0);
        assertThat(item.indexes().get("by-x").names()).containsExactly("SORT", "PK");
    }

    @Test
    void anAttributeHasOneTypeInAllKeys() {
        var yaml = model("            key: {PK: X, SORT: \"{id}\"}")
                .replace("sortKey: GSI1SK", "sortKey: {name: SORT, type: number}");

        assertThat(KeyValueAnalysis.of(Models.read(yaml)).stores().get(0).problems())
                .extracting(TemplateProblem::summary)
                .contains("the key attribute `SORT` is a number here and a string elsewhere");
    }

    private static List<TemplateProblem> problems(String item) {
        return KeyValueAnalysis.of(Models.read(model(item))).stores().get(0).problems();
    }

    private static ItemDesign design(String item) {
        return KeyValueAnalysis.of(Models.read(model(item)))
                .stores()
                .get(0)
                .tables()
                .get(0)
                .items()
                .get(0);
    }

    private static String model(String item) {
        return MODEL.replace("ITEM", item);
    }
}
