package dev.schemaproof.generate.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.keyvalue.Resolution;
import dev.schemaproof.analysis.keyvalue.Resolution.Flaw;
import dev.schemaproof.analysis.keyvalue.Resolution.Refused;
import dev.schemaproof.analysis.keyvalue.Resolution.Served;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One pattern at a time: the request that serves it, in one line, or why there is none. */
class RequestsTest {

    private static final String MODEL = """
            schema: social
            stores:
              edge:
                engine: dynamodb
                tables:
                  social:
                    partitionKey: PK
                    sortKey: SK
                    indexes:
                      by-title: {partitionKey: GSI1PK, sortKey: GSI1SK, project: keys}
                      by-rank: {partitionKey: GSI2PK, sortKey: {name: GSI2SK, type: number}}
                      by-nick: {partitionKey: GSI3PK, sortKey: GSI3SK}
                      by-slug: {partitionKey: GSI4PK, sortKey: GSI4SK}
                      by-lang: {partitionKey: GSI5PK}
                    items:
                      User:
                        key: {PK: "USER#{username}", SK: PROFILE}
                        by-nick: {GSI3PK: NICK, GSI3SK: "{nickname}"}
                      Post:
                        key: {PK: "USER#{author.username}", SK: "POST#{at}#{id}"}
                        by-title: {GSI1PK: "T#{title:lower}", GSI1SK: "{day}#{title}"}
                        by-rank: {GSI2PK: "{lang}", GSI2SK: "{rank}"}
                        by-slug: {GSI4PK: "SLUGS", GSI4SK: "{slug}#{rank:%010d}#{title}"}
                        by-lang: {GSI5PK: "{lang}#{title}#{slug}"}
                        copies: [author.bio]
            entities:
              User:
                attributes: {id: uuid, username: text, nickname: text null, bio: text null}
                key: [id]
                unique: [[username]]
              Post:
                attributes: {id: uuid, author_id: uuid, title: text, slug: {type: text, check: "slug ~ '^[a-z]+$'"}, lang: text, rank: int, at: timestamptz, day: date, open: boolean, tags: "text[]", doc: json null, note: text null}
                key: [id]
                references: {author: {entity: User}}
            accessPatterns:
              p: {PATTERN}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // whole keys
                "entity: User, find: one, where: [username = :u], select: [bio] | GetItem PK=USER#${u} SK=PROFILE -> bio",
                "entity: User, find: one, where: [username = ann] | GetItem PK=USER#ann SK=PROFILE",
                "entity: User, find: count, where: [username = :u] | Query PK = USER#${u} AND SK = PROFILE count",
                "entity: User, find: one, where: [username = :u, bio is null] | Query PK = USER#${u} AND SK = PROFILE ? attribute_not_exists(bio)",
                "entity: Post, find: one, where: [author.username = :u, at = :at, id = :id] | GetItem PK=USER#${u} SK=POST#${at:iso}#${id}",
                "entity: Post, find: one, where: [author.username = :u, at = '2024-01-15 08:30', id = :id] | GetItem PK=USER#${u} SK=POST#2024-01-15T08:30:00.000000Z#${id}",
                // the beginning of a sort key
                "entity: Post, find: many, where: [author.username = :u], limit: 9 | Query PK = USER#${u} AND begins_with(SK, POST#) limit 9",
                "entity: Post, find: many, where: [author.username = :u, at = :at] | Query PK = USER#${u} AND begins_with(SK, POST#${at:iso}#)",
                "entity: Post, find: many, where: [author.username = :u, title = :t], limit: 9 | Query PK = USER#${u} AND begins_with(SK, POST#) ? title = ${t}",
                // ranges in the middle of a sort key
                "entity: Post, find: many, where: [author.username = :u, at >= :a] | Query PK = USER#${u} AND SK BETWEEN POST#${a:iso} AND POST#~",
                "entity: Post, find: many, where: [author.username = :u, at > :a] | Query PK = USER#${u} AND SK BETWEEN POST#${a:iso}~ AND POST#~",
                "entity: Post, find: many, where: [author.username = :u, at < :a] | Query PK = USER#${u} AND SK BETWEEN POST# AND POST#${a:iso}",
                "entity: Post, find: many, where: [author.username = :u, at <= :a] | Query PK = USER#${u} AND SK BETWEEN POST# AND POST#${a:iso}~",
                "entity: Post, find: many, where: [author.username = :u, at between :a and :b] | Query PK = USER#${u} AND SK BETWEEN POST#${a:iso} AND POST#${b:iso}~",
                "entity: Post, find: many, where: [author.username = :u, at > :a, at < :b] | Query PK = USER#${u} AND SK BETWEEN POST#${a:iso}~ AND POST#${b:iso}",
                "entity: Post, find: many, where: [author.username = :u, at < :c, at between :a and :b] | Query PK = USER#${u} AND SK BETWEEN POST#${a:iso} AND POST#${c:iso} ? at BETWEEN ${a:iso} AND ${b:iso}",
                // order
                "entity: Post, find: many, where: [author.username = :u], orderBy: [at desc] | Query PK = USER#${u} AND begins_with(SK, POST#) backward",
                "entity: Post, find: many, where: [author.username = :u], orderBy: [at, id] | Query PK = USER#${u} AND begins_with(SK, POST#) forward",
                "entity: Post, find: many, where: [author.username = :u, at = :a], orderBy: [at desc, id] | Query PK = USER#${u} AND begins_with(SK, POST#${a:iso}#) forward",
                "entity: Post, find: many, where: [author.username = :u], orderBy: [author_id, at] | Query PK = USER#${u} AND begins_with(SK, POST#) forward",
                // numbers
                "entity: Post, find: many, where: [lang = :l], orderBy: [rank desc] | Query by-rank GSI2PK = ${l} backward",
                "entity: Post, find: many, where: [lang = :l, rank > 7] | Query by-rank GSI2PK = ${l} AND GSI2SK > 7",
                "entity: Post, find: many, where: [lang = :l, rank >= :a, rank < :b] | Query by-rank GSI2PK = ${l} AND GSI2SK BETWEEN ${a} AND ${b} ? rank < ${b}",
                "entity: Post, find: many, where: [lang = :l, rank = :a] | Query by-rank GSI2PK = ${l} AND GSI2SK = ${a}",
                // texts, where what follows sorts before all that they can contain
                "entity: Post, find: many, where: [slug starts with :s, rank < 5] | Query by-slug GSI4PK = SLUGS AND begins_with(GSI4SK, ${s}) ? begins_with(slug, ${s}) AND rank < 5",
                "entity: Post, find: many, where: [slug >= :s, slug <> x], orderBy: [slug, rank] | Query by-slug GSI4PK = SLUGS AND GSI4SK >= ${s} ? slug <> x forward",
                "entity: Post, find: many, where: [slug < :s] | Query by-slug GSI4PK = SLUGS AND GSI4SK <= ${s}",
                "entity: Post, find: many, where: [slug = :s, rank >= 7] | Query by-slug GSI4PK = SLUGS AND GSI4SK BETWEEN ${s}#0000000007 AND ${s}#~",
                // a sparse index, an ambiguous and a lossy key
                "entity: User, find: many, where: [nickname is not null], orderBy: [nickname] | Query by-nick GSI3PK = NICK forward",
                "entity: User, find: many, where: [nickname starts with :n] | Query by-nick GSI3PK = NICK AND begins_with(GSI3SK, ${n})",
                "entity: Post, find: count, where: [lang = :l, title = :t, slug = :s] | Query by-lang GSI5PK = ${l}#${t}#${s} ? lang = ${l} AND title = ${t} count",
                // filters
                "entity: Post, find: many, where: [lang = :l, open = true, tags contains :t, note <> 'a''b'] | Query by-rank GSI2PK = ${l} ? open = true AND contains(tags, ${t}) AND attribute_exists(note) AND note <> a'b",
                "entity: Post, find: many, where: [lang = :l, title in (a, :b)] | Query by-rank GSI2PK = ${l} ? title IN (a, ${b})",
                "entity: Post, find: many, where: [lang = :l, title in :all] | Query by-rank GSI2PK = ${l} ? contains(${all}, title)",
                "entity: Post, find: many, where: [lang = :l, author.bio is not null], select: [author.bio] | Query by-rank GSI2PK = ${l} ? attribute_exists(author_bio) -> author_bio",
                "entity: Post, find: many, where: [lang = '$x'] | Query by-rank GSI2PK = $$x",
                // a scan, where it is allowed
                "entity: User, find: many, where: [bio = :b], scan: allowed, reason: rare | Scan begins_with(PK, USER#) AND SK = PROFILE AND bio = ${b}",
                // writes
                "entity: User, write: insert | PutItem PK=USER#${username} SK=PROFILE GSI3PK=NICK GSI3SK=${nickname} id=${id} username=${username} nickname=${nickname} bio=${bio} if attribute_not_exists(PK)",
                "entity: User, write: upsert, where: [bio = none] | PutItem PK=USER#${username} SK=PROFILE GSI3PK=NICK GSI3SK=${nickname} id=${id} username=${username} nickname=${nickname} bio=none",
                "entity: User, write: update, where: [username = :u], set: [bio] | UpdateItem PK=USER#${u} SK=PROFILE SET bio = ${bio} if attribute_exists(PK)",
                "entity: User, write: update, where: [username = :u, bio = :bio], set: [bio] | UpdateItem PK=USER#${u} SK=PROFILE SET bio = ${new_bio} if attribute_exists(PK) AND bio = ${bio}",
                "entity: User, write: update, where: [username = :u], set: [nickname] | UpdateItem PK=USER#${u} SK=PROFILE SET nickname = ${nickname}, GSI3SK = ${nickname} if attribute_exists(PK)",
                "entity: User, write: delete, where: [username = :u, bio is null] | DeleteItem PK=USER#${u} SK=PROFILE if attribute_not_exists(bio)",
            })
    void isServedBy(String pattern, String request) {
        assertThat(resolve(pattern))
                .isInstanceOfSatisfying(
                        Served.class,
                        served -> assertThat(RequestLine.of(served)).isEqualTo(request));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "entity: User, find: one, where: [id = :id] | SCANNED | no key of `User` follows from its conditions",
                "entity: Post, find: many, where: [author_id = :a] | SCANNED | look it up first",
                "entity: User, find: many, orderBy: [nickname] | SCANNED | leaves out the rows of `User` without `nickname`",
                "entity: Post, find: many, where: [author.username = :u], orderBy: [id] | UNORDERED | nothing sorts `Post` by `id`",
                "entity: Post, find: many, where: [author.username = :u], orderBy: [at, id desc] | UNORDERED | nothing sorts `Post` by `id desc`",
                "entity: User, find: many, where: [bio = :b, nickname is not null] | SCANNED | would read every `User` and drop what doesn't fit",
                "entity: Post, find: many, where: [lang = :l], orderBy: [at] | UNORDERED | nothing sorts `Post` by `at`",
                "entity: User, find: many, where: [bio = :b], scan: allowed, reason: rare, orderBy: [id] | UNORDERED | a scan returns `User` in no order",
                "entity: Post, find: many, where: [title = :t], select: [id, rank] | UNSTORED | index `by-title` doesn't carry `id`",
                "entity: Post, find: many, where: [author.username = :u], select: [author.nickname] | UNSTORED | don't hold `author.nickname`",
                "entity: Post, find: many, where: [lang = :l, note matches :w] | INCOMPARABLE | full-text",
                "entity: Post, find: many, where: [lang = :l, doc contains :w] | INCOMPARABLE | text and lists only",
                "entity: Post, find: many, where: [lang = :l, open > false] | INCOMPARABLE | no order for a `boolean`",
                "entity: Post, find: many, where: [lang = :l, rank > x] | INCOMPARABLE | `x` is no value of `rank`",
                "entity: User, write: update, where: [id = :id], set: [bio] | UNADDRESSED | made of `username` too",
                "entity: User, write: delete, where: [\"username in (a, b)\"] | UNADDRESSED | made of `username` too",
                "entity: User, write: update, where: [username = :u], set: [username] | STALE | the key of an item can't be changed",
                "entity: Post, write: update, where: [author.username = :u, at = :a, id = :i], set: [author_id] | STALE | is part of the key",
                "entity: Post, write: update, where: [author.username = :u, at = :a, id = :i], set: [lang] | STALE | can't be made again without `title` and `slug`",
                "entity: Post, write: update, where: [author.username = :u, at = :a, id = :i, slug = :s], set: [lang, note] | STALE | is then `SET lang = ${lang}, note = ${note}, GSI2PK = ${lang}, GSI5PK = ${lang}#${title}#${s}`",
                "entity: User, write: update, where: [username = :u, id = :i, nickname = :n, bio = :b] | UNSTORED | has nothing to set",
                "entity: User, write: insert, where: [bio <> x] | INCOMPARABLE | a row that may be new",
                "sql: SELECT 1 | SQL | is SQL",
            })
    void isRefused(String pattern, Flaw flaw, String reason) {
        assertThat(resolve(pattern)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.flaw()).isEqualTo(flaw);
            assertThat(refused.summary() + "\n" + refused.help().orElse("")).contains(reason);
        });
    }

    private static Resolution resolve(String pattern) {
        return new Facts(Models.read(MODEL.replace("PATTERN", quoted(pattern))))
                .keyValue()
                .stores()
                .get(0)
                .resolutions()
                .get(0);
    }

    /** Conditions in quotes, as YAML's braces want them. */
    private static String quoted(String pattern) {
        var start = pattern.indexOf("where: [");
        if (start < 0 || pattern.contains("\"")) {
            return pattern;
        }
        var begin = start + "where: [".length();
        var end = pattern.indexOf(']', begin);
        var conditions = pattern.substring(begin, end).replaceAll(", (?![^(]*\\))", "\", \"");
        return pattern.substring(0, begin) + "\"" + conditions + "\"" + pattern.substring(end);
    }
}
