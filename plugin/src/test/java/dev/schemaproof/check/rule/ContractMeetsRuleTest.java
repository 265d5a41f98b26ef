package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Findings;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a contract documents what would be a violation, there is none; and where the contract itself has a flaw, that is
 * the one thing to say.
 */
class ContractMeetsRuleTest {

    private static final String CASES = """
            partial-dependency      | Exam.room_size        | {copy: room.size}
            partial-dependency      | Exam.student_name     | {copy: student.name}
            partial-dependency      | Exam.badge_name       | {copy: student.name}
            transitive-dependency   | Room.campus           | {query: SELECT campus FROM buildings}
            boyce-codd-violation    | Lesson.course         | {copy: teacher.course}
            undocumented-copy       | Room.keeper_name      | {copy: keeper.name}
            undocumented-count      | Room.exam_count       | {count: Exam, by: room}
            repeating-group         | Room.phone_1          | {query: SELECT phone FROM phones}
            delimited-list          | Room.tags             | {query: SELECT tag FROM tags}
            nested-list             | Room.nicknames        | {query: SELECT name FROM names}
            reference-array         | Room.student_ids      | {query: SELECT id FROM students}
            compound-attribute      | Room.city_state       | {query: SELECT city FROM cities}
            derivable-attribute     | Room.area             | {query: SELECT area FROM areas}
            multivalued-dependency  | Plan.book             | {query: SELECT book FROM books}
            """;

    private static final String MODEL = """
            schema: school
            entities:
              Student:
                attributes: {id: int, name: text}
                key: [id]
              Room:
                attributes:
                  id: int
                  size: int
                  building: text
                  campus: text
                  keeper_id: int
                  keeper_name: text
                  exam_count: {type: int, default: 0}
                  phone_1: text
                  phone_2: text
                  tags: text
                  nicknames: "text[]"
                  student_ids: "int[]"
                  city_state: text
                  width: int
                  height: int
                  area: int
                key: [id]
                references: {keeper: {entity: Student}}
                dependencies: ["building -> campus"]
              Exam:
                attributes: {student_id: int, room_id: int, badge_id: int, day: date, student_name: text, room_size: int, badge_name: text}
                key: [student_id, room_id, badge_id, day]
                references: {student: {entity: Student}, room: {entity: Room}}
                dependencies: ["room_id -> room_size"]
              Lesson:
                attributes: {student: text, course: text, teacher: text}
                key: [student, course]
                dependencies: ["teacher -> course"]
              Plan:
                attributes: {course: text, teacher: text, book: text}
                key: [course, teacher, book]
                dependencies: ["course ->> book"]
            accessPatterns:
              students: {entity: Student, find: many, where: [name = :name]}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = CASES)
    void withoutAContractItIsAViolation(String rule, String into, String from) {
        assertThat(about(rule, into, MODEL)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = CASES)
    void withAContractItIsNone(String rule, String into, String from) {
        var model = MODEL + contract(into, from, "a page shows old data");
        assertThat(about(rule, into, model)).isEmpty();
        assertThat(Findings.briefly(model)).noneMatch(finding -> finding.contains("placeholder"));
    }

    /** The contract is to be mended, and until then the build fails for that, once. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = CASES)
    void aFlawOfTheContractIsReportedInPlaceOfIt(String rule, String into, String from) {
        var open = MODEL + contract(into, from, "TODO");
        assertThat(about(rule, into, open)).isEmpty();
        assertThat(Findings.briefly(open))
                .filteredOn(finding -> finding.contains("placeholder-answer"))
                .containsExactly("error[placeholder-answer] the-copy");
        var missing = open.replaceFirst("(?m)^.*effect: TODO\n", "");
        assertThat(about(rule, into, missing)).isEmpty();
        assertThat(Findings.briefly(missing))
                .filteredOn(finding -> finding.contains("missing-answer"))
                .containsExactly("error[missing-answer] the-copy");
    }

    /** One excuse is enough: a second contract for the same is a contradiction of the first. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = CASES)
    void nothingIsExcusedTwice(String rule, String into, String from) {
        var one = contract(into, from, "a page shows old data");
        var twice = MODEL + one + one.substring(one.indexOf('\n') + 1).replace("the-copy", "the-same");
        assertThat(about(rule, into, twice)).isEmpty();
        assertThat(Findings.briefly(twice)).contains("error[contradicted-answer] the-same");
    }

    /** An excuse for what is no violation any more is reported as that. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = CASES)
    void anExceptionBesideAContractMatchesNothing(String rule, String into, String from) {
        var model = MODEL + contract(into, from, "a page shows old data") + """
                rules:
                  exceptions:
                    - {rule: %s, at: %s, reason: we know}
                """.formatted(rule, into);
        assertThat(Findings.briefly(model)).contains("warning[unmatched-exception] " + into);
    }

    private static List<String> about(String rule, String into, String model) {
        return Findings.briefly(model).stream()
                .filter(finding -> finding.endsWith("[" + rule + "] " + into))
                .toList();
    }

    private static String contract(String into, String from, String effect) {
        return """
                denormalizations:
                  the-copy:
                    duplicates: {into: %s, from: %s}
                    sync: {by: trigger}
                    staleness:
                      allowed: none
                      effect: %s
                      repair: every night
                    gain:
                      pattern: students
                      instead: SELECT s.id, s.name FROM student s WHERE s.name = :name
                      atLeast: 10x
                      measured: {before: 100 ms, after: 1 ms, rows: 1M, on: 2026-05-01, where: staging}
                """.formatted(into, from, effect);
    }
}
