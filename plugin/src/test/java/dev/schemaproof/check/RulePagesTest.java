package dev.schemaproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Rules;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.yaml.Flaw;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule's page is its test: its wrong example fires exactly where it is marked, its right one is silent. */
class RulePagesTest {

    private static final Path PAGES = Path.of("..", "docs", "rules");

    /** The day by which the examples are judged. */
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static final List<String> HEADINGS =
            List.of("What it finds", "Why it hurts", "Wrong", "Right", "When to allow it");

    /** Something that has a page to test. */
    record Ruled(RuleId id, Severity severity) {

        @Override
        public String toString() {
            return id.value();
        }
    }

    static Stream<Ruled> rules() {
        return Stream.concat(
                Rules.all().stream().map(rule -> new Ruled(rule.id(), rule.severity())),
                Arrays.stream(SettingFlaw.values()).map(flaw -> new Ruled(flaw.id(), flaw.severity())));
    }

    @Test
    void noIdIsUsedTwice() {
        var ids = rules().map(Ruled::id).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Flaw.values()).map(Flaw::id).filter(ids::contains))
                .as("what reader and rules report under one id")
                .containsExactly(Flaw.NOT_SUPPORTED_YET.id());
    }

    @Test
    void everyPageIsThatOfARuleOrFlaw() throws IOException {
        var known = Stream.of(
                        rules().map(Ruled::id),
                        Arrays.stream(Flaw.values()).map(Flaw::id),
                        Arrays.stream(BaselineFlaw.values()).map(BaselineFlaw::id))
                .flatMap(ids -> ids)
                .map(id -> id + ".md")
                .collect(Collectors.toSet());
        try (var files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .isSubsetOf(known);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void hasItsHeadingsAndSeverity(Ruled rule) {
        var page = page(rule);
        assertThat(page)
                .startsWith("# " + rule.id() + "\n\nSeverity: "
                        + rule.severity().name().toLowerCase(Locale.ROOT) + "\n\n## ");
        assertThat(sections(page).keySet()).containsExactlyElementsOf(HEADINGS);
        assertThat(sections(page))
                .allSatisfy((heading, text) -> assertThat(text).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void firesExactlyWhereTheWrongExampleIsMarked(Ruled rule) {
        var yaml = example(rule, "Wrong");
        var findings = check(yaml);
        assertThat(linesOf(findings, rule)).isEqualTo(markedLines(yaml, rule)).isNotEmpty();
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .allSatisfy(finding -> assertThat(finding.rule()).isEqualTo(rule.id()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isSilentOnTheRightExample(Ruled rule) {
        assertThat(check(example(rule, "Right")))
                .allSatisfy(finding -> assertThat(finding.rule()).isNotEqualTo(rule.id()))
                .allSatisfy(finding -> assertThat(finding.severity()).isNotEqualTo(Severity.ERROR));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void wordsItsFindingsLikeAllOthers(Ruled rule) {
        assertThat(check(example(rule, "Wrong")))
                .filteredOn(finding -> finding.rule().equals(rule.id()))
                .allSatisfy(finding -> {
                    assertThat(finding.summary()).doesNotEndWith(".").doesNotContain("\n", "Optional", "null");
                    assertThat(finding.summary().substring(0, 1))
                            .isEqualTo(finding.summary().substring(0, 1).toLowerCase(Locale.ROOT));
                    assertThat(finding.help()).isPresent();
                });
    }

    /** Flaws of a text that no YAML in a page can show; their tests are in the room of the reader. */
    private static final Set<Flaw> NOT_SHOWN =
            Set.of(Flaw.NOT_UTF8, Flaw.FILE_TOO_LARGE, Flaw.TOO_DEEP, Flaw.TOO_MANY_ALIASES);

    static Stream<Ruled> flaws() {
        return Arrays.stream(Flaw.values())
                .filter(flaw -> flaw != Flaw.NOT_SUPPORTED_YET)
                .map(flaw -> new Ruled(flaw.id(), Severity.ERROR));
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void aFlawHasItsHeadings(Ruled flaw) {
        hasItsHeadingsAndSeverity(flaw);
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void aFlawIsReadExactlyWhereItIsMarked(Ruled flaw) {
        if (NOT_SHOWN.stream().anyMatch(hidden -> hidden.id().equals(flaw.id()))) {
            assertThat(sections(page(flaw)).get("Wrong")).doesNotContain("```");
            return;
        }
        var wrong = example(flaw, "Wrong");
        var findings = Models.tryRead(wrong).findings();
        assertThat(linesOf(findings, flaw)).isEqualTo(markedLines(wrong, flaw)).isNotEmpty();
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(flaw.id());
            assertThat(finding.summary()).doesNotEndWith(".").doesNotContain("\n", "Optional", "null");
        });
        assertThat(Models.tryRead(example(flaw, "Right")).findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(BaselineFlaw.class)
    void aFlawOfTheBaselineIsShownByItsPage(BaselineFlaw flaw) {
        var ruled = new Ruled(flaw.id(), flaw.severity());
        hasItsHeadingsAndSeverity(ruled);
        assertThat(judge(ruled, "Wrong").findings()).extracting(Finding::rule).containsExactly(flaw.id());
        assertThat(judge(ruled, "Right").findings()).isEmpty();
        assertThat(judge(ruled, "Right").accepted()).hasSize(1);
    }

    /** The model of a section, judged with the baseline that follows it. */
    private static Judgement judge(Ruled rule, String heading) {
        var json = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(sections(page(rule)).get(heading));
        assertThat(json.find()).isTrue();
        var read = BaselineReader.read("src/main/schema-baseline/findings.json", json.group(1));
        return read.flaw()
                .map(flaw -> new Judgement(List.of(flaw), List.of()))
                .orElseGet(() -> new Checker(Rules.all(), Set.of())
                        .judge(new Facts(Models.read(example(rule, heading)), TODAY), read.baseline()));
    }

    private static List<Finding> check(String yaml) {
        var binding = Arrays.stream(Flaw.values()).map(Flaw::id).collect(Collectors.toSet());
        return new Checker(Rules.all(), binding)
                .check(new Facts(Models.read(yaml), TODAY, code -> !code.equals("com.acme.Blog#renameAuthr")));
    }

    private static Set<Integer> linesOf(List<Finding> findings, Ruled rule) {
        return findings.stream()
                .filter(finding -> finding.rule().equals(rule.id()))
                .map(finding -> finding.at().line())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Integer> markedLines(String yaml, Ruled rule) {
        var lines = yaml.lines().toList();
        return IntStream.rangeClosed(1, lines.size())
                .filter(line -> lines.get(line - 1).endsWith("# <- " + rule.id()))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String example(Ruled rule, String heading) {
        var blocks = YAML.matcher(sections(page(rule)).get(heading))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(blocks).as("models under " + heading).hasSize(1);
        return blocks.get(0);
    }

    private static Map<String, String> sections(String page) {
        var sections = new LinkedHashMap<String, String>();
        for (var section : page.split("(?m)^## ")) {
            var end = section.indexOf('\n');
            sections.put(section.substring(0, end), section.substring(end));
        }
        sections.remove(sections.keySet().iterator().next());
        return sections;
    }

    private static String page(Ruled rule) {
        try {
            return Files.readString(PAGES.resolve(rule.id() + ".md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
