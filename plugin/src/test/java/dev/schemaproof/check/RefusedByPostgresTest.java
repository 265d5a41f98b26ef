package dev.schemaproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Rules;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.Model;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.template.Templates;
import dev.schemaproof.yaml.ModelReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a rule says that PostgreSQL refuses, PostgreSQL refuses: the wrong example of each page that quotes it, and the cases
 * in {@code refused.txt}. What it accepts, in {@code accepted.txt}, is no error of ours either.
 */
class RefusedByPostgresTest {

    @RegisterExtension
    static final TestServer OLDEST = new TestServer(15);

    @RegisterExtension
    static final TestServer NEWEST = new TestServer(18);

    private static final Path PAGES = Path.of("..", "docs", "rules");
    private static final Pattern QUOTING =
            Pattern.compile("## Wrong\n\n```yaml\n(.*?)```\n\nPostgreSQL says:\n\n```text\n(.*?)\n```", Pattern.DOTALL);

    /** By the day on which the examples of pages are judged. */
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

    /**
     * A model that is refused, or accepted.
     *
     * @param name what it shows
     * @param message what PostgreSQL says; empty if it accepts
     */
    record Case(String name, String yaml, Optional<String> message) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> pages() throws IOException {
        try (var files = Files.list(PAGES)) {
            return files
                    .sorted()
                    .flatMap(file -> QUOTING.matcher(text(file))
                            .results()
                            .map(match -> new Case(
                                    file.getFileName().toString(), match.group(1), Optional.of(match.group(2)))))
                    .toList()
                    .stream();
        }
    }

    static Stream<Case> refused() throws IOException {
        return cases("refused.txt");
    }

    static Stream<Case> accepted() throws IOException {
        return cases("accepted.txt");
    }

    /** Each begins with {@code == name} and, where it is refused, a line with what PostgreSQL says. */
    private static Stream<Case> cases(String file) throws IOException {
        try (var in = RefusedByPostgresTest.class.getResourceAsStream(file)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("(?m)^== ")
                    .splitAsStream(text)
                    .filter(part -> !part.isBlank())
                    .map(part -> {
                        var lines = part.lines().toList();
                        var message = lines.get(1).startsWith("> ")
                                ? Optional.of(lines.get(1).substring(2))
                                : Optional.<String>empty();
                        var yaml = lines.stream()
                                .skip(message.isPresent() ? 2 : 1)
                                .collect(Collectors.joining("\n", "", "\n"));
                        return new Case(lines.get(0), "schema: example\n" + yaml, message);
                    });
        }
    }

    @Test
    void pagesQuoteIt() throws IOException {
        assertThat(pages().map(Case::name))
                .contains("key-without-partition-attribute.md", "unkeyed-reference.md", "unfit-index-method.md");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void refusesTheWrongExample(Case page) throws Exception {
        assertThat(apply(Models.read(page.yaml())).orElse("nothing"))
                .contains(page.message().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatWeRefuse(Case refused) throws Exception {
        var model = Models.read(refused.yaml());
        var marks = marks(refused.yaml());
        assertThat(errors(model)).isEqualTo(marks).isNotEmpty();
        assertThat(apply(model).orElse("nothing")).contains(refused.message().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsWhatWeAccept(Case accepted) throws Exception {
        var model = Models.read(accepted.yaml());
        assertThat(errors(model)).isEmpty();
        assertThat(apply(model)).isEmpty();
    }

    /** The rules of errors by line. */
    private static Map<Integer, String> errors(Model model) {
        return new Checker(Rules.all(), ModelReader.flaws())
                .check(new Facts(model, TODAY)).stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .collect(Collectors.toMap(
                                finding -> finding.at().line(),
                                (Finding finding) -> finding.rule().value(),
                                (one, other) -> one.equals(other) ? one : one + " " + other,
                                TreeMap::new));
    }

    private static Map<Integer, String> marks(String yaml) {
        var lines = yaml.lines().toList();
        var marks = new HashMap<Integer, String>();
        IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).contains("# <- "))
                .forEach(line -> marks.put(
                        line + 1, lines.get(line).substring(lines.get(line).indexOf("# <- ") + 5)));
        return marks;
    }

    /** What PostgreSQL says against what is generated of the model, whatever the rules say. */
    private static Optional<String> apply(Model model) throws TemplateFailedException {
        var version = model.relationalStore().orElseThrow().version();
        var database = (version < 18 ? OLDEST : NEWEST).database();
        var scripts = new RelationalGenerator(Templates.builtIn())
                .generate(new Facts(model))
                .filter(artifact -> artifact.path().endsWith("/schema.sql"))
                .map(Artifact::text)
                .toList();
        return scripts.stream()
                .flatMap(script -> refusal(database, script).stream())
                .findFirst();
    }

    private static Optional<String> refusal(RunningDatabase database, String script) {
        try (var connection = database.connect()) {
            // Roles belong to the server, and must not outlive the case
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(script);
                return Optional.empty();
            } catch (SQLException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
