package dev.schemaproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.diagnostic.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckerTest {

    /** `Draft` and `Old` are idle. */
    private static final String MODEL = """
            schema: blog
            entities:
              Post: {attributes: {id: int}, key: [id]}
              Draft: {attributes: {id: int}, key: [id]}
              Old: {attributes: {id: int}, key: [id]}
            accessPatterns:
              post: {entity: Post, find: one, where: [id = :id]}
            rules:
            """;

    @Test
    void reportsInTheOrderOfTheFile() {
        assertThat(briefly("")).containsExactly("warning[idle-entity] Draft", "warning[idle-entity] Old");
    }

    @Test
    void appliesSeverities() {
        assertThat(briefly("severity: {idle-entity: error}"))
                .containsExactly("error[idle-entity] Draft", "error[idle-entity] Old");
        assertThat(briefly("severity: {idle-entity: off}")).isEmpty();
    }

    @Test
    void dropsExactlyWhatAnExceptionAccepts() {
        assertThat(briefly("exceptions: [{rule: idle-entity, at: Draft, reason: it comes later}]"))
                .containsExactly("warning[idle-entity] Old");
    }

    @Test
    void anExceptionHoldsOnItsLastDay() {
        assertThat(briefly("exceptions: [{rule: idle-entity, at: Draft, reason: it comes next year, until: "
                        + Findings.TODAY + "}]"))
                .containsExactly("warning[idle-entity] Old");
    }

    @Test
    void anExpiredExceptionAcceptsNothing() {
        assertThat(briefly("exceptions: [{rule: idle-entity, at: Draft, reason: it comes next year, until: "
                        + Findings.TODAY.minusDays(1) + "}]"))
                .containsExactly(
                        "warning[idle-entity] Draft", "warning[idle-entity] Old", "warning[expired-exception] Draft");
    }

    @Test
    void anExceptionWithoutAReasonAcceptsNothing() {
        assertThat(briefly("exceptions: [{rule: idle-entity, at: Draft}]"))
                .containsExactly(
                        "warning[idle-entity] Draft", "warning[idle-entity] Old", "error[unreasoned-exception] Draft");
    }

    @Test
    void anExceptionThatMatchesNothingIsReportedWithAGuess() {
        var findings = Findings.in(MODEL + "  exceptions: [{rule: idle-entity, at: Draf, reason: it comes next year}]");
        assertThat(findings)
                .filteredOn(finding -> finding.rule().equals(SettingFlaw.UNMATCHED_EXCEPTION.id()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.help())
                        .hasValueSatisfying(help -> assertThat(help).contains("did you mean `Draft`?")));
    }

    @Test
    void aSecondExceptionForTheSameMatchesNothing() {
        assertThat(
                        briefly(
                                "exceptions: [{rule: idle-entity, at: Old, reason: a}, {rule: idle-entity, at: Old, reason: b}]"))
                .containsExactly("warning[idle-entity] Draft", "warning[unmatched-exception] Old");
    }

    @Test
    void rulesToComeMayBeNamedWithoutAnError() {
        assertThat(briefly(
                        "{severity: {wide-row: off}, exceptions: [{rule: repeating-group, at: Post.a, reason: law}]}"))
                .containsExactly(
                        "warning[idle-entity] Draft",
                        "warning[idle-entity] Old",
                        "info[ineffective-severity] wide-row",
                        "warning[unmatched-exception] Post.a");
    }

    @Test
    void whatCannotBeReadCannotBeDecidedAbout() {
        assertThat(
                        Findings.in(
                                MODEL
                                        + "  {severity: {unknown-key: off}, exceptions: [{rule: unknown-key, at: Post, reason: it comes next year}]}"))
                .extracting(Finding::rule)
                .contains(SettingFlaw.INEFFECTIVE_SEVERITY.id(), SettingFlaw.UNMATCHED_EXCEPTION.id());
    }

    @Test
    void whatIsNotSupportedCanNeitherBeSwitchedOffNorAccepted() {
        var model = """
                schema: s
                entities:
                  A: {attributes: {id: int, n: {type: int, default: 0}}, key: [id]}
                  B: {attributes: {id: int, a_id: int, w: int}, key: [id], references: {a: {entity: A}}}
                denormalizations:
                  weights:
                    duplicates: {into: A.n, from: {sum: B.w, by: a}}
                    sync: {by: materialized-view}
                rules:
                  severity: {not-supported-yet: off, missing-answer: off}
                  exceptions: [{rule: not-supported-yet, at: weights, reason: we wait}]
                """;
        assertThat(Findings.briefly(model))
                .contains("error[not-supported-yet] weights")
                .doesNotContain("error[missing-answer] weights");
    }

    private static List<String> briefly(String rules) {
        return Findings.briefly(MODEL + rules.indent(2));
    }
}
