package dev.schemaproof.check.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.check.Findings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every place where a name is used: the finding stands at the name itself. */
class UnknownNamesTest {

    private static final String MODEL = """
            schema: s
            stores:
              main:
                engine: postgresql
                schemas: {billing: {grants: {app: usage}}}
                roles: {app: {}, reader: {memberOf: [app]}}
                extensions: {citext: {schema: public}}
                sequences: {numbers: {schema: billing, ownedBy: Bill.number}}
              edge:
                engine: dynamodb
                tables:
                  social:
                    partitionKey: PK
                    ttl: expires_at
                    indexes: {by-x: {partitionKey: X, project: [body, id]}}
                    items:
                      User:
                        key: {PK: "USER#{id}"}
                        attributes: [id, name]
                      Post:
                        key: {PK: "POST#{id}"}
                        copies: [author.name]
            types:
              address: {domain: text}
              money: {domain: text, schema: billing}
            entities:
              Bill:
                schema: billing
                attributes: {number: int, day: date, note: text null, amount: money, of: {native: tsrange}}
                key: {on: [number], include: [note]}
                unique: {note_day: {on: [note, number], include: [amount]}}
                references:
                  again: {entity: Bill, attributes: [number, note], to: [number, note], onDelete: {set-null: [note]}}
                exclusions: {days: {on: [number with =, of with &&], include: [day]}}
                partition: {by: list, on: [number], partitions: {rest: {default: true, partition: {by: hash, on: [day], partitions: 2}}}}
                grants: {app: [select, "update(note)"]}
                rowSecurity: {policies: {mine: {to: [reader, current_user], using: true}}}
              User:
                attributes: {id: int, name: text, nick: address, tags: "text[]", posts: {type: int, default: 0}}
                key: [id]
                unique: [[name]]
              Post:
                store: main
                attributes: {id: int, author_id: int, body: text, expires_at: timestamptz}
                key: [id]
                references: {author: {entity: User, attributes: [author_id]}}
                indexes:
                  by_author: {on: [author_id desc, lower(body)], include: [body]}
                dependencies: [author_id -> expires_at]
                independent: [{of: "body -> expires_at", reason: a text has no end}]
            accessPatterns:
              page: {entity: Post, find: many, store: main, where: [author.name = :n], orderBy: [expires_at desc], select: [body, author.nick]}
              edit: {entity: Post, write: update, where: [id = :id], set: [body]}
              profile: {entity: User, find: one, where: [id = :id], select: [posts]}
            denormalizations:
              posts:
                duplicates: {into: User.posts, from: {count: Post, by: author}}
                sync: {by: trigger}
                staleness: {allowed: none, effect: a wrong number, repair: every night}
                gain:
                  pattern: profile
                  instead: SELECT (SELECT count(*) FROM post p WHERE p.author_id = u.id) FROM "user" u WHERE u.id = :id
                  atLeast: 2x
                  measured: {before: 4 ms, after: 1 ms, rows: 1M, on: 2026-05-02, where: staging}
            """;

    @Test
    void theModelItselfNamesNothingUnknown() {
        assertThat(Findings.briefly(MODEL)).noneMatch(finding -> finding.contains("[unknown-"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    {grants: {app: usage}       | {grants: {APP: usage}    | APP     | unknown-role      | main.billing
                    memberOf: [app]             | memberOf: [APP]          | APP     | unknown-role      | main.reader
                    memberOf: [app]             | memberOf: [public]       | public  | unknown-role      | main.reader
                    memberOf: [app]             | memberOf: [pg_monitr]    | pg_monitr | unknown-role    | main.reader
                    citext: {schema: public}    | citext: {schema: PUBLIC} | PUBLIC  | unknown-schema    | main.citext
                    numbers: {schema: billing   | numbers: {schema: BILL   | BILL    | unknown-schema    | main.numbers
                    ownedBy: Bill.number        | ownedBy: BILL.number     | BILL    | unknown-entity    | main.numbers
                    ownedBy: Bill.number        | ownedBy: Bill.NUMBER     | NUMBER  | unknown-attribute | main.numbers
                    domain: text, schema: billing | domain: text, schema: BILL | BILL | unknown-schema  | money
                    Bill:\\n    schema: billing | Bill:\\n    schema: BILL | BILL    | unknown-schema    | Bill
                    key: {on: [number], include: [note] | key: {on: [number], include: [NOTE] | NOTE | unknown-attribute | Bill
                    include: [amount]           | include: [AMOUNT]        | AMOUNT  | unknown-attribute | Bill
                    to: [number, note]          | to: [number, NOTE]       | NOTE    | unknown-attribute | Bill.again
                    set-null: [note]            | set-null: [NOTE]         | NOTE    | unknown-attribute | Bill.again
                    of with &&                  | OF with &&               | OF      | unknown-attribute | Bill
                    include: [day]              | include: [DAY]           | DAY     | unknown-attribute | Bill
                    by: list, on: [number]      | by: list, on: [NUMBER]   | NUMBER  | unknown-attribute | Bill
                    by: hash, on: [day]         | by: hash, on: [DAY]      | DAY     | unknown-attribute | Bill
                    grants: {app: [select       | grants: {APP: [select    | APP     | unknown-role      | Bill
                    update(note)                | update(NOTE)             | NOTE    | unknown-attribute | Bill
                    to: [reader                 | to: [READER              | READER  | unknown-role      | Bill
                    ttl: expires_at             | ttl: EXPIRES             | EXPIRES | unknown-attribute | social
                    project: [body,             | project: [BODY,          | BODY    | unknown-attribute | social
                    attributes: [id, name]      | attributes: [id, XNAME]  | XNAME   | unknown-attribute | social
                    copies: [author.name]       | copies: [AUTHOR.name]    | AUTHOR  | unknown-reference | social
                    copies: [author.name]       | copies: [author.NAME]    | NAME    | unknown-attribute | social
                    Post:\\n            key: {P  | POST:\\n            key: {P | POST | unknown-entity  | social
                    address: {domain: text}     | address: {domain: TXT}   | TXT     | unknown-type      | address
                    nick: address               | nick: ADRESS             | ADRESS  | unknown-type      | User.nick
                    "text[]"                    | "TXT[]"                  | TXT     | unknown-type      | User.tags
                    key: [id]\\n    unique      | key: [ID]\\n    unique   | ID      | unknown-attribute | User
                    unique: [[name]]            | unique: [[NAME]]         | NAME    | unknown-attribute | User
                    store: main\\n              | store: MAIN\\n           | MAIN    | unknown-store     | Post
                    entity: User, attributes    | entity: USERS, attributes | USERS  | unknown-entity    | Post.author
                    attributes: [author_id]     | attributes: [AUTHOR]     | AUTHOR  | unknown-attribute | Post.author
                    on: [author_id desc         | on: [AUTHOR desc         | AUTHOR  | unknown-attribute | Post
                    include: [body]             | include: [BODY]          | BODY    | unknown-attribute | Post
                    [author_id -> expires_at]   | [AUTHOR -> expires_at]   | AUTHOR  | unknown-attribute | Post
                    [author_id -> expires_at]   | [author_id -> EXPIRES]   | EXPIRES | unknown-attribute | Post
                    of: "body -> expires_at"    | of: "body -> EXPIRES"    | -       | unknown-attribute | Post
                    find: many, store: main     | find: many, store: MAIN  | MAIN    | unknown-store     | page
                    page: {entity: Post         | page: {entity: POST      | POST    | unknown-entity    | page
                    where: [author.name         | where: [WRITER.name      | WRITER  | unknown-reference | page
                    where: [author.name         | where: [author.NAME      | NAME    | unknown-attribute | page
                    orderBy: [expires_at desc   | orderBy: [EXPIRES desc   | EXPIRES | unknown-attribute | page
                    author.nick                 | author.NICK              | NICK    | unknown-attribute | page
                    edit: {entity: Post         | edit: {entity: POST      | POST    | unknown-entity    | edit
                    write: update, where: [id   | write: update, where: [ID | ID     | unknown-attribute | edit
                    set: [body]                 | set: [BODY]              | BODY    | unknown-attribute | edit
                    into: User.posts            | into: USERS.posts        | USERS   | unknown-entity    | posts
                    into: User.posts            | into: User.POSTS         | POSTS   | unknown-attribute | posts
                    count: Post                 | count: POST              | POST    | unknown-entity    | posts
                    by: author                  | by: WRITER               | WRITER  | unknown-reference | posts
                    pattern: profile            | pattern: PROFILE         | PROFILE | unknown-pattern   | posts
                    """)
    void standsAtTheName(String known, String unknown, String name, String rule, String subject) {
        var from = known.replace("\\n", "\n");
        assertThat(MODEL).contains(from);
        var broken = MODEL.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(unknown.replace("\\n", "\n")));
        assertThat(Findings.in(broken))
                .filteredOn(finding -> finding.rule().value().startsWith("unknown-"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule().value()).isEqualTo(rule);
                    assertThat(finding.subject()).isEqualTo(subject);
                    if (name != null) {
                        var line = broken.lines().toList().get(finding.at().line() - 1);
                        assertThat(line.substring(
                                        finding.at().column() - 1,
                                        finding.at().column() - 1 + finding.at().length()))
                                .contains(name);
                        assertThat(finding.summary()).contains("`" + name + "`");
                    }
                });
    }

    @Test
    void guessesTheNearestName() {
        assertThat(Findings.in(MODEL.replace("set: [body]", "set: [boddy]")))
                .anySatisfy(finding -> assertThat(finding.help()).contains("did you mean `body`?"));
    }

    @Test
    void saysWhereAnUnwrittenNameComesFrom() {
        var findings = Findings.in(MODEL.replace("entity: User, attributes: [author_id]", "entity: User")
                .replace("author_id: int", "writer_id: int")
                .replace("author_id", "writer_id"));
        assertThat(findings)
                .filteredOn(finding -> finding.rule().value().equals("unknown-attribute"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.summary()).isEqualTo("`Post` has no attribute `author_id`");
                    assertThat(finding.help())
                            .hasValueSatisfying(
                                    help -> assertThat(help).contains("takes its attributes from its own name"));
                });
    }

    @Test
    void acceptsAContractForWhatOnlyItemsRepeat() {
        var contract = MODEL.replace(
                "into: User.posts, from: {count: Post, by: author}", "into: Post.%s, from: {copy: author.name}");
        assertThat(Findings.briefly(contract.formatted("author_name")))
                .noneMatch(finding -> finding.contains("[unknown-"));
        assertThat(Findings.briefly(contract.formatted("name"))).noneMatch(finding -> finding.contains("[unknown-"));
        assertThat(Findings.briefly(contract.formatted("writer_name"))).contains("error[unknown-attribute] posts");
    }
}
