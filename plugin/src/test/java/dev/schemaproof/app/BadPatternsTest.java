package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Checker;
import dev.schemaproof.diagnostic.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of access patterns that are none, at the place of the word that is wrong, and in bounded time. */
class BadPatternsTest {

    private static final String MODEL = """
            schema: s
            entities:
              Post:
                table: post
                rows: 10M
                attributes: {id: int, author_id: int, title: text, at: timestamptz}
                key: [id]
                indexes: {by_author: {on: [author_id, at]}, by_at: {on: [at]}}
            accessPatterns:
              of-author: {entity: Post, find: many, where: [author_id = :a], orderBy: [at]}
              page: {entity: Post, find: one, where: [id = :id]}
              recent: {sql: "SELECT id FROM post WHERE at > now() - interval '1 day'"}
            """;

    private static final String AT = Models.FILE + ":15:";

    /** Even on a slow and busy machine. */
    private static final Duration BOUNDED = Duration.ofMinutes(1);

    private static final int LONG = 1_000_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            SELECT id FORM post WHERE id = :id           | 22 | sql-syntax | did you mean `from` instead of `form`?
            SELECT id FROM post WHERE id = = :id         | 38 | sql-syntax | put one of them in parentheses
            SELECT id FROM post; DELETE FROM post        | 28 | sql-syntax | give each statement an access pattern of its own
            CREATE TABLE x (id int)                      | 7  | sql-syntax | an access pattern is one SELECT, INSERT, UPDATE, DELETE or MERGE
            TRUNCATE post                                | 7  | sql-syntax | an access pattern is one SELECT, INSERT, UPDATE, DELETE or MERGE
            CALL tidy(:x)                                | 7  | sql-syntax | an access pattern is one SELECT, INSERT, UPDATE, DELETE or MERGE
            SELECT id FROM recent_posts WHERE id = :id   | 22 | unknown-table | write the query of a view into the pattern
            SELECT id FROM pots WHERE id = :id           | 22 | unknown-table | did you mean `post`?
            SELECT id FROM post WHERE auther_id = :a     | 33 | unknown-column | did you mean `author_id`?
            SELECT id FROM post WHERE id = 'abc'         | 38 | malformed-literal | write a whole number
            SELECT id FROM post WHERE id = 1 LIMIT 'x'   | 46 | malformed-literal | write a whole number
            SELECT id FROM post WHERE author_id = title  | 33 | incompatible-types | cast with `::integer` or `::text`
            SELECT id FROM post WHERE id = :x AND title = :x | 45 | incompatible-types | parameters of their own
            SELECT id FROM post WHERE id IN (SELECT title FROM post) | 33 | incompatible-types | cast with
            INSERT INTO post (id, title) VALUES (:x, :x) | 48 | incompatible-types | parameters of their own
            UPDATE post SET at = title WHERE id = :id    | 28 | incompatible-types | cast it: `(title)::timestamptz`
            DELETE FROM post WHERE id                    | 30 | non-boolean-condition | compare it with something
            UPDATE post SET at = :at WHERE title         | 38 | non-boolean-condition | compare it with something
            SELECT p.id FROM post p JOIN post q ON q.id  | 46 | non-boolean-condition | compare it with something
            SELECT p.id FROM post p JOIN post q ON q.id = p.title | 46 | incompatible-types | cast with
            SELECT at FROM post GROUP BY at HAVING count(*) | 46 | non-boolean-condition | compare it with something
            SELECT at FROM post GROUP BY at HAVING max(id) > 'x' | 56 | malformed-literal | write a whole number
            SELECT x.n FROM (SELECT id AS n FROM post WHERE title) x | 55 | non-boolean-condition | compare it with something
            WITH x AS (SELECT id FROM post WHERE title) SELECT id FROM x | 44 | non-boolean-condition | compare it with something
            SELECT (SELECT id FROM post q WHERE q.id = p.at) FROM post p | 43 | incompatible-types | cast
            SELECT id FROM post UNION SELECT id FROM post WHERE title | 59 | non-boolean-condition | compare it with something
            SELECT id FROM post ORDER BY id + at         | 36 | incompatible-types | cast
            SELECT id + at FROM post GROUP BY id, at     | 14 | incompatible-types | cast
            SELECT at FROM post GROUP BY at, id + title  | 40 | incompatible-types | cast
            SELECT id FROM post OFFSET 'x'               | 34 | malformed-literal | write a whole number
            DELETE FROM post USING post q WHERE q.title  | 43 | non-boolean-condition | compare it with something
            DELETE FROM post WHERE id = :id RETURNING id + at | 49 | incompatible-types | cast
            INSERT INTO post (id) VALUES (:x) ON CONFLICT (id) DO UPDATE SET at = 1 | 77 | incompatible-types | write a value of the type
            INSERT INTO post (title, id) SELECT title, at > :x FROM post | 50 | incompatible-types | write a value of the type
            SELECT id FROM post WHERE id = :id OR :q IS NULL | 45 | incompatible-types | cast it: `:q::text`
            SELECT id FROM post WHERE :q IS NULL OR at = :q | 33 | incompatible-types | cast it: `:q::timestamptz`
            SELECT id FROM post WHERE id = :id AND (:q IS NULL OR :q IS NOT NULL) | 47 | incompatible-types | cast it
            MERGE INTO post p USING post q ON q.id = p.di WHEN MATCHED THEN DELETE | 50 | unknown-column | did you mean `id`?
            MERGE INTO post p USING pots q ON q.id = p.id WHEN MATCHED THEN DELETE | 31 | unknown-table | did you mean `post`?
            MERGE INTO post p USING post q ON q.id = p.id WHEN NOT MATCHED THEN INSERT (id) VALUES (p.id) | 95 | unknown-table | `q`
            MERGE INTO post p USING post q ON q.id = p.id WHEN NOT MATCHED BY SOURCE AND q.id = 1 THEN DELETE | 84 | unknown-table | `p`
            MERGE INTO post p USING post q ON q.id = p.id WHEN MATCHED THEN UPDATE SET tilte = q.title | 82 | unknown-column | did you mean `title`?
            MERGE INTO post p USING post q ON q.id = p.id WHEN MATCHED THEN UPDATE SET at = q.title | 87 | incompatible-types | cast it
            MERGE INTO post p USING post q ON q.id = p.id WHEN MATCHED AND p.title THEN DELETE | 70 | non-boolean-condition | compare it with something
            MERGE INTO post p USING post q ON q.id = p.id WHEN NOT MATCHED THEN INSERT (at) VALUES (q.id) | 95 | incompatible-types | write a value of the type
            MERGE INTO post p USING post q ON q.id WHEN MATCHED THEN DELETE | 41 | non-boolean-condition | compare it with something
            MERGE INTO post p USING post q ON q.id = p.id WHEN MATCHED THEN DELETE RETURNING q.id + p.at | 88 | incompatible-types | cast
            MERGE INTO post p USING post q ON q.id = p.id WHEN MATCHED THEN DELETE WHEN MATCHED THEN DO NOTHING | 78 | sql-syntax | before the one that has no condition
            MERGE INTO post p USING post q ON q.id = p.id WHEN MATCHED THEN UPDATE SET at = q.at WHERE q.id = 1 | 71 | sql-syntax | WHEN MATCHED AND condition
            MERGE INTO post p USING post q ON q.id = p.id | 7 | sql-syntax | MERGE INTO table USING rows ON condition
            MERGE INTO post p USING post q ON q.id = p.id WHEN NOT MATCHED THEN DELETE | 75 | sql-syntax | syntax of PostgreSQL
            """)
    void saysWhatIsWrong(String sql, int column, String rule, String help) {
        assertThat(found(pattern(sql)))
                .filteredOn(finding -> finding.rule().value().equals(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.at()).hasToString(AT + column);
                    assertThat(finding.help().orElse("")).contains(help);
                });
    }

    @Test
    void showsWhereAParameterGotItsType() {
        assertThat(found(pattern("SELECT id FROM post WHERE at > :x AND title = lower(:x)")))
                .filteredOn(finding -> finding.rule().value().equals("incompatible-types"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.summary())
                            .isEqualTo("`:x` is `timestamptz` where it stands first,"
                                    + " but there is no function `lower(timestamptz)`");
                    assertThat(finding.related())
                            .singleElement()
                            .satisfies(first -> assertThat(first.at()).hasToString(AT + "38"));
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            at > clock_timestamp() - interval '1 day'    | by_at
            id = floor(random() * 100)::int              | post_pkey
            author_id = my_own_function(:x)              | by_author
            """)
    void saysThatAnIndexCannotAnswerWhatChangesFromRowToRow(String condition, String index) {
        assertThat(found(pattern("SELECT id FROM post WHERE " + condition)))
                .filteredOn(finding -> finding.rule().value().equals("unserved-pattern"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.help().orElse(""))
                        .containsPattern("`" + index + "` .* its other side may change from row to row"));
    }

    static Stream<String> longTexts() {
        return Stream.of(
                "SELECT id FROM post WHERE id IN (1" + ", 23".repeat(LONG / 4) + ")",
                "SELECT id FROM post WHERE id = 1" + " OR id = 2".repeat(LONG / 10),
                "SELECT id FROM post" + " UNION ALL SELECT id FROM post".repeat(LONG / 30),
                "SELECT id FROM post WHERE title = '" + "x".repeat(LONG) + "'",
                "SELECT " + "(".repeat(LONG / 2) + "1" + ")".repeat(LONG / 2),
                "x y ".repeat(LONG / 4));
    }

    @ParameterizedTest
    @MethodSource("longTexts")
    void refusesWhatIsTooLong(String sql) {
        Assertions.assertTimeout(
                BOUNDED,
                () -> assertThat(found(pattern(sql)))
                        .filteredOn(finding -> finding.rule().value().equals("sql-syntax"))
                        .singleElement()
                        .satisfies(finding -> {
                            assertThat(finding.summary()).contains("too long to be judged");
                            assertThat(finding.at()).hasToString(AT + "7");
                        }));
    }

    @Test
    void judgesThousandsOfPatterns() {
        var count = 5_000;
        var patterns = IntStream.range(0, count)
                .mapToObj(i -> i % 2 == 0
                        ? "  q" + i + ": {sql: \"SELECT id FROM post WHERE author_id = :a AND id > " + i + "\"}\n"
                        : "  q" + i + ": {sql: \"SELECT id FROM post WHERE title = '" + i + "'\"}\n")
                .collect(Collectors.joining());
        Assertions.assertTimeout(
                BOUNDED,
                () -> assertThat(found(patterns))
                        .filteredOn(finding -> finding.rule().value().equals("unserved-pattern"))
                        .hasSize(count / 2));
    }

    @Test
    void takesWhatIsGood() {
        assertThat(found(pattern("SELECT id FROM post WHERE id = :id;"))).isEmpty();
    }

    private static String pattern(String sql) {
        return "  it:\n    sql: |\n      " + sql + "\n";
    }

    private static List<Finding> found(String patterns) {
        var read = Models.tryRead(MODEL + patterns);
        var findings = new ArrayList<>(read.findings());
        read.model().ifPresent(model -> findings.addAll(new Checker(Rules.all(), Set.of()).check(new Facts(model))));
        return findings;
    }
}
