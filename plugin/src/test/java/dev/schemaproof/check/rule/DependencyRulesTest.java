package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.check.Findings;
import dev.schemaproof.diagnostic.Finding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with declared dependencies themselves, and what the multivalued ones break. */
class DependencyRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "a, b -> a"                 | warning[trivial-dependency] E.a
            "a, b -> b, c"              | warning[trivial-dependency] E.b
            "a ->> b, c, id"            | warning[trivial-dependency] E.b
            "a ->> a"                   | warning[trivial-dependency] E.a
            "a -> b", "a -> b"          | warning[duplicate-dependency] E.b
            "a -> b, c", "a -> c"       | warning[duplicate-dependency] E.c
            "a, b -> c", "b, a -> c"    | warning[duplicate-dependency] E.c
            "a ->> b", "a ->> id, c"    | warning[duplicate-dependency] E.id
            "a -> b", "b -> c", "a -> c" | info[implied-dependency] E.c
            "a -> c", "a -> b", "b -> c" | info[implied-dependency] E.c
            "id -> a"                   | info[implied-dependency] E.a
            "a -> b", "a ->> b"         | info[implied-dependency] E.b
            """)
    void flawsOfDependencies(String dependencies, String finding) {
        assertThat(about(dependencies, "")).containsExactly(finding);
    }

    /** Dependencies in a circle say that attributes name each other, which is fine. */
    @ParameterizedTest
    @ValueSource(strings = {"\"a -> b\", \"b -> a\"", "\"a -> b\", \"b -> c\", \"c -> a\"", "\"a -> b\", \"c -> b\""})
    void circlesAreNoFlaw(String dependencies) {
        assertThat(about(dependencies, "")).isEmpty();
    }

    /** Of two that each follow from the other, one has to stay. */
    @Test
    void ofWhatImpliesEachOtherOneIsKept() {
        assertThat(about("\"a -> b\", \"b -> a\", \"a -> c\", \"b -> c\"", ""))
                .containsExactly("info[implied-dependency] E.c");
        assertThat(findings("\"a -> b\", \"b -> a\", \"a -> c\", \"b -> c\"", ""))
                .filteredOn(finding -> finding.rule().value().equals("implied-dependency"))
                .extracting(Finding::summary)
                .containsExactly("`b -> c` follows from `b -> a` and `a -> c`");
    }

    @Test
    void whatFollowsIsSaidWithItsOrigins() {
        assertThat(findings("\"id -> a\", \"id ->> b\"", ""))
                .filteredOn(finding -> finding.rule().value().equals("implied-dependency"))
                .extracting(Finding::summary)
                .containsExactly("`id -> a` follows from key [id]", "`id ->> b` follows from key [id]");
    }

    @Test
    void aPartlyTrivialDependencyIsMended() {
        assertThat(findings("\"a, b -> b, c\"", "").stream()
                        .filter(finding -> finding.rule().value().equals("trivial-dependency"))
                        .flatMap(finding -> finding.fix().stream())
                        .flatMap(fix -> fix.edits().stream())
                        .map(edit -> edit.before() + " becomes " + edit.after()))
                .containsExactly("a, b -> b, c becomes a, b -> c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "a -> b"            | a -> b      | E.b
            "a -> b"            | a, c -> b   | E.b
            "a -> b", "b -> c"  | a -> c      | E.c
            "a -> b"            | b           | E.b
            "a -> b"            | id -> c     | E.c
            "a -> b"            | a -> a      | E.a
            "c ->> a"           | c ->> a     | E.a
            "c ->> a"           | c ->> b, id | E.id
            """)
    void anEntityMustNotContradictItself(String dependencies, String of, String subject) {
        assertThat(about(dependencies, "    independent: [{of: \"" + of + "\", reason: we looked}]\n"))
                .contains("error[refuted-dependency] " + subject);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "a -> b"  | b -> a
            "a -> b"  | a -> c
            "a -> b"  | a
            "c ->> a" | c -> a
            "c ->> a" | a ->> b
            """)
    void whatIsNotDeclaredMayBeRefuted(String dependencies, String of) {
        assertThat(about(dependencies, "    independent: [{of: \"" + of + "\", reason: we looked}]\n"))
                .noneMatch(finding -> finding.contains("refuted-dependency"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip ->", "-> city", "->", "->>", "a, b ->> ,"})
    void aRefutationHasTwoSides(String of) {
        assertThat(Models.tryRead(model("\"a -> b\"", "    independent: [{of: \"" + of + "\", reason: we looked}]\n"))
                        .findings())
                .extracting(finding -> finding.rule() + " " + finding.at().line())
                .containsExactly("malformed-value 7");
    }

    @Test
    void unknownAttributesAreReportedAsThatAlone() {
        assertThat(about("\"a -> nothing\", \"nowhere -> b\", \"nobody ->> a\"", ""))
                .containsOnly("error[unknown-attribute] E");
    }

    @Test
    void facetsThatVaryIndependentlyBreakTheFourthNormalForm() {
        assertThat(Findings.briefly(course("course ->> teacher")))
                .contains("warning[multivalued-dependency] CoursePlan.teacher");
        assertThat(Findings.briefly("rules: {target: 1nf}\n" + course("course ->> teacher")))
                .noneMatch(finding -> finding.contains("multivalued-dependency"));
    }

    /** R. Fagin, ACM TODS 2(3), 1977: what a key determines breaks nothing, nor what leaves nothing out. */
    @ParameterizedTest
    @ValueSource(strings = {"course, teacher, book ->> teacher", "course ->> teacher, book", "course -> teacher"})
    void whatIsTrivialFunctionalOrOfAKeyBreaksNoFourthNormalForm(String dependency) {
        assertThat(Findings.briefly(course(dependency)))
                .noneMatch(finding -> finding.contains("multivalued-dependency"));
    }

    /** The complement says the same, and is reported as that. */
    @Test
    void aDependencyAndItsComplementAreOneViolation() {
        assertThat(Findings.briefly(course("course ->> teacher\", \"course ->> book")))
                .filteredOn(finding -> finding.contains("CoursePlan"))
                .contains(
                        "warning[multivalued-dependency] CoursePlan.teacher",
                        "warning[duplicate-dependency] CoursePlan.book")
                .noneMatch(finding -> finding.contains("multivalued-dependency] CoursePlan.book"));
    }

    /** A number for each row is no facet of anything. */
    @Test
    void aKeyThatOnlyNumbersRowsHasNoPartInIt() {
        var found = Findings.in("""
                schema: s
                entities:
                  CoursePlan:
                    attributes: {id: int, course: text, teacher: text, book: text}
                    key: [id]
                    unique: [[course, teacher, book]]
                    dependencies: ["course ->> teacher"]
                """);
        assertThat(found)
                .filteredOn(finding -> finding.rule().value().equals("multivalued-dependency"))
                .extracting(Finding::summary)
                .containsExactly(
                        "`teacher` varies independently of `book` for each `course`, but `course` is no key of `CoursePlan`");
    }

    /** What was not judged is said. */
    @Test
    void thereAreLimits() {
        var attributes = IntStream.range(0, 80).mapToObj(i -> "a" + i + ": int").collect(Collectors.joining(", "));
        var dependencies = IntStream.range(1, 80).mapToObj(i -> "a0 ->> a" + i).collect(Collectors.joining(", "));
        var found = Findings.in("""
                schema: s
                entities:
                  E:
                    attributes: {id: int, %s}
                    key: [id]
                    dependencies: [%s]
                """.formatted(attributes, dependencies));
        assertThat(found)
                .filteredOn(finding -> finding.rule().value().equals("multivalued-dependency"))
                .hasSize(65)
                .extracting(Finding::summary)
                .contains("only the first 64 of the 79 multivalued dependencies of `E` were judged");
    }

    private static String course(String dependencies) {
        return """
                schema: s
                entities:
                  CoursePlan:
                    attributes: {course: text, teacher: text, book: text}
                    key: [course, teacher, book]
                    dependencies: ["%s"]
                """.formatted(dependencies);
    }

    private static String model(String dependencies, String rest) {
        return """
                schema: s
                entities:
                  E:
                    attributes: {id: int, a: int, b: int, c: int}
                    key: [id]
                    dependencies: [%s]
                """.formatted(dependencies) + rest;
    }

    private static List<Finding> findings(String dependencies, String rest) {
        return Findings.in(model(dependencies, rest));
    }

    /** Without what the dependencies break. */
    private static List<String> about(String dependencies, String rest) {
        return Findings.briefly(model(dependencies, rest)).stream()
                .filter(finding -> !finding.matches(".*\\[(transitive|multivalued|partial)-dependency].*|.*boyce.*"))
                .toList();
    }
}
