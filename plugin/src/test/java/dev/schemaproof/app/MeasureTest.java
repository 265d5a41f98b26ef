package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.app.ModelRequest.Tool;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.engine.EngineChoice;
import dev.schemaproof.prove.engine.GivenDatabase;
import dev.schemaproof.report.Ansi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What is measured stands in the model then, or nothing does. */
class MeasureTest {

    @RegisterExtension
    private static final TestServer SERVER = new TestServer();

    private static final String MODEL = """
            schema: blog   # all of it
            entities:
              Author:
                table: authors
                rows: 100k
                attributes:
                  id: int
                  name: text
                  post_count: {type: int, default: 0}
                  last_post: {type: timestamptz, optional: true}
                key: [id]
              Post:
                table: posts
                rows: 10M
                attributes: {id: int, author_id: int, body: text, created_at: timestamptz}
                key: [id]
                references: {author: {entity: Author, onDelete: cascade}}
                indexes: {by_author: {on: [author_id]}}
            accessPatterns:
              profile: {sql: "SELECT name, post_count FROM authors WHERE id = :id"}
              newest: {sql: "SELECT name, last_post FROM authors WHERE id = :id"}
              posts: {sql: "SELECT id FROM posts WHERE author_id = :author"}
            """;

    private static final String CONTRACTS = """
            denormalizations:
              posts-of-author:   # shown everywhere
                duplicates: {into: Author.post_count, from: {count: Post, by: author}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: wrong numbers, repair: every night}
                gain:
                  pattern: profile
                  instead: "SELECT a.name, (SELECT count(*) FROM posts p WHERE p.author_id = a.id AND p.body IS NOT NULL) FROM authors a WHERE a.id = :id"
                  atLeast: 1.2x   # at least

              last-post-of-author:
                duplicates: {into: Author.last_post, from: {max: Post.created_at, by: author}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: wrong numbers, repair: every night}
                gain: {pattern: newest, atLeast: 1.2x,
                  # with the last post looked up
                  instead: "SELECT a.name, (SELECT max(p.created_at) FROM posts p WHERE p.author_id = a.id) FROM authors a WHERE a.id = :id",
                  measured: {before: 2 ms, after: 1 ms, rows: 1M, on: 2024-01-01, where: staging} } # old
            # the end
            """;

    private static final Pattern MEASURED = Pattern.compile(
            "measured: \\{before: [0-9.]+ ms, after: [0-9.]+ ms, rows: 2k, on: 2026-11-30, where: \"?([^\"}]*)\"?}");

    @TempDir
    private Path project;

    private final List<String> log = new ArrayList<>();

    @Test
    void writesWhatWasMeasured() throws IOException {
        write("model.yaml", MODEL);
        write("contracts.yaml", CONTRACTS.replace("\n", "\r\n"));

        assertThat(measure(Optional.empty()).failure()).isEmpty();

        var text = read("contracts.yaml");
        assertThat(MEASURED.matcher(text).results().map(match -> match.group(1)))
                .hasSize(2)
                .allMatch(where -> where.contains("PostgreSQL 18"));
        // The first had none, the second another
        assertThat(text.replaceAll(" *" + MEASURED.pattern() + "\r\n(?=\r\n)", "")
                        .replaceAll(MEASURED.pattern(), "M"))
                .isEqualTo(CONTRACTS.replaceAll("measured: \\{.*?}", "M").replace("\n", "\r\n"));
        assertThat(read("model.yaml")).isEqualTo(MODEL);
        assertThat(log)
                .anyMatch(line -> line.startsWith("info: contract ") && line.contains("pages before"))
                .anyMatch(line -> line.matches("info: posts-of-author +2,000 .* ms .*"))
                .contains("info: measured:  src/main/schema/contracts.yaml")
                .noneMatch(line -> line.startsWith("error"));
        try (Stream<Path> files = Files.list(project.resolve("src/main/schema"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void replacesWhatItWroteBefore() throws IOException {
        write("model.yaml", MODEL + CONTRACTS);
        assertThat(measure(Optional.of("here: first")).failure()).isEmpty();
        var first = read("model.yaml");

        assertThat(measure(Optional.of("there")).failure()).isEmpty();

        assertThat(first).contains("where: \"here: first\"}");
        assertThat(read("model.yaml").replaceAll(MEASURED.pattern(), "M"))
                .isEqualTo(first.replaceAll(MEASURED.pattern(), "M"))
                .doesNotContain("first\"");
        assertThat(MEASURED.matcher(read("model.yaml")).results().map(match -> match.group(1)))
                .containsExactly("there", "there");
    }

    @Test
    void writesNothingWhereAContractDoesNotEarnItsGain() throws IOException {
        var model = MODEL + CONTRACTS.replaceFirst("atLeast: 1.2x", "atLeast: 9000x");
        write("model.yaml", model);

        assertThat(measure(Optional.empty()).failure())
                .hasValue("nothing was written, as not every contract earns its gain; see above");

        assertThat(read("model.yaml")).isEqualTo(model);
        assertThat(log)
                .anyMatch(line ->
                        line.startsWith("error: src/main/schema/model.yaml:31:16: error[contracts-earn-their-gain]:")
                                && line.contains("no longer earns its gain"));
    }

    @Test
    void writesNothingWhereAContractCannotBeMeasured() throws IOException {
        var model = MODEL.replace(
                        "attributes: {id: int, author_id: int, body: text,",
                        "attributes: {id: int, author_id: int, body: {type: text, check: \"body = 'a' AND body = 'b'\"},")
                + CONTRACTS;
        write("model.yaml", model);

        assertThat(measure(Optional.empty()).failure()).isPresent();

        assertThat(read("model.yaml")).isEqualTo(model);
        assertThat(log).anyMatch(line -> line.contains("its gain is not measured: "));
    }

    @Test
    void measuresNothingOfAModelThatIsWrongElsewhere() throws IOException {
        write("model.yaml", (MODEL + CONTRACTS).replace("WHERE author_id = :author", "WHERE autor_id = :author"));

        assertThat(measure(Optional.empty()).failure().orElseThrow())
                .startsWith("nothing is measured, as the model has ");
    }

    @Test
    void refusesAContractWithoutASurePlace() throws IOException {
        var model = MODEL
                + CONTRACTS
                        .replaceAll("measured: \\{.*?}", "measured: *same")
                        .replace(
                                "# at least",
                                "\n      measured: &same {before: 2 ms, after: 1 ms, rows: 1M, on: 2026-01-01, where: staging}");
        write("model.yaml", model);

        assertThat(measure(Optional.empty()).failure()).hasValue("there is no sure place for a measurement; see above");

        assertThat(log)
                .containsExactly("error: src/main/schema/model.yaml:34: there is no sure place for the measurement of"
                        + " `last-post-of-author`; write `measured: {}` into its `gain`");
        assertThat(read("model.yaml")).isEqualTo(model);
    }

    @Test
    void hasNothingToDoWithoutContracts() throws IOException {
        write(
                "model.yaml",
                MODEL.replace("post_count: {type: int, default: 0}", "age: int").replace("post_count", "age"));

        assertThat(measure(Optional.empty()).messages().toString()).contains("nothing to measure");
    }

    private GoalResult measure(Optional<String> where) throws IOException {
        log.clear();
        PGSimpleDataSource source;
        try {
            source = SERVER.database().dataSource().unwrap(PGSimpleDataSource.class);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        var model = new ModelRequest(
                project,
                project.resolve("src/main/schema"),
                project.resolve("src/main/schema-baseline"),
                project.resolve("target/schema"),
                FailOn.ERROR,
                new Tool("1", ""),
                LocalDate.of(2026, 11, 30),
                Optional.empty());
        return Measure.run(
                new MeasureRequest(
                        new VerifyRequest(
                                new GenerateRequest(
                                        model,
                                        project.resolve("target/generated"),
                                        project.resolve("src/main/templates"),
                                        Optional.empty()),
                                EngineChoice.URL,
                                Optional.empty(),
                                Optional.of(new GivenDatabase(
                                        source.getURL(),
                                        Optional.ofNullable(source.getUser()),
                                        Optional.ofNullable(source.getPassword()))),
                                project.resolve("cache"),
                                BaselineUse.COMPARE,
                                Duration.ofMinutes(5),
                                Optional.empty(),
                                (group, artifact, version) -> {
                                    throw new IOException("not needed");
                                }),
                        2_000,
                        where),
                new LastModel(),
                (level, text) -> log.add(level + ": " + Ansi.strip(text)));
    }

    private void write(String file, String text) throws IOException {
        var path = project.resolve("src/main/schema").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private String read(String file) throws IOException {
        return Files.readString(project.resolve("src/main/schema").resolve(file));
    }
}
