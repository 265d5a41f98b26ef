package dev.schemaproof.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.sql.FromItem.JoinKind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlParserTest {

    private static SourceText source(String sql) {
        return SourceText.of(sql, new Location("model.yaml", 1, 1, 1));
    }

    private static SqlStatement statement(String sql) {
        var parsed = SqlParser.statement(source(sql));
        assertThat(parsed.problems()).as(sql).isEmpty();
        return parsed.tree().orElseThrow();
    }

    private static SqlQuery.Select select(String sql) {
        return (SqlQuery.Select) ((SqlStatement.Reading) statement(sql)).query();
    }

    private static SqlExpression where(String condition) {
        return select("select 1 from t where " + condition).where().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            a = 1 and b=:x or c                         ¦ ((a = 1) and (b = :x)) or c
            not a and b <> 2                            ¦ (not a) and (b <> 2)
            a != 2                                      ¦ a <> 2
            (a, b) > (:x, 1)                            ¦ row(a, b) > row(:x, 1)
            a between 1 and 2 and b                     ¦ (a between 1 and 2) and b
            a not between symmetric 1 and 2             ¦ a not between symmetric 1 and 2
            a in (1, 'x', :y)                           ¦ a in (1, 'x', :y)
            a not in (1)                                ¦ a not in (1)
            a is null and b is not null                 ¦ (a is null) and (b is not null)
            a isnull and b notnull                      ¦ (a is null) and (b is not null)
            a is true and b is not false                ¦ (a is true) and (b is not false)
            a is unknown                                ¦ a is unknown
            a is distinct from b                        ¦ a is distinct from b
            a is not distinct from 1                    ¦ a is not distinct from 1
            a like 'x%'                                 ¦ a like 'x%'
            a not ilike :p escape '!'                   ¦ a not ilike :p escape '!'
            a similar to 'x'                            ¦ a similar to 'x'
            a = any(:ids)                               ¦ a = any(:ids)
            a > all(array[1, 2])                        ¦ a > all(array(1, 2))
            a = some(:ids)                              ¦ a = any(:ids)
            t.a::date = current_date                    ¦ t.a::date = current_date()
            cast(a as numeric(10,2)) = 1                ¦ a::numeric(10,2) = 1
            a::double precision > 1                     ¦ a::double precision > 1
            a::text::"My Type" = ''                     ¦ a::text::My Type = ''
            a = :x::date or :yy::int > 1                ¦ (a = :x::date) or (:yy::int > 1)
            a > date '2024-01-01'                       ¦ a > '2024-01-01'::date
            a > now() - interval '1 day'                ¦ a > (now() - '1 day'::interval)
            a at time zone 'utc' = b                    ¦ at time zone(a, 'utc') = b
            lower(a) = :e                               ¦ lower(a) = :e
            LOWER("Email") = :e                         ¦ lower(Email) = :e
            a @> :x and b <@ :y and c && :z             ¦ (a @> :x) and (b <@ :y) and (c && :z)
            a ->> 'k' = 'v'                             ¦ (a ->> 'k') = 'v'
            a -> 'b' -> 'c' @> :z                       ¦ ((a -> 'b') -> 'c') @> :z
            a #>> '{a,b}' = :x                          ¦ (a #>> '{a,b}') = :x
            a ? 'k' and b ?| :k and c ?& :l             ¦ (a ? 'k') and (b ?| :k) and (c ?& :l)
            a @? '$.x'                                  ¦ a @? '$.x'
            a @@ to_tsquery('english', :q)              ¦ a @@ to_tsquery('english', :q)
            a ~ '^x' and b !~* 'y'                      ¦ (a ~ '^x') and (b !~* 'y')
            a ^@ 'x'                                    ¦ a ^@ 'x'
            a -|- :x and b                              ¦ (a -|- :x) and b
            a <-> :p < 5                                ¦ (a <-> :p) < 5
            a = -1 and b = +2 and c = - d               ¦ (a = -1) and (b = 2) and (c = (-d))
            a = ~ 1 and b = @ c                         ¦ (a = (~1)) and (b = (@c))
            a->>'k'='v' and b?'k' and c#>'{a}'='x'      ¦ ((a ->> 'k') = 'v') and (b ? 'k') and ((c #> '{a}') = 'x')
            a & 4 = 4                                   ¦ (a & 4) = 4
            a + 1 * 2 = b || c                          ¦ (a + (1 * 2)) = (b || c)
            case when a then 1 else 2 end = 1           ¦ case else(a, 1, 2) = 1
            case a when 1 then b end                    ¦ case of(a, 1, b)
            coalesce(a, 'x') collate "de_DE" = 'y'      ¦ collate de_DE(coalesce(a, 'x')) = 'y'
            extract(year from a) = 2024                 ¦ extract year(a) = 2024
            tags[1] = 'x'                               ¦ [](tags, 1) = 'x'
            f(a => 1, b := (2)) = t.order               ¦ f(a =>(1), b =>(2)) = t.order
            exists (select 1)                           ¦ exists (query)
            exists (select from t where t.a = 1)        ¦ exists (query)
            day = 1 and month > year                    ¦ (day = 1) and (month > year)
            not exists (select 1)                       ¦ not (exists (query))
            a in (select b from u)                      ¦ a in (query)
            a = (select max(b) from u)                  ¦ a = (query)
            a = $$x'y$$ and b = E'\\'' and c = U&'d'    ¦ (a = 'x''y') and (b = '''') and (c = 'd')
            a = true and b = null                       ¦ (a = true) and (b = null)
            csv = 1 and import = 2 and t.force = 3      ¦ (csv = 1) and (import = 2) and (t.force = 3)
            f(number) > 1 and settings = script         ¦ (f(number) > 1) and (settings = script)
            unknown = 1 and not varying is unknown      ¦ (unknown = 1) and (not (varying is unknown))
            normalize(nfc, NFKC) = normalize(nfd)       ¦ normalize(nfc, 'NFKC') = normalize(nfd)
            status = :limit and a = :from               ¦ (status = :limit) and (a = :from)
            a = 'x' -- b = 2 '                          ¦ a = 'x'
            /* c /* d */ = */ a = 1                     ¦ a = 1
            größe = 1                                   ¦ größe = 1
            "a""b" = 1                                  ¦ a"b = 1
            """)
    void understandsConditions(String condition, String canonical) {
        assertThat(SqlPrinter.print(where(condition))).isEqualTo(canonical);
    }

    @Test
    void knowsWhereThingsStand() {
        var sql = """
                SELECT  p.id,
                	count(*) FROM posts p
                JOIN "Users" AS u ON u.id = p.author_id
                WHERE p.title = :title AND u.größe > 1""";
        var query = select(sql);
        var joined = (FromItem.Joined) query.from().get(0);
        assertThat(joined.first().span().of(sql)).isEqualTo("posts");
        var users = (FromItem.Table) joined.steps().get(0).item();
        assertThat(users.span().of(sql)).isEqualTo("\"Users\"");
        assertThat(users.name().value()).isEqualTo("Users");
        assertThat(users.called().value()).isEqualTo("u");
        assertThat(query.where().orElseThrow().walk().filter(SqlExpression.Column.class::isInstance))
                .extracting(column -> column.span().of(sql))
                .containsExactly("p.title", "u.größe");
        assertThat(query.items().get(1).value().span().of(sql)).isEqualTo("count(*)");
    }

    @Test
    void keepsItsPlaceBehindMuchText() {
        var sql = "select '" + "x".repeat(20_000) + "',\n\n\t" + "a, ".repeat(10_000) + "last from t";
        var items = select(sql).items();
        assertThat(items.get(items.size() - 1).value().span().of(sql)).isEqualTo("last");
    }

    @Test
    void readsASelectOfNoColumns() {
        assertThat(select("select from t where a = 1").items()).isEmpty();
        assertThat(select("select * from t").items()).hasSize(1);
    }

    @Test
    void readsTheClausesOfASelect() {
        var query = select("""
                select distinct on (a) a, b as "B", t.*, row_number() over (partition by c order by d desc) n
                from t natural join u, lateral (select * from v where v.id = t.id limit 1) w
                where a = 1 group by a, (b, c) having count(*) filter (where x) > 2 window z as (order by q)
                order by a desc nulls last, lower(b) limit 10 offset :skip""");
        assertThat(query.distinct()).isTrue();
        assertThat(query.distinctOn()).extracting(SqlPrinter::print).containsExactly("a");
        assertThat(query.items())
                .extracting(item -> item.alias().map(SqlName::value).orElse("-"))
                .containsExactly("-", "B", "-", "n");
        assertThat(SqlPrinter.print(query.items().get(3).value())).isEqualTo("row_number() over (c, d)");
        assertThat(query.from()).hasSize(2);
        assertThat(((FromItem.Joined) query.from().get(0)).steps().get(0).natural())
                .isTrue();
        var derived = (FromItem.Derived) query.from().get(1);
        assertThat(derived.lateral()).isTrue();
        assertThat(derived.alias().orElseThrow().value()).isEqualTo("w");
        assertThat(query.groupBy()).extracting(SqlPrinter::print).containsExactly("a", "b", "c");
        assertThat(query.windows()).extracting(SqlPrinter::print).containsExactly("q");
        assertThat(query.tail().orderBy().get(0).nullsStandFirst()).isFalse();
        assertThat(query.tail().orderBy().get(0).descending()).isTrue();
        assertThat(query.tail().limit()).map(SqlPrinter::print).contains("10");
        assertThat(query.tail().offset()).map(SqlPrinter::print).contains(":skip");
    }

    @ParameterizedTest
    @CsvSource({
        "limit all, ''",
        "limit null, ''",
        "limit :n, :n",
        "fetch first 5 rows only, 5",
        "fetch next row only, 1",
        "offset 3 rows fetch next :n rows with ties, :n"
    })
    void readsEveryFormOfALimit(String tail, String limit) {
        assertThat(select("select * from t " + tail)
                        .tail()
                        .limit()
                        .map(SqlPrinter::print)
                        .orElse(""))
                .isEqualTo(limit);
    }

    @Test
    void readsJoins() {
        var from = select("""
                select 1 from a, only b x join c on b.i = c.i left join d using (i, j) right join (e cross join f) on true
                full join g on a = b, unnest(:ids) with ordinality as ids(id, n), (values (1, 2)) as v(p, q)""").from();
        assertThat(from).hasSize(4);
        var joined = (FromItem.Joined) from.get(1);
        assertThat(joined.steps())
                .extracting(FromItem.Step::kind)
                .containsExactly(JoinKind.INNER, JoinKind.LEFT, JoinKind.RIGHT, JoinKind.FULL);
        assertThat(joined.steps().get(1).using()).extracting(SqlName::value).containsExactly("i", "j");
        assertThat(joined.steps().get(2).item()).isInstanceOf(FromItem.Joined.class);
        var function = (FromItem.Function) from.get(2);
        assertThat(function.alias().orElseThrow().value()).isEqualTo("ids");
        assertThat(function.columns()).extracting(SqlName::value).containsExactly("id", "n");
        var values = (FromItem.Derived) from.get(3);
        assertThat(values.query()).isInstanceOf(SqlQuery.Values.class);
        assertThat(values.columns()).extracting(SqlName::value).containsExactly("p", "q");
    }

    @Test
    void readsCommonTablesAndSetOperations() {
        var statement = (SqlStatement.Reading) statement("""
                with recursive r("N", m) as not materialized (select 1, 2 union all select n + 1, m from r),
                gone as (delete from t where id = :id returning *)
                (select * from r order by m limit 3) union all select * from gone order by 1""");
        var query = (SqlQuery.Compound) statement.query();
        assertThat(query.appending()).isTrue();
        assertThat(query.parts()).hasSize(2);
        assertThat(query.parts().get(0).tail().limit()).isPresent();
        assertThat(query.tail().orderBy()).hasSize(1);
        assertThat(query.with()).extracting(table -> table.name().value()).containsExactly("r", "gone");
        assertThat(query.with().get(0).columns()).extracting(SqlName::value).containsExactly("N", "m");
        assertThat(query.with().get(0).materialized()).contains(false);
        assertThat(query.with().get(0).recursive()).isTrue();
        assertThat(query.with().get(1).statement()).isInstanceOf(SqlStatement.Delete.class);
    }

    @Test
    void readsWrites() {
        var update = (SqlStatement.Update)
                statement("update t as x set (b, c) = (select 1, 2), a = 1 from u where u.id = x.id returning x.*");
        assertThat(update.target().called().value()).isEqualTo("x");
        assertThat(update.set().get(0).columns()).hasSize(2);
        assertThat(update.from()).hasSize(1);
        assertThat(update.returning()).hasSize(1);
        var delete = (SqlStatement.Delete) statement("delete from t using u, v where t.id = u.id");
        assertThat(delete.using()).hasSize(2);
        assertThat(delete.where()).isPresent();
        var insert = (SqlStatement.Insert) statement("""
                insert into t (a, "B") values (:a, default), (2, 3)
                on conflict (a) do update set b = excluded.b where t.b < excluded.b returning id""");
        assertThat(insert.columns()).extracting(column -> column.name().value()).containsExactly("a", "B");
        assertThat(insert.onConflict().orElseThrow().set()).hasSize(1);
        assertThat(insert.onConflict().orElseThrow().where()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            selec * from t                 ¦ 1  ¦ 5  ¦ syntax error at `selec`
            select * from t where a = 'x   ¦ 27 ¦ 2  ¦ this text has no end
            select * from t where (a = 1   ¦ 23 ¦ 1  ¦ this `(` is never closed
            select * from t where a = 1)   ¦ 28 ¦ 1  ¦ this `)` closes nothing
            select * from t where a = (1]  ¦ 29 ¦ 1  ¦ this `]` closes nothing
            select * from t where a = $1   ¦ 27 ¦ 2  ¦ `$1` has no name
            select * from t where a = ?    ¦ 27 ¦ 1  ¦ `?` has no name
            select 1; select 2             ¦ 11 ¦ 6  ¦ a second statement begins here
            create table t (a int)         ¦ 1  ¦ 6  ¦ this statement neither reads nor changes rows
            select 1 into t from u         ¦ 1  ¦ 22 ¦ SELECT INTO creates a table
            select a from t as {}          ¦ 20 ¦ 1  ¦ `{` means nothing in SQL
            select /* a from t             ¦ 8  ¦ 11 ¦ this comment has no end
            select "" from t               ¦ 8  ¦ 2  ¦ a name can't be empty
            """)
    void saysWhatCannotBeReadAndWhere(String sql, int column, int length, String summary) {
        assertThat(SqlParser.statement(source(sql)).problems()).first().satisfies(problem -> {
            assertThat(problem.summary()).isEqualTo(summary);
            assertThat(problem.at()).isEqualTo(new Location("model.yaml", 1, column, length));
        });
    }

    @Test
    void guessesMisspeltKeywords() {
        assertThat(SqlParser.statement(source("select * form t"))
                        .problems()
                        .get(0)
                        .help())
                .contains("did you mean `from` instead of `form`?");
        assertThat(SqlParser.statement(source("selec * from t"))
                        .problems()
                        .get(0)
                        .help())
                .contains("did you mean `select` instead of `selec`?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n",
                "-- nothing",
                ";",
                "select",
                "from",
                "where",
                "'",
                "\"",
                "$$",
                "$a$",
                "/*",
                ":",
                "::",
                ":a",
                "\\",
                "\0",
                "select \uD83D",
                "(((",
                ")))",
                "[",
                "1",
                "1e",
                "0x",
                "select a[",
                "U&'",
                "E'\\",
                "a.",
                ".",
                "..",
                "select .. from",
                "with",
                "with x as",
                "insert into",
                "update t set",
                "delete from",
                "select * from (select",
                "select 1 union",
                "table",
                "values",
                "select * from t order by",
                "do $$ begin end $$",
                "begin; commit",
                "explain select 1",
                "select case",
                "select cast(a as)",
                "select interval",
                "select date ''",
                "select * from t where a = any()",
                "select f(,)",
                "select * from t limit"
            })
    void neverThrowsWhateverTheText(String sql) {
        var statement = SqlParser.statement(source(sql));
        assertThat(statement.tree().isPresent()).isEqualTo(statement.problems().isEmpty());
        var expression = SqlParser.expression(source(sql));
        assertThat(expression.tree().isPresent())
                .isEqualTo(expression.problems().isEmpty());
    }

    @Test
    void survivesDepthAndLength() {
        var deep = "(".repeat(50_000) + "1" + ")".repeat(50_000);
        assertThat(SqlParser.statement(source("select " + deep))
                        .problems()
                        .get(0)
                        .summary())
                .isEqualTo("this is nested more than 100 deep");
        assertThat(SqlParser.statement(source("select " + "(".repeat(99) + "1" + ")".repeat(99)))
                        .tree())
                .isPresent();
        assertThat(SqlParser.statement(source("select " + "1,".repeat(200_000) + "1"))
                        .problems()
                        .get(0)
                        .summary())
                .isEqualTo("a SQL text of 400008 characters is too long to be judged");
        assertThat(where("not ".repeat(20_000) + "a").walk()).anyMatch(SqlExpression.Opaque.class::isInstance);
        var conjunction = where("a = 1" + " and a = 1".repeat(10_000));
        assertThat(((SqlExpression.And) conjunction).operands()).hasSize(10_001);
        assertThat(where("a = 1" + " + 1".repeat(10_000)).walk()).anyMatch(SqlExpression.Opaque.class::isInstance);
        assertThat(where("case when b then ".repeat(99) + "1" + " end".repeat(99))
                        .walk())
                .noneMatch(SqlExpression.Opaque.class::isInstance);
        assertThat(SqlParser.statement(
                                source("select " + "case when b then ".repeat(2_000) + "1" + " end".repeat(2_000)))
                        .problems())
                .extracting(SqlProblem::summary)
                .containsExactly("this is nested more than 100 deep");
        assertThat(SqlParser.statement(source("select a" + ".b".repeat(40_000))).problems())
                .extracting(SqlProblem::summary)
                .contains("this name has too many parts");
        var joins = select("select 1 from t" + " join t on a = b".repeat(2_000)).from();
        assertThat(((FromItem.Joined) joins.get(0)).steps()).hasSize(2_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            follower_id <> following_id                 ¦ follower_id <> following_id
            value ~ '@'                                 ¦ value ~ '@'
            price >= 0 and price < 1e6                  ¦ (price >= 0) and (price < 1e6)
            nextval('s'::regclass)                      ¦ nextval('s'::regclass)
            ARRAY[]::text[]                             ¦ array()::text[]
            '{}'::jsonb                                 ¦ '{}'::jsonb
            (data ->> 'k')                              ¦ data ->> 'k'
            to_tsvector('english', coalesce(a,'')||b)   ¦ to_tsvector('english', coalesce(a, '') || b)
            daterange(a,b,'[)') && daterange(c,d)       ¦ daterange(a, b, '[)') && daterange(c, d)
            current_timestamp(3)                        ¦ current_timestamp(3)
            flag                                        ¦ flag
            """)
    void understandsExpressions(String expression, String canonical) {
        assertThat(SqlParser.expression(source(expression)).tree().map(SqlPrinter::print))
                .contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a = 1; b", "a = 1,", "1 +", "a = :x) or (true"})
    void refusesWhatIsNoExpression(String text) {
        assertThat(SqlParser.expression(source(text)).problems()).hasSize(1);
    }

    /** Seeded; run with a hundred times as many before releases of the library are taken over. */
    @Test
    void neverThrowsOnBrokenStatements() {
        var random = new Random(20_261_120);
        var seeds = List.of(
                "with recursive r(n) as (select 1 union all select n + 1 from r where n < :m) select * from r order by n",
                "select distinct on (a) a.b, count(*) filter (where x > 1) over w c from t a left join u using (i, j), lateral "
                        + "(select 1) z where (a, b) in (select 1, 2) and c is not null window w as (order by d desc nulls last) limit 3",
                "insert into t as x (a, \"B\") values (:a, default) on conflict (lower(a), b) where c do update set "
                        + "a = excluded.a where x.b < 2 returning id, x.*",
                "update only t set (a, b) = (select 1, 2), c = case when d then e[1:2] else 'f' end from u where t.i = u.i",
                "delete from t using u join v on u.a = v.a where t.j ->> 'k' like :p escape '!' and d > date '2026-01-01'",
                "select extract(year from a), cast(b as numeric(10,2)), array[1, 2], interval '1 day', f(a => 1), $$x$$ from "
                        + "generate_series(1, 10) with ordinality as g(a, n) where a = any(:ids) and b between 1 and 2");
        var words = seeds.stream()
                .flatMap(seed -> SqlLexer.tokens(seed).stream().map(token -> token.text(seed)))
                .toList();
        for (var i = 0; i < 600; i++) {
            var sql = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (var change = random.nextInt(4); change >= 0; change--) {
                var begin = random.nextInt(sql.length());
                var end = Math.min(sql.length(), begin + random.nextInt(12));
                sql.replace(begin, end, random.nextInt(3) == 0 ? "" : words.get(random.nextInt(words.size())));
            }
            neverThrowsWhateverTheText(sql.toString());
        }
    }
}
