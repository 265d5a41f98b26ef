package dev.schemaproof.mojo;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.Mojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

/** Each parameter reaches what it is for: from the descriptor's default, from the POM and from the command line. */
@MojoTest
class GoalsTest {

    private static final String MODEL = "src/main/schema/notes.yaml";
    private static final String FINDINGS = "target/schema/findings.json";
    private static final String SQL = "target/generated-resources/schema/main/schema.sql";

    /** One entity is read by nobody, which is worth a warning. */
    private static final String WITH_WARNING = """
            schema: notes
            entities:
              Note:
                attributes: {id: uuid, body: text}
                key: [id]
              Reader:
                attributes: {id: uuid}
                key: [id]
            accessPatterns:
              note: {entity: Note, find: one, where: [id = :id], select: [body]}
            """;

    private static final String DESIGN = "target/generated-resources/schema/edge/design.md";

    private static final String KEY_VALUE = """
            schema: notes
            stores:
              edge:
                engine: dynamodb
                tables:
                  notes: {partitionKey: id, items: {Note: {key: {id: "{id}"}}}}
            entities:
              Note:
                rows: 1M
                attributes: {id: uuid, body: text}
                key: [id]
            accessPatterns:
              note: {entity: Note, find: one, where: [id = :id], select: [body], rate: 1000/s}
            """;

    /** What the user gives with {@code -D}: {@code name=value}, where {@code <project>} is the project's directory. */
    @Retention(RetentionPolicy.RUNTIME)
    private @interface CommandLine {

        String[] value();
    }

    @TempDir
    private Path directory;

    @Inject
    private MavenSession session;

    @Inject
    private MavenProject project;

    private final List<String> log = new ArrayList<>();

    @Provides
    @Singleton
    MavenProject project() {
        var temporary = new MavenProject();
        temporary.setFile(directory.resolve("pom.xml").toFile());
        temporary.getBuild().setDirectory(directory.resolve("target").toString());
        return temporary;
    }

    @Provides
    @Singleton
    Log log() {
        return new SystemStreamLog() {

            @Override
            public void info(CharSequence text) {
                log.add("info: " + text);
            }

            @Override
            public void warn(CharSequence text) {
                log.add("warning: " + text);
            }

            @Override
            public void error(CharSequence text) {
                log.add("error: " + text);
            }
        };
    }

    @BeforeEach
    void startBuild(TestInfo test) throws IOException {
        var given = test.getTestMethod().orElseThrow().getAnnotation(CommandLine.class);
        for (var property : given == null ? new String[0] : given.value()) {
            var parts = property.replace("<project>", directory.toString()).split("=", 2);
            session.getUserProperties().setProperty(parts[0], parts[1]);
        }
        Mockito.lenient().doReturn(new Settings()).when(session).getSettings();
        write(MODEL, WITH_WARNING);
    }

    @Test
    @InjectMojo(goal = "validate")
    void validatesWhereTheModelUsuallyIs(Mojo validate) throws Exception {
        validate.execute();

        assertThat(log)
                .anySatisfy(line -> assertThat(line).startsWith("warning: " + MODEL + ":6:3: warning[idle-entity]: "));
        assertThat(directory.resolve(FINDINGS)).content().contains("idle-entity");
    }

    @Test
    @InjectMojo(goal = "validate")
    @CommandLine({"schema.schemaDirectory=<project>/elsewhere", "schema.reportDirectory=<project>/reports"})
    void validatesAnotherDirectoryAndReportsToAnother(Mojo validate) throws Exception {
        write("elsewhere/letters.yaml", WITH_WARNING.replace("schema: notes", "schema: letters"));

        validate.execute();

        assertThat(log).anySatisfy(line -> assertThat(line).startsWith("info: model `letters`: 2 entities"));
        assertThat(directory.resolve("reports/findings.json")).exists();
        assertThat(directory.resolve("target")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "validate")
    @MojoParameter(name = "failOn", value = "warning")
    void failsOnAWarningWhenThePomSaysSo(Mojo validate) {
        assertThatThrownBy(validate::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("1 warning");
    }

    @Test
    @InjectMojo(goal = "validate")
    @CommandLine("schema.failOn=Never")
    void failsOnNothingWhenTheUserSaysSo(Mojo validate) throws Exception {
        write(MODEL, WITH_WARNING.replace("uuid", "uid"));

        assertThatCode(validate::execute).doesNotThrowAnyException();
        assertThat(log).anySatisfy(line -> assertThat(line).contains("error[unknown-type]"));
    }

    @Test
    @InjectMojo(goal = "validate")
    @CommandLine("schema.failOn=info")
    void namesTheWordsThatFailOnKnows(Mojo validate) {
        assertThatThrownBy(validate::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("`schema.failOn` is `info`, but has to be one of `error`, `warning`, `never`");
    }

    @Test
    @InjectMojo(goal = "validate")
    @CommandLine({"schema.acceptFindings=true", "schema.baselineDirectory=<project>/accepted", "schema.failOn=warning"})
    void acceptsWhatIsFoundWhenAsked(Mojo validate) throws Exception {
        validate.execute();

        assertThat(log).startsWith("info: accepted 1 finding in accepted/findings.json");
        assertThat(directory.resolve("accepted/findings.json")).content().contains("idle-entity");
    }

    @Test
    @InjectMojo(goal = "validate")
    void acceptsNothingUnasked(Mojo validate) throws Exception {
        validate.execute();

        assertThat(directory.resolve("src/main/schema-baseline")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "generate")
    void generatesIntoTheProjectsResources(Mojo generate) throws Exception {
        generate.execute();
        generate.execute();

        assertThat(directory.resolve(SQL)).content().contains("CREATE TABLE note");
        assertThat(project.getResources())
                .extracting(Resource::getDirectory)
                .containsExactly(
                        directory.resolve("target/generated-resources/schema").toString());
    }

    @Test
    @InjectMojo(goal = "generate")
    @CommandLine({"schema.outputDirectory=<project>/sql", "schema.templateDirectory=<project>/templates"})
    void generatesToAnotherDirectoryFromTemplatesInAnother(Mojo generate) throws Exception {
        write("templates/postgresql/schema.sql.ftl", "-- ours");

        generate.execute();

        assertThat(directory.resolve("sql/main/schema.sql")).hasContent("-- ours");
        assertThat(directory.resolve(SQL)).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "generate")
    @CommandLine({"schema.firstMigration=true", "schema.migrationDirectory=<project>/migrations"})
    void writesTheFirstMigrationWhenAsked(Mojo generate) throws Exception {
        generate.execute();

        assertThat(directory.resolve("migrations/V1__notes.sql")).content().contains("CREATE TABLE note");
    }

    @Test
    @InjectMojo(goal = "generate")
    void writesNoMigrationUnasked(Mojo generate) throws Exception {
        generate.execute();

        assertThat(directory.resolve("src/main/resources")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "generate")
    @CommandLine("schema.prices=currency=USD, onDemandReadPerMillion=0.125")
    void takesPricesInOneText(Mojo generate) throws Exception {
        write(MODEL, KEY_VALUE);

        generate.execute();

        assertThat(directory.resolve(DESIGN))
                .content()
                .contains("| note | 0.5 read | 1,000 | 500 read | 1,314 read | 164.25 USD |");
    }

    @Test
    @InjectMojo(goal = "generate", pom = """
            <project>
              <build>
                <plugins>
                  <plugin>
                    <groupId>dev.schemaproof</groupId>
                    <artifactId>schema-maven-plugin</artifactId>
                    <configuration>
                      <prices>
                        <currency>EUR</currency>
                        <onDemandReadPerMillion>0.25</onDemandReadPerMillion>
                        <onDemandWritePerMillion>1.25</onDemandWritePerMillion>
                        <provisionedReadUnitHour>0.0002</provisionedReadUnitHour>
                        <provisionedWriteUnitHour>0.001</provisionedWriteUnitHour>
                        <storageGbMonth>0.3</storageGbMonth>
                      </prices>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """)
    void takesPricesOfThePom(Mojo generate) throws Exception {
        write(MODEL, KEY_VALUE);

        generate.execute();

        assertThat(directory.resolve(DESIGN))
                .content()
                .contains("| note | 0.5 read | 1,000 | 500 read | 1,314 read | 328.50 EUR |")
                .contains(
                        "0.25 EUR for a million read request units, 1.25 EUR for a million write request units, 0.0002 EUR"
                                + " for a read capacity unit for an hour, 0.001 EUR for a write capacity unit for an hour, 0.3 EUR"
                                + " for a GB for a month.")
                .doesNotContain("No price");
    }

    @Test
    @InjectMojo(goal = "generate")
    @CommandLine("schema.prices=storageGbMonth=-1")
    void asksForPricesThatAreSome(Mojo generate) {
        assertThatThrownBy(generate::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(
                        "`storageGbMonth` of `schema.prices` is `-1`, but the price of a GB for a month has to be 0 or more");
        assertThat(directory.resolve("target")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "verify")
    @CommandLine("schema.prices=0.25")
    void saysHowPricesAreWritten(Mojo verify) {
        assertThatThrownBy(verify::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("`0.25` of `schema.prices` is no price: write such as `currency=USD, storageGbMonth=0.25`");
    }

    @Test
    @InjectMojo(goal = "generate")
    @CommandLine("schema.prices=storageGbMonth=1 storageGbMonth=2")
    void asksForEachPriceOnce(Mojo generate) {
        assertThatThrownBy(generate::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("`storageGbMonth` of `schema.prices` is given twice");
    }

    @Test
    @InjectMojo(goal = "generate")
    @CommandLine("schema.prices=0.25, storageGbMonth=1, currency=euro, storageGbMonth=free")
    void tellsAllWrongPrices(Mojo generate) {
        assertThatThrownBy(generate::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("""
                        `0.25` of `schema.prices` is no price: write such as `currency=USD, storageGbMonth=0.25`
                        `storageGbMonth` of `schema.prices` is given twice
                        `currency` of `schema.prices` is `euro`, but has to be three capital letters such as `USD`
                        `storageGbMonth` of `schema.prices` is `free`, but the price of a GB for a month has to be a number such as `0.25`\
                        """);
    }

    @Test
    @InjectMojo(goal = "verify")
    @CommandLine("schema.skipVerify=true")
    void skipsTheProofs(Mojo verify) throws Exception {
        verify.execute();

        assertThat(log).containsExactly("info: proofs skipped, as `schema.skipVerify` is set");
    }

    @Test
    @InjectMojo(goal = "verify")
    @CommandLine("skipITs=true")
    void skipsTheProofsWithTheIntegrationTests(Mojo verify) throws Exception {
        verify.execute();

        assertThat(log).containsExactly("info: proofs skipped, as `skipITs` is set");
    }

    @Test
    @InjectMojo(goal = "verify")
    @CommandLine("schema.engine=postgres")
    void namesTheEnginesThatThereAre(Mojo verify) {
        assertThatThrownBy(verify::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(
                        "`schema.engine` is `postgres`, but has to be one of `auto`, `container`, `embedded`, `url`");
    }

    @Test
    @InjectMojo(goal = "verify")
    @CommandLine("schema.timeout=soon")
    void saysHowATimeoutIsWritten(Mojo verify) {
        assertThatThrownBy(verify::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("`schema.timeout` is `soon`, but has to be ");
    }

    @Test
    @InjectMojo(goal = "verify")
    @CommandLine("schema.engine=url")
    void asksForTheUrlOfTheDatabaseToUse(Mojo verify) {
        assertThatThrownBy(verify::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("`schema.url` is not given");
    }

    @Test
    @InjectMojo(goal = "verify")
    @CommandLine("schema.url=jdbc:postgresql://127.0.0.1:1/none")
    void triesTheDatabaseThatTheUserNames(Mojo verify) {
        assertThatThrownBy(verify::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("correct -Dschema.url");
    }

    @Test
    @InjectMojo(goal = "verify")
    @CommandLine({"schema.url=jdbc:postgresql://127.0.0.1:1/none", "schema.server=staging"})
    void asksForTheServersLogin(Mojo verify) {
        assertThatThrownBy(verify::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("`schema.server` is `staging`, but settings.xml has no such server");
    }

    @Test
    @InjectMojo(goal = "verify")
    @CommandLine({"schema.engine=container", "schema.image=No Image"})
    void takesTheImageThatTheUserNames(Mojo verify) {
        // Where there is no Docker, that is what is said
        assertThatThrownBy(verify::execute)
                .isInstanceOf(MojoFailureException.class)
                .satisfiesAnyOf(
                        e -> assertThat(e).hasMessageContaining("`No Image`"),
                        e -> assertThat(e).hasMessageContaining("no Docker answers"));
    }

    @Test
    @InjectMojo(goal = "import-patterns")
    @CommandLine({"schema.patterns=sql,<project>/stats.csv", "schema.period=2h"})
    void makesPatternsOfStatements(Mojo importPatterns) throws Exception {
        write("sql/notes.sql", "-- name: GetNote :one\nSELECT body FROM note WHERE id = $1;\n");
        write("stats.csv", "query,calls\n\"DELETE FROM note WHERE id = $1\",7200\n");
        importPatterns.execute();

        assertThat(directory.resolve("target/schema/imported-patterns.yaml"))
                .content()
                .contains("  get-note:\n", "  delete-note-by-id:\n    rate: 1/s\n");
    }

    @Test
    @InjectMojo(goal = "advise")
    @CommandLine({
        "schema.csv=<project>/notes.csv,more",
        "schema.csvDelimiter=tab",
        "schema.csvNull=NULL",
        "schema.mostRows=2"
    })
    void looksAtTheFilesThatTheUserNames(Mojo advise) throws Exception {
        write("notes.csv", "id\tnote,body\n1\tx\n2\tNULL\n3\t\n");
        write("more/readers.csv", "id\n1\n");
        advise.execute();

        assertThat(log)
                .anySatisfy(line -> assertThat(line).startsWith("info: notes.csv: 2 rows of 2 columns; key [id]"))
                .anySatisfy(line -> assertThat(line).startsWith("info: more/readers.csv: 1 row of 1 column;"))
                .anySatisfy(line -> assertThat(line).startsWith("warning: notes.csv: only the first 2 rows were read"));
        assertThat(directory.resolve("target/schema/advice.md")).content().contains("| `note,body` | `text` | 1 | 1 |");
        assertThat(directory.resolve("target/schema/advice.json")).exists();
    }

    @Test
    @InjectMojo(goal = "advise")
    @CommandLine({"schema.csv=notes.csv", "schema.mostColumns=1"})
    void looksForNoLargerDeterminantsThanAsked(Mojo advise) throws Exception {
        write("notes.csv", "a,b,c\n1,1,1\n1,2,2\n2,1,3\n2,2,4\n");
        advise.execute();

        assertThat(log)
                .contains("warning: notes.csv: determinants of more than 1 column were not explored, as asked for");
    }

    @Test
    @InjectMojo(goal = "advise")
    @CommandLine({"schema.csv=notes.csv", "schema.csvDelimiter=;;"})
    void asksForOneCharacterAsDelimiter(Mojo advise) {
        assertThatThrownBy(advise::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("`schema.csvDelimiter` is `;;`, but has to be one character, or `tab`");
    }

    @Test
    @InjectMojo(goal = "advise")
    @CommandLine({"schema.csv=notes.csv", "schema.mostRows=-1"})
    void asksForANumberOfRows(Mojo advise) {
        assertThatThrownBy(advise::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("`schema.mostRows` is `-1`, but has to be 0 or more");
    }

    @Test
    @InjectMojo(goal = "advise")
    @CommandLine({"schema.url=jdbc:postgresql://127.0.0.1:1/none", "schema.server=staging"})
    void asksForTheLoginOfTheDatabaseToLookAt(Mojo advise) {
        assertThatThrownBy(advise::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("`schema.server` is `staging`, but settings.xml has no such server");
    }

    @Test
    @InjectMojo(goal = "advise")
    void saysWhatItNeedsToLookAt(Mojo advise) throws Exception {
        advise.execute();

        assertThat(log)
                .singleElement(as(STRING))
                .startsWith("info: no data to look at: name CSV files with -Dschema.csv=");
        assertThat(directory.resolve("target")).doesNotExist();
    }

    @Test
    @CommandLine("schema.skip=true")
    void skipsEveryGoal(
            @InjectMojo(goal = "validate") Mojo validate,
            @InjectMojo(goal = "generate") Mojo generate,
            @InjectMojo(goal = "verify") Mojo verify,
            @InjectMojo(goal = "advise") Mojo advise)
            throws Exception {
        for (var goal : List.of(validate, generate, verify, advise)) {
            goal.execute();
        }

        assertThat(log).hasSize(4).containsOnly("info: skipped, as `schema.skip` is set");
        assertThat(directory.resolve("target")).doesNotExist();
    }

    @Test
    void hasNothingToDoWithoutAModel(
            @InjectMojo(goal = "validate") Mojo validate,
            @InjectMojo(goal = "generate") Mojo generate,
            @InjectMojo(goal = "verify") Mojo verify)
            throws Exception {
        Files.delete(directory.resolve(MODEL));
        Files.delete(directory.resolve("src/main/schema"));
        for (var goal : List.of(validate, generate, verify)) {
            goal.execute();
        }

        assertThat(log).hasSize(3).containsOnly("info: no model: there is no directory src/main/schema");
        assertThat(directory.resolve("target")).doesNotExist();
    }

    private void write(String name, String text) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
