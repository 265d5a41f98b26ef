package dev.schemaproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Rules;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.yaml.ModelReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {

    private static final String FILE = "src/main/schema-baseline/findings.json";

    private static final String MODEL = """
            schema: blog
            entities:
              Post: {attributes: {id: int}, key: [id]}
              Draft: {attributes: {id: int}, key: [id]}
              Old: {attributes: {id: int}, key: [id]}
            accessPatterns:
              post: {entity: Post, find: one, where: [id = :id]}
            """;

    @Test
    void acceptsWhatItWasMadeOfAndNothingElse() {
        var baseline = Baseline.of(Findings.in(MODEL.replace("  Old: {attributes: {id: int}, key: [id]}\n", "")));

        assertThat(briefly(judge(MODEL, baseline))).containsExactly("idle-entity Old");
        assertThat(judge(MODEL, baseline).accepted()).singleElement().satisfies(accepted -> {
            assertThat(accepted.finding().subject()).isEqualTo("Draft");
            assertThat(accepted.by()).isEqualTo(Accepted.By.BASELINE);
        });
    }

    @Test
    void isWrittenAndReadBack() {
        var baseline = Baseline.of(Findings.in(MODEL));
        assertThat(baseline.text()).startsWith("""
                {
                  "version": 1,
                  "findings": [
                    {"rule": "idle-entity", "subject": "Draft", "summary": \"""");

        var read = BaselineReader.read(FILE, baseline.text());

        assertThat(read.flaw()).isEmpty();
        assertThat(read.baseline().text()).isEqualTo(baseline.text());
        assertThat(judge(MODEL, read.baseline()).findings()).isEmpty();
    }

    @Test
    void anEmptyOneIsReadBack() {
        assertThat(BaselineReader.read(FILE, Baseline.none().text()).baseline()).isEqualTo(Baseline.none());
    }

    @Test
    void survivesMovedLinesAndAnotherOrder() {
        var baseline = Baseline.of(Findings.in(MODEL));
        var moved = """
                schema: blog
                accessPatterns:
                  post: {entity: Post, find: one, where: [id = :id]}
                # a comment
                entities:
                  Old:
                    attributes: {id: int}
                    key: [id]
                  Post: {attributes: {id: int}, key: [id]}
                  Draft: {attributes: {id: int}, key: [id]}
                """;

        assertThat(judge(moved, baseline).findings()).isEmpty();
    }

    @Test
    void countsFindingsThatAreAlike() {
        var finding = finding(3, "`a_1` is 412 days old");
        var again = finding(9, "`a_1` is 413 days old");
        var baseline = Baseline.of(List.of(finding, again));

        assertThat(baseline.text()).contains("\"`a_1` is # days old\", \"count\": 2}");
        assertThat(baseline.applyTo(List.of(finding, again, finding(12, "`a_1` is 1 days old")))
                        .others())
                .extracting(found -> found.at().line())
                .containsExactly(12);
        assertThat(baseline.applyTo(List.of(finding(3, "`a_2` is 412 days old")))
                        .others())
                .hasSize(1);
    }

    @Test
    void saysOnceWhatIsNoLongerFound() {
        var read = BaselineReader.read(FILE, Baseline.of(Findings.in(MODEL)).text())
                .baseline();
        var mended = MODEL.replaceAll("  (Old|Draft): .*\n", "");

        assertThat(judge(mended, read).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(BaselineFlaw.OUTDATED_BASELINE.id());
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.at()).isEqualTo(new Location(FILE, 4, 5, 1));
            assertThat(finding.summary()).isEqualTo("2 findings that the baseline accepts are no longer there");
            assertThat(finding.help().orElseThrow()).isEqualTo("""
                    idle-entity at `Draft`
                    idle-entity at `Old`
                    take them out with `mvn schema:validate -Dschema.acceptFindings`""");
        });
        assertThat(judge(mended + "rules: {severity: {outdated-baseline: off}}", read)
                        .findings())
                .isEmpty();
    }

    @Test
    void cannotAcceptWhatBinds() {
        var unsupported = """
                schema: s
                entities:
                  A: {attributes: {id: int, n: {type: int, default: 0}}, key: [id]}
                  B: {attributes: {id: int, a_id: int, w: int}, key: [id], references: {a: {entity: A}}}
                denormalizations:
                  weights:
                    duplicates: {into: A.n, from: {sum: B.w, by: a}}
                    sync: {by: materialized-view}
                """;
        var baseline = Baseline.of(Findings.in(unsupported));

        assertThat(briefly(judge(unsupported, baseline)))
                .contains("not-supported-yet weights")
                .doesNotContain("missing-answer weights");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <<<<<<< ours                                                    | 1:1   | this is no JSON
            ''                                                              | 1:1   | the file is empty
            []                                                              | 1:1   | the baseline is an object in braces
            {"findings": []}                                                | 1:1   | the baseline needs `"version": 1`
            {"version": 2, "findings": []}                                  | 1:13  | the baseline needs `"version": 1`
            {"version": 1, "findings": {}}                                  | 1:28  | the baseline needs a list `findings`
            {"version": 1, "findings": [1]}                                 | 1:29  | an accepted finding is an object in braces
            {"version": 1, "findings": [{"rule": "a", "subject": 1}]}       | 1:54  | an accepted finding needs a text `subject`
            {"version": 1, "findings": [{"ruel": "a"}]}                     | 1:38  | an accepted finding has no `ruel`
            {"version": 1, "findings": [{"count": 0, "rule": "\\uD83D\\uDE00", "subject": "", "summary": ""}]} | 1:39 | `count` is a whole number from 1
            {"version": 1, "findings": []} {}                               | 1:32  | there is something behind the end
            """)
    void saysWhereItCannotBeRead(String text, String place, String summary) {
        var read = BaselineReader.read(FILE, text);

        assertThat(read.baseline()).isEqualTo(Baseline.none());
        assertThat(read.flaw()).hasValueSatisfying(flaw -> {
            assertThat(flaw.rule()).isEqualTo(BaselineFlaw.MALFORMED_BASELINE.id());
            assertThat(flaw.at()).hasToString(FILE + ":" + place);
            assertThat(flaw.summary()).isEqualTo(summary);
            assertThat(flaw.help()).isPresent();
        });
    }

    private static Finding finding(int line, String summary) {
        return new Finding(
                new RuleId("old"),
                Severity.WARNING,
                new Location("a.yaml", line, 1, 1),
                "a",
                summary,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static Judgement judge(String yaml, Baseline baseline) {
        return new Checker(Rules.all(), ModelReader.flaws())
                .judge(new Facts(Models.read(yaml), Findings.TODAY), baseline);
    }

    private static List<String> briefly(Judgement judgement) {
        return judgement.findings().stream()
                .map(finding -> finding.rule() + " " + finding.subject())
                .toList();
    }
}
