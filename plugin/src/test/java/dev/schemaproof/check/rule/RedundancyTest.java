package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Findings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as said twice, and what only looks like it. */
class RedundancyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    author_name: text               | error[undocumented-copy] Post.author_name
                    author_username: text           | error[undocumented-copy] Post.author_username
                    username: text                  | error[undocumented-copy] Post.username
                    display_name: text              | error[undocumented-copy] Post.display_name
                    author_created_at: timestamptz  | error[undocumented-copy] Post.author_created_at
                    user_status: text               | error[undocumented-copy] Post.user_status
                    """)
    void copies(String attribute, String finding) {
        assertThat(briefly(post(attribute))).containsExactly(finding);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: text",
                "body: text",
                "created_at: timestamptz",
                "author_name: int",
                "author_note: text",
                "display_name: int",
                "author_name: {type: text, generated: upper(body2)}, body2: text",
                "authorship: text",
            })
    void nothingIsACopyThatIsCommonplaceOrOfAnotherTypeOrGenerated(String attribute) {
        assertThat(briefly(post(attribute))).isEmpty();
    }

    @Test
    void whatIdentifiesTheRowItselfIsNoCopy() {
        assertThat(briefly(post("username: text") + "    unique: [[username]]\n"))
                .isEmpty();
    }

    @Test
    void theTeamsWordRefutesACopy() {
        assertThat(briefly(post("author_name: text") + "    independent: [{of: author_name, reason: a pen name}]\n"))
                .isEmpty();
        assertThat(briefly(post("author_name: text")
                        + "    independent: [{of: author_id -> author_name, reason: a pen name}]\n"))
                .isEmpty();
    }

    @Test
    void theAttributesOfReferencesAreNoCopies() {
        assertThat(briefly("""
                        schema: s
                        entities:
                          Tenant: {attributes: {id: int}, key: [id]}
                          Project:
                            attributes: {id: int, tenant_id: int}
                            key: [id]
                            references: {tenant: {entity: Tenant}}
                          Task:
                            attributes: {id: int, project_id: int, tenant_id: int}
                            key: [id]
                            references: {tenant: {entity: Tenant}, project: {entity: Project}}
                        """)).isEmpty();
    }

    @Test
    void rowsThatReferToTheirOwnKindHaveNamesInCommon() {
        var employee = """
                schema: s
                entities:
                  Employee:
                    attributes: {id: int, first_name: text, manager_id: int null%s}
                    key: [id]
                    references: {manager: {entity: Employee}}
                """;
        assertThat(briefly(employee.formatted(""))).isEmpty();
        assertThat(briefly(employee.formatted(", manager_first_name: text")))
                .containsExactly("error[undocumented-copy] Employee.manager_first_name");
    }

    @Test
    void oneFlawIsReportedOnce() {
        assertThat(briefly("""
                        schema: school
                        entities:
                          Student: {attributes: {id: int, name: text}, key: [id]}
                          Enrollment:
                            attributes: {student_id: int, course: int, student_name: text}
                            key: [student_id, course]
                            references: {student: {entity: Student}}
                            dependencies: [student_id -> student_name]
                        """)).containsExactly("error[partial-dependency] Enrollment.student_name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "retry_count: int",
                "comment_count: text",
                "comment_count: {type: int, generated: id * 2}",
                "author_count: int",
            })
    void aNumberThatCountsNothingInTheModelIsNoCount(String attribute) {
        assertThat(briefly(thread(attribute))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"comment_count", "comments_count", "reaction_count", "people_count", "reply_count"})
    void aNumberCalledAfterReferringRowsIsACount(String attribute) {
        assertThat(briefly(thread(attribute + ": bigint")))
                .containsExactly("error[undocumented-count] Thread." + attribute);
    }

    @Test
    void aDetourFromAPartOfTheKeyBreaksTheSecondNormalFormToo() {
        var model = """
                schema: s
                entities:
                  Enrollment:
                    attributes: {student: int, course: int, dept: int, dept_name: text, grade: int, mark: text}
                    key: [student, course]
                    dependencies: [student -> dept, dept -> dept_name, grade -> mark]
                rules: {target: %s}
                """;
        assertThat(briefly(model.formatted("1nf"))).isEmpty();
        assertThat(briefly(model.formatted("2nf")))
                .containsExactly(
                        "error[partial-dependency] Enrollment.dept", "error[partial-dependency] Enrollment.dept_name");
        assertThat(briefly(model.formatted("3nf")))
                .containsExactly(
                        "error[partial-dependency] Enrollment.dept",
                        "error[transitive-dependency] Enrollment.dept_name",
                        "error[transitive-dependency] Enrollment.mark");
    }

    @Test
    void boyceCoddIsAnErrorWhereItIsTheTarget() {
        var model = """
                schema: s
                entities:
                  Lesson:
                    attributes: {student: int, course: int, teacher: int}
                    key: [student, course]
                    dependencies: [teacher -> course]
                rules: {target: %s}
                """;
        assertThat(briefly(model.formatted("2nf"))).isEmpty();
        assertThat(briefly(model.formatted("3nf"))).containsExactly("warning[boyce-codd-violation] Lesson.course");
        assertThat(briefly(model.formatted("bcnf"))).containsExactly("error[boyce-codd-violation] Lesson.course");
    }

    @Test
    void aDraftThatIsPastedReadsAndStaysOpen() {
        var model = post("author_name: text");
        var help = Findings.in(model).get(0).help().orElseThrow();
        var pasted = model + help.substring(help.indexOf("denormalizations:"));
        assertThat(new Facts(Models.read(pasted)).model().contracts()).containsOnlyKeys("post-author-name");
        assertThat(briefly(pasted))
                .contains("error[placeholder-answer] post-author-name")
                .doesNotContain("error[missing-answer] post-author-name", "error[undocumented-copy] Post.author_name");
    }

    private static String post(String attribute) {
        return """
               schema: s
               entities:
                 User:
                   attributes:
                     id: int
                     name: text
                     username: text
                     display_name: text
                     user_status: text
                     status: text
                     body: text
                     created_at: timestamptz
                   key: [id]
                   unique: [[username]]
                 Post:
                   attributes: {id: int, author_id: int, %s}
                   key: [id]
                   references: {author: {entity: User}}
               """.formatted(attribute);
    }

    private static String thread(String attribute) {
        return """
               schema: s
               entities:
                 Thread:
                   attributes: {id: int, %s}
                   key: [id]
                 Comment:
                   attributes: {id: int, thread_id: int, author: text}
                   key: [id]
                   references: {thread: {entity: Thread}}
                 ThreadReaction:
                   attributes: {id: int, thread_id: int}
                   key: [id]
                   references: {thread: {entity: Thread}}
                 Reply:
                   table: replies
                   attributes: {id: int, thread_id: int}
                   key: [id]
                   references: {thread: {entity: Thread}}
                 Person:
                   attributes: {id: int, thread_id: int}
                   key: [id]
                   references: {thread: {entity: Thread}}
               """.formatted(attribute);
    }

    /** What is said about indexes is no matter of redundancy. */
    private static List<String> briefly(String yaml) {
        return Findings.brieflyWithout("unindexed-reference", yaml);
    }
}
