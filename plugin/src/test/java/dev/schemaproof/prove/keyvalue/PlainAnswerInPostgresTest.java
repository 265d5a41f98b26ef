package dev.schemaproof.prove.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.Paths;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import dev.schemaproof.generate.relational.PatternSql;
import dev.schemaproof.generate.relational.RelationalGenerator;
import dev.schemaproof.model.AccessPattern.Read;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.DataType;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.prove.data.Row;
import dev.schemaproof.prove.data.RowMaker;
import dev.schemaproof.prove.data.Synthesizer;
import dev.schemaproof.prove.keyvalue.PlainAnswer.Argument;
import dev.schemaproof.template.Templates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One model, two stores: PostgreSQL answers a pattern as {@link PlainAnswer} does, from the same rows. As a proof holds the requests of a
 * DynamoDB store against {@link PlainAnswer}, both stores give the same answers.
 */
class PlainAnswerInPostgresTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    private static final String MODEL = """
            schema: social
            types: {colour: {enum: [red, Red, green]}}
            stores:
              main: {engine: postgresql}
              edge:
                engine: dynamodb
                tables:
                  social:
                    partitionKey: PK
                    sortKey: SK
                    indexes:
                      by-title: {partitionKey: GSI1PK, sortKey: GSI1SK}
                      by-rank: {partitionKey: GSI2PK, sortKey: {name: GSI2SK, type: number}}
                    items:
                      User:
                        key: {PK: "USER#{id}", SK: PROFILE}
                      Post:
                        key: {PK: "USER#{author_id}", SK: "POST#{at}#{id}"}
                        by-title: {GSI1PK: TITLE, GSI1SK: "{title}"}
                        by-rank: {GSI2PK: "{colour}", GSI2SK: "{rank}"}
            entities:
              User:
                table: users
                attributes: {id: uuid, name: {type: text, collation: C}, bio: text null}
                key: [id]
              Post:
                attributes: {id: uuid, author_id: uuid, title: {type: text, collation: C}, colour: colour, rank: int, price: "decimal(8,2)", at: timestamptz, day: date null, clock: time, open: boolean, tags: "text[]", digest: bytes, note: {type: text, collation: C, optional: true}}
                key: [id]
                references: {author: {entity: User}}
            accessPatterns:
              all-of-author: {entity: Post, store: edge, find: many, where: [author_id = :a], orderBy: [at desc]}
              since: {entity: Post, store: edge, find: many, where: [author_id = :a, "at >= :since"], orderBy: [at]}
              before: {entity: Post, store: edge, find: many, where: [author_id = :a, "at < :to"], orderBy: [at]}
              between: {entity: Post, store: edge, find: many, where: [author_id = :a, "at between :from and :to"], orderBy: [at desc]}
              titles: {entity: Post, store: edge, find: many, where: ["title starts with :start"], orderBy: [title]}
              titles-after: {entity: Post, store: edge, find: many, where: ["title > :title"], orderBy: [title]}
              ranked: {entity: Post, store: edge, find: many, where: [colour = :c, "rank <= :most"], orderBy: [rank desc]}
              cheap: {entity: Post, store: edge, find: many, where: [author_id = :a, "price < :most", "day is not null"]}
              dayless: {entity: Post, store: edge, find: many, where: [author_id = :a, "day is null"]}
              other-notes: {entity: Post, store: edge, find: many, where: [author_id = :a, "note <> :note"]}
              some-notes: {entity: Post, store: edge, find: many, where: [author_id = :a, "note in :notes"]}
              tagged: {entity: Post, store: edge, find: many, where: [author_id = :a, "tags contains :tag"]}
              digests: {entity: Post, store: edge, find: many, where: [author_id = :a, "digest >= :d"]}
              open: {entity: Post, store: edge, find: many, where: [author_id = :a, open = true, "clock > :clock"]}
            """;

    @Test
    void postgresAnswersTheSame() throws Exception {
        var facts = new Facts(Models.read(MODEL));
        var store = facts.keyValue().stores().get(0);
        assertThat(store.resolutions()).allSatisfy(one -> assertThat(one).isInstanceOf(Served.class));
        var paths = new Paths(facts.model());
        var inventor = new RowInventor(facts.model(), paths, store.tables(), 5);
        var rows = inventor.rows(80);
        try (var connection = SERVER.database().connect()) {
            apply(connection, facts);
            for (var row : rows.all()) {
                insert(connection, row);
            }
            for (var resolution : store.resolutions()) {
                compare(connection, facts, inventor, rows, resolution);
            }
        }
    }

    private static void apply(Connection connection, Facts facts) throws Exception {
        var sql = new RelationalGenerator(Templates.builtIn())
                .generate(facts)
                .filter(artifact -> artifact.path().equals("main/schema.sql"))
                .findFirst()
                .orElseThrow();
        try (var statement = connection.createStatement()) {
            statement.execute(sql.text());
        }
    }

    private static void insert(Connection connection, Row row) throws SQLException {
        var attributes = List.copyOf(row.entity().attributes().values());
        var sql = "INSERT INTO " + row.entity().table() + " VALUES "
                + attributes.stream().map(RowMaker::placeholder).collect(Collectors.joining(", ", "(", ")"));
        var values = new ArrayList<@Nullable String>();
        for (var attribute : attributes) {
            values.add(text(attribute, row.values().get(attribute.name().value())));
        }
        try (var statement = connection.prepareStatement(sql)) {
            Synthesizer.bind(statement, values);
            statement.executeUpdate();
        }
    }

    private static @Nullable String text(Attribute attribute, @Nullable String value) {
        return value != null && attribute.type().value() instanceof DataType.Array
                ? array(WireValues.list(value))
                : value;
    }

    private static String array(List<String> elements) {
        return elements.stream()
                .map(element -> '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void compare(
            Connection connection, Facts facts, RowInventor inventor, RowSet rows, Resolution resolution)
            throws SQLException {
        var pattern = (Read) resolution.pattern();
        var entity = facts.model().entity(pattern.entity().value()).orElseThrow();
        var paths = new Paths(facts.model());
        var arguments = new Arguments(paths, inventor);
        var sql = PatternSql.of(facts.model(), pattern);
        var telling = 0;
        for (var i = 0; i < 40; i++) {
            var all = rows.of(entity);
            var chosen = arguments.draw(
                    pattern.where(), rows, all.get(inventor.random().nextInt(all.size())), true);
            var answer = new PlainAnswer(paths, rows, chosen);
            var expected = answer.rows(pattern, entity);
            telling += expected.isEmpty() ? 0 : 1;
            var found = found(connection, sql, chosen);
            assertThat(found)
                    .as(pattern.name() + " with " + RequestForm.shown(chosen))
                    .containsExactlyInAnyOrderElementsOf(
                            expected.stream().map(PlainAnswerInPostgresTest::id).toList());
            var byId = new HashMap<String, Row>();
            expected.forEach(row -> byId.put(id(row), row));
            assertThat(found.stream().map(byId::get).toList())
                    .as("order of " + pattern.name())
                    .isSortedAccordingTo(answer.order(pattern.orderBy()));
        }
        assertThat(telling).as(pattern.name().value()).isGreaterThan(4);
    }

    private static String id(Row row) {
        return String.valueOf(row.values().get("id"));
    }

    private static List<String> found(Connection connection, PatternSql sql, Map<String, Argument> chosen)
            throws SQLException {
        var values = new ArrayList<@Nullable String>();
        var positional = PARAMETER.matcher(sql.sql()).replaceAll(match -> {
            var argument = chosen.get(sql.parameterNames().get(Integer.parseInt(match.group(1)) - 1));
            values.add(argument.list() ? array(argument.values()) : argument.value());
            return "?";
        });
        try (var statement = connection.prepareStatement(positional)) {
            Synthesizer.bind(statement, values);
            var ids = new ArrayList<String>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getString("id"));
                }
            }
            return ids;
        }
    }
}
