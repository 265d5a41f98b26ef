package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Findings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The flaws and the good examples of a textbook chapter on schema design. */
class ChapterTest {

    private static final String SOCIAL = """
            schema: social
            entities:
              User:
                table: users
                attributes:
                  id: {type: uuid, default: gen_random_uuid()}
                  username: text
                  email: text
                  display_name: text
                  bio: text null
                  avatar_url: text null
                  created_at: {type: timestamptz, default: now()}
                  # more
                key: [id]
                unique: [[username], [email]]
              Post:
                table: posts
                attributes:
                  id: {type: uuid, default: gen_random_uuid()}
                  author_id: uuid
                  body: text
                  created_at: {type: timestamptz, default: now()}
                key: [id]
                references: {author: {entity: User, onDelete: cascade}}
                indexes: {idx_posts_author_created: {on: [author_id, created_at desc]}}
              Comment:
                table: comments
                attributes:
                  id: {type: uuid, default: gen_random_uuid()}
                  post_id: uuid
                  author_id: uuid
                  body: text
                  created_at: {type: timestamptz, default: now()}
                key: [id]
                references:
                  post: {entity: Post, onDelete: cascade}
                  author: {entity: User, onDelete: cascade}
                indexes: {idx_comments_post_created: {on: [post_id, created_at desc]}}
              Follow:
                table: follows
                attributes:
                  follower_id: uuid
                  following_id: uuid
                  created_at: {type: timestamptz, default: now()}
                key: [follower_id, following_id]
                references:
                  follower: {entity: User, onDelete: cascade}
                  following: {entity: User, onDelete: cascade}
                checks: {no_self_follow: follower_id <> following_id}
                indexes: {idx_follows_following: {on: [following_id]}}
            """;

    @Test
    void theNormalizedSchemaIsWithoutFlaw() {
        assertThat(briefly(SOCIAL)).isEmpty();
        // The chapter has no index by which the comments of a deleted user are found
        assertThat(Findings.briefly(SOCIAL)).containsExactly("warning[unindexed-reference] Comment.author");
    }

    @Test
    void cachedCountsNeedContracts() {
        var counts = SOCIAL.replace(
                "# more", "follower_count: {type: int, default: 0}\n      following_count: {type: int, default: 0}");
        var findings = Findings.in(counts);
        assertThat(briefly(counts))
                .containsExactly(
                        "error[undocumented-count] User.follower_count",
                        "error[undocumented-count] User.following_count");
        assertThat(findings.get(0).help())
                .hasValueSatisfying(help -> assertThat(help)
                        .contains("into: User.follower_count", "from: {count: Follow, by: following}", "is a guess"));
        assertThat(findings.get(1).help())
                .hasValueSatisfying(help -> assertThat(help).contains("from: {count: Follow, by: follower}"));
    }

    @Test
    void aCommentCountNeedsAContract() {
        assertThat(briefly(SOCIAL.replaceFirst("      body: text\n", "      body: text\n      comments_count: int\n")))
                .containsExactly("error[undocumented-count] Post.comments_count");
    }

    @Test
    void studentNameDependsOnAPartOfTheKey() {
        assertThat(briefly("""
                        schema: school
                        entities:
                          Student: {attributes: {id: int, name: text}, key: [id]}
                          Course: {attributes: {id: int, title: text}, key: [id]}
                          Enrollment:
                            attributes: {student_id: int, course_id: int, student_name: text, grade: char(1)}
                            key: [student_id, course_id]
                            references: {student: {entity: Student}, course: {entity: Course}}
                        """)).containsExactly("error[partial-dependency] Enrollment.student_name");
    }

    @Test
    void studentNameAloneIsSuspect() {
        assertThat(briefly("""
                        schema: school
                        entities:
                          Enrollment:
                            attributes: {student_id: int, course_id: int, student_name: text, grade: char(1)}
                            key: [student_id, course_id]
                        """)).containsExactly("warning[partial-dependency] Enrollment.student_name");
    }

    @Test
    void theCityOfAZipCodeIsSuspect() {
        var customer = """
                schema: shop
                entities:
                  Customer:
                    attributes: {id: int, name: text, zip_code: text, city: text}
                    key: [id]
                """;
        assertThat(briefly(customer)).containsExactly("warning[transitive-dependency] Customer.city");
        assertThat(briefly(customer + "    dependencies: [zip_code -> city]"))
                .containsExactly("error[transitive-dependency] Customer.city");
        assertThat(briefly(customer + "    independent: [{of: zip_code -> city, reason: it spans cities}]"))
                .isEmpty();
    }

    @Test
    void theCityBesideAReferenceToItsZipCodeIsACopy() {
        assertThat(briefly("""
                        schema: shop
                        entities:
                          ZipCode: {attributes: {code: text, city: text}, key: [code]}
                          Customer:
                            attributes: {id: int, name: text, zip_code: text, city: text}
                            key: [id]
                            references: {zip: {entity: ZipCode}}
                        """)).containsExactly("error[undocumented-copy] Customer.city");
    }

    /** What is said about indexes is no matter of redundancy. */
    private static List<String> briefly(String yaml) {
        return Findings.brieflyWithout("unindexed-reference", yaml);
    }
}
