package dev.schemaproof.analysis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The social media platform of a textbook chapter. */
class SocialModelTest {

    static final String SOCIAL = """
            schema: social
            entities:
              User:
                table: users
                attributes: {id: uuid, username: text, avatar_url: text null, follower_count: int}
                key: [id]
                unique: [[username]]
              Post:
                table: posts
                attributes: {id: uuid, author_id: uuid, body: text, created_at: timestamptz}
                key: [id]
                references: {author: {entity: User}}
                indexes:
                  idx_posts_author_created: {on: [author_id, created_at desc]}
              Comment:
                table: comments
                attributes: {id: uuid, post_id: uuid, author_id: uuid, body: text, created_at: timestamptz}
                key: [id]
                references: {post: {entity: Post}, author: {entity: User}}
                indexes:
                  idx_comments_post_created: {on: [post_id, created_at desc]}
              Follow:
                table: follows
                attributes: {follower_id: uuid, following_id: uuid, created_at: timestamptz}
                key: [follower_id, following_id]
                references: {follower: {entity: User}, following: {entity: User}}
                indexes:
                  idx_follows_following: {on: [following_id]}
            accessPatterns:
              home-feed:
                sql: |
                  SELECT p.id, p.body, p.created_at, u.username, u.avatar_url
                  FROM posts p JOIN follows f ON f.following_id = p.author_id JOIN users u ON u.id = p.author_id
                  WHERE f.follower_id = :reader ORDER BY p.created_at DESC LIMIT 20
              comments-of-post:
                entity: Comment
                find: many
                where: [post_id = :post]
                orderBy: [created_at desc]
                select: [body, author.username]
                limit: 50
              followers: {entity: Follow, find: many, where: [following_id = :user]}
              profile: {entity: User, find: one, where: [username = :name]}
              publish: {entity: Post, write: insert}
              edit: {entity: Post, write: update, where: [id = :id], set: [body]}
            """;

    private static AccessAnalysis analysis(String yaml) {
        return new Facts(Models.read(yaml)).access();
    }

    private static PatternAccess access(String yaml, String pattern) {
        return analysis(yaml).of(pattern).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            home-feed | follows by its primary key (follower_id), posts by idx_posts_author_created (author_id), users by its primary key, then sorted by `p.created_at desc`, as `posts` come in this order for each row of `follows` only
            comments-of-post | comments by idx_comments_post_created (post_id), users by its primary key
            followers | follows by idx_follows_following (following_id)
            profile | users by users_username_key
            edit | posts by its primary key
            """)
    void namesWhatServesEachPattern(String pattern, String summary) {
        assertThat(access(SOCIAL, pattern).summary()).isEqualTo(summary);
        assertThat(access(SOCIAL, pattern).served()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT id FROM posts WHERE author_id = :a ORDER BY created_at                                  |
            SELECT id FROM posts WHERE id = :id ORDER BY created_at                                        |
            SELECT id FROM posts WHERE author_id = ANY(:authors) ORDER BY created_at                       | OTHER_ORDER
            SELECT id FROM posts WHERE author_id = :a ORDER BY body                                        | OTHER_ORDER
            SELECT id FROM posts WHERE author_id = :a ORDER BY created_at, body                            | PREFIX
            SELECT p.id FROM posts p JOIN users u ON u.id = p.author_id WHERE u.id = :u ORDER BY created_at |
            SELECT p.id FROM posts p JOIN follows f ON f.following_id = p.author_id WHERE f.follower_id = :u ORDER BY p.created_at | MERGE
            SELECT p.id FROM posts p JOIN follows f ON f.following_id = p.author_id WHERE f.follower_id = :u ORDER BY p.created_at, f.created_at | SEVERAL_TABLES
            SELECT body FROM posts WHERE author_id = :a GROUP BY body ORDER BY body                        | GROUPED
            SELECT id FROM users WHERE id IN (SELECT follower_id FROM follows WHERE follower_id = :u AND following_id > :f) ORDER BY username |
            SELECT u.username FROM users u WHERE EXISTS (SELECT 1 FROM follows f WHERE f.following_id = u.id AND f.follower_id = :u) ORDER BY u.username | MERGE
            SELECT u.username FROM users u WHERE u.id IN (SELECT f.following_id FROM follows f WHERE f.follower_id = :u) ORDER BY u.username | MERGE
            """)
    void saysWhyASortIsLeftToDo(String sql, LeftSort.Why why) {
        var sorts = access(SOCIAL + "  it: {sql: \"" + sql + "\"}\n", "it").sorts();
        assertThat(sorts).extracting(LeftSort::why).isEqualTo(why == null ? List.of() : List.of(why));
    }

    @Test
    void anInsertNeedsNothing() {
        assertThat(access(SOCIAL, "publish").coverages()).isEmpty();
        assertThat(access(SOCIAL, "publish").served()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "idx_posts_author_created, home-feed, Post, 'indexes: {idx_posts_author_id_created_at: {on: [author_id, created_at desc]}}'",
        "idx_comments_post_created, comments-of-post, Comment, 'indexes: {idx_comments_post_id_created_at: {on: [post_id, created_at desc]}}'",
        "idx_follows_following, followers, Follow, 'indexes: {idx_follows_following_id: {on: [following_id]}}'"
    })
    void withoutItsIndexAPatternIsUnserved(String index, String pattern, String entity, String proposal) {
        var without = SOCIAL.replaceFirst("    indexes:\n      " + index + ".*\n", "");
        var analysis = analysis(without);
        assertThat(analysis.patterns())
                .filteredOn(access -> !access.served())
                .extracting(access -> access.pattern().name().value())
                .containsExactly(pattern);
        assertThat(analysis.of(pattern).orElseThrow().coverages())
                .filteredOn(coverage -> !coverage.served())
                .singleElement()
                .satisfies(coverage -> {
                    assertThat(coverage.use().entity().name().value()).isEqualTo(entity);
                    assertThat(coverage.proposals())
                            .extracting(IndexProposal::line)
                            .containsExactly(proposal);
                });
    }

    @Test
    void knowsThePatternsOfEachIndexAndKey() {
        var analysis = analysis(SOCIAL);
        var entities = Models.read(SOCIAL).entities();
        assertThat(analysis.served(entities.get("Post"), "idx_posts_author_created"))
                .containsExactly("home-feed");
        assertThat(analysis.servedByKey(entities.get("User"))).containsExactly("home-feed", "comments-of-post");
        assertThat(analysis.servedBy(
                        entities.get("User"), entities.get("User").uniques().get(0)))
                .containsExactly("profile");
        assertThat(analysis.served(entities.get("Post"), "posts_pkey")).containsExactly("edit");
    }

    @Test
    void theExampleIsServed() throws IOException {
        var model = Models.readDirectory(Path.of("..", "it", "social", "src", "main", "schema"));
        assertThat(new Facts(model).access().patterns()).isNotEmpty().allSatisfy(access -> {
            assertThat(access.shape().sound()).isTrue();
            assertThat(access.shape().blind()).isEmpty();
            assertThat(access.served()).isTrue();
        });
    }
}
