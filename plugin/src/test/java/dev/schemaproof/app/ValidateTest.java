package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.keyvalue.cost.Prices;
import dev.schemaproof.app.ModelRequest.Tool;
import dev.schemaproof.output.RunRecord.Message;
import dev.schemaproof.report.Ansi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What runs again, what is repeated, and what a team can let pass. */
class ValidateTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

    private static final String MODEL = "src/main/schema/blog.yaml";
    private static final String BASELINE = "src/main/schema-baseline/findings.json";

    /** `Draft` is idle, which is worth a warning. */
    private static final String WITH_WARNING = """
            schema: blog
            entities:
              Post: {attributes: {id: int}, key: [id]}
              Draft: {attributes: {id: int}, key: [id]}
            accessPatterns:
              post: {entity: Post, find: one, where: [id = :id]}
            """;

    /** `Tag` isn't even there, and no index serves `by-name`. */
    private static final String WITH_ERROR = WITH_WARNING
                    .replace("Draft:", "Author:")
                    .replace("key: [id]}\naccess", "key: [id], rows: 10M}\naccess")
                    .replace("{id: int}, key: [id], rows", "{id: int, name: text}, key: [id], rows")
            + "  by-name: {entity: Author, find: many, where: [name = :name]}\n";

    private static final String IDLE = MODEL + ":4:3: warning[idle-entity]: ";

    @TempDir
    private Path project;

    private FailOn failOn = FailOn.ERROR;
    private LocalDate today = TODAY;
    private Optional<Path> annotated = Optional.empty();
    private LastModel known = new LastModel();

    @BeforeEach
    void writeModel() throws IOException {
        write(MODEL, WITH_WARNING);
    }

    @Test
    void aRunWithoutChangeWritesNothingAndSaysTheSame() throws IOException {
        var first = validate();
        var written = Files.getLastModifiedTime(project.resolve("target/schema/.runs/validate"));
        var second = validate();

        assertThat(texts(first)).anyMatch(text -> text.startsWith(IDLE));
        assertThat(second).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(project.resolve("target/schema/.runs/validate")))
                .isEqualTo(written);
    }

    @Test
    void generatesAgainWhenOnlyAPriceHasChanged() throws Exception {
        write(MODEL, """
                schema: blog
                stores:
                  edge:
                    engine: dynamodb
                    tables:
                      posts: {partitionKey: id, items: {Post: {key: {id: "{id}"}}}}
                entities:
                  Post: {attributes: {id: uuid}, key: [id], rows: 10M}
                accessPatterns:
                  post: {entity: Post, find: one, where: [id = :id], rate: 1000/s}
                """);
        var capacity = project.resolve("target/generated/edge/capacity.json");
        for (var price : List.of("0.125", "0.25")) {
            var prices = Prices.of(Map.of("onDemandReadPerMillion", price));
            assertThat(Generate.run(generate(prices), known).failure()).isEmpty();
            // 500 units a second are 1314 million a month
            assertThat(capacity)
                    .content()
                    .contains("\"costPerMonth\" : " + (price.equals("0.25") ? "328.5" : "164.25"));
        }
        Files.setLastModifiedTime(capacity, FileTime.from(Instant.EPOCH));
        Generate.run(generate(Prices.of(Map.of("onDemandReadPerMillion", "0.25"))), known);
        assertThat(Files.getLastModifiedTime(capacity)).isEqualTo(FileTime.from(Instant.EPOCH));
    }

    @Test
    void codeThatAContractNamesIsLookedForAgainWhenOnlyTheCodeHasChanged() throws IOException {
        write(MODEL, """
                schema: blog
                entities:
                  Author: {attributes: {id: int, name: text}, key: [id]}
                  Post:
                    attributes: {id: int, author_id: int, author_name: text}
                    key: [id]
                    references: {author: {entity: Author}}
                denormalizations:
                  name:
                    duplicates: {into: Post.author_name, from: {copy: author.name}}
                    sync: {by: application, code: com.acme.Names#changed}
                    staleness: {allowed: 5s, effect: a former name is shown, repair: nightly}
                """);
        failOn = FailOn.NEVER;
        assertThat(texts(validate()))
                .anyMatch(text -> text.contains(
                        MODEL + ":11:35: warning[missing-code]: the sources have no `com.acme.Names#changed`"));

        write("src/main/java/com/acme/Names.java", "class Names { void changed() {} }");

        assertThat(texts(validate())).noneMatch(text -> text.contains("missing-code"));
    }

    @Test
    void theDayAfterAnExceptionsLastOneIsNoRunWithoutChange() throws IOException {
        write(MODEL, WITH_WARNING + """
                rules:
                  exceptions: [{rule: idle-entity, at: Draft, reason: the editor comes later, until: 2026-06-01}]
                """);
        assertThat(texts(validate())).last().asString().endsWith(": no findings, 1 accepted by an exception");

        today = TODAY.plusDays(1);

        assertThat(texts(validate()))
                .anyMatch(text -> text.startsWith(IDLE))
                .anyMatch(text -> text.contains("warning[expired-exception]"))
                .last()
                .asString()
                .endsWith(": 2 warnings");
    }

    @Test
    void aMeasurementGrowsOldWithoutAChange() throws IOException {
        write(MODEL, """
                schema: blog
                entities:
                  Author: {attributes: {id: int, post_count: {type: int, default: 0}}, key: [id]}
                  Post:
                    attributes: {id: int, author_id: int}
                    key: [id]
                    references: {author: {entity: Author}}
                    indexes: {by_author: {on: [author_id]}}
                accessPatterns:
                  author: {entity: Author, find: one, where: [id = :id]}
                  posts: {entity: Post, find: many, where: [author_id = :author]}
                denormalizations:
                  post-count:
                    duplicates: {into: Author.post_count, from: {count: Post, by: author}}
                    sync: {by: trigger}
                    staleness: {allowed: none, effect: an author shows a wrong number of posts, repair: the nightly job runs it}
                    gain:
                      pattern: author
                      instead: SELECT a.id, (SELECT count(*) FROM post p WHERE p.author_id = a.id) FROM author a WHERE a.id = :id
                      atLeast: 10x
                      measured: {before: 12 ms, after: 1 ms, rows: 10M, on: 2026-05-02, where: staging}
                """);
        assertThat(texts(validate())).noneMatch(text -> text.contains("[stale-measurement]"));

        today = TODAY.plusYears(3);

        assertThat(texts(validate())).anyMatch(text -> text.contains("[stale-measurement]"));
    }

    @ParameterizedTest
    @CsvSource({"ERROR,true,false", "WARNING,true,true", "NEVER,false,false"})
    void failsOnWhatTheUserSays(FailOn wanted, boolean onError, boolean onWarning) throws IOException {
        failOn = wanted;
        assertThat(validate().failure().isPresent()).isEqualTo(onWarning);
        write(MODEL, WITH_ERROR);
        assertThat(validate().failure().isPresent()).isEqualTo(onError);
        assertThat(project.resolve("target/schema/findings.json")).content().contains("unserved-pattern");
    }

    @Test
    void whatIsOnlyInfoNeverFails() throws IOException {
        failOn = FailOn.WARNING;
        write(MODEL, WITH_WARNING + "rules: {severity: {idle-entity: info}}\n");

        assertThat(validate().failure()).isEmpty();
    }

    @Test
    void afterAcceptingOnlyWhatIsNewFails() throws IOException {
        failOn = FailOn.WARNING;
        write(MODEL, WITH_ERROR);
        assertThat(validate().failure()).isPresent();

        var accepted = Validate.accept(request(), known);

        assertThat(accepted.failure()).isEmpty();
        assertThat(texts(accepted))
                .startsWith("accepted 1 finding in " + BASELINE)
                .last()
                .asString()
                .endsWith(": no findings, 1 accepted in the baseline");
        assertThat(project.resolve("target/schema/findings.json"))
                .content()
                .contains("\"accepted\" : \"baseline\"")
                .contains("unserved-pattern");

        write(MODEL, WITH_ERROR + "  by-title: {entity: Author, find: many, where: [\"name <> :name\"]}\n");
        assertThat(validate().failure())
                .hasValueSatisfying(failure ->
                        assertThat(failure).startsWith("the model has 1 error, 1 accepted in the baseline; "));
    }

    @Test
    void acceptingAgainWritesTheSameBytesAndForgetsWhatIsMended() throws IOException {
        Validate.accept(request(), known);
        var bytes = Files.readAllBytes(project.resolve(BASELINE));
        Validate.accept(request(), known);
        assertThat(project.resolve(BASELINE)).hasBinaryContent(bytes);

        write(MODEL, WITH_WARNING.replaceFirst("  Draft.*\n", ""));
        assertThat(texts(validate())).anyMatch(text -> text.startsWith(BASELINE + ":4:5: info[outdated-baseline]: "));

        assertThat(texts(Validate.accept(request(), known))).startsWith("nothing to accept");
        assertThat(project.resolve(BASELINE)).doesNotExist();
    }

    @Test
    void nothingIsAcceptedWhenTheTextHasFlaws() throws IOException {
        write(MODEL, WITH_WARNING.replace("find: one", "fnid: one"));

        assertThat(Validate.accept(request(), known).failure())
                .hasValueSatisfying(failure -> assertThat(failure).startsWith("nothing is accepted, "));
        assertThat(project.resolve(BASELINE)).doesNotExist();
    }

    @Test
    void anotherBaselineIsAChange() throws IOException {
        Validate.accept(request(), known);
        assertThat(texts(validate())).noneMatch(text -> text.startsWith(IDLE));

        Files.delete(project.resolve(BASELINE));

        assertThat(texts(validate())).anyMatch(text -> text.startsWith(IDLE));
    }

    @Test
    void aMergeLeftInTheMiddleIsAnErrorAtItsLine() throws IOException {
        write(BASELINE, "{\n  \"version\": 1,\n<<<<<<< HEAD\n");

        var result = validate();

        assertThat(result.failure()).isPresent();
        assertThat(texts(result)).singleElement().asString().startsWith(BASELINE + """
                :3:1: error[malformed-baseline]: this is no JSON
                  3 | <<<<<<< HEAD
                    | ^
                """);
        assertThat(texts(Validate.accept(request(), known))).startsWith("accepted 1 finding in " + BASELINE);
    }

    @Test
    void onGitHubFindingsAreAnnotationsToo() throws IOException {
        assertThat(validate().messages()).noneMatch(message -> message.level().equals("annotation"));

        annotated = Optional.of(project.getParent());
        var annotation = "::warning file=" + project.getFileName() + "/" + MODEL
                + ",line=4,col=3,endColumn=8,title=idle-entity::no access pattern reads or writes `Draft`%0Ahelp: ";

        for (var run = 0; run < 2; run++) {
            assertThat(validate().messages())
                    .filteredOn(message -> message.level().equals("annotation"))
                    .extracting(Message::text)
                    .singleElement()
                    .asString()
                    .startsWith(annotation);
        }
    }

    @Test
    void severalGoalsOfABuildShowTheirFindingsOnce() throws IOException {
        assertThat(texts(Generate.run(generate(), known))).anyMatch(text -> text.startsWith(IDLE));
        assertThat(texts(Generate.run(generate(), known)))
                .singleElement()
                .asString()
                .startsWith("generated ");

        known = new LastModel();
        assertThat(texts(validate())).anyMatch(text -> text.startsWith(IDLE));
        assertThat(texts(Generate.run(generate(), known)))
                .singleElement()
                .asString()
                .startsWith("generated ");

        known = new LastModel();
        assertThat(texts(Generate.run(generate(), known)))
                .as("another build without change")
                .anyMatch(text -> text.startsWith(IDLE));
    }

    @Test
    void generatesFromWhatIsAcceptedButNotFromWhatIsOnlyLetPass() throws IOException {
        write(MODEL, WITH_ERROR);
        failOn = FailOn.NEVER;
        var passed = Generate.run(generate(), known);
        assertThat(passed.failure()).isEmpty();
        assertThat(texts(passed)).last().asString().startsWith("nothing is generated, as the model has 1 error");
        assertThat(project.resolve("target/generated")).doesNotExist();

        failOn = FailOn.ERROR;
        assertThat(Generate.run(generate(), known).failure()).isPresent();
        Validate.accept(request(), known);
        assertThat(Generate.run(generate(), known).failure()).isEmpty();
        assertThat(project.resolve("target/generated/main/schema.sql")).exists();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {attributes: {id: uid}, key: [id]}                                                                 | false
            {attributes: {id: int}, key: [idd]}                                                                | false
            {attributes: {id: int}}                                                                            | true
            {attributes: {}}                                                                                   | true
            {attributes: {id: int, a_id: int}, key: [id], references: {a: {entity: Nobody}}}                   | false
            {attributes: {id: int, a_id: int}, key: [id], references: {a: {entity: Post, attributes: [b_id]}}} | false
            {attributes: {id: int, a_id: text}, key: [id], references: {a: {entity: Post}}}                    | true
            {attributes: {id: int, n: {type: int, generated: nobody + 1}}, key: [id]}                          | true
            {attributes: {id: int, n: {type: int, default: SELEC 1}}, key: [id]}                               | true
            {attributes: {id: int}, key: [id], checks: {c: id >}}                                              | true
            {attributes: {id: int}, key: [id], indexes: {i: {on: [nobody]}}}                                   | false
            {attributes: {id: int}, key: [id], unique: [[nobody]]}                                             | false
            {table: post, attributes: {id: int}, key: [id]}                                                    | true
            """)
    void namesThatNameNothingAreNotGeneratedFromThoughAccepted(String entity, boolean generates) throws IOException {
        write(MODEL, WITH_WARNING.replace("{attributes: {id: int}, key: [id]}\naccess", entity + "\naccess"));
        assertThat(validate().failure()).isPresent();
        Validate.accept(request(), known);

        var generated = Generate.run(generate(), known);

        assertThat(generated.failure().isEmpty()).isEqualTo(generates);
        assertThat(Files.exists(project.resolve("target/generated"))).isEqualTo(generates);
    }

    private GoalResult validate() throws IOException {
        return Validate.run(request(), known);
    }

    private GenerateRequest generate() {
        return generate(Prices.NONE);
    }

    private GenerateRequest generate(Prices prices) {
        return new GenerateRequest(
                request(),
                project.resolve("target/generated"),
                project.resolve("src/main/schema-templates"),
                Optional.empty(),
                prices);
    }

    private ModelRequest request() {
        return new ModelRequest(
                project,
                project.resolve("src/main/schema"),
                project.resolve("src/main/schema-baseline"),
                project.resolve("target/schema"),
                failOn,
                new Tool("test", "1"),
                today,
                new ProjectCode(List.of(project.resolve("src/main/java")), List.of()),
                annotated);
    }

    private static List<String> texts(GoalResult result) {
        return result.messages().stream()
                .map(message -> Ansi.strip(message.text()))
                .toList();
    }

    private void write(String name, String text) throws IOException {
        var file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
