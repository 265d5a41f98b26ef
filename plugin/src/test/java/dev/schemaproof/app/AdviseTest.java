package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.app.ModelRequest.Tool;
import dev.schemaproof.check.Findings;
import dev.schemaproof.diagnostic.Severity;
import dev.schemaproof.discover.csv.CsvDialect;
import dev.schemaproof.output.Json;
import dev.schemaproof.prove.TestServer;
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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What a user gets to see and to paste, from files and from a database. */
class AdviseTest {

    @RegisterExtension
    private static final TestServer SERVER = new TestServer();

    private static final String PAGE = "target/schema/advice.md";
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static final String MODEL = """
            schema: clinic
            entities:
              Visit:
                table: visits
                attributes: {id: int, patientId: {type: int, column: patient_id}, patient_name: text, seen_on: date}
                key: [id]
                dependencies: ["patientId -> patient_name"]
            accessPatterns:
              visit: {entity: Visit, find: one, where: [id = :id]}
              of-patient: {entity: Visit, find: many, where: [patientId = :patient]}
            """;

    @TempDir
    private Path project;

    private final List<String> log = new ArrayList<>();
    private List<String> csv = List.of("data");
    private Optional<GivenDatabase> database = Optional.empty();
    private Optional<String> sqlSchema = Optional.empty();
    private FailOn failOn = FailOn.ERROR;
    private long mostRows = Long.MAX_VALUE;
    private boolean write;

    @BeforeEach
    void writeData() throws IOException {
        write("data/visits.csv", visits(""));
    }

    /** Visits of patients, each with a name; the last ones as given. */
    private static String visits(String last) {
        var random = new Random(12);
        var text = new StringBuilder("id,patient_id,patient_name,seen_on,zip_code,city\n");
        for (var i = 1; i <= 80; i++) {
            var patient = random.nextInt(12);
            var zip = random.nextInt(9);
            text.append("%d,%d,Name %d,2024-0%d-1%d,0%d,City %d\n"
                    .formatted(
                            i,
                            patient,
                            patient * 7 % 10,
                            1 + random.nextInt(9),
                            random.nextInt(9),
                            1000 + zip,
                            zip / 2));
        }
        return text + last;
    }

    @Test
    void draftsAnEntityThatTheModelDoesNotKnow() throws IOException {
        assertThat(advise().failure()).isEmpty();

        assertThat(log.get(0))
                .startsWith("info: data/visits.csv: 80 rows of 6 columns; key [id]")
                .contains("; 2nf by what looks like a rule:")
                .contains("\n  zip_code -> city  9 values, repeated in 71 rows");
        assertThat(yaml()).contains("""
                entities:
                  Visits:
                    table: visits
                    rows: 80
                    attributes:
                      id: int
                      patient_id: int
                      patient_name: text
                      seen_on: date
                      zip_code: text
                      city: text
                    key: [id]
                    dependencies:
                """);
        // What the draft says twice is what the rules are for; nothing else is wrong with it
        assertThat(Findings.in("schema: draft\n" + yaml()))
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .isNotEmpty()
                .allMatch(finding -> finding.rule().value().equals("transitive-dependency"));
    }

    @Test
    void draftsNamesThatTheLanguageCanRead() throws IOException {
        write(
                "data/visits.csv",
                "\"Order ID\";no;\"a \"\"b\"\"\";2nd;Order-Id;größe;empty\n1;x;1.5;;2;m;\n2;y;2.25;7;3;n;\n3;z;;;4;o;\n");
        advise();

        assertThat(yaml()).isEqualTo("""
                entities:
                  Visits:
                    table: visits
                    rows: 3
                    attributes:
                      order_id: {type: "int", column: "Order ID"}
                      "no": text
                      a_b: {type: "decimal(3,2)", optional: true, column: "a \\"b\\""}
                      column_2nd: {type: "int", optional: true, column: "2nd"}
                      order_id_2: {type: "int", column: "Order-Id"}
                      größe: text
                      empty: text null  # no row has a value
                    key: [order_id]
                    unique: [["no"], [order_id_2], [größe]]
                """);
        assertThat(Findings.in("schema: draft\n" + yaml())).noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    @Test
    void addsToAnEntityThatTheModelKnows() throws IOException {
        write(
                "src/main/schema/clinic.yaml",
                MODEL.replace("seen_on: date", "seen_on: date, zip_code: text, city: text"));
        advise();

        assertThat(yaml()).isEqualTo("""
                entities:
                  Visit:
                    dependencies:
                      - zip_code -> city
                """);
    }

    @Test
    void showsTheRowsThatRefuteTheModel() throws IOException {
        write("src/main/schema/clinic.yaml", MODEL);
        write("data/visits.csv", visits("81,3,Nmae 1,2024-02-02,1001,City 0\n80,5,Name 5,2024-02-02,1001,City 0\n"));
        var result = advise();

        assertThat(result.failure())
                .contains("the data refutes 2 statements of the model; see above, or target/schema/advice.md");
        assertThat(log)
                .anySatisfy(line -> assertThat(line)
                        .matches("(?s)error: data/visits.csv:83: `key \\[id]` of `Visit` is refuted by two rows,"
                                + " line 81 and line 83\n  id = 80\n  id = 80"));
        assertThat(log)
                .anySatisfy(line -> assertThat(line)
                        .matches(
                                "(?s)error: data/visits.csv:82: `patientId -> patient_name` of `Visit` is refuted by two rows,"
                                        + " line [0-9]+ and line 82\n  patient_id = 3, patient_name = Name 1\n"
                                        + "  patient_id = 3, patient_name = Nmae 1"));
        assertThat(project.resolve(PAGE))
                .content()
                .contains("| `key [id]` | **refuted** | line 81: id = 80<br>line 83");
    }

    @Test
    void letsRefutationsPassWhenAsked() throws IOException {
        write("src/main/schema/clinic.yaml", MODEL);
        write("data/visits.csv", visits("80,5,Name 5,2024-02-02,1001,City 0\n"));
        failOn = FailOn.NEVER;

        assertThat(advise().failure()).isEmpty();
        assertThat(log).anyMatch(line -> line.startsWith("error: data/visits.csv:82: `key [id]`"));
    }

    @Test
    void writesNothingWhenAFileCanNotBeRead() throws IOException {
        write("data/broken.csv", "a,b\n1\n2,3,4\n");
        write("data/empty.csv", "");
        var result = advise();

        assertThat(result.failure()).contains("the data can't be read: 3 problems, see above; nothing was written");
        assertThat(log)
                .contains(
                        "error: data/broken.csv:2: this record has 1 value, but there are 2 columns",
                        "error: data/broken.csv:3: this record has 3 values, but there are 2 columns",
                        "error: data/empty.csv:1: the file is empty, but its first line has to name the columns");
        assertThat(project.resolve("target")).doesNotExist();
    }

    @Test
    void namesWhatIsNotThere() throws IOException {
        csv = List.of("none.csv", "data/*.tsv", "data/[", "src");
        Files.createDirectories(project.resolve("src"));
        advise();

        assertThat(log).contains("error: `schema.csv` names `none.csv`, but there is no such file");
        assertThat(log).contains("error: `schema.csv` names `data/*.tsv`, but no file matches that");
        assertThat(log).contains("error: `schema.csv` names `src`, but there is no CSV file in that directory");
    }

    @Test
    void findsFilesByPatterns() throws IOException {
        write("data/more/deep/visits.csv", "a\n1\n");
        csv = List.of("data/**/v*.csv", "data/v?sits.csv");
        advise();

        assertThat(log)
                .filteredOn(line -> line.contains(" rows of ") || line.contains(" row of "))
                .extracting(line -> line.replaceFirst(": ([^:]*):.*(?s).*", " $1"))
                .containsExactly("info data/more/deep/visits.csv", "info data/visits.csv");
    }

    @Test
    void saysThatASampleShowsNothing() throws IOException {
        mostRows = 50;
        advise();

        assertThat(log)
                .contains(
                        "warning: data/visits.csv: only the first 50 rows were read, as asked for: a sample can refute"
                                + " a dependency, but not show one");
        assertThat(yaml()).doesNotContain("rows:");
    }

    @Test
    void saysThatThereAreNoRows() throws IOException {
        write("data/visits.csv", "a,b\n");
        advise();

        assertThat(log)
                .contains("info: data/visits.csv: 0 rows of 2 columns; no rows, so that nothing can be said of it");
    }

    @Test
    void writesTheSameTwice() throws IOException {
        advise();
        var first = Files.readString(project.resolve(PAGE));
        var json = Files.readString(project.resolve("target/schema/advice.json"));
        advise();

        assertThat(project.resolve(PAGE)).hasContent(first);
        assertThat(project.resolve("target/schema/advice.json")).hasContent(json);
        assertThat(((Map<?, ?>) Json.read(json)).get("version")).hasToString("1");
    }

    @Test
    void saysWhatItNeedsAndWhatTheModelAsksFor() throws IOException {
        write("src/main/schema/clinic.yaml", MODEL);
        csv = List.of();

        assertThat(advise().failure()).isEmpty();
        assertThat(log).hasSize(3);
        assertThat(log.get(0))
                .isEqualTo("info: Visit: 1 index, and no fewer will do: `of-patient` needs one\n"
                        + "  add  idx_visits_patientId (patientId)  serves `of-patient`; about 6.9 MB;"
                        + " no access pattern writes to it");
        assertThat(log.get(1))
                .isEqualTo("info: YAML to paste: target/schema/indexes.md; or let it be added to the model with"
                        + " -Dschema.write");
        assertThat(log.get(2)).startsWith("info: no data to look at: name CSV files with -Dschema.csv=");
        assertThat(project.resolve("target/schema/indexes.md")).content().contains("""
                ```yaml
                entities:
                  Visit:
                    indexes:
                      idx_visits_patientId: {on: [patientId]}
                ```
                """);
    }

    @Test
    void writesWhatIsMissingAndThenLacksNothing() throws IOException {
        var visits = MODEL.replace("schema: clinic\n", "schema: clinic # ours\n\n");
        var doctors = """
                entities:
                  Doctor:   {attributes: {id: int, name: text, ward: text}, key: [id]} # few
                accessPatterns:
                  of-ward: {entity: Doctor, find: many, where: [ward = :ward], orderBy: [name]}
                """;
        write("src/main/schema/clinic.yaml", visits);
        write("src/main/schema/doctors.yaml", doctors);
        csv = List.of();
        write = true;

        assertThat(advise().failure()).isEmpty();
        assertThat(log)
                .contains(
                        "info: added 1 index to src/main/schema/clinic.yaml",
                        "info: added 1 index to src/main/schema/doctors.yaml");
        assertThat(project.resolve("src/main/schema/clinic.yaml"))
                .hasContent(visits.replace(
                        "patient_name\"]\n",
                        "patient_name\"]\n    indexes:\n      idx_visits_patientId: {on: [patientId]}\n"));
        assertThat(project.resolve("src/main/schema/doctors.yaml"))
                .hasContent(doctors.replace(
                        "key: [id]}", "key: [id], indexes: {idx_doctor_ward_name: {on: [ward, name]}}}"));
        assertThat(Findings.in(Files.readString(project.resolve("src/main/schema/clinic.yaml"))))
                .noneMatch(finding -> finding.rule().value().equals("unserved-pattern"));

        advise();
        assertThat(log.get(0))
                .isEqualTo(
                        "info: the model has all indexes that its access patterns ask for: target/schema/indexes.md");
    }

    @Test
    void leavesFilesAloneInWhichAnAliasWouldSpreadAnIndex() throws IOException {
        var model = MODEL.replace("  Visit:\n    table: visits\n", "  Visit: &visit\n")
                        .replace("accessPatterns:", "  Copy: *visit\naccessPatterns:")
                + "  again: {entity: Copy, find: many, where: [patientId = :patient]}\n";
        write("src/main/schema/clinic.yaml", model);
        csv = List.of();
        write = true;

        assertThat(advise().failure())
                .contains(
                        "the indexes can't be added without changing something else; nothing was written, paste what is in"
                                + " indexes.md");
        assertThat(log)
                .contains(
                        "warning: there is no sure place for the indexes of `Copy` in src/main/schema/clinic.yaml; add them"
                                + " by hand:\nentities:\n  Copy:\n    indexes:\n      idx_copy_patientId: {on: [patientId]}");
        assertThat(project.resolve("src/main/schema/clinic.yaml")).hasContent(model);
    }

    @Test
    void writesNoIndexesByData() throws IOException {
        write("src/main/schema/clinic.yaml", MODEL);
        write = true;

        assertThat(advise().failure())
                .hasValueSatisfying(failure -> assertThat(failure).contains("leave out schema.csv and schema.url"));
        assertThat(project.resolve("src/main/schema/clinic.yaml")).hasContent(MODEL);
    }

    @Test
    void readsTheTablesOfTheModelFromADatabase() throws IOException, SQLException {
        write("src/main/schema/clinic.yaml", MODEL);
        csv = List.of();
        given("""
                CREATE TABLE visits AS
                SELECT i AS id, i % 5 AS patient_id, 'Name ' || i % 5 AS patient_name, DATE '2024-01-01' + i AS seen_on
                FROM generate_series(1, 40) AS i;
                UPDATE visits SET patient_name = 'Other' WHERE id = 7;
                CREATE TABLE other (id int);
                """);
        advise();

        assertThat(log.get(0)).startsWith("info: reading database `test_");
        assertThat(log.get(1)).startsWith("info: visits: 40 rows of 4 columns; key [id]");
        assertThat(log)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("error: visits: `patientId -> patient_name` of `Visit` is refuted by two rows\n"
                                + "  patient_id = 2, patient_name = "));
        assertThat(log).noneMatch(line -> line.startsWith("info: other"));
    }

    @Test
    void readsTheTablesOfASchema() throws IOException, SQLException {
        csv = List.of();
        sqlSchema = Optional.of("shop");
        given("CREATE SCHEMA shop; CREATE TABLE shop.a (id bigint PRIMARY KEY, at timestamptz);"
                + " INSERT INTO shop.a VALUES (1), (2); CREATE TABLE b (id int)");
        advise();

        assertThat(log.get(1)).startsWith("info: shop.a: 2 rows of 2 columns; key [id]");
        assertThat(yaml()).contains("    table: a\n").contains("      at: timestamptz null  # no row has a value\n");
        assertThat(log).hasSize(3);
    }

    @Test
    void namesTheTableThatTheDatabaseLacks() throws IOException, SQLException {
        write("src/main/schema/clinic.yaml", MODEL);
        csv = List.of();
        given("CREATE TABLE other (id int)");

        assertThat(advise().failure()).isPresent();
        assertThat(log).contains("error: visits: there is no such table, or it has no columns");
    }

    @Test
    void keepsThePasswordToItself() throws IOException {
        csv = List.of();
        database = Optional.of(new GivenDatabase(
                "jdbc:postgresql://127.0.0.1:1/shop?password=secret1", Optional.of("me"), Optional.of("secret2")));

        assertThat(advise().failure()).isPresent();
        assertThat(log.toString())
                .contains("127.0.0.1:1")
                .contains("correct -Dschema.url")
                .doesNotContain("secret");
    }

    private void given(String sql) throws SQLException {
        var fresh = SERVER.database();
        try (var connection = fresh.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        var source = fresh.dataSource().unwrap(PGSimpleDataSource.class);
        database = Optional.of(new GivenDatabase(
                source.getURL(), Optional.ofNullable(source.getUser()), Optional.ofNullable(source.getPassword())));
    }

    private GoalResult advise() throws IOException {
        log.clear();
        var request = new AdviseRequest(
                new ModelRequest(
                        project,
                        project.resolve("src/main/schema"),
                        project.resolve("src/main/schema-baseline"),
                        project.resolve("target/schema"),
                        failOn,
                        new Tool("1", "1"),
                        LocalDate.of(2026, 6, 1),
                        Optional.empty()),
                csv,
                CsvDialect.usual(),
                database,
                sqlSchema,
                mostRows,
                Integer.MAX_VALUE,
                Duration.ofHours(1),
                64 << 20,
                write);
        return Advise.run(request, new LastModel(), (level, text) -> log.add(level + ": " + Ansi.strip(text)));
    }

    private String yaml() throws IOException {
        var found = YAML.matcher(Files.readString(project.resolve(PAGE)));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private void write(String name, String text) throws IOException {
        var file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
