package dev.schemaproof.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.app.ModelRequest.Tool;
import dev.schemaproof.check.Findings;
import dev.schemaproof.yaml.ModelReader;
import dev.schemaproof.yaml.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets to see and to paste, from files, statistics and logs. */
class ImportPatternsTest {

    private static final String MODEL = """
            schema: blog
            entities:
              Post:
                attributes: {id: int, author_id: int, title: text, created_at: timestamptz}
                key: [id]
                indexes: {by-author: {on: [author_id, created_at desc]}}
            accessPatterns:
              page: {sql: "SELECT title FROM post WHERE id = :id"}
            """;

    private static final String STATISTICS = """
            userid,query,calls,total_exec_time,rows
            10,"SELECT id, title FROM post WHERE author_id = $1 ORDER BY created_at DESC LIMIT $2",7200,1440.5,9
            10,"SELECT title
              FROM post
              WHERE id = $1",90000,100,9
            10,"select id from post where author_id in ($1, $2)",12,,
            10,BEGIN,100000,1,0
            10,"SELECT count(*) FROM pg_stat_activity",60,1,0
            10,"SELECT * FROM orders WHERE id = $1",60,1,0
            """;

    @TempDir
    private Path project;

    private final List<String> log = new ArrayList<>();
    private Optional<Duration> period = Optional.empty();

    @Test
    void readsStatisticsOfStatements() throws IOException {
        write("src/main/schema/blog.yaml", MODEL);
        write("stats.csv", STATISTICS);
        period = Optional.of(Duration.ofHours(1));

        assertThat(run("stats.csv").failure()).isEmpty();
        assertThat(written()).isEqualTo("""
                # Found in use. Give each the name that your team has for it, and say in `description` what it is for.
                accessPatterns:
                  # stats.csv:2, 7,200 runs of 0.200 ms on average
                  post-by-author-id:
                    rate: 2/s
                    sql: |
                      SELECT id, title FROM post WHERE author_id = :author_id ORDER BY created_at DESC LIMIT :limit
                  # stats.csv:6, 12 runs
                  post-by-author-id-list:
                    rate: 12/h
                    sql: |
                      select id from post where author_id = ANY (:author_id_list)
                """);
        assertThat(log)
                .containsExactly(
                        "info left out 1 statement about the database itself",
                        "info left out 1 statement which read or write no rows",
                        "info left out 1 statement which the model has",
                        "warning stats.csv:9: left out, as there is no table `orders`",
                        "info 2 access patterns in target/schema/imported-patterns.yaml; move what your team wants to keep"
                                + " into the model, under names of its own");
        assertSound();
    }

    @Test
    void readsFoldersOfSqlWithNames() throws IOException {
        write("sql/posts.sql", """
                -- Everything about posts; one statement a name

                -- name: GetPost :one
                SELECT * FROM post
                WHERE id = $1 LIMIT 1; -- semicolon; in a comment

                -- name: RenamePost :exec
                UPDATE post SET title = sqlc.arg(new_title) WHERE id = @post_id;
                """);
        write(
                "sql/deep/more.sql",
                "/* name: GetPost :many */ SELECT ';' FROM post WHERE title = 'x'\n;\nCREATE TABLE x (a int)");
        write("sql/readme.md", "no SQL");

        assertThat(run("sql").failure()).isEmpty();
        assertThat(written()).isEqualTo("""
                # Found in use. Give each the name that your team has for it, and say in `description` what it is for.
                accessPatterns:
                  # sql/deep/more.sql:1
                  get-post:
                    sql: |
                      SELECT ';' FROM post WHERE title = 'x'
                  # sql/posts.sql:4
                  get-post-2:
                    sql: |
                      SELECT * FROM post
                      WHERE id = :id LIMIT 1
                  # sql/posts.sql:8
                  rename-post:
                    sql: |
                      UPDATE post SET title = :new_title WHERE id = :post_id
                """);
        assertThat(log).startsWith("info left out 1 statement which read or write no rows");
        write("src/main/schema/blog.yaml", MODEL);
        assertSound();
    }

    @Test
    void readsLogsWithAnyPrefix() throws IOException {
        write("server.log", """
                2026-11-30 10:00:00.123 UTC [77] app@blog LOG:  duration: 0.500 ms  statement: SELECT title FROM post WHERE author_id = 7 AND title = 'it''s'
                2026-11-30 10:00:01.123 UTC [77] app@blog LOG:  duration: 1.500 ms  statement: SELECT title FROM post WHERE author_id = 8 AND title = 'b'
                2026-11-30 10:00:02.123 UTC [78] app@blog LOG:  execute S_1: INSERT INTO post (id, title)
                \tVALUES ($1, $2),
                \t($3, $4)
                2026-11-30 10:00:02.123 UTC [78] app@blog DETAIL:  Parameters: $1 = '1', $2 = 'LOG:  statement: SELECT 1'
                2026-11-30 10:00:03.123 UTC [78] app@blog ERROR:  deadlock detected
                2026-11-30 10:00:03.123 UTC [78] app@blog STATEMENT:  UPDATE post SET title = 'x'
                2026-11-30 10:02:00.123 UTC [78] app@blog LOG:  disconnection: session time: 0:02:00
                """);

        assertThat(run("server.log").failure()).isEmpty();
        assertThat(written()).isEqualTo("""
                # Found in use. Give each the name that your team has for it, and say in `description` what it is for.
                accessPatterns:
                  # server.log:1, 2 runs of 1.00 ms on average
                  post-by-author-id-title:
                    rate: 1/min
                    sql: |
                      SELECT title FROM post WHERE author_id = :author_id AND title = :title
                  # server.log:3, 1 run
                  insert-post:
                    rate: 30/h
                    sql: |
                      INSERT INTO post (id, title)
                      VALUES (:id, :title)
                """);
    }

    private static String csv(String time, String message) {
        return "2026-11-30 " + time
                + " UTC,\"app\",\"blog\",77,\"[local]\",6a.4d,1,\"SELECT\",2026-11-30 09:00:00 UTC,3/1,0,LOG,00000,\""
                + message.replace("\"", "\"\"")
                + "\",\"Parameters: $1 = '7, \"\"x\"\"'\",,,,,,,,\"psql\",\"client backend\",,0\n";
    }

    private static String json(String time, String message) {
        return dev.schemaproof.output.Json.text(java.util.Map.of(
                                "timestamp",
                                "2026-11-30 " + time + " UTC",
                                "error_severity",
                                "LOG",
                                "message",
                                message))
                        .replace("\n", "")
                + "\n";
    }

    private static String plain(String time, String message) {
        return "2026-11-30 " + time + " UTC [77] LOG:  " + message.replace("\n", "\n\t") + "\n";
    }

    /** The same log in each of its forms. */
    private static String log(String form) {
        java.util.function.BinaryOperator<String> entry = form.equals("csv")
                ? ImportPatternsTest::csv
                : form.equals("json") ? ImportPatternsTest::json : ImportPatternsTest::plain;
        return entry.apply(
                        "10:00:00.123",
                        "duration: 0.500 ms  statement: SELECT title FROM post\nWHERE author_id = 7 AND title = 'it''s \"x\"'")
                + entry.apply(
                        "10:00:01.123",
                        "duration: 1.500 ms  statement: SELECT title FROM post\nWHERE author_id = 8 AND title = 'b'")
                + entry.apply("10:00:02.123", "execute S_1: INSERT INTO post (id, title)\nVALUES ($1, $2)")
                + entry.apply(
                        "10:00:03.123",
                        "duration: 2.000 ms  plan:\nQuery Text: SELECT id FROM post\nWHERE title = $1\n"
                                + "Query Parameters: $1 = 'x'\nSeq Scan on post  (cost=0.00..1.00 rows=1 width=4)\n  Filter: x")
                + entry.apply(
                        "10:00:04.123",
                        "duration: 4.000 ms  plan:\n{\n  \"Query Text\": \"SELECT id FROM post\\nWHERE title = $1\",\n"
                                + "  \"Plan\": {\"Node Type\": \"Seq Scan\"}\n}")
                + entry.apply("10:02:00.123", "disconnection: session time: 0:02:00");
    }

    @ParameterizedTest
    @CsvSource({
        "plain, server.log, false",
        "csv, server.csv, false",
        "csv, server.csv, true",
        "csv, server.log, false",
        "json, server.json, false",
        "json, server.json, true",
        "json, server.log, false"
    })
    void readsLogsInEachForm(String form, String file, boolean windows) throws IOException {
        write(file, windows ? "\uFEFF" + log(form).replace("\n", "\r\n") : log(form));

        assertThat(run(file).failure()).isEmpty();
        assertThat(written().replaceAll("# server[.a-z]*:[0-9]+", "# it")).isEqualTo("""
                # Found in use. Give each the name that your team has for it, and say in `description` what it is for.
                accessPatterns:
                  # it, 2 runs of 1.00 ms on average
                  post-by-author-id-title:
                    rate: 1/min
                    sql: |
                      SELECT title FROM post
                      WHERE author_id = :author_id AND title = :title
                  # it, 2 runs of 3.00 ms on average
                  post-by-title:
                    rate: 1/min
                    sql: |
                      SELECT id FROM post
                      WHERE title = :title
                  # it, 1 run
                  insert-post:
                    rate: 30/h
                    sql: |
                      INSERT INTO post (id, title)
                      VALUES (:id, :title)
                """);
        assertThat(log).noneMatch(line -> line.contains("cut off"));
    }

    @ParameterizedTest
    @CsvSource({"csv, server.csv", "json, server.json"})
    void saysWhatIsCutOffInALog(String form, String file) throws IOException {
        var whole = log(form);
        var second = whole.indexOf('\n', whole.indexOf("= 'b'")) + 1;
        // A record in the middle and the last one lack their ends
        write(
                file,
                whole.substring(0, second)
                        + whole.substring(0, whole.indexOf("author_id = 7"))
                        + "\n"
                        + whole.substring(second)
                        + whole.substring(0, whole.indexOf("author_id = 7")));

        assertThat(run(file).failure()).isEmpty();
        assertThat(written()).contains("2 runs of 1.00 ms", "2 runs of 3.00 ms", "insert-post:");
        assertThat(written()).doesNotContain("\n  post:");
        assertThat(log)
                .anyMatch(line ->
                        line.matches("info left out 2 statements in records that are cut off, the first of them at "
                                + file + ":[35]"));
    }

    @Test
    void writesNothingWhenASourceCannotBeRead() throws IOException {
        write("target/schema/imported-patterns.yaml", "as before");
        write("stats.csv", STATISTICS);
        write("other.csv", "a,b\n1,2\n");
        write("broken.csv", "query,calls\n\"select 1,2\n");
        Files.createDirectory(project.resolve("empty"));

        assertThat(run("stats.csv", "other.csv", "broken.csv", "empty", "nowhere.sql")
                        .failure())
                .contains("the statements can't be read: 4 problems, see above; nothing was written");
        assertThat(log)
                .containsExactlyInAnyOrder(
                        "error `schema.patterns` names `empty`, but there is no SQL file in that directory",
                        "error `schema.patterns` names `nowhere.sql`, but there is no such file or directory",
                        "error broken.csv:2: a quote in this record is never closed",
                        "error other.csv:1: there is no column `query`; export the view with"
                                + " `psql --csv -c \"select * from pg_stat_statements\"`");
        assertThat(written()).isEqualTo("as before");
    }

    @Test
    void saysWhatToName() throws IOException {
        assertThat(run().failure().orElseThrow()).startsWith("there is nothing to import from: name SQL files");
    }

    @Test
    void saysThatThereIsNothingNew() throws IOException {
        write("src/main/schema/blog.yaml", MODEL);
        write("a.sql", "select TITLE from post\nwhere id = :id; VACUUM; SELECT FROM WHERE");

        var result = run("a.sql");
        assertThat(result.failure()).isEmpty();
        assertThat(result.messages())
                .singleElement()
                .hasToString("Message[level=info, text=no statement is new to the model; nothing was written]");
        assertThat(log).contains("info left out 1 statement which can't be read, the first of them at a.sql:2");
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT 'a  b' FROM x, select 'a  b' from x, true",
        "SELECT 'a  b' FROM x, SELECT 'a b' FROM x, false",
        "SELECT \"A\" FROM x, SELECT \"a\" FROM x, false",
    })
    void knowsWhatIsTheSame(String one, String other, boolean same) {
        assertThat(dev.schemaproof.discover.statement.Statements.key(one)
                        .equals(dev.schemaproof.discover.statement.Statements.key(other)))
                .isEqualTo(same);
    }

    private void assertSound() throws IOException {
        var read = ModelReader.read(
                "src/main/schema",
                List.of(
                        new SourceFile("src/main/schema/blog.yaml", MODEL.getBytes(StandardCharsets.UTF_8)),
                        new SourceFile("src/main/schema/p.yaml", written().getBytes(StandardCharsets.UTF_8))));
        assertThat(read.findings()).isEmpty();
    }

    private GoalResult run(String... sources) throws IOException {
        return ImportPatterns.run(
                new ImportPatternsRequest(
                        new ModelRequest(
                                project,
                                project.resolve("src/main/schema"),
                                project.resolve("src/main/schema-baseline"),
                                project.resolve("target/schema"),
                                FailOn.ERROR,
                                new Tool("1", "1"),
                                Findings.TODAY,
                                Optional.empty()),
                        List.of(sources),
                        period,
                        project.resolve("target/schema/imported-patterns.yaml")),
                new LastModel(),
                (level, text) -> log.add(level + " " + text));
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(project.resolve(path).getParent());
        Files.writeString(project.resolve(path), text);
    }

    private String written() throws IOException {
        return Files.readString(project.resolve("target/schema/imported-patterns.yaml"));
    }
}
