package dev.schemaproof.prove.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.KeyValueAnalysis.StoreFacts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.keyvalue.KeyValueGenerator;
import dev.schemaproof.prove.Deadline;
import dev.schemaproof.prove.ProofResult;
import dev.schemaproof.prove.Verdict;
import dev.schemaproof.prove.dynamodb.TableEvaluator;
import dev.schemaproof.prove.dynamodb.TableService;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyValueProverTest {

    static final String MODEL = """
            schema: social
            types: {lang: {enum: [en, de, pt-br]}}
            stores:
              edge:
                engine: dynamodb
                tables:
                  social:
                    partitionKey: PK
                    sortKey: SK
                    ttl: expires_at
                    indexes:
                      by-email: {partitionKey: GSI1PK, sortKey: GSI1SK}
                      by-title: {partitionKey: GSI2PK, sortKey: GSI2SK, project: [id, title, rank]}
                      by-rank: {partitionKey: GSI3PK, sortKey: {name: GSI3SK, type: number}, project: [id, lang]}
                      by-nick: {partitionKey: GSI4PK, sortKey: GSI4SK}
                    items:
                      User:
                        key: {PK: "USER#{id}", SK: PROFILE}
                        by-email: {GSI1PK: "EMAIL#{email:lower}", GSI1SK: "{email}"}
                        by-nick: {GSI4PK: NICK, GSI4SK: "{nickname}"}
                      Post:
                        key: {PK: "USER#{author_id}", SK: "POST#{at}#{id}"}
                        by-title: {GSI2PK: "T#{title:lower}", GSI2SK: "{day}#{title}"}
                        by-rank: {GSI3PK: "{lang}", GSI3SK: "{rank}"}
                        copies: [author.bio]
                      Session:
                        key: {PK: "SESSION#{token}", SK: SESSION}
                  reviews:
                    partitionKey: product_id
                    sortKey: SK
                    items:
                      Review:
                        key: {product_id: "{product_id}", SK: "{stars:%02d}#{id}"}
            entities:
              User:
                attributes: {id: uuid, email: text, nickname: text null, bio: text null}
                key: [id]
                unique: [[email]]
              Post:
                attributes: {id: uuid, author_id: uuid, title: text, lang: lang, rank: int, at: timestamptz, day: date, open: boolean, tags: "text[]", doc: json null, note: text null, digest: bytes null, price: "decimal(10,2)"}
                key: [id]
                references: {author: {entity: User}}
              Session:
                attributes: {token: uuid, user_id: uuid, expires_at: timestamptz}
                key: [token]
                references: {user: {entity: User}}
              Review:
                attributes: {id: uuid, product_id: int, stars: {type: smallint, check: stars between 1 and 5}, text: text null}
                key: [id]
            denormalizations:
              author-bio:
                duplicates: {into: Post.bio, from: {copy: author.bio}}
            accessPatterns:
              profile: {entity: User, find: one, where: [id = :id]}
              log-in: {entity: User, find: one, where: [email = :email], select: [id, email]}
              nicks: {entity: User, find: many, where: ["nickname starts with :start"], orderBy: [nickname], select: [id]}
              posts: {entity: Post, find: many, where: [author_id = :author, "at >= :since"], orderBy: [at desc], limit: 4}
              posts-between: {entity: Post, find: many, where: [author_id = :author, "at between :from and :to"], orderBy: [at], select: [id, author.bio, tags, doc]}
              posts-before: {entity: Post, find: count, where: [author_id = :author, "at < :to", open = true]}
              post: {entity: Post, find: one, where: [author_id = :author, at = :at, id = :id]}
              titles: {entity: Post, find: many, where: [title = :title], orderBy: [day desc], select: [id, rank]}
              ranked: {entity: Post, find: many, where: [lang = :lang, "rank > :least"], orderBy: [rank desc], select: [id, lang], limit: 3}
              tagged: {entity: Post, find: many, where: [author_id = :author, "tags contains :tag"], select: [id]}
              cheap: {entity: Post, find: many, where: [author_id = :author, "price <= :most", "title in :titles"], select: [id, price]}
              noted: {entity: Post, find: many, where: [author_id = :author, "note <> :note"], orderBy: [at], select: [id]}
              unnoted: {entity: Post, find: many, where: [author_id = :author, "note is null"], select: [id, digest], limit: 2}
              session: {entity: Session, find: one, where: [token = :token, "expires_at > :now"]}
              good: {entity: Review, find: many, where: [product_id = :product, "stars >= :least"], orderBy: [stars desc]}
              register: {entity: User, write: insert}
              set-bio: {entity: User, write: update, where: [id = :id], set: [bio]}
              change-email: {entity: User, write: update, where: [id = :id, email = :email], set: [email]}
              nick: {entity: User, write: update, where: [id = :id], set: [nickname, bio]}
              write-post: {entity: Post, write: upsert}
              edit-post: {entity: Post, write: update, where: [author_id = :author, at = :at, id = :id], set: [note, open, price, doc]}
              retitle: {entity: Post, write: update, where: [author_id = :author, at = :at, id = :id, day = :day, "rank < :most"], set: [title]}
              open-session: {entity: Session, write: upsert, where: [token = :token], set: [expires_at]}
              close-session: {entity: Session, write: delete, where: [token = :token, user_id = :user]}
              review: {entity: Review, write: insert, where: [stars = 5]}
            """;

    private static final KeyValueProver.Settings SETTINGS = new KeyValueProver.Settings(60, 80, 40, 7);

    private static List<ProofResult> prove(String yaml) {
        return prove(yaml, artifact -> artifact, pattern -> true);
    }

    private static List<ProofResult> prove(String yaml, UnaryOperator<Artifact> edit, Predicate<String> patterns) {
        var facts = new Facts(Models.read(yaml));
        var store = facts.keyValue().stores().get(0);
        var resolutions = store.resolutions().stream()
                .filter(resolution -> patterns.test(resolution.pattern().name().value()))
                .toList();
        return new KeyValueProver(
                        facts.model(),
                        new StoreFacts(
                                store.store(), store.tables(), store.problems(), store.collisions(), resolutions),
                        new KeyValueGenerator().generate(facts).map(edit).toList(),
                        new TableEvaluator(),
                        SETTINGS,
                        Deadline.in(Duration.ofMinutes(2)))
                .prove()
                .results();
    }

    @Test
    void everyRequestOfASoundLayoutAnswersAsTheRowsDo() {
        var results = prove(MODEL);
        assertThat(results)
                .hasSize(27)
                .allSatisfy(result -> assertThat(result.verdict())
                        .as(result.subject() + ": " + result.statement() + result.details())
                        .isEqualTo(Verdict.PROVEN));
    }

    /** What a reviewer could break in the generated files, and which pattern must notice. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "posts | \"ScanIndexForward\" : false | \"ScanIndexForward\" : true",
                "posts | POST#${since:iso} | POST#",
                "posts | \"Limit\" : 4 | \"Limit\" : 3",
                "posts-between | POST#${to:iso} | POST#${from:iso}",
                "posts-before | \"#n0 = :v3\" | \"#n0 <> :v3\"",
                "posts-between | id, bio, tags, doc | id, tags, doc",
                "log-in | ${email:lower} | ${email}",
                "nicks | begins_with(GSI4SK, :v1) | GSI4SK >= :v1",
                "good | ${least:%02d} | ${least}",
                "noted | attribute_exists(note) AND note <> :v2 | note <> :v2",
                "unnoted | attribute_not_exists(note) | attribute_exists(note)",
                "session | expires_at > :v2 | expires_at < :v2",
                "change-email | , GSI1PK = :v1 | ''",
                "nick | nickname = :v0, bio = :v1, GSI4SK = :v2 | nickname = :v0, bio = :v1",
                "set-bio | attribute_exists(PK) | attribute_not_exists(other)",
                "register | attribute_not_exists(PK) | attribute_not_exists(other)",
                "retitle | T#${title:lower} | U#${title:lower}",
                "retitle | #n1 < :v4 | #n1 <= :v4",
                "close-session | user_id = :v0 | user_id <> :v0",
                "review | \"N\" : \"5\" | \"N\" : \"4\"",
            })
    void aBrokenFileIsNoticed(String pattern, String found, String instead) {
        var changed = new ArrayList<String>();
        var results = prove(
                MODEL,
                artifact -> {
                    if (!artifact.path().endsWith("access-patterns.json")) {
                        return artifact;
                    }
                    var text = artifact.text();
                    var from = text.indexOf("\"name\" : \"" + pattern + "\",\n      \"operation\"");
                    var at = text.indexOf(found, from);
                    var next = text.indexOf("\"operation\"", text.indexOf("\"operation\"", from) + 1);
                    assertThat(at).isBetween(from, next < 0 ? text.length() : next);
                    changed.add(found);
                    return new Artifact(
                            artifact.path(), text.substring(0, at) + instead + text.substring(at + found.length()));
                },
                pattern::equals);
        assertThat(changed).hasSize(1);
        assertThat(results)
                .filteredOn(result -> result.subject().equals(pattern))
                .extracting(ProofResult::verdict)
                .containsExactly(Verdict.FAILED);
    }

    /** Layouts whose flaw the checks find too; here the checks are off. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "items-have-keys-of-their-own | POST#{at}#{id} | POST#{at}",
                "items-have-keys-of-their-own | SK: SESSION} | SK: PROFILE}",
            })
    void aBrokenLayoutIsNoticed(String proof, String found, String instead) {
        assertThat(MODEL).contains(found);
        var layout = MODEL.replace(found, instead).replace("SESSION#{token}", "USER#{user_id}");
        assertThat(prove(layout, artifact -> artifact, pattern -> false))
                .filteredOn(result -> result.verdict() == Verdict.FAILED)
                .extracting(ProofResult::name)
                .containsExactly(proof);
    }

    /** The rules refuse such an update; here it comes from a layout in which nothing else is made of what it changes. */
    @Test
    void keysOfOtherItemsThatAreLeftBehindAreNoticed() {
        var sound = new Facts(Models.read(MODEL));
        var layout = new Facts(Models.read(MODEL.replace("USER#{author_id}", "USER#{author.email}")));
        var served = sound.keyValue().stores().get(0).resolutions().stream()
                .filter(resolution -> resolution.pattern().name().value().equals("change-email"))
                .toList();
        var store = layout.keyValue().stores().get(0);
        var results = new KeyValueProver(
                        layout.model(),
                        new StoreFacts(store.store(), store.tables(), List.of(), List.of(), served),
                        new KeyValueGenerator().generate(sound).toList(),
                        new TableEvaluator(),
                        SETTINGS,
                        Deadline.in(Duration.ofMinutes(2)))
                .prove()
                .results();
        assertThat(results)
                .filteredOn(result -> result.verdict() == Verdict.FAILED)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.subject()).isEqualTo("change-email");
                    assertThat(result.statement()).contains("leaves no item for a row of `Post`");
                });
    }

    /** A service that ends in the middle of the work, by the number of calls that it answers. */
    private static final class Dying implements TableService {

        private final TableService evaluator = new TableEvaluator();
        private int left;

        Dying(int left) {
            this.left = left;
        }

        @Override
        public String description() {
            return "the DynamoDB that dies";
        }

        @Override
        public Map<String, @Nullable Object> call(String operation, Map<String, ?> body)
                throws RefusedCallException, IOException {
            if (left-- <= 0) {
                throw new IOException("the DynamoDB that dies does not answer: refused");
            }
            return evaluator.call(operation, body);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 250, 1000, 3000})
    void aServiceThatDiesIsAFailureAndTheRestStands(int calls) {
        var facts = new Facts(Models.read(MODEL));
        var report = new KeyValueProver(
                        facts.model(),
                        facts.keyValue().stores().get(0),
                        new KeyValueGenerator().generate(facts).toList(),
                        new Dying(calls),
                        SETTINGS,
                        Deadline.in(Duration.ofMinutes(2)))
                .prove();
        assertThat(report.results())
                .filteredOn(result -> result.verdict() == Verdict.FAILED)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.subject()).isEqualTo("edge");
                    assertThat(result.statement()).contains("does not answer");
                });
    }

    @Test
    void timeThatRunsOutIsAFailure() {
        var facts = new Facts(Models.read(MODEL));
        var report = new KeyValueProver(
                        facts.model(),
                        facts.keyValue().stores().get(0),
                        new KeyValueGenerator().generate(facts).toList(),
                        new TableEvaluator(),
                        SETTINGS,
                        Deadline.in(Duration.ZERO))
                .prove();
        assertThat(report.failed()).isTrue();
        assertThat(report.results())
                .last()
                .satisfies(result -> assertThat(result.statement()).contains("schema.timeout"));
    }
}
