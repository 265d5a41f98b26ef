package dev.schemaproof.analysis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.sql.ModelSql;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractAnalysisTest {

    private static final String MODEL = """
            schema: social
            stores:
              main: {engine: postgresql, version: 18}
              other: {engine: postgresql, version: 18}
            entities:
              User:
                table: users
                attributes:
                  id: {type: uuid, column: user_id}
                  follower_count: {type: int, default: 0}
                  following_count: {type: bigint, default: " 0 "}
                  ratio: {type: float, default: 0}
                  words: text
                  fives: {type: int, default: 5}
                  unset: int
                  last: int?
                  following: boolean
                  mute: boolean?
                  phrase: {type: text, optional: true, collation: C}
                key: [id]
              Follow:
                table: follows
                attributes: {follower_id: uuid, following_id: {type: uuid, column: to_id}, late_id: uuid, post_id: int, muted: boolean, weight: double, price: "decimal(5,2)", phrase: text}
                key: [follower_id, following_id]
                references:
                  follower: {entity: User}
                  following: {entity: User}
                  late: {entity: User, deferrable: true}
                  post: {entity: Post}
              Post:
                table: posts
                attributes: {id: int}
                key: [id]
              Far:
                store: other
                attributes: {id: int, user_id: uuid, name: {type: text, optional: true}, friend_id: {type: int, optional: true}}
                key: [id]
                references: {user: {entity: User}, friend: {entity: Far}}
            denormalizations:
            """;

    @Test
    void resolvesACountByTrigger() {
        var analysis = analysis(
                contract("one", "User.follower_count", "{count: Follow, by: following, where: not muted}", "trigger"));
        assertThat(analysis.unsupported()).isEmpty();
        assertThat(analysis.summaries()).singleElement().satisfies(count -> {
            assertThat(count.name()).isEqualTo("one");
            assertThat(count.store().name().value()).isEqualTo("main");
            assertThat(count.parent().name().value()).isEqualTo("User");
            assertThat(count.copy().name().value()).isEqualTo("follower_count");
            assertThat(count.child().name().value()).isEqualTo("Follow");
            assertThat(count.parentColumns()).containsExactly("user_id");
            assertThat(count.childColumns()).containsExactly("to_id");
            assertThat(count.summary()).isEqualTo(new Summary.Count());
            assertThat(count.where())
                    .hasValueSatisfying(where -> assertThat(where.value()).isEqualTo("not muted"));
            assertThat(count.repair()).hasValue("every night");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    User.follower_count  | {count: Follow, by: following}     | materialized-view | by: materialized-view
                    User.fives           | {count: Follow, by: following}     | outbox      | starts at zero
                    User.unset           | {latest: Follow.post_id, by: follower, orderBy: weight} | outbox | `latest` of no rows is nothing
                    User.follower_count  | {sum: Follow.weight, by: follower} | outbox      | depends on the order
                    User                 | {query: SELECT 1}                  | outbox      | no outbox can be generated for a `query`
                    User.unset           | {latest: Follow.post_id, by: follower, orderBy: weight} | job, every: 5m | `latest` of no rows is nothing, but `User.unset` is required
                    User.follower_count  | {sum: Follow.weight, by: follower} | job, every: 5m | depends on the order
                    User                 | {query: SELECT 1}                  | job, every: 5m | no job can be generated for a `query`
                    User.follower_count  | {sum: Follow.weight, by: follower} | application | depends on the order
                    User                 | {query: SELECT 1}                  | application | drift of a `query`
                    User.following       | {exists: Follow, by: following}    | trigger     | `exists` starts as false
                    User.follower_count  | {max: Follow.post_id, by: follower}| trigger     | `max` of no rows is nothing
                    User.unset           | {latest: Follow.post_id, by: follower, orderBy: muted} | trigger | `latest` of no rows is nothing
                    User.last            | {latest: Follow.post_id, by: follower, orderBy: muted} | trigger | by which nothing can be last
                    User.mute            | {max: Follow.muted, by: follower}  | trigger     | no least or greatest `boolean`
                    User.follower_count  | {sum: Follow.weight, by: follower} | trigger     | depends on the order
                    User.follower_count  | {sum: Follow.price, by: follower}  | trigger     | 0 digits behind the point
                    User.phrase          | {max: Follow.phrase, by: follower} | trigger     | another collation
                    User                 | {query: SELECT 1}                  | trigger     | `query`
                    User                 | {count: Follow, by: following}     | trigger     | entity as a whole
                    User.follower_count  | {count: Follow, by: late}          | trigger, mode: immediate | deferrable reference `late`
                    User.follower_count  | {count: Far, by: user}             | trigger     | store `other`
                    User.fives           | {count: Follow, by: following}     | trigger     | starts at zero
                    User.unset           | {count: Follow, by: following}     | trigger     | starts at zero
                    """)
    void saysWhatIsNotSupported(String into, String from, String by, String summary) {
        var analysis = analysis(contract("one", into, from, by));
        assertThat(analysis.summaries()).isEmpty();
        assertThat(analysis.unsupported())
                .singleElement()
                .satisfies(unsupported -> assertThat(unsupported.summary()).contains(summary));
    }

    /** A job needs no start and no order of locks, so that it takes more than triggers do. */
    @Test
    void leavesToAJobWhatAnUpdateCanPutRight() {
        var analysis = analysis(contract("one", "User.fives", "{count: Follow, by: late}", "job, every: 5m")
                + contract("two", "User.last", "{max: Follow.post_id, by: follower, where: muted}", "job, every: 5m"));

        assertThat(analysis.unsupported()).isEmpty();
        assertThat(analysis.summaries()).isEmpty();
        assertThat(analysis.applied()).isEmpty();
        assertThat(analysis.scheduled()).extracting(SummaryContract::name).containsExactly("one", "two");
    }

    @Test
    void leavesToTheApplicationWhatHasADriftToFind() {
        var analysis = analysis(contract("one", "User.fives", "{count: Follow, by: late}", "application")
                + contract("two", "Far.name", "{copy: friend.name}", "application"));

        assertThat(analysis.unsupported()).isEmpty();
        assertThat(analysis.summaries()).isEmpty();
        assertThat(analysis.applied()).extracting(SummaryContract::name).containsExactly("one");
        assertThat(analysis.copies()).singleElement().satisfies(copy -> {
            assertThat(copy.source().name().value()).isEqualTo("name");
            assertThat(copy.path()).hasSize(1);
        });
    }

    @Test
    void keepsAnAttributeByTheFirstOfTwoContracts() {
        var analysis = analysis(contract("one", "User.follower_count", "{count: Follow, by: following}", "trigger")
                + contract("two", "User.follower_count", "{count: Follow, by: follower}", "trigger"));
        assertThat(analysis.summaries()).extracting(SummaryContract::name).containsExactly("one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Nobody.n            | {count: Follow, by: following}
                    User.nothing        | {count: Follow, by: following}
                    User.follower_count | {count: Nothing, by: following}
                    User.follower_count | {count: Follow, by: nobody}
                    User.follower_count | {count: Follow, by: post}
                    User.words          | {count: Follow, by: following}
                    User.ratio          | {count: Follow, by: following}
                    User.id             | {count: Follow, by: following}
                    """)
    void leavesWhatContradictsItselfToOthers(String into, String from) {
        assertThat(analysis(contract("one", into, from, "trigger")))
                .isEqualTo(new ContractAnalysis(
                        List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                        List.of(), List.of()));
    }

    private static String contract(String name, String into, String from, String by) {
        return """
                  %s:
                    duplicates:
                      into: %s
                      from: %s
                    sync: {by: %s}
                    staleness: {allowed: none, effect: a wrong number, repair: every night}
               """.formatted(name, into, from, by);
    }

    private static ContractAnalysis analysis(String contracts) {
        var model = Models.read(MODEL + contracts);
        return ContractAnalysis.of(model, ModelSql.of(model));
    }
}
