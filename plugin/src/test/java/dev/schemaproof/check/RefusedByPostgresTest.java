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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
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

    /** Errors of which PostgreSQL says nothing: it makes the same index twice. */
    private static final Set<String> OURS = Set.of("duplicate-index");

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
     * @param use what is done once the schema is there, SQL
     * @param message what PostgreSQL says; empty if it accepts
     */
    record Case(String name, String yaml, String use, Optional<String> message) {

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
                                    file.getFileName().toString(), match.group(1), "", Optional.of(match.group(2)))))
                    .toList()
                    .stream();
        }
    }

    static Stream<Case> refused() throws IOException {
        return cases("refused.txt");
    }

    /** One more than PostgreSQL takes, of everything that is counted. */
    static Stream<Case> limits() {
        var one = "entities:\n  T: {attributes: {%s}, key: [%s], %s}\n";
        return Stream.of(
                new Case(
                        "columns of a table",
                        one.formatted(columns(1_601, ": boolean"), "c0", "rows: 1"),
                        "",
                        Optional.of("tables can have at most 1600 columns")),
                new Case(
                        "columns of a key",
                        one.formatted(columns(33, ": int"), columns(33, ""), "rows: 1"),
                        "",
                        Optional.of("cannot use more than 32 columns in an index")),
                new Case(
                        "columns of a unique key, with those that it carries",
                        one.formatted(
                                columns(33, ": int"),
                                "c0",
                                "unique: {u: {on: [" + columns(32, "") + "], include: [c32]}}"),
                        "",
                        Optional.of("cannot use more than 32 columns in an index")),
                new Case(
                        "columns of an exclusion constraint",
                        one.formatted(
                                columns(33, ": int"),
                                "c0",
                                "exclusions: {x: {on: [" + columns(33, " with =") + "], using: btree}}"),
                        "",
                        Optional.of("cannot use more than 32 columns in an index")),
                new Case(
                        "columns of a partition key",
                        one.formatted(
                                columns(33, ": int"),
                                columns(33, ""),
                                "partition: {by: hash, on: [" + columns(33, "") + "], partitions: 2}"),
                        "",
                        Optional.of("cannot partition using more than 32 columns")),
                new Case(
                        "columns of a reference",
                        one.formatted(
                                columns(33, ": int"),
                                columns(33, ""),
                                "references: {t: {entity: T, attributes: [" + columns(33, "") + "]}}"),
                        "",
                        Optional.of("cannot")));
    }

    private static String columns(int count, String suffix) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i + suffix).collect(Collectors.joining(", "));
    }

    static Stream<Case> accepted() throws IOException {
        return cases("accepted.txt");
    }

    /**
     * Each begins with {@code == name}. Lines with {@code >} hold what PostgreSQL says, lines with {@code $} what is done once
     * the schema is there.
     */
    private static Stream<Case> cases(String file) throws IOException {
        try (var in = RefusedByPostgresTest.class.getResourceAsStream(file)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("(?m)^== ")
                    .splitAsStream(text)
                    .filter(part -> !part.isBlank())
                    .map(part -> new Case(
                            part.lines().findFirst().orElseThrow(),
                            lines(part, line -> !line.startsWith("> ") && !line.startsWith("$ "))
                                    .skip(1)
                                    .collect(Collectors.joining("\n", "schema: example\n", "\n")),
                            marked(part, "$ ").collect(Collectors.joining("; ")),
                            marked(part, "> ").findFirst()));
        }
    }

    private static Stream<String> marked(String part, String mark) {
        return lines(part, line -> line.startsWith(mark)).map(line -> line.substring(mark.length()));
    }

    private static Stream<String> lines(String part, Predicate<String> wanted) {
        return part.lines().filter(wanted);
    }

    @Test
    void pagesQuoteIt() throws IOException {
        assertThat(pages().map(Case::name))
                .contains("key-without-partition-attribute.md", "unkeyed-reference.md", "unfit-index-method.md");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void refusesTheWrongExample(Case page) throws Exception {
        assertThat(apply(Models.read(page.yaml()), page.use()).orElse("nothing"))
                .contains(page.message().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatWeRefuse(Case refused) throws Exception {
        var model = Models.read(refused.yaml());
        var marks = marks(refused.yaml());
        assertThat(errors(model)).isEqualTo(marks).isNotEmpty();
        assertThat(apply(model, refused.use()).orElse("nothing"))
                .contains(refused.message().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("limits")
    void refusesOneMoreThanItTakes(Case limit) throws Exception {
        var yaml = "schema: example\n" + limit.yaml();
        assertThat(errors(Models.read(yaml))).hasSize(1).containsValue("too-many-columns");
        assertThat(apply(Models.read(yaml), "").orElse("nothing"))
                .contains(limit.message().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsWhatWeAccept(Case accepted) throws Exception {
        var model = Models.read(accepted.yaml());
        assertThat(errors(model)).isEmpty();
        assertThat(apply(model, accepted.use())).isEmpty();
    }

    /** The rules of errors by line. */
    private static Map<Integer, String> errors(Model model) {
        return new Checker(Rules.all(), ModelReader.flaws())
                .check(new Facts(model, TODAY)).stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .filter(finding -> !OURS.contains(finding.rule().value()))
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
    private static Optional<String> apply(Model model, String use) throws TemplateFailedException, SQLException {
        var version = model.relationalStore().orElseThrow().version();
        var database = (version < 18 ? OLDEST : NEWEST).database();
        var scripts = new RelationalGenerator(Templates.builtIn())
                .generate(new Facts(model))
                .filter(artifact -> artifact.path().matches("[^/]+/(schema|triggers)\\.sql"))
                .map(Artifact::text)
                .toList();
        try (var connection = database.connect()) {
            // Roles belong to the server, and must not outlive the case
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (var script : scripts) {
                    statement.execute(script);
                }
                statement.execute(use);
                return Optional.empty();
            } catch (SQLException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            } finally {
                connection.rollback();
            }
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
