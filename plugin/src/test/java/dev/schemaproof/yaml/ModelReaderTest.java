package dev.schemaproof.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Condition.Operand;
import dev.schemaproof.model.Condition.Operator;
import dev.schemaproof.model.DataType;
import dev.schemaproof.model.Derivation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelReaderTest {

    static final String LANGUAGE_EXAMPLE = """
            schema: social
            stores:
              main: {engine: postgresql, version: 18}
              edge:
                engine: dynamodb
                tables:
                  social:
                    partitionKey: PK
                    sortKey: SK
                    billing: on-demand
                    ttl: expires_at
                    indexes:
                      by-email: {partitionKey: GSI1PK, sortKey: GSI1SK, project: all}
                    items:
                      User:
                        key: {PK: "USER#{username}", SK: PROFILE}
                        by-email: {GSI1PK: "EMAIL#{email}", GSI1SK: USER}
            entities:
              User:
                description: A person with a profile
                table: users
                rows: 10M
                attributes:
                  id:           {type: uuid, default: gen_random_uuid()}
                  username:     text
                  bio:          text null
                  email:        {type: text, personal: true, values: {distinct: 10M}}
                  created_at:   {type: timestamptz, default: now()}
                  follower_count: {type: int, default: 0}
                key: [id]
                unique: [[username], [email]]
              Follow:
                table: follows
                rows: 1G
                attributes:
                  follower_id:  uuid
                  following_id: uuid
                  created_at:   {type: timestamptz, default: now()}
                key: [follower_id, following_id]
                references:
                  follower:  {entity: User, attributes: [follower_id],  onDelete: cascade}
                  following: {entity: User, onDelete: cascade}
                checks:
                  no_self_follow: follower_id <> following_id
                indexes:
                  idx_follows_following: {on: [following_id]}
            accessPatterns:
              home-feed:
                rate: 2000/s
                sql: |
                  SELECT p.id
                  FROM posts p WHERE p.author = :reader
              followers: {entity: Follow, find: many, where: [following_id = :user, "created_at >= :since"], orderBy: [created_at desc], limit: 20}
              edit-user: {entity: User, write: update, where: [id = :id], set: [bio], rate: 5/s}
            denormalizations:
              user-follower-count:
                duplicates:
                  into: User.follower_count
                  from: {count: Follow, by: following}
                sync: {by: trigger}
                staleness:
                  allowed: none
                  effect: A profile shows a wrong number of followers
                  repair: nightly reconciliation
                gain:
                  pattern: profile-page
                  instead: |
                    SELECT 1
                  atLeast: 50x
                  measured: {before: 12.4 ms, after: 0.08 ms, rows: 100M, on: 2026-05-02, where: staging}
            rules:
              target: bcnf
              severity: {redundant-index: error, wide-row: off}
              exceptions:
                - {rule: repeating-group, at: Contact.phone_1, reason: "two numbers, fixed by law", until: 2027-06-30}
            """;

    @Test
    void readsTheLanguagesOwnExample() {
        var model = Models.read(LANGUAGE_EXAMPLE);

        var user = model.entities().get("User");
        assertThat(user.expectedRows()).isEqualTo(10_000_000);
        assertThat(user.attributes().get("bio").optional()).isTrue();
        assertThat(user.attributes().get("email").values().distinct()).hasValue(10_000_000);
        assertThat(user.uniques())
                .extracting(key -> key.names())
                .containsExactly(List.of("username"), List.of("email"));
        assertThat(model.entities().get("Follow").references().get("following").names())
                .containsExactly("following_id");
        var followers = (AccessPattern.Read) model.patterns().get("followers");
        assertThat(followers.where().get(1).operator()).isEqualTo(Operator.GREATER_OR_EQUAL);
        assertThat(followers.where().get(1).operands()).containsExactly(new Operand.Parameter("since"));
        assertThat(model.patterns()
                        .get("home-feed")
                        .header()
                        .rate()
                        .orElseThrow()
                        .perSecond())
                .isEqualTo(2000.0);
        var contract = model.contracts().get("user-follower-count");
        assertThat(contract.duplicates().orElseThrow().from().orElseThrow().value())
                .isInstanceOf(Derivation.Count.class);
        assertThat(contract.staleness().orElseThrow().allowed().orElseThrow().value())
                .isZero();
        assertThat(contract.gain().orElseThrow().atLeast().orElseThrow().value())
                .isEqualTo(50.0);
        assertThat(model.rules().severities().get("wide-row").value()).isEmpty();
    }

    @Test
    void aWordInsideABlockScalarHasItsPlaceInTheFile() {
        var model = Models.read(LANGUAGE_EXAMPLE);

        var sql = ((AccessPattern.Sql) model.patterns().get("home-feed")).sql();
        var offset = sql.value().indexOf("author");
        var at = sql.locate(offset, offset + "author".length());

        var line = LANGUAGE_EXAMPLE.lines().toList().get(at.line() - 1);
        assertThat(line.substring(at.column() - 1, at.column() - 1 + at.length()))
                .isEqualTo("author");
    }

    @Test
    void bracesThatCutATypeAreNamed() {
        var result = Models.tryRead("""
                schema: shop
                entities:
                  Item:
                    attributes: {id: uuid, price: decimal(10,2)}
                    key: [id]
                """);

        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule().value()).isEqualTo("unquoted-type");
            assertThat(finding.at().line()).isEqualTo(4);
            assertThat(finding.help()).contains("write `price: \"decimal(10,2)\"`");
        });
        assertThat(result.model()
                        .orElseThrow()
                        .entities()
                        .get("Item")
                        .attributes()
                        .get("price")
                        .type()
                        .value())
                .isEqualTo(new DataType.Decimal(10, 2));
    }

    @Test
    void allFlawsComeInOneRun() {
        var result = Models.tryRead("""
                schema: shop
                entitys: {}
                entities:
                  Item:
                    atributes: {}
                    attributes:
                      id: uuid
                      id: int
                      price: decimal(10
                    rows: many
                    key: [id]
                """);

        assertThat(result.findings())
                .extracting(
                        finding -> finding.rule().value() + ":" + finding.at().line())
                .containsExactly(
                        "unknown-key:2", "unknown-key:5", "duplicate-key:8", "malformed-value:9", "malformed-value:10");
        assertThat(result.findings().get(1).help()).contains("did you mean `attributes`?");
    }

    /** What is called like an attribute is one, also under a name that SQL would take for an expression. */
    @Test
    void findsAttributesOfAnyNameInIndexesAndPartitions() {
        var entity = Models.read("""
                        schema: shop
                        entities:
                          Order:
                            attributes: {"a.b": int, "say \\"hi\\"": int, total: int}
                            key: ["a.b"]
                            indexes:
                              by_name: {on: [a.b desc, '"say ""hi""\"', '"total"', total + 1]}
                            exclusions:
                              one: {on: ["a.b with ="], using: btree}
                            partition: {by: hash, on: [a.b], partitions: 2}
                        """).entity("Order").orElseThrow();
        assertThat(entity.indexes().get("by_name").on().stream()
                        .map(part -> part.attribute().orElse("")))
                .containsExactly("a.b", "say \"hi\"", "total", "");
        assertThat(entity.relational()
                        .exclusions()
                        .get("one")
                        .elements()
                        .get(0)
                        .part()
                        .attribute())
                .contains("a.b");
        assertThat(entity.relational().partitioning().orElseThrow().on().get(0).attribute())
                .contains("a.b");
    }

    /** A misspelt privilege is no reason to say nothing about the columns. */
    @Test
    void judgesAnEntityWhoseRightsCannotBeRead() {
        var read = Models.tryRead("""
                schema: shop
                entities:
                  Order:
                    attributes: {id: int}
                    key: [id]
                    grants: {public: selct}
                  Item:
                    attributes: {id: intt, colour: {typ: text}}
                    key: [id]
                """);
        assertThat(read.findings())
                .extracting(finding -> finding.rule().value())
                .contains("unknown-value", "unknown-key");
        assertThat(read.model().orElseThrow().entity("Order").orElseThrow().sound())
                .isTrue();
        assertThat(read.model().orElseThrow().entity("Item").orElseThrow().sound())
                .isFalse();
    }
}
