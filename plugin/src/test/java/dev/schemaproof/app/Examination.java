package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.check.Checker;
import dev.schemaproof.check.Findings;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.yaml.SourceFile;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What has to hold for every input: the work ends, in findings that can be shown and, without errors, in texts. */
final class Examination {

    /** So long that only what never ends is caught, however busy the machine. */
    private static final long HANGS_AFTER_SECONDS = 120;

    private static final ModelRequest REQUEST = new ModelRequest(
            Path.of("project"),
            Path.of("project/src/main/schema"),
            Path.of("project/src/main/schema-baseline"),
            Path.of("project/target/schema"),
            FailOn.ERROR,
            new ModelRequest.Tool("1", "1"),
            Findings.TODAY,
            Optional.of(Path.of("project")));

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029&&[^\\n]]");

    private Examination() {}

    /** Everything that a build does with the files, twice. */
    static List<Finding> of(List<SourceFile> files) throws Exception {
        var first = watched(files);
        first.forEach(finding -> assertShowable(finding, files));
        assertThat(watched(files)).as("a second run").isEqualTo(first);
        return first;
    }

    /** The findings, after everything that a build would do with them and the model. */
    private static List<Finding> watched(List<SourceFile> files) throws Exception {
        var work = new FutureTask<>(() -> run(files));
        var worker = new Thread(work, "examined");
        worker.setDaemon(true);
        worker.start();
        try {
            return work.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            var hang = new AssertionError("this never ends:\n" + shown(files));
            hang.setStackTrace(worker.getStackTrace());
            throw hang;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause() + " for:\n" + shown(files), e.getCause());
        }
    }

    private static List<Finding> run(List<SourceFile> files) throws Exception {
        var checked = CheckedModel.of(REQUEST, new ModelFiles("src/main/schema", files, Optional.empty()));
        for (var message : checked.messages(REQUEST)) {
            assertWritable(message.text());
        }
        for (var report : checked.reports(REQUEST).values()) {
            assertWritable(report);
        }
        if (checked.obstacle(REQUEST).isEmpty()) {
            for (var artifact :
                    Generate.artifacts(Path.of("none"), checked.facts().orElseThrow())) {
                assertWritable(artifact.text());
            }
        } else if (checked.facts().isPresent()) {
            // Rules have to bear models whose text has flaws, too
            new Checker(Rules.all(), Set.of())
                    .check(new Facts(checked.facts().get().model(), Findings.TODAY));
        }
        return checked.findings();
    }

    /** Whether a file can hold the text as it is. */
    private static void assertWritable(String text) throws CharacterCodingException {
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    }

    private static void assertShowable(Finding finding, List<SourceFile> files) {
        var input = finding + "\nin:\n" + shown(files);
        assertThat(finding.summary()).as(input).isNotBlank().doesNotContain("\n");
        assertThat(finding.subject()).as(input).isNotBlank();
        assertThat(UNSEEN.matcher(finding.summary() + finding.help().orElse("")).find())
                .as("a control character in " + input)
                .isFalse();
        finding.help().ifPresent(help -> assertThat(help).as(input).isNotBlank());
        assertExists(finding.at(), files, input);
        finding.fix()
                .ifPresent(fix -> fix.edits().forEach(edit -> {
                    assertThat(assertExists(edit.at(), files, input))
                            .as("what the edit replaces in %s", input)
                            .startsWithIgnoringCase(edit.before());
                    assertThat(edit.at().length())
                            .as(input)
                            .isEqualTo(edit.before()
                                    .codePointCount(0, edit.before().length()));
                }));
        finding.related().forEach(related -> {
            assertThat(related.note()).as(input).isNotBlank();
            assertExists(related.at(), files, input);
        });
    }

    /** The line from the place on. */
    private static String assertExists(Location at, List<SourceFile> files, String input) {
        var text = files.stream()
                .filter(file -> file.path().equals(at.file()))
                .findFirst()
                .map(file -> new String(file.bytes(), StandardCharsets.UTF_8));
        assertThat(text).as("the file of " + at + " of " + input).isPresent();
        var lines = text.orElseThrow().replaceFirst("^\uFEFF", "").split("\r\n|\r|\n", -1);
        assertThat(at.line()).as("the line of " + input).isLessThanOrEqualTo(lines.length);
        var line = lines[at.line() - 1];
        assertThat(at.column())
                .as("the column of " + input)
                .isLessThanOrEqualTo(line.codePointCount(0, line.length()) + 1);
        return line.substring(line.offsetByCodePoints(0, at.column() - 1));
    }

    private static String shown(List<SourceFile> files) {
        return files.stream()
                .map(file -> "# " + file.path() + "\n"
                        + new String(file.bytes(), StandardCharsets.UTF_8)
                                .codePoints()
                                .mapToObj(c -> c == '\n' || c >= 0x20 && c < 0x7F
                                        ? Character.toString(c)
                                        : "\\u{%X}".formatted(c))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }
}
