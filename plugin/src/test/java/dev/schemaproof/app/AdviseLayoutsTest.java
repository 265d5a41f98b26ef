package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.app.ModelRequest.Tool;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.discover.csv.CsvDialect;
import dev.schemaproof.report.Ansi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The screen and the page of advised layouts, and what becomes of the model. What is expected in {@code src/test/layouts} is written by {@code mvn -pl
 * plugin test -Dtest=AdviseLayoutsTest -Dschemaproof.bless}.
 */
class AdviseLayoutsTest {

    private static final Path CASES = Path.of("src/test/layouts");
    private static final boolean BLESS = System.getProperty("schemaproof.bless") != null;

    @TempDir
    private Path project;

    private final List<String> log = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"shop", "unserved"})
    void showsTheLayout(String name) throws IOException {
        model(Files.readString(CASES.resolve(name + "/model.yaml")));
        assertThat(advise(false).failure()).isEmpty();
        isExpected(CASES.resolve(name + "/screen.txt"), String.join("\n", log) + "\n");
        isExpected(CASES.resolve(name + "/layout.md"), Files.readString(project.resolve("target/schema/layout.md")));
    }

    private static void isExpected(Path file, String text) throws IOException {
        if (BLESS) {
            Files.writeString(file, text);
        }
        assertThat(text).as("-Dschemaproof.bless writes %s anew", file).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    engine: dynamodb   # the layout is to be proposed\n",
                " {engine: dynamodb}   # no layout yet\n"
            })
    void writesItIntoAModelWithoutTables(String store) throws IOException {
        var before = Files.readString(CASES.resolve("shop/model.yaml"))
                .replace(
                        "\n    engine: dynamodb   # the layout is to be proposed\n",
                        store.startsWith(" {") ? store : "\n" + store);
        model(before);
        assertThat(advise(true).failure()).isEmpty();
        assertThat(log).anyMatch(line -> line.startsWith("info: added the tables of store `main` to src/main/schema/"));

        var after = Files.readString(project.resolve("src/main/schema/model.yaml"));
        assertThat(after).contains("partitionKey: GSI3PK");
        var inserted = after.lines()
                .filter(line -> before.lines().noneMatch(line::equals))
                .toList();
        assertThat(after.lines().filter(line -> !inserted.contains(line)).toList())
                .containsAll(before.lines()
                        .filter(line -> !line.contains("{engine") && !line.contains("{ engine"))
                        .toList());
        var checked = CheckedModel.of(request(), ModelFiles.load(request()).orElseThrow());
        assertThat(checked.findings()).noneMatch(finding -> finding.severity() == Severity.ERROR);

        // What is there already is left alone
        assertThat(advise(true).failure()).isEmpty();
        assertThat(log.get(0)).contains("its tables serve what can be served: all 22 access patterns, with 3 indexes");
        assertThat(Files.readString(project.resolve("src/main/schema/model.yaml")))
                .isEqualTo(after);
    }

    /** The page shows a whole model, and its tables are those that are advised without them. */
    @Test
    void theGuideShowsWhatIsAdvised() throws IOException {
        var guide = Files.readString(Path.of("..", "docs", "dynamodb.md"));
        var shown = guide.substring(guide.indexOf("schema: tickets"));
        var whole = shown.substring(0, shown.indexOf("```"));
        model(whole.replaceAll("(?m)^    tables:\n(?:^ {5}.*\n)*", ""));
        assertThat(advise(true).failure()).isEmpty();
        assertThat(Files.readString(project.resolve("src/main/schema/model.yaml")))
                .isEqualTo(whole);
    }

    @Test
    void leavesTablesOfTheTeamAlone() throws IOException {
        var text = """
                schema: shop
                stores:
                  main:
                    engine: dynamodb
                    tables:
                      mine:
                        partitionKey: id
                        ttl: until
                        items: {Session: {key: {id: "{id}"}}}
                entities:
                  Session: {attributes: {id: uuid, user: text, until: timestamptz}, key: [id]}
                accessPatterns:
                  of-user: {entity: Session, find: many, where: [user = :user]}
                """;
        model(text);
        assertThat(advise(true).failure()).isEmpty();
        assertThat(Files.readString(project.resolve("src/main/schema/model.yaml")))
                .isEqualTo(text);
        assertThat(log).anyMatch(line -> line.startsWith("warning: store `main` has tables already"));
        assertThat(log.get(0)).contains("mine:\n", "ttl: until");
    }

    @Test
    void saysWhenFewerIndexesWouldDo() throws IOException {
        model("""
                schema: shop
                stores:
                  main:
                    engine: dynamodb
                    tables:
                      mine:
                        partitionKey: id
                        indexes: {by-user: {partitionKey: user}, by-user-too: {partitionKey: owner}}
                        items: {Session: {key: {id: "{id}"}, by-user: {user: "{user}"}, by-user-too: {owner: "OWNER#{user}"}}}
                entities:
                  Session: {attributes: {id: uuid, user: text}, key: [id]}
                accessPatterns:
                  of-user: {entity: Session, find: many, where: [user = :user]}
                  by-id: {entity: Session, find: one, where: [id = :id]}
                """);
        assertThat(advise(false).failure()).isEmpty();
        assertThat(log.get(0)).contains("with 2 indexes; a layout of one table does so with 1 index");
    }

    private void model(String text) throws IOException {
        var file = project.resolve("src/main/schema/model.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ModelRequest request() {
        return new ModelRequest(
                project,
                project.resolve("src/main/schema"),
                project.resolve("src/main/schema-baseline"),
                project.resolve("target/schema"),
                FailOn.ERROR,
                new Tool("1", "1"),
                LocalDate.of(2026, 6, 1),
                Optional.empty());
    }

    private GoalResult advise(boolean write) throws IOException {
        log.clear();
        var request = new AdviseRequest(
                request(),
                List.of(),
                CsvDialect.usual(),
                Optional.empty(),
                Optional.empty(),
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                Duration.ofHours(1),
                64 << 20,
                write);
        return Advise.run(request, new LastModel(), (level, text) -> log.add(level + ": " + Ansi.strip(text)));
    }
}
