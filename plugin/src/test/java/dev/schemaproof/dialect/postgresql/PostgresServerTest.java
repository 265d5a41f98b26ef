package dev.schemaproof.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.prove.TestServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the dialect knows by heart, asked of the oldest and the newest server. */
class PostgresServerTest {

    @RegisterExtension
    static final TestServer OLDEST = new TestServer(15);

    @RegisterExtension
    static final TestServer NEWEST = new TestServer(18);

    private static final Set<String> PLPGSQL =
            Set.of("begin", "by", "declare", "execute", "foreach", "if", "loop", "strict", "while");

    private static final List<String> HOSTILE = List.of(
            "",
            "it's",
            "a\\'b",
            "\\",
            "'; DROP TABLE x; --",
            "two\nlines",
            "two\r\nlines",
            "$$ $body$ ${x}",
            "ends in $body",
            "ends in $",
            "say \"hi\"",
            "größe 😀",
            "E'x'");

    private final PostgresDialect dialect = new PostgresDialect();

    /** Exactly what {@code quote_ident} quotes in any version, and what PL/pgSQL reserves beside it. */
    @Test
    void quotesTheWordsThatTheServersQuote() throws Exception {
        var all = new TreeSet<String>();
        var quoted = new TreeSet<>(PLPGSQL);
        for (var server : List.of(OLDEST, NEWEST)) {
            all.addAll(query(server, "SELECT word FROM pg_get_keywords()"));
            quoted.addAll(query(server, "SELECT word FROM pg_get_keywords() WHERE quote_ident(word) <> word"));
        }
        all.addAll(PLPGSQL);
        assertThat(all).hasSizeGreaterThan(400);
        assertThat(all.stream().filter(word -> dialect.identifier(word).startsWith("\"")))
                .containsExactlyElementsOf(quoted);
    }

    /** A table of any name, whether or not it is a word of SQL, can be made and written to, also in PL/pgSQL. */
    @Test
    void letsEveryWordBeAName() throws Exception {
        for (var server : List.of(OLDEST, NEWEST)) {
            try (var connection = server.database().connect();
                    var statement = connection.createStatement()) {
                for (var word : query(server, "SELECT word FROM pg_get_keywords()")) {
                    var name = dialect.identifier(word);
                    statement.execute("CREATE TABLE %1$s (%1$s int, CONSTRAINT %1$s_ UNIQUE (%1$s));"
                                    .formatted(name)
                                    .replace("\"_", "_\"")
                            + "DO $$ DECLARE r record; BEGIN FOR r IN SELECT %1$s.%1$s FROM %1$s LOOP NULL; END LOOP; UPDATE %1$s SET %1$s = %1$s.%1$s; END $$;"
                                    .formatted(name)
                            + "DROP TABLE " + name);
                }
            }
        }
    }

    @Test
    void knowsTheTypesAndColumnsThatAreThereAlready() throws Exception {
        for (var server : List.of(OLDEST, NEWEST)) {
            assertThat(
                            query(
                                    server,
                                    "SELECT typname FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typname !~ '^(_|pg_)'"))
                    .allMatch(dialect::isBuiltInType);
            assertThat(query(
                            server,
                            "SELECT attname FROM pg_attribute WHERE attrelid = 'pg_class'::regclass AND attnum < 0"))
                    .allMatch(dialect::isSystemColumn);
        }
        assertThat(dialect.isBuiltInType("task_status")).isFalse();
        assertThat(dialect.isSystemColumn("id")).isFalse();
    }

    @Test
    void quotesWhatComesBackAsItWas() throws Exception {
        for (var text : HOSTILE) {
            var tag = dialect.dollarTag("body", text);
            for (var server : List.of(OLDEST, NEWEST)) {
                for (var conforming : List.of("on", "off")) {
                    var read = "SET standard_conforming_strings = " + conforming + "; SELECT ";
                    assertThat(query(server, read + dialect.literal(text))).containsExactly(text);
                    assertThat(query(server, read + "$" + tag + "$" + text + "$" + tag + "$"))
                            .containsExactly(text);
                }
                if (!text.isEmpty()) {
                    assertThat(query(
                                    server,
                                    "SELECT name FROM (SELECT 1 AS " + dialect.identifier(text)
                                            + ") x, LATERAL json_object_keys(to_json(x)) AS name"))
                            .containsExactly(text);
                }
                var comment = String.join(
                        "\n",
                        dialect.commentLines(text).stream()
                                .map(line -> "-- " + line)
                                .toList());
                assertThat(query(server, comment + "\nSELECT 1")).containsExactly("1");
            }
        }
    }

    private static List<String> query(TestServer server, String sql) throws SQLException {
        try (var connection = server.server().connect();
                var statement = connection.createStatement()) {
            var isRows = statement.execute(sql);
            while (!isRows) {
                isRows = statement.getMoreResults();
            }
            var values = new ArrayList<String>();
            try (var rows = statement.getResultSet()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }
    }
}
