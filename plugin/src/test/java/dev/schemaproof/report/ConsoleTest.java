package dev.schemaproof.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Accepted;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.diagnostic.Sources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {

    private static final Sources SOURCES = new Sources(
            Map.of("src/main/schema/user.yaml", List.of("entities:", "  User:", "    attributes: {bio: txet}")));

    @Test
    void aFindingShowsItsLineWithThePlaceUnderlined() {
        var finding = Finding.of(
                        new RuleId("unknown-type"),
                        Severity.ERROR,
                        new Location("src/main/schema/user.yaml", 3, 23, 4),
                        "User.bio",
                        "there is no type `txet`")
                .withHelp("did you mean `text`?")
                .withRelated(new Location("src/main/schema/types.yaml", 1, 1, 1), "types are declared here");

        assertThat(Console.finding(finding, SOURCES)).isEqualTo("""
                        src/main/schema/user.yaml:3:23: error[unknown-type]: there is no type `txet`
                          3 |     attributes: {bio: txet}
                            |                       ^^^^
                          src/main/schema/types.yaml:1:1: types are declared here
                          help: did you mean `text`?
                          see:  https://schemaproof.dev/rules/unknown-type""");
    }

    @Test
    void anUnderlineNeverLeavesItsLine() {
        var finding = Finding.of(
                new RuleId("wrong-shape"),
                Severity.WARNING,
                new Location("src/main/schema/user.yaml", 2, 3, 500),
                "User",
                "too long");

        assertThat(Console.finding(finding, SOURCES))
                .contains("\n    |   ^^^^^\n")
                .contains(": warning[wrong-shape]: ");
    }

    @Test
    void ofALongLineWhatIsNearIsShown() {
        var line = "a".repeat(5_000) + "\uD83D\uDE00 txet, " + "b".repeat(5_000);
        var finding = Finding.of(
                new RuleId("unknown-type"), Severity.ERROR, new Location("f", 1, 5_003, 4), "User", "no type");

        var shown = Console.finding(finding, new Sources(Map.of("f", List.of(line))))
                .lines()
                .toList();

        assertThat(shown.get(1))
                .startsWith("  1 | ...aaa")
                .contains("\uD83D\uDE00 txet, bbb")
                .endsWith("bbb...");
        assertThat(shown.get(1)).hasSizeLessThan(300);
        // The face takes two cells, and two chars
        assertThat(shown.get(2).indexOf('^')).isEqualTo(shown.get(1).indexOf("txet"));
        assertThat(shown.get(2)).endsWith(" ^^^^");
    }

    @Test
    void aPlaceBehindTheEndOfALongLineIsShown() {
        var finding = Finding.of(
                new RuleId("unknown-type"), Severity.ERROR, new Location("f", 1, 1_001, 1), "User", "no type");

        assertThat(Console.finding(finding, new Sources(Map.of("f", List.of("a".repeat(1_000))))))
                .contains("aaa\n    | ")
                .contains(" ^\n");
    }

    /** What hides, commands the terminal or turns the line round is shown as what it is. */
    @Test
    void nothingInALineIsInvisible() {
        var sources = new Sources(Map.of("f", List.of("\ta\u202Eb\u200B: \u001B[31m\uD83D")));
        var finding = Finding.of(
                        new RuleId("wrong-shape"),
                        Severity.ERROR,
                        new Location("f", 1, 4, 2),
                        "x",
                        "`\u001B[31m\n` is no\tname")
                .withHelp("write `\u2066`\nor `\u00AD`");

        assertThat(Console.finding(finding, sources)).isEqualTo("""
                        f:1:4: error[wrong-shape]: `\\x1B[31m\\n` is no\\tname
                          1 |     a\\u202Eb\\u200B: \\x1B[31m\\uD83D
                            |            ^^^^^^^
                          help: write `\\u2066`
                                or `\\xAD`
                          see:  https://schemaproof.dev/rules/wrong-shape""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            名前: txet        | 5 | '      ^^^^'
            e\u0301: txet           | 5 | '   ^^^^'
            '"👩": txet'       | 6 | '      ^^^^'
            한글: txet         | 5 | '      ^^^^'
            '\u1100\u1161\u11A8: txet'  | 6 | '    ^^^^'
            """)
    void anUnderlineCountsCellsNotCharacters(String line, int column, String underline) {
        var finding = Finding.of(
                new RuleId("unknown-type"), Severity.ERROR, new Location("f", 1, column, 4), "x", "no type `txet`");

        assertThat(Console.finding(finding, new Sources(Map.of("f", List.of(line)))))
                .contains("\n    | " + underline + "\n");
    }

    @Test
    void aTerminalGetsStylesAndNothingElseFromThem() {
        var finding = Finding.of(
                        new RuleId("unknown-type"),
                        Severity.WARNING,
                        new Location("src/main/schema/user.yaml", 3, 23, 4),
                        "User.bio",
                        "there is no type `txet`")
                .withHelp("did you mean `text`?");

        var styled = Console.styled(finding, SOURCES);

        assertThat(styled)
                .startsWith(
                        "\u001B[1msrc/main/schema/user.yaml:3:23:\u001B[m \u001B[1;33mwarning[unknown-type]:\u001B[m ")
                .contains("\u001B[1;33m^^^^\u001B[m\n");
        assertThat(Ansi.strip(styled))
                .isEqualTo(Console.finding(finding, SOURCES))
                .doesNotContain("\u001B");
    }

    @Test
    void theSummaryCountsWhatIsAcceptedApart() {
        var finding = Finding.of(new RuleId("a"), Severity.ERROR, Location.startOf("f"), "x", "y");
        var old = new Accepted(finding, Accepted.By.BASELINE, "old");
        var excepted = new Accepted(finding, Accepted.By.EXCEPTION, "law");

        assertThat(Console.summary(List.of(finding), List.of(old, excepted, old)))
                .isEqualTo("1 error, 1 accepted by an exception, 2 accepted in the baseline");
        assertThat(Console.summary(List.of(), List.of(old))).isEqualTo("no findings, 1 accepted in the baseline");
    }

    @Test
    void theSummaryCountsBySeverity() {
        var error = Finding.of(new RuleId("a"), Severity.ERROR, Location.startOf("f"), "x", "y");
        var warning = error.withSeverity(Severity.WARNING);

        assertThat(Console.summary(List.of(error, warning, error))).isEqualTo("2 errors, 1 warning");
        assertThat(Console.summary(List.of())).isEqualTo("no findings");
    }
}
