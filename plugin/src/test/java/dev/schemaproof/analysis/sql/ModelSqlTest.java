package dev.schemaproof.analysis.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.prove.TestServer;
import dev.schemaproof.sql.PositionalSql;
import dev.schemaproof.sql.SqlExpression;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** PostgreSQL itself says what is right: it and we must agree on every statement, and on the place of a flaw. */
class ModelSqlTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final String MODEL = """
            schema: blog
            stores: {main: {engine: postgresql, version: 18, schemas: [billing]}}
            entities:
              Invoice:
                schema: billing
                table: invoices
                attributes: {id: bigint, total: int}
                key: [id]
              Payer:
                schema: billing
                table: users
                attributes: {id: bigint, iban: text}
                key: [id]
              User:
                table: users
                attributes: {id: bigint, username: text, email: text, joined: {type: date, column: Joined}}
                key: [id]
                unique: [[email]]
              Post:
                table: posts
                attributes: {id: bigint, author_id: bigint, body: text, tags: "text[]", data: json, created_at: timestamptz}
                key: [id]
            accessPatterns:
              p:
                sql: |-
                  %s
            """;

    private static Connection connection;

    @BeforeAll
    static void createTables() throws SQLException {
        connection = SERVER.database().dataSource().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table users (id bigint primary key, username text, email text unique, \"Joined\" date)");
            statement.execute("create table posts (id bigint primary key, author_id bigint, body text, tags text[],"
                    + " data jsonb, created_at timestamptz)");
            statement.execute("create schema billing");
            statement.execute("create table billing.invoices (id bigint primary key, total int)");
            statement.execute("create table billing.users (id bigint primary key, iban text)");
        }
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    private static SqlReading<?> read(String sql) {
        var model = Models.read(MODEL.formatted(sql));
        var pattern = (AccessPattern.Sql) model.pattern("p").orElseThrow();
        return new Facts(model).sql().statement(pattern.sql()).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id, u.username, \"Joined\", u.* from users u",
                "select u.id from users as u(x, y)",
                "select u.x, u.\"Joined\" from users as u(x, y)",
                "select ctid, xmin, tableoid from posts",
                "select p, p.ctid from posts p",
                "select row_to_json(u) from users u",
                "select count(u.*) from users u",
                "select USERNAME from Users",
                "select \"USERNAME\" from users",
                "select joined from users",
                "select nothing from users",
                "select u.nothing from users u",
                "select users.id from users u",
                "select x.id from users u",
                "select x.* from users u",
                "select * from user_s",
                "select * from public.users where users.id = 1",
                "select * from public.userz",
                "select total from billing.invoices",
                "select i.total, invoices.id from billing.invoices i, billing.invoices",
                "select billing.invoices.total from billing.invoices",
                "select total from invoices",
                "select iban from billing.users u join users using (id) where users.email > 'a'",
                "select email from billing.users",
                "select iban from public.users",
                "select * from billing.posts",
                "insert into billing.invoices (id, total) values (1, 2) returning totl",
                "update invoices set total = 1",
                "delete from billing.invoices where exists (select 1 from users where users.id = invoices.id)",
                "select relname from pg_class",
                "select table_name from information_schema.tables",
                "select id from users, posts",
                "select users.id from users, posts where author_id = users.id",
                "select id from users join posts using (id)",
                "select id, x.n from users join posts using (id) cross join (select 1 n) x",
                "select id from users natural join posts",
                "select id from users u join posts p using (nothing)",
                "select id from users u join posts p using (body)",
                "select 1 from users a, users b join posts p on p.author_id = b.id",
                "select 1 from users u left join posts p on p.author_id = u.id and p.bdy is null",
                "select id from users full join posts using (id) where email > 'a' order by id",
                "select x.a, b from (select id a, username from users) as x(a, b)",
                "select x.id from (select id a from users) x",
                "select x.id from (select * from users) x where x.email > 'a'",
                "select x.id from (select u.id, p.id from users u, posts p) x",
                "select author from (select id, count(*) from users group by id) x",
                "select count, x.id from (select id, count(*) from users group by id) x",
                "select x.exists from (select exists (select 1)) x",
                "select x.id from (select id::text from users) x",
                "select id::text as s from users order by s",
                "select id::text as s from users where s = 'x'",
                "select id as s from users order by s + 1",
                "select lower(username) as n, count(*) from users group by n",
                "select lower(username) as n, count(*) from users group by n having n > 'a'",
                "select id as email from users group by id, email",
                "select t.order, t.values from (select 1, 2) as t(\"order\", \"values\")",
                "select distinct on (n) lower(email) n from users order by n",
                "select (select max(created_at) from posts where author_id = u.id) from users u",
                "select (select max(created_at) from posts where author_id = u.nope) from users u",
                "select (select max(username)) from users u",
                "select 1 from users u where exists (select 1 from posts where author_id = u.id and email > 'a')",
                "select 1 from users u where exists (select 1 from posts where id = u.id and posts.nope)",
                "select 1 from users u where id in (select author_id from posts where username = 'a')",
                "select 1 from users u where id in (select authr_id from posts)",
                "select x.n from users u, lateral (select count(*) n from posts where author_id = u.id) x",
                "select x.n from users u, (select count(*) n from posts where author_id = u.id) x",
                "select x.n from users u left join lateral (select count(*) n from posts where author_id = u.id) x on true",
                "select t from posts p, unnest(p.tags) t",
                "select t.word, n from posts p, unnest(p.tags) with ordinality as t(word, n)",
                "select e.value from posts, jsonb_array_elements(data) e",
                "select value from posts, jsonb_array_elements(data)",
                "select g from generate_series(1, 3) g",
                "select * from jsonb_to_recordset('[]') as x(a numeric(10,2), b text) where x.b = 'c'",
                "select data->>'k' from posts where data @> '{}' and data ? 'x'",
                "select tags[1], tags[1:2] from posts where 'a' = any(tags)",
                "select extract(year from created_at), date_trunc('day', created_at) from posts",
                "select extract(yaer from created_at) from posts where nope = 1",
                "select substring(body from 1 for 2), position('a' in body), trim(both 'x' from body) from posts",
                "select overlay(body placing 'x' from 1 for 2) from posts",
                "select cast(id as text), id::int, created_at at time zone 'utc' from posts",
                "select created_at + interval '1 day', timestamp '2026-01-01' from posts",
                "select current_date, current_user, localtimestamp, current_timestamp from users",
                "select rank() over (partition by author_id order by created_at) from posts",
                "select rank() over w from posts window w as (partition by author_id order by nope)",
                "select count(*) filter (where body > 'a') from posts",
                "select count(*) filter (where bdy > 'a') from posts",
                "select string_agg(body, ',' order by created_at) from posts",
                "select percentile_cont(0.5) within group (order by id) from posts",
                "select percentile_cont(0.5) within group (order by idd) from posts",
                "select array_agg(distinct body order by body) from posts",
                "select array(select body from posts where author_id = u.id) from users u",
                "select case id when 1 then body else nope end from posts",
                "select coalesce(body, nope) from posts",
                "select body collate \"C\" from posts order by body collate \"C\"",
                "select author_id, count(*) from posts group by rollup (author_id)",
                "select author_id, count(*) from posts group by grouping sets ((author_id), ())",
                "select (id, body) = (1, 'x') from posts",
                "select row(id, bdy) from posts",
                "select a.column1, column2 from (values (1, 2), (3, 4)) a",
                "select column3 from (values (1, 2), (3, 4)) a",
                "select v from (values (1), (2)) a(v)",
                "select column1 from (values (1, 2)) a order by column2",
                "with x as (select id, body from posts) select body from x",
                "with x as (select id, body from posts) select tags from x",
                "with x(a) as (select id, body from posts) select a, body from x",
                "with x as (select 1 a), y as (select a from x) select a from y",
                "with y as (select a from x), x as (select 1 a) select a from y",
                "with users as (select 1 a) select a from users",
                "with users as (select 1 a) select username from users",
                "with users as (select 1 a) select username from public.users",
                "with recursive r as (select id, author_id from posts union all select p.id, r.author_id from posts p join r"
                        + " on r.id = p.author_id) select id, author_id from r",
                "with recursive r(n) as (select 1 union all select n + 1 from r where m < 3) select n from r",
                "with recursive r(n) as (select 1 union all select n + 1 from r where n < 3) select id from r",
                "with gone as (delete from posts where id = 1 returning *) select body from gone",
                "with gone as (delete from posts where id = 1 returning id) select body from gone",
                "select id from users union select author_id from posts order by id",
                "select id from users union select author_id from posts order by author_id",
                "(select id as a from users limit 1) union all select id from posts order by a",
                "select id from users union select nope from posts",
                "select * from (select id from users union select id from posts) x where x.id = 1 and email = 'x'",
                "insert into users (id, username) values (1, 'x') returning id, username",
                "insert into users (id, usrname) values (1, 'x')",
                "insert into user_s (id) values (1)",
                "insert into users (id, username) values (1, x)",
                "insert into users as u (id) values (1) on conflict (id) do update set username = excluded.username",
                "insert into users (id) values (1) on conflict (id) do update set username = username",
                "insert into users (id) values (1) on conflict (idd) do nothing",
                "insert into users (id) values (1) on conflict (id) do update set nope = excluded.username",
                "insert into users (id) values (1) on conflict (id) do update set username = excluded.nope where users.id = 1",
                "insert into users (id) select id from posts where body = 'x' returning users.id",
                "insert into users (id) select id from posts returning body",
                "insert into users default values",
                "insert into users (id) values (1) on conflict on constraint users_pkey do nothing",
                "update users set username = 'x' where id = 1 returning email",
                "update users u set username = p.body from posts p where p.author_id = u.id",
                "update users set username = body from posts where author_id = id",
                "update users set usrname = 'x'",
                "update users set (username, email) = (select body, body from posts where author_id = users.id limit 1)",
                "update users u set username = users.email",
                "delete from posts where author_id = 1 and bdy = 'x'",
                "delete from posts using users u where u.id = author_id and username = 'x' returning posts.id, u.email",
                "delete from posts p using users u where id = 1",
                "update users set username = 'x' where id = 1 returning old.username, new.username",
                "select id from users limit (select count(*) from posts)",
                "select id from users for update",
                "select id from users u for update of u skip locked",
                "table users",
                "select username from (table users) x",
                "select u.id, p.id from users u cross join lateral (select p.id from posts p where p.author_id = u.id order by"
                        + " p.created_at desc limit 1) p",
                "select j.a from (users u join posts p on p.author_id = u.id) as j(a)",
                "select u.id from (users u join posts p on p.author_id = u.id)",
                "select größe from users",
                "select id from users where (username, id) > ('a', 1) order by username, id limit 5",
                "select greatest(id, author_id), nullif(body, ''), least(id, nope) from posts",
                "select id is distinct from author_id from posts where body similar to 'a%' or body ~* 'x'",
                "select json_build_object('id', id, 'body', body) from posts",
                "select make_interval(days => 1), created_at from posts",
                "select to_tsvector('english', body) @@ plainto_tsquery('english', 'x') from posts",
                "select body like 'a%' escape '!' from posts where not body is null and id between 1 and author_id"
            })
    void agreesWithPostgres(String sql) {
        var reading = read(sql);
        assertThat(reading.parsed().problems()).isEmpty();
        var ours = reading.names().flaws().stream()
                .map(flaw -> state(flaw.kind()) + " at "
                        + sql.substring(
                                flaw.at().column() - 7,
                                flaw.at().column() - 7 + flaw.at().length()))
                .findFirst()
                .orElse("fine");
        assertThat(ours).isEqualTo(postgres(sql, reading));
    }

    private static String state(NameFlaw.Kind kind) {
        return switch (kind) {
            case UNKNOWN_TABLE, UNKNOWN_QUALIFIER -> "42P01";
            case UNKNOWN_COLUMN, NO_COLUMNS -> "42703";
            case AMBIGUOUS_COLUMN -> "42702";
        };
    }

    /** What PostgreSQL says, at the word of ours that begins where, or in the qualified name that begins where, it points. */
    private static String postgres(String sql, SqlReading<?> reading) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("prepare s as " + PositionalSql.of(sql).sql());
            statement.execute("deallocate s");
            return "fine";
        } catch (PSQLException error) {
            var position = error.getServerErrorMessage().getPosition() - 1 - "prepare s as ".length();
            var flaw = reading.names().flaws().stream().findFirst();
            var place = flaw.map(found -> found.at().column() - 7).orElse(-1);
            var near = place >= position && place - position < 12 || position < 0;
            return error.getSQLState() + " at "
                    + (near
                            ? sql.substring(
                                    place, place + flaw.orElseThrow().at().length())
                            : sql.substring(Math.max(0, position)));
        } catch (SQLException error) {
            throw new AssertionError(error);
        }
    }

    @Test
    void followsColumnsToTheirAttributes() {
        var names = read("with x as (select p.id, p.body as b, count(*) n from posts p group by 1, 2) "
                        + "select x.b, x.n from (select * from x) x where x.id = 1")
                .names();
        assertThat(names.tables().values())
                .extracting(entity -> entity.name().value())
                .containsExactly("Post");
        assertThat(names.columns().entrySet())
                .extracting(entry ->
                        text(entry.getKey()) + " " + entry.getValue().entity().name() + "."
                                + entry.getValue().attribute().name() + " "
                                + entry.getValue().table().orElseThrow().called())
                .containsExactlyInAnyOrder("p.id Post.id p", "p.body Post.body p", "x.b Post.body p", "x.id Post.id p");
    }

    private static String text(SqlExpression.Column column) {
        return column.table().orElseThrow() + "." + column.name();
    }
}
