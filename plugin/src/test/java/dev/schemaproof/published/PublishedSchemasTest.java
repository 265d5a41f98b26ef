package dev.schemaproof.published;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.app.Rules;
import dev.schemaproof.catalog.CatalogComparison;
import dev.schemaproof.catalog.CatalogDifference;
import dev.schemaproof.catalog.CatalogReader;
import dev.schemaproof.catalog.ExpressionPrinter;
import dev.schemaproof.catalog.ModelCatalog;
import dev.schemaproof.check.Checker;
import dev.schemaproof.diagnostic.Finding;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.engine.RunningDatabase;
import dev.schemaproof.template.Templates;
import dev.schemaproof.yaml.ModelReader;
import dev.schemaproof.yaml.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The language says what the tables of well-known applications need: a model of each has no errors, and what is generated of it
 * gives a database whose catalog says what that of the original says.
 *
 * <p>Each application has its facts ({@code <application>.catalog}, whose header names the original), its model, the decisions that
 * its team would have to document, and, where its tables use what the language does not make, stand-ins for that ({@code
 * before.sql}).
 *
 * <p>Out of scope, and so no facts: functions, triggers, views, collations, text search configurations, owners and rights, the
 * names of {@code NOT NULL} constraints, whether old rows were ever checked ({@code NOT VALID}), statistics targets and how
 * columns are compressed. The language does not say what one partition alone has: indexes of its own.
 */
class PublishedSchemasTest {

    static final Path FOLDER = Path.of("src/test/resources/published");

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final boolean BLESS = System.getProperty("schemaproof.bless") != null;
    private static final String DECISIONS = "decisions.yaml";

    static Stream<String> applications() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".catalog"))
                    .map(name -> name.replace(".catalog", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** A person could have written the model; a program did, and writes it again. */
    @ParameterizedTest
    @MethodSource("applications")
    void theModelSaysWhatTheFactsSay(String application) throws Exception {
        var written = ModelWriter.files(application, facts(application));
        if (BLESS) {
            for (var file : written.entrySet()) {
                Files.writeString(FOLDER.resolve(application).resolve(file.getKey()), file.getValue());
            }
        }
        var kept = model(application);
        kept.remove(DECISIONS);
        assertThat(kept).as("-Dschemaproof.bless writes them anew").isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("applications")
    void theModelHasNoErrors(String application) throws Exception {
        assertThat(findings(read(model(application)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("applications")
    void theDatabaseIsTheOriginals(String application) throws Exception {
        assertThat(facts(application).differences(applied(application, model(application))))
                .isEmpty();
    }

    /** The trap: were something generated wrongly, the facts would say so. */
    @Test
    void anythingElseIsNoticed() throws Exception {
        var application = "crates.io";
        var model = model(application);
        model.replaceAll((file, text) -> text.replaceFirst(", onDelete: cascade", "")
                .replace("where: not deleted", "where: deleted")
                .replace("where: NOT deleted", "where: deleted")
                .replaceFirst("default: now\\(\\)", "default: CURRENT_TIMESTAMP")
                .replaceFirst("priority desc", "priority"));
        assertThat(facts(application).differences(applied(application, model)))
                .extracting(line -> line.replaceAll("^(\\w+: \\w+) .*", "$1"))
                .containsExactly(
                        "missing: column",
                        "missing: constraint",
                        "missing: index",
                        "missing: index",
                        "unexpected: column",
                        "unexpected: constraint",
                        "unexpected: index",
                        "unexpected: index");
    }

    private static CatalogFacts facts(String application) throws IOException {
        return CatalogFacts.read(FOLDER.resolve(application + ".catalog"));
    }

    private static Map<String, String> model(String application) throws IOException {
        var model = new TreeMap<String, String>();
        try (var files = Files.list(FOLDER.resolve(application))) {
            for (var file :
                    files.filter(name -> name.toString().endsWith(".yaml")).toList()) {
                model.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return model;
    }

    private static Facts read(Map<String, String> model) {
        var files = model.entrySet().stream()
                .map(file -> new SourceFile(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
        var read = ModelReader.read("src/main/schema", files);
        assertThat(read.findings()).isEmpty();
        return new Facts(read.model().orElseThrow());
    }

    /** Every error, and decisions about nothing. */
    private static List<String> findings(Facts facts) {
        return new Checker(Rules.all(), ModelReader.flaws())
                .check(facts).stream()
                        .filter(finding -> finding.severity() == Severity.ERROR
                                || finding.at().file().equals(DECISIONS))
                        .map(Finding::toString)
                        .toList();
    }

    /** Our own reader of catalogs sees the model in the database, too. */
    @ParameterizedTest
    @MethodSource("applications")
    void ourReaderSeesNoDifference(String application) throws Exception {
        var facts = read(model(application));
        var store = facts.model().relationalStore().orElseThrow();
        try (var connection = database(application, facts).connect()) {
            var expected = new ExpressionPrinter(connection).print(ModelCatalog.of(facts.model(), store));
            var actual = new CatalogReader(connection, "public", store.schemas().keySet()).read();
            assertThat(CatalogComparison.differences(expected, actual))
                    .extracting(CatalogDifference::sentence)
                    .isEmpty();
        }
    }

    private static CatalogFacts applied(String application, Map<String, String> model) throws Exception {
        return CatalogFacts.of(database(application, read(model)));
    }

    private static RunningDatabase database(String application, Facts facts) throws Exception {
        var script = new RelationalGenerator(Templates.builtIn())
                .generate(facts)
                .filter(artifact -> artifact.path().endsWith("/schema.sql"))
                .map(Artifact::text)
                .collect(Collectors.joining());
        var before = FOLDER.resolve(application).resolve("before.sql");
        var database = SERVER.database();
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            if (Files.exists(before)) {
                statement.execute(Files.readString(before));
            }
            statement.execute(script);
        }
        return database;
    }
}
