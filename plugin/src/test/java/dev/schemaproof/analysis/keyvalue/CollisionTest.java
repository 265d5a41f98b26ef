package dev.schemaproof.analysis.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.keyvalue.Collision.Between;
import dev.schemaproof.analysis.keyvalue.Collision.Within;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollisionTest {

    private static final String MODEL = """
            schema: social
            stores:
              edge:
                engine: dynamodb
                tables:
                  social: {partitionKey: PK, sortKey: SK, items: {ITEMS}}
            types: {status: {enum: [open, done]}}
            entities:
              User:
                attributes: {id: uuid, username: text, nickname: text null, zip: text, city: text}
                key: [id]
                unique: [[username], [nickname]]
                dependencies: ["zip -> city"]
              Post:
                attributes: {id: uuid, author_id: uuid, title: text, slug: {type: text, check: "slug ~ '^[a-z0-9-]+$'"}, n: int, at: timestamptz, day: date, status: status, short: string(5)}
                key: [id]
                unique: [[author_id, n]]
                references: {author: {entity: User}}
              Tag:
                attributes: {name: text, lang: text}
                key: [name, lang]
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the entity's key, however it is written
                "P                    | {id}",
                "{id}                 | P",
                "P#{id:lower}         | P",
                "{title}              | {at}#{id}",
                "{title}#{id}         | P",
                "{title}#{slug}       | {id}",
                // another key, through a reference and back
                "{author_id}          | {n}",
                "{author.id}          | {n:%03d}",
                "{author.username}    | {n}",
                "{author.username}#{n} | P",
                "{n}#{author.username} | P",
                // a fixed width, or nothing of the delimiter in it, makes neighbours legible
                "{id}{title}          | P",
                "{title}{id}          | P",
                "{slug}#{author.username}#{n} | P",
                // what one part tells makes the other legible
                "{author.username}    | {author.username}#{n}",
            })
    void tellsTheRowsApart(String partition, String sort) {
        assertThat(collisions("Post: {key: {PK: \"" + partition + "\", SK: \"" + sort + "\"}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USER#{author.username} | POST#{at:yyyy-MM-dd}        | USER#alice | POST#2024-01-15",
                "USER#{author.username} | POST#{at}                   | USER#alice | POST#2024-01-15T08:30:00.000000Z",
                "USER#{author.username} | POST#{day}                  | USER#alice | POST#2024-01-15",
                "P                      | {at:epoch}                  | P | 1705307400",
                "{author.city}          | {n}                         | c | 1",
                "P                      | {id:shard(10)}              | P | 5",
                "P                      | {title}#{slug}#{n}          | P | t#s#1",
                "{author_id}            | {status}                    | 00000000-0000-4000-8000-000000000001 | open",
            })
    void findsTwoRowsWithOneKey(String partition, String sort, String pk, String sk) {
        var items = "Post: {key: {PK: \"" + partition + "\", SK: \"" + sort + "\"}}";
        assertThat(collisions(items)).singleElement().isInstanceOfSatisfying(Within.class, within -> {
            var twins = within.example().orElseThrow();
            assertThat(twins.key().parts().values()).containsExactly(pk, sk);
            assertThat(twins.first()).isNotEqualTo(twins.second());
            assertThat(twins.first().get("id")).isNotEqualTo(twins.second().get("id"));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "T | {name}#{lang}",
                "T | {name}{lang}",
                "{name}#{lang} | T",
                "T | {name:lower}#{lang:lower}",
                "{name:lower} | {lang}",
            })
    void everyExampleReallyHasOneKeyAndTwoRows(String partition, String sort) {
        var items = "Tag: {key: {PK: \"" + partition + "\", SK: \"" + sort + "\"}}";
        var item = facts(items).tables().get(0).items().get(0);

        assertThat(collisions(items)).singleElement().isInstanceOfSatisfying(Within.class, within -> {
            var twins = within.example().orElseThrow();
            assertThat(twins.first()).isNotEqualTo(twins.second());
            for (var row : List.of(twins.first(), twins.second())) {
                assertThat(item.key().templates().stream()
                                .map(template -> template.write(path -> Optional.ofNullable(row.get(path.toString())))
                                        .orElseThrow()))
                        .containsExactlyElementsOf(twins.key().parts().values());
            }
        });
    }

    @Test
    void knowsWhatBecomesOfEachValue() {
        assertThat(collisions("Post: {key: {PK: \"{author_id}\", SK: \"{slug}{n}{at:yyyy}\"}}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Within.class,
                        within -> assertThat(within.causes())
                                .extracting(cause -> cause.variable() + " " + cause.kind())
                                .containsExactly(
                                        "{author_id} KEPT",
                                        "{slug} ILLEGIBLE",
                                        "{n} ILLEGIBLE",
                                        "{at:yyyy} SHORTENED"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "U#{username} | PROFILE  | U#{author.username} | P#{id}",
                "U#{id}       | U#{id}   | P#{id}              | P#{id}",
                "{id}         | META     | {author.username}#{id} | META",
                "A            | {id}     | A                   | {n:%010d}{id}",
                "{id}         | X        | {slug}#{id}         | X",
            })
    void keepsTwoItemsApart(String partition, String sort, String otherPartition, String otherSort) {
        var yaml = "User: {key: {PK: \"" + partition + "\", SK: \"" + sort + "\"}}, " + "Post: {key: {PK: \""
                + otherPartition + "\", SK: \"" + otherSort + "\"}}";

        assertThat(collisions(yaml).stream().filter(Between.class::isInstance)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "U#{username} | PROFILE  | U#{author.username} | {title}   | U#alice | PROFILE",
                "U#{id}       | META     | U#{author_id}       | META      | U#00000000-0000-4000-8000-000000000001 | META",
                "U#{username} | X        | U#{author.username}#{n} | X     | U#alice#1 | X",
                "{id}         | {id}     | {author_id}         | {id}      | 00000000-0000-4000-8000-000000000001 | 00000000-0000-4000-8000-000000000001",
            })
    void findsAKeyOfTwoItems(
            String partition, String sort, String otherPartition, String otherSort, String pk, String sk) {
        var found = collisions("User: {key: {PK: \"" + partition + "\", SK: \"" + sort + "\"}}, Post: {key: {PK: \""
                        + otherPartition + "\", SK: \"" + otherSort + "\"}}")
                .stream()
                .filter(Between.class::isInstance)
                .map(Between.class::cast)
                .toList();

        assertThat(found)
                .singleElement()
                .satisfies(between -> assertThat(
                                between.example().orElseThrow().parts().values())
                        .containsExactly(pk, sk));
    }

    @Test
    void leavesOpenWhatOnlyARepeatedValueCouldKeepApart() {
        // The name would have to be `A` in one part of the key and to end in `#B` in the other
        assertThat(
                        collisions(
                                "User: {key: {PK: \"{username}\", SK: \"{username}\"}}, Post: {key: {PK: A, SK: \"{title}#B\"}}"))
                .filteredOn(Between.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Between.class, between -> assertThat(between.example()).isEmpty());
    }

    private static List<Collision> collisions(String items) {
        assertThat(facts(items).problems()).isEmpty();
        return facts(items).collisions();
    }

    private static KeyValueAnalysis.StoreFacts facts(String items) {
        return KeyValueAnalysis.of(Models.read(MODEL.replace("ITEMS", items)))
                .stores()
                .get(0);
    }
}
