package dev.schemaproof.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.diagnostic.RuleId;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.diagnostic.Sources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                          1 | \ta\\u202Eb\\u200B: \\x1B[31m\\uD83D
                            | \t       ^^^^^^^
                          help: write `\\u2066`
                                or `\\xAD`
                          see:  https://schemaproof.dev/rules/wrong-shape""");
    }

    @Test
    void theSummaryCountsBySeverity() {
        var error = Finding.of(new RuleId("a"), Severity.ERROR, Location.startOf("f"), "x", "y");
        var warning = error.withSeverity(Severity.WARNING);

        assertThat(Console.summary(List.of(error, warning, error))).isEqualTo("2 errors, 1 warning");
        assertThat(Console.summary(List.of())).isEqualTo("no findings");
    }
}
