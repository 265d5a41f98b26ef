package dev.schemaproof.analysis.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.AccessPattern;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSqlTest {

    private static final String MODEL = """
            schema: blog
            entities:
              User:
                attributes: {id: bigint, username: text, email: text, joined: {type: date, column: "Joined"}}
                key: [id]
              Post:
                attributes: {id: bigint, author_id: bigint, body: text, tags: "text[]", data: json, created_at: timestamptz}
                key: [id]
              Order:
                table: order
                attributes: {id: bigint, user_id: bigint, total: int}
                key: [id]
            accessPatterns:
              p:
                sql: |-
                  %s
            """;

    private static SqlReading<?> read(String sql) {
        var model = Models.read(MODEL.formatted(sql.strip().replace("\n", "\n      ")));
        var pattern = (AccessPattern.Sql) model.pattern("p").orElseThrow();
        var reading = new Facts(model).sql().statement(pattern.sql()).orElseThrow();
        assertThat(reading.parsed().problems()).as(sql).isEmpty();
        return reading;
    }

    private static List<String> flaws(String sql) {
        return read(sql).names().flaws().stream()
                .map(flaw -> flaw.kind().name().toLowerCase().replace('_', ' ') + " " + flaw.name())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id, u.username, \"Joined\", users.* from users, users u",
            })
    void knowsWhatIsThere(String sql) {
        assertThat(flaws(sql)).as(sql).isEmpty();
    }
}
