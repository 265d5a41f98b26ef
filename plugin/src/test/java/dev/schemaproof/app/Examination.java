package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.keyvalue.cost.Price;
import dev.schemaproof.analysis.keyvalue.cost.Prices;
import dev.schemaproof.check.Findings;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.yaml.SourceFile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.description.Description;
import org.assertj.core.description.LazyTextDescription;

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

    private static final Prices PRICES = new Prices(
            Optional.of("USD"),
            Stream.of(Price.values()).collect(Collectors.toMap(price -> price, price -> new BigDecimal("0.25"))));

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029&&[^\\n]]");

    private Examination() {}

    /** Everything that a build does with the files, and what it would find in the next one. */
    static List<Finding> of(List<SourceFile> files) throws Exception {
        var first = watched(files, () -> run(files));
        var lines = files.stream()
                .collect(Collectors.toMap(
                        SourceFile::path,
                        file -> text(file).replaceFirst("^\uFEFF", "").split("\r\n|\r|\n", -1)));
        first.forEach(finding -> assertShowable(finding, lines, () -> shown(files)));
        assertThat(watched(files, () -> checked(files).findings()))
                .as("a second run")
                .isEqualTo(first);
        return first;
    }

    private static List<Finding> watched(List<SourceFile> files, Callable<List<Finding>> examined) throws Exception {
        var work = new FutureTask<>(examined);
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

    static CheckedModel checked(List<SourceFile> files) {
        return CheckedModel.of(REQUEST, new ModelFiles("src/main/schema", files, Optional.empty()));
    }

    /** The findings, after everything that a build would do with them and the model. */
    private static List<Finding> run(List<SourceFile> files) throws Exception {
        // Rules run whatever flaws the text has
        var checked = checked(files);
        for (var message : checked.messages(REQUEST)) {
            assertWritable(message.text());
        }
        for (var report : checked.reports(REQUEST).values()) {
            assertWritable(report);
        }
        if (checked.obstacle(REQUEST).isEmpty()) {
            var generate = new GenerateRequest(REQUEST, Path.of("none"), Path.of("none"), Optional.empty(), PRICES);
            for (var artifact : Generate.artifacts(generate, checked.facts().orElseThrow())) {
                assertWritable(artifact.text());
            }
        }
        return checked.findings();
    }

    /** Whether a file can hold the text as it is: half of a surrogate pair would come back as a question mark. */
    private static void assertWritable(String text) {
        var written = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(written.equals(text)).as("can be written: %s", text).isTrue();
    }

    private static void assertShowable(Finding finding, Map<String, String[]> lines, Supplier<String> shown) {
        var input = new LazyTextDescription(() -> finding + "\nin:\n" + shown.get());
        assertThat(finding.summary()).as(input).isNotBlank().doesNotContain("\n");
        assertThat(finding.subject()).as(input).isNotBlank();
        assertThat(UNSEEN.matcher(finding.summary() + finding.help().orElse("")).find())
                .as("a control character in %s", input)
                .isFalse();
        finding.help().ifPresent(help -> assertThat(help).as(input).isNotBlank());
        assertExists(finding.at(), lines, input);
        finding.fix()
                .ifPresent(fix -> fix.edits().forEach(edit -> {
                    assertThat(assertExists(edit.at(), lines, input))
                            .as("what the edit replaces in %s", input)
                            .startsWithIgnoringCase(edit.before());
                    assertThat(edit.at().length())
                            .as(input)
                            .isEqualTo(edit.before()
                                    .codePointCount(0, edit.before().length()));
                }));
        finding.related().forEach(related -> {
            assertThat(related.note()).as(input).isNotBlank();
            assertExists(related.at(), lines, input);
        });
    }

    /** The line from the place on. */
    private static String assertExists(Location at, Map<String, String[]> files, Description input) {
        var lines = files.get(at.file());
        assertThat(lines).as("the file of %s of %s", at, input).isNotNull();
        assertThat(at.line()).as("the line of %s", input).isLessThanOrEqualTo(lines.length);
        var line = lines[at.line() - 1];
        assertThat(at.column())
                .as("the column of %s", input)
                .isLessThanOrEqualTo(line.codePointCount(0, line.length()) + 1);
        return line.substring(line.offsetByCodePoints(0, at.column() - 1));
    }

    private static String text(SourceFile file) {
        return new String(file.bytes(), StandardCharsets.UTF_8);
    }

    private static String shown(List<SourceFile> files) {
        return files.stream()
                .map(file -> "# " + file.path() + "\n"
                        + text(file)
                                .codePoints()
                                .mapToObj(c -> c == '\n' || c >= 0x20 && c < 0x7F
                                        ? Character.toString(c)
                                        : "\\u{%X}".formatted(c))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }
}
