package dev.schemaproof.analysis.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.analysis.keyvalue.Resolution.Refused;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that are made of other rows' values, and updates of those. */
class DependentsTest {

    private static final String MODEL = """
            schema: social
            stores:
              edge:
                engine: dynamodb
                tables:
                  people:
                    partitionKey: PK
                    items:
                      User: {key: {PK: "USER#{id}"}}
                      Team: {key: {PK: "TEAM#{id}"}}
                  posts:
                    partitionKey: PK
                    sortKey: SK
                    indexes:
                      by-team: {partitionKey: GSI1PK, sortKey: SK}
                      by-parent: {partitionKey: GSI2PK, sortKey: SK}
                    items:
                      Post:
                        key: {PK: "USER#{author.username}", SK: "POST#{id}"}
                        by-team: {GSI1PK: "TEAM#{author.team.name}"}
                        by-parent: {GSI2PK: "PARENT#{parent.slug}"}
            entities:
              User:
                attributes: {id: uuid, username: text, bio: text, team_id: uuid}
                key: [id]
                references: {team: {entity: Team}}
              Team:
                attributes: {id: uuid, name: text, motto: text}
                key: [id]
              Post:
                attributes: {id: uuid, author_id: uuid, slug: text, parent_id: uuid null}
                key: [id]
                references: {author: {entity: User}, parent: {entity: Post}}
            accessPatterns:
              p: {PATTERN}
            """;

    private static Resolution resolve(String pattern) {
        var model = Models.read(MODEL.replace("PATTERN", pattern));
        return KeyValueAnalysis.of(model).stores().get(0).resolutions().get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "entity: User, write: update, where: [id = :id], set: [username] | `PK` of `Post` is `USER#{author.username}`, which is made of `username` | author",
                "entity: User, write: update, where: [id = :id] | `PK` of `Post` | author",
                "entity: User, write: upsert, where: [id = :id], set: [username] | `PK` of `Post` | author",
                "entity: User, write: update, where: [id = :id], set: [bio, team_id] | `GSI1PK` of `Post` is `TEAM#{author.team.name}`, which is made of `team_id` | author",
                "entity: User, write: upsert | the upsert leaves stale keys behind: `PK` of `Post` | author",
                "entity: Team, write: update, where: [id = :id], set: [name] | `GSI1PK` of `Post` is `TEAM#{author.team.name}`, which is made of `name` | author.team",
                "entity: Post, write: update, where: [author.username = :u, id = :id], set: [slug] | `GSI2PK` of `Post` is `PARENT#{parent.slug}`, which is made of `slug` | parent",
            })
    void keysOfOtherItemsWouldBeStale(String pattern, String reason, String way) {
        assertThat(resolve(pattern)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.flaw()).isEqualTo(Flaw.STALE);
            assertThat(refused.summary()).contains(reason);
            assertThat(refused.help())
                    .hasValueSatisfying(help -> assertThat(help).contains("`{" + way + ".id}`"));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "entity: User, write: update, where: [id = :id], set: [bio]",
                "entity: Team, write: update, where: [id = :id], set: [motto]",
            })
    void whatNoKeyIsMadeOfMayChange(String pattern) {
        assertThat(resolve(pattern)).isInstanceOf(Served.class);
    }
}
