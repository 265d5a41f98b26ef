package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.template.TemplateFailedException;
import dev.schemaproof.template.Templates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelationalGeneratorTest {

    private static final String MODEL = """
            schema: s
            stores:
              main: {engine: postgresql, version: 18}
              archive: {engine: postgresql, version: 15}
              empty: {engine: postgresql, version: 15}
            entities:
              Note:
                attributes: {id: int, body: text}
                key: [id]
              Old:
                store: archive
                attributes: {id: int, note_id: int}
                key: [id]
                references: {note: {entity: Note}}
            """;

    @TempDir
    Path directory;

    @Test
    void writesAFolderForEachStoreThatHoldsSomething() throws Exception {
        assertThat(generate())
                .extracting(Artifact::path)
                .containsExactly("main/schema.sql", "main/triggers.sql", "archive/schema.sql", "archive/triggers.sql");
    }

    /** A foreign key cannot lead into another database. */
    @Test
    void leavesOutReferencesToOtherStores() throws Exception {
        assertThat(generate()[2].text())
                .contains("for PostgreSQL 15", "CREATE TABLE old", "note_id integer NOT NULL")
                .doesNotContain("REFERENCES");
    }

    @Test
    void printsWithTheUsersTemplates() throws Exception {
        Files.createDirectories(directory.resolve("postgresql"));
        Files.writeString(
                directory.resolve("postgresql/schema.sql.ftl"),
                "<#list tables as table>${table.name}:<#list table.columns as column> ${column.name}</#list>\n</#list>");
        assertThat(generate()[0].text()).isEqualTo("note: id body\n");
    }

    @Test
    void pointsIntoTheUsersTemplate() throws Exception {
        Files.createDirectories(directory.resolve("postgresql"));
        Files.writeString(directory.resolve("postgresql/schema.sql.ftl"), "\n${tabels}");
        var failure = catchThrowableOfType(TemplateFailedException.class, this::generate);
        assertThat(failure.template() + ":" + failure.line()).isEqualTo("postgresql/schema.sql.ftl:2");
        assertThat(failure).hasMessageContaining("tabels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1.5",
                "true",
                "now()",
                "gen_random_uuid()",
                "nextval('a''b (c')",
                "'text with ''quotes'' and (('",
                "'{}'::text[]",
                "0::numeric(10, 2)",
                "CURRENT_TIMESTAMP",
                "(a OR b)",
                "((a) OR (b))",
                "(')')"
            })
    void takesSimpleDefaultsAsTheyAre(String text) {
        assertThat(SqlText.defaultValue(source(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    now() at time zone 'utc'  | (now() at time zone 'utc')
                    (a) OR (b)                | ((a) OR (b))
                    not true                  | (not true)
                    interval '1 day'          | (interval '1 day')
                    f(g(1))                   | (f(g(1)))
                    """)
    void enclosesDefaultsThatTheGrammarMightNotTake(String text, String written) {
        assertThat(SqlText.defaultValue(source(text))).isEqualTo(written);
    }

    @Test
    void endsTheLineAfterAComment() {
        assertThat(SqlText.enclosed(source("a > 0 -- positive"))).isEqualTo("(a > 0 -- positive\n)");
        assertThat(SqlText.enclosed(source("-- positive\na > 0\n"))).isEqualTo("(-- positive\na > 0)");
    }

    @Test
    void survivesLongExpressions() {
        var text = "'" + "x''".repeat(50_000) + "'";
        assertThat(SqlText.defaultValue(source(text))).isEqualTo(text);
        assertThat(SqlText.defaultValue(source("f(" + "'(', ".repeat(50_000) + "1)")))
                .startsWith("f(");
    }

    private Artifact[] generate() throws Exception {
        return new RelationalGenerator(Templates.overriddenIn(Optional.of(directory)))
                .generate(new Facts(Models.read(MODEL)))
                .toArray(Artifact[]::new);
    }

    private static SourceText source(String text) {
        return SourceText.of(text, Location.startOf("model.yaml"));
    }
}
