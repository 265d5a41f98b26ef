package dev.schemaproof.generate.relational;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.prove.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PatternSqlTest {

    @RegisterExtension
    static final TestServer OLDEST = new TestServer(15);

    @RegisterExtension
    static final TestServer NEWEST = new TestServer(18);

    private static final Model MODEL = Models.read("""
            schema: library
            types: {state: {enum: [new, used]}}
            entities:
              Country:
                attributes: {id: int, name: text}
                key: [id]
              Author:
                table: authors
                attributes: {id: int, name: text, country_id: int}
                key: [id]
                references: {country: {entity: Country}}
              Book:
                table: order
                attributes:
                  id: {type: uuid, column: user, default: gen_random_uuid()}
                  title: string(80)
                  "author_id": {type: int, optional: true}
                  editor_id: int
                  price: decimal(8,2)
                  tags: "int[]"
                  notes: json
                  words: {type: {native: tsvector}, generated: "to_tsvector('simple', title)"}
                  state: {type: state, optional: true}
                  number: {type: bigint, identity: always}
                  created: {type: timestamptz, default: now()}
                key: [id]
                references:
                  author: {entity: Author}
                  editor: {entity: Author}
                indexes:
                  idx_title: {on: ["to_tsvector('english', title)"], using: gin}
              Setting:
                table: settings
                attributes: {name: text, value: text, changed: {type: timestamptz, default: now()}}
                key: [name]
              Counter:
                attributes: {id: {type: int, identity: by-default}}
                key: [id]
            accessPatterns:
              all: {entity: Setting, find: many, rate: 1/s}
              by-key: {entity: Book, find: one, where: ["id = :id"], select: [title], rate: 1/s}
              cheapest: {entity: Book, find: one, where: [editor_id = :editor], orderBy: [price, title desc nulls last], select: [title], rate: 1/s}
              counted: {entity: Book, find: count, where: ["price > 9.99", "title <> 'it''s'"], rate: 1/s}
              ranges: {entity: Book, find: many, where: ["price between :low and :high", "created >= :low_date", "price <= :high"], select: [id], limit: 5, rate: 1/s}
              lists: {entity: Book, find: many, where: ["editor_id in :editors", "state in (new, :other)"], select: [id], rate: 1/s}
              texts: {entity: Book, find: many, where: ["title starts with :begin", "title matches :search", "words matches :search"], select: [id], rate: 1/s}
              inside: {entity: Book, find: many, where: ["tags contains :tag", "notes contains :part"], select: [id], rate: 1/s}
              absent: {entity: Book, find: many, where: [author_id is null, state is not null], select: [id], rate: 1/s}
              joined: {entity: Book, find: many, where: ["author.country.name = :country", "editor.name = :editor"], select: [title, author.name, author.country.name], rate: 1/s}
              put: {entity: Book, write: insert, rate: 1/s}
              tick: {entity: Counter, write: insert, rate: 1/s}
              reprice: {entity: Book, write: update, where: ["price = :price", "editor.name = :editor"], set: [price, state], rate: 1/s}
              remove: {entity: Book, write: delete, where: ["editor.country.id = :country"], rate: 1/s}
              remember: {entity: Setting, write: upsert, rate: 1/s}
              touch: {entity: Setting, write: upsert, set: [changed], rate: 1/s}
              given: {sql: "SELECT title FROM \\"order\\" WHERE editor_id = :editor AND price < :price AND editor_id = :editor;", rate: 1/s}
            """);

    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry("all", "SELECT name, value, changed FROM settings"),
            Map.entry("by-key", "SELECT title FROM \"order\" WHERE \"user\" = $1 [id]"),
            Map.entry(
                    "cheapest",
                    "SELECT title FROM \"order\" WHERE editor_id = $1 ORDER BY price, title DESC NULLS LAST LIMIT 1 [editor]"),
            Map.entry("counted", "SELECT count(*) FROM \"order\" WHERE price > 9.99 AND title <> 'it''s'"),
            Map.entry(
                    "ranges",
                    "SELECT \"user\" FROM \"order\" WHERE price BETWEEN $1 AND $2 AND created >= $3 AND price <= $2 LIMIT 5 [low, high, low_date]"),
            Map.entry(
                    "lists",
                    "SELECT \"user\" FROM \"order\" WHERE editor_id = ANY($1) AND state IN ('new', $2) [editors, other]"),
            Map.entry(
                    "texts",
                    "SELECT \"user\" FROM \"order\" WHERE title ^@ $1 AND to_tsvector('english', title) @@ websearch_to_tsquery('english', $2)"
                            + " AND words @@ websearch_to_tsquery('simple', $2) [begin, search]"),
            Map.entry(
                    "inside",
                    "SELECT \"user\" FROM \"order\" WHERE tags @> ARRAY[$1::integer] AND notes @> $2::jsonb [tag, part]"),
            Map.entry("absent", "SELECT \"user\" FROM \"order\" WHERE author_id IS NULL AND state IS NOT NULL"),
            Map.entry(
                    "joined",
                    "SELECT \"order\".title, author.name, author_country.name FROM \"order\""
                            + " LEFT JOIN authors AS author ON author.id = \"order\".author_id"
                            + " LEFT JOIN country AS author_country ON author_country.id = author.country_id"
                            + " JOIN authors AS editor ON editor.id = \"order\".editor_id"
                            + " WHERE author_country.name = $1 AND editor.name = $2 [country, editor]"),
            Map.entry(
                    "put",
                    "INSERT INTO \"order\" (title, author_id, editor_id, price, tags, notes, state) VALUES ($1, $2, $3, $4, $5, $6, $7)"
                            + " [title, author_id, editor_id, price, tags, notes, state]"),
            Map.entry("tick", "INSERT INTO counter DEFAULT VALUES"),
            Map.entry(
                    "reprice",
                    "UPDATE \"order\" SET price = $1, state = $2 FROM authors AS editor"
                            + " WHERE editor.id = \"order\".editor_id AND \"order\".price = $3 AND editor.name = $4 [new_price, state, price, editor]"),
            Map.entry(
                    "remove",
                    "DELETE FROM \"order\" USING authors AS editor, country AS editor_country WHERE editor.id = \"order\".editor_id"
                            + " AND editor_country.id = editor.country_id AND editor_country.id = $1 [country]"),
            Map.entry(
                    "remember",
                    "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value [name, value]"),
            Map.entry(
                    "touch",
                    "INSERT INTO settings (name, value, changed) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET changed = EXCLUDED.changed [name, value, changed]"),
            Map.entry(
                    "given",
                    "SELECT title FROM \"order\" WHERE editor_id = $1 AND price < $2 AND editor_id = $1 [editor, price]"));

    @Test
    void writesEveryKindOfPattern() {
        var written = MODEL.patterns().values().stream()
                .collect(Collectors.toMap(pattern -> pattern.name().value(), pattern -> {
                    var sql = PatternSql.of(MODEL, pattern);
                    return sql.sql() + (sql.parameterNames().isEmpty() ? "" : " " + sql.parameterNames());
                }));
        assertThat(written).containsExactlyInAnyOrderEntriesOf(EXPECTED);
    }

    @Test
    void writesWhatCanBePrepared() throws Exception {
        for (var model : List.of(
                MODEL,
                Models.readDirectory(SyncBed.SOCIAL),
                Models.readDirectory(SyncBed.THREADS),
                Models.readDirectory(Path.of("src/test/cases/hostile-names/model")))) {
            for (var server : List.of(OLDEST, NEWEST)) {
                try (var bed = new SyncBed(server.database(), model)) {
                    bed.execute(bed.script("schema.sql"));
                    if (bed.script("triggers.sql") != null) {
                        bed.execute(bed.script("triggers.sql"));
                    }
                    for (var pattern : model.patterns().values()) {
                        if (!(model.storeOf(pattern) instanceof RelationalStore)) {
                            continue;
                        }
                        bed.execute(
                                "PREPARE p AS " + PatternSql.of(model, pattern).sql());
                    }
                }
            }
        }
    }
}
