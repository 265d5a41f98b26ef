package dev.schemaproof.analysis.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What was measured on PostgreSQL. A verdict lists the columns that are sought and behind {@code >} the range, then the
 * order, and whether the index alone is read; {@code -} means that the whole table is read.
 */
class CoverageCasesTest {

    private static final String MODEL = """
            schema: cases
            stores: {main: {engine: postgresql, version: %d}}
            entities:
              T:
                table: t
                attributes:
                  id: bigint
                  a: int
                  b: int
                  c: int
                  d: int null
                  k: int
                  g: int
                  pid: bigint
                  big: bigint
                  amt: decimal(10,2)
                  flag: boolean
                  few: {type: int, values: {distinct: 4}}
                  many: {type: int, values: {distinct: 1000}}
                  sparse: {type: int null, values: {nulls: 95%%}}
                  status: text
                  ts: timestamptz
                  deleted_at: timestamptz null
                  name: text
                  cname: {type: text, collation: C}
                  email: text
                  gl: {type: text, generated: lower(email)}
                  j: json
                  tags: text[]
                  tsr: {type: {native: tstzrange}}
                  tsv: {type: {native: tsvector}}
                key: [id]
                indexes:
            %s
              P: {table: p, attributes: {id: bigint, g: int, num: "decimal(10,0)"}, key: [id]}
            accessPatterns:
              it:
                sql: |
                  %s
            """;

    private static String verdict(String sql, String indexes, int version) {
        var lines = Stream.of(indexes.split(" & "))
                .map(String::strip)
                .map(index -> "      i" + Math.abs(index.hashCode()) + ": " + index)
                .collect(Collectors.joining("\n"));
        var access = new Facts(Models.read(MODEL.formatted(version, lines, sql)))
                .access()
                .of("it")
                .orElseThrow();
        assertThat(access.shape().sound()).isTrue();
        var verdicts = access.coverages().stream()
                .filter(coverage -> coverage.use().entity().name().value().equals("T"))
                .map(CoverageCasesTest::verdict)
                .collect(Collectors.joining("; "));
        return access.shape().blind().isEmpty() ? verdicts : verdicts + " (blind)";
    }

    private static List<String> reasons(String sql, String index, int version) {
        return coverage(sql, index, version).unfit().stream()
                .filter(unfit -> unfit.index().name().equals("it"))
                .map(unfit -> unfit.reason().name())
                .toList();
    }

    private static Coverage coverage(String sql, String index, int version) {
        return new Facts(Models.read(MODEL.formatted(version, "      it: " + index, sql)))
                .access()
                .of("it")
                .orElseThrow()
                .coverages()
                .get(0);
    }

    private static String verdict(Coverage coverage) {
        if (!coverage.served()) {
            return "-";
        }
        var seeks = coverage.seeks().stream()
                .map(seek -> Stream.concat(
                                seek.sought().stream().map(Term::text),
                                seek.range().stream().map(term -> ">" + term))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining(" + "));
        return Stream.of(
                        coverage.means() == Coverage.Means.SEEK
                                ? ""
                                : coverage.means().name(),
                        seeks,
                        coverage.order() == Coverage.Order.NONE
                                ? ""
                                : coverage.order().name(),
                        coverage.indexOnly() ? "IOS" : "")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "{0}: {1} on {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            1   ¦ a = :x and b = :y and c = :z           ¦ {on: [a, b, c]} ¦ a,b,c
            1b  ¦ c = :z and a = :x and b = :y           ¦ {on: [a, b, c]} ¦ a,b,c
            2   ¦ a = :x                                 ¦ {on: [a, b, c]} ¦ a
            3   ¦ b = :x                                 ¦ {on: [a, b, c]} ¦ -
            3b  ¦ b = :x                                 ¦ {on: [many, b]} ¦ -
            4   ¦ b = :x                                 ¦ {on: [few, b]} ¦ b
            5   ¦ a = :x and c = :y                      ¦ {on: [a, b, c]} ¦ a
            6   ¦ a between :x and :y and b = :z         ¦ {on: [a, b, c]} ¦ >a
            8   ¦ a = any(:x) and b = :y                 ¦ {on: [a, b]} ¦ a,b
            8b  ¦ a in (1, 2) and b = :y                 ¦ {on: [a, b]} ¦ a,b
            9   ¦ a = :x order by b                      ¦ {on: [a, b, c]} ¦ a FULL
            9b  ¦ a = :x order by b desc                 ¦ {on: [a, b, c]} ¦ a FULL
            10  ¦ a = :x order by b, c desc              ¦ {on: [a, b, c]} ¦ a PREFIX
            10b ¦ a = :x order by b, c desc              ¦ {on: [a, b, c desc]} ¦ a FULL
            10c ¦ a = :x order by b desc, c              ¦ {on: [a, b, c desc]} ¦ a FULL
            11  ¦ a = :x order by c                      ¦ {on: [a, b, c]} ¦ a
            13  ¦ a in (5, 6, 7) order by b              ¦ {on: [a, b]} ¦ a
            13b ¦ a in (5) order by b                    ¦ {on: [a, b]} ¦ a FULL
            13c ¦ a in (5, 5) order by b                 ¦ {on: [a, b]} ¦ a
            14  ¦ a in (5, 6) order by a, b              ¦ {on: [a, b]} ¦ a FULL
            15  ¦ a = :x and b in (5, 6) order by b      ¦ {on: [a, b]} ¦ a,b FULL
            16  ¦ a > 0 order by a, b, c, d              ¦ {on: [a, b, c]} ¦ >a PREFIX
            18  ¦ a >= 5 and a <= 5 order by b           ¦ {on: [a, b]} ¦ >a
            19  ¦ a > 0 order by a desc nulls last       ¦ {on: [a]} ¦ >a
            20  ¦ sparse is not null order by sparse desc nulls last ¦ {on: [sparse]} ¦ >sparse
            20b ¦ sparse is not null order by sparse desc nulls last ¦ {on: [sparse desc nulls last]} ¦ >sparse FULL
            21  ¦ deleted_at is null order by ts         ¦ {on: [deleted_at, ts]} ¦ deleted_at
            21b ¦ a = :x and deleted_at is null order by ts ¦ {on: [a, deleted_at, ts]} ¦ a,deleted_at
            22  ¦ deleted_at is null order by ts         ¦ {on: [ts], where: deleted_at is null} ¦ FULL
            24  ¦ flag is not true                       ¦ {on: [flag]} ¦ -
            24b ¦ flag is distinct from true             ¦ {on: [flag]} ¦ -
            24c ¦ flag is true                           ¦ {on: [flag]} ¦ flag
            24d ¦ not flag                               ¦ {on: [flag]} ¦ flag
            24e ¦ flag <> true                             ¦ {on: [flag]} ¦ flag
            24f ¦ flag and a > 0 order by a               ¦ {on: [flag, a]} ¦ flag,>a FULL
            24g ¦ flag order by flag nulls first, a       ¦ {on: [flag, a]} ¦ flag
            24h ¦ flag = :x order by flag nulls first, a  ¦ {on: [flag, a]} ¦ flag FULL
            25  ¦ d is null                              ¦ {on: [d]} ¦ d
            25b ¦ sparse is not null                     ¦ {on: [sparse]} ¦ >sparse
            25c ¦ d is not null                          ¦ {on: [d]} ¦ -
            26  ¦ a <> 5                                 ¦ {on: [a]} ¦ -
            26b ¦ a not in (5, 6)                        ¦ {on: [a]} ¦ -
            26c ¦ a is not distinct from 5               ¦ {on: [a]} ¦ -
            26d ¦ not (a <> 5)                           ¦ {on: [a]} ¦ a
            27  ¦ a = 5 or a = 6                         ¦ {on: [a]} ¦ a
            27b ¦ a = 5 or a = 6 order by a                ¦ {on: [a, b]} ¦ a FULL
            27c ¦ big = 5 or big = :x order by big        ¦ {on: [big]} ¦ big
            29  ¦ (a, b) in ((1, 2), (3, 4))             ¦ {on: [a, b]} ¦ a,b
            30  ¦ a = :x or b = :y                       ¦ {on: [a]} ¦ -
            30b ¦ a = :x or b = :y                       ¦ {on: [a]} & {on: [b]} ¦ a + b
            33  ¦ (a, b) > (:x, :y) order by a, b        ¦ {on: [a, b]} ¦ >a FULL
            34  ¦ a > :x or (a = :x and b > :y) order by a, b limit 10 ¦ {on: [a, b]} ¦ -
            35  ¦ a = :a and (ts, id) < (:x, :y) order by ts desc, id desc ¦ {on: [a, ts, id]} ¦ a,>ts FULL
            36  ¦ a = :a and (ts, id) > (:x, :y) order by ts, id ¦ {on: [a, id, ts]} ¦ a
            37  ¦ (a, b) > (:x, :y) order by a, b desc   ¦ {on: [a, b desc]} ¦ >a FULL
            37b ¦ (name, a) > (:x, :y)                    ¦ {on: [name text_pattern_ops, a]} ¦ -
            37c ¦ (b, c) > (:x, :y)                       ¦ {on: [few, b, c]} ¦ >b
            39  ¦ a = :x and b = :y                      ¦ {on: [a], include: [b]} ¦ a
            40  ¦ a = :x order by b                      ¦ {on: [a], include: [b]} ¦ a
            41  ¦ lower(email) = :e                      ¦ {on: [lower(email)]} ¦ lower(email)
            41b ¦ lower(email) = :e                      ¦ {on: [email]} ¦ -
            43  ¦ lower(email) = :e                      ¦ {on: [gl]} ¦ -
            43b ¦ gl = :e                                ¦ {on: [gl]} ¦ gl
            44  ¦ b + a = :x                             ¦ {on: [(a + b)]} ¦ -
            44b ¦ a + b = :x                             ¦ {on: [(a + b)]} ¦ a + b
            46  ¦ ts::date = :d                          ¦ {on: [ts]} ¦ -
            46b ¦ date_trunc('day', ts) = :d             ¦ {on: [ts]} ¦ -
            46c ¦ ts at time zone 'utc' > :d             ¦ {on: [ts]} ¦ -
            46d ¦ ts >= :d and ts < :e                   ¦ {on: [ts]} ¦ >ts
            47  ¦ a = 5::bigint                          ¦ {on: [a]} ¦ a
            47b ¦ big = 5::numeric                       ¦ {on: [big]} ¦ -
            47c ¦ amt = 5::float8                        ¦ {on: [amt]} ¦ -
            50  ¦ ts > now() - interval '1 day'          ¦ {on: [ts]} ¦ >ts
            50b ¦ ts > clock_timestamp()                 ¦ {on: [ts]} ¦ -
            51  ¦ name like 'abc%'                       ¦ {on: [name]} ¦ -
            51b ¦ cname like 'abc%'                      ¦ {on: [cname]} ¦ >cname
            52  ¦ name like 'abc%'                       ¦ {on: [name text_pattern_ops]} ¦ >name
            52b ¦ name ^@ 'abc'                          ¦ {on: [name text_pattern_ops]} ¦ >name
            52c ¦ starts_with(name, 'abc')               ¦ {on: [name text_pattern_ops]} ¦ >name
            52d ¦ name = :x                              ¦ {on: [name text_pattern_ops]} ¦ name
            52e ¦ name > :x                              ¦ {on: [name text_pattern_ops]} ¦ -
            52f ¦ name = :x order by name, a             ¦ {on: [name text_pattern_ops, a]} ¦ name FULL
            52g ¦ cname like 'abc' order by cname nulls first ¦ {on: [cname]} ¦ cname
            54  ¦ name like :x                           ¦ {on: [name text_pattern_ops]} ¦ -
            55  ¦ name ilike 'abc%'                      ¦ {on: [name]} ¦ -
            55b ¦ name ilike 'abc%'                      ¦ {on: [name gin_trgm_ops], using: gin} ¦ name
            55c ¦ name = :x                              ¦ {on: [name gin_trgm_ops], using: gin} ¦ name
            56  ¦ name like '%abcde%'                    ¦ {on: [name gin_trgm_ops], using: gin} ¦ name
            56b ¦ name like '%ab%'                       ¦ {on: [name gin_trgm_ops], using: gin} ¦ -
            57  ¦ similarity(name, 'abc') > 0.5          ¦ {on: [name gin_trgm_ops], using: gin} ¦ -
            57b ¦ name % 'abc'                           ¦ {on: [name gin_trgm_ops], using: gin} ¦ name
            57c ¦ name ~ 'abcd'                          ¦ {on: [name gin_trgm_ops], using: gin} ¦ name
            59  ¦ a = :x                                 ¦ {on: [a], where: status = 'open'} ¦ -
            60  ¦ a = :x and status = 'open'             ¦ {on: [a], where: status = 'open'} ¦ a
            60b ¦ a = :x and status = 'open'             ¦ {on: [a], where: "status in ('open', 'new')"} ¦ a
            60c ¦ a = :x and status in ('open', 'new')    ¦ {on: [a], where: "status in ('open', 'new', 'held')"} ¦ a
            60d ¦ a = :x and status in ('open', 'done')   ¦ {on: [a], where: "status in ('open', 'new')"} ¦ -
            60e ¦ a = :x and status = 'open'              ¦ {on: [a], where: status <> 'done'} ¦ a
            60f ¦ a = :x and status = 'done'              ¦ {on: [a], where: status <> 'done'} ¦ -
            61  ¦ b = :x and a > 50                      ¦ {on: [b], where: a > 100} ¦ -
            61b ¦ b = :x and a > 100                     ¦ {on: [b], where: a > 100} ¦ b
            61c ¦ b = :x and a > 200                      ¦ {on: [b], where: a > 100} ¦ b
            61d ¦ b = :x and a = 101                      ¦ {on: [b], where: a > 100} ¦ b
            61e ¦ b = :x and a between 101 and 110        ¦ {on: [b], where: a > 100} ¦ b
            61f ¦ b = :x and a >= 100                     ¦ {on: [b], where: a > 100} ¦ -
            61g ¦ b = :x and a > 100.5                    ¦ {on: [b], where: a > 100} ¦ -
            61h ¦ b = :x and a > :y                       ¦ {on: [b], where: a > 100} ¦ -
            61i ¦ a > 200 order by a                      ¦ {on: [a], where: a > 100} ¦ >a FULL
            61j ¦ a > 50 and a > 100                      ¦ {on: [a], where: a > 100} ¦ §§
            63  ¦ a = :x and flag                        ¦ {on: [a], where: flag} ¦ a
            63b ¦ a = :x and flag = true                 ¦ {on: [a], where: flag} ¦ a
            63c ¦ a = :x and flag is true                ¦ {on: [a], where: flag} ¦ -
            63d ¦ a = :x and not flag                    ¦ {on: [a], where: flag is not true} ¦ -
            64  ¦ k = :x and a = 1                       ¦ {on: [k], where: a = 1 and b = 2} ¦ -
            64b ¦ k = :x and b = 2                         ¦ {on: [k], where: a = 1 or b = 2} ¦ k
            64d ¦ k = :x and (a = 1 or b = 2)             ¦ {on: [k], where: "a in (1, 2) or b > 1"} ¦ k
            64e ¦ k = :x and (a = 1 or b = 3)             ¦ {on: [k], where: a = 1 or b = 2} ¦ -
            64c ¦ k = :x and (a = 1 or b = 2)            ¦ {on: [k], where: a = 1 or b = 2} ¦ k
            66  ¦ a = :x and status = :s                 ¦ {on: [a], where: status = 'open'} ¦ -
            66b ¦ d = :x                                 ¦ {on: [d], where: d is not null} ¦ d
            66c ¦ k = :x and lower(status) = :y            ¦ {on: [k], where: status is not null} ¦ k
            66d ¦ k = :x and coalesce(d, 0) = :y          ¦ {on: [k], where: d is not null} ¦ -
            67  ¦ (:x is null or a = :x)                 ¦ {on: [a]} ¦ -
            69  ¦ status = 'open' order by ts            ¦ {on: [ts], where: status = 'open'} ¦ FULL
            70  ¦ a = :x order by ts limit 1             ¦ {on: [ts]} ¦ -
            72  ¦ a = :x                                 ¦ {on: [a], using: hash} ¦ a
            72b ¦ a in (1, 2)                            ¦ {on: [a], using: hash} ¦ a
            72c ¦ a > :x                                 ¦ {on: [a], using: hash} ¦ -
            72d ¦ d is null                              ¦ {on: [d], using: hash} ¦ -
            73  ¦ j @> :x                                ¦ {on: [j], using: gin} ¦ j
            73b ¦ j ? 'k'                                ¦ {on: [j], using: gin} ¦ j
            73c ¦ j ->> 'k' = :x                         ¦ {on: [j], using: gin} ¦ -
            74  ¦ j @> :x                                ¦ {on: [j jsonb_path_ops], using: gin} ¦ j
            74b ¦ j ? 'k'                                ¦ {on: [j jsonb_path_ops], using: gin} ¦ -
            75  ¦ tags @> :x                             ¦ {on: [tags], using: gin} ¦ tags
            75b ¦ tags && :x                             ¦ {on: [tags], using: gin} ¦ tags
            75c ¦ 'x' = any(tags)                        ¦ {on: [tags], using: gin} ¦ -
            75d ¦ tags @> '{}'                           ¦ {on: [tags], using: gin} ¦ -
            75e ¦ tags = :x                               ¦ {on: [tags], using: gin} ¦ tags
            77  ¦ tsr && :x                              ¦ {on: [tsr], using: gist} ¦ tsr
            77b ¦ tsr && :x                              ¦ {on: [tsr]} ¦ -
            77e ¦ tsr && :x and a in (1, 2)                ¦ {on: [tsr], using: gist} ¦ tsr
            77c ¦ tsr && :x and a = :y                    ¦ {on: [a, tsr], using: gist} ¦ a
            77d ¦ tsr @> now()                            ¦ {on: [tsr], using: gist} ¦ tsr
            78  ¦ to_tsvector('english', name) @@ to_tsquery('english', :q) ¦ {on: ["to_tsvector('english', name)"], using: gin} ¦ to_tsvector('english', name)
            78b ¦ to_tsvector('german', name) @@ to_tsquery(:q) ¦ {on: ["to_tsvector('english', name)"], using: gin} ¦ -
            78c ¦ tsv @@ to_tsquery(:q)                  ¦ {on: [tsv], using: gin} ¦ tsv
            79  ¦ ts > :x                                ¦ {on: [ts], using: brin} ¦ ts
            79b ¦ a > 0 order by ts                      ¦ {on: [ts], using: brin} ¦ -
            79c ¦ deleted_at is null                      ¦ {on: [deleted_at], using: brin} ¦ deleted_at
            79d ¦ a = :x order by a                       ¦ {on: [a], using: brin} ¦ a FULL
            82  ¦ a > 0 order by a limit 5               ¦ {on: [b]} ¦ -
            57d ¦ a > 0 order by name <-> :q limit 5        ¦ {on: [name gin_trgm_ops], using: gin} ¦ -
            90  ¦ a > any(:x)                            ¦ {on: [a]} ¦ >a
            90b ¦ a = all(:x)                            ¦ {on: [a]} ¦ -
            90c ¦ a = b                                  ¦ {on: [a]} ¦ -
            90d ¦ coalesce(a, 0) = :x                    ¦ {on: [a]} ¦ -
            90e ¦ a + 1 = :x                             ¦ {on: [a]} ¦ -
            90f ¦ case when a = 1 then true end          ¦ {on: [a]} ¦ -
            90g ¦ a between symmetric :x and :y             ¦ {on: [a]} ¦ -
            """)
    void judgesConditions(String row, String condition, String indexes, String verdict) {
        assertThat(verdict("select * from t where " + condition, indexes, 18)).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0}: {1} on {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            3   ¦ b = :x                        ¦ {on: [many, b]}                             ¦ LEADING_TERM_UNBOUND
            25c ¦ d is not null                 ¦ {on: [d]}                                   ¦ HARDLY_NARROWS
            30  ¦ a = :x or b = :y              ¦ {on: [a]}                                   ¦ LEADING_TERM_UNBOUND
            30b ¦ a = :x or d is not null       ¦ {on: [a]}                                   ¦ HARDLY_NARROWS
            46  ¦ ts::date = :d                 ¦ {on: [ts]}                                  ¦ FUNCTION_ON_COLUMN
            51  ¦ name like 'abc%'              ¦ {on: [name]}                                ¦ OPERATOR_CLASS
            54  ¦ name like :x                  ¦ {on: [name text_pattern_ops]}               ¦ VALUE_UNKNOWN
            54b ¦ cname like :x                 ¦ {on: [cname]}                               ¦ VALUE_UNKNOWN
            54c ¦ name like :x                  ¦ {on: [name]}                                ¦ METHOD
            56b ¦ name like '%ab%'              ¦ {on: [name gin_trgm_ops], using: gin}       ¦ HARDLY_NARROWS
            59  ¦ a = :x                        ¦ {on: [a], where: status = 'open'}           ¦ PREDICATE_NOT_IMPLIED
            66  ¦ a = :x and status = :s        ¦ {on: [a], where: status = 'open'}           ¦ VALUE_UNKNOWN
            66b ¦ a = :x and status in (:s, :t) ¦ {on: [a], where: "status in ('a', 'b')"}    ¦ VALUE_UNKNOWN
            67  ¦ (:x is null or a = :x)        ¦ {on: [a]}                                   ¦ VALUE_UNKNOWN
            67b ¦ (a = :x or :x is null)        ¦ {on: [a]}                                   ¦ VALUE_UNKNOWN
            72c ¦ a > :x                        ¦ {on: [a], using: hash}                      ¦ METHOD
            73c ¦ j ->> 'k' = :x                ¦ {on: [j], using: gin}                       ¦ OPERATOR_CLASS
            75d ¦ tags @> '{}'                  ¦ {on: [tags], using: gin}                    ¦ HARDLY_NARROWS
            """)
    void givesTheReason(String row, String condition, String index, String reason) {
        assertThat(reasons("select * from t where " + condition, index, 18)).containsExactly(reason);
    }

    @ParameterizedTest(name = "{0}: {1} on {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            54  ¦ name like :x           ¦ {on: [name text_pattern_ops]}     ¦ WITH_VALUES
            59  ¦ a = :x                 ¦ {on: [a], where: status = 'open'} ¦ NONE
            60  ¦ a = :x and status = 'open' ¦ {on: [a], where: status = 'open'} ¦ ANY
            66  ¦ a = :x and status = :s ¦ {on: [a], where: status = 'open'} ¦ WITH_VALUES
            67  ¦ (:x is null or a = :x) ¦ {on: [a]}                         ¦ WITH_VALUES
            """)
    void tellsGenericPlansFromOthers(String row, String condition, String index, String plans) {
        for (var version : new int[] {15, 18}) {
            var coverage = coverage("select * from t where " + condition, index, version);
            assertThat(coverage.plans()).hasToString(plans);
            assertThat(coverage.version()).isEqualTo(version);
        }
    }

    @ParameterizedTest(name = "{0}: {1} on {2} of {3}")
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            4   ¦ b = :x                            ¦ {on: [few, b]} ¦ 17 ¦ -
            4b  ¦ b = :x                            ¦ {on: [few, b]} ¦ 18 ¦ b
            4c  ¦ b > :x                            ¦ {on: [few, b]} ¦ 18 ¦ >b
            4e  ¦ b = :x and c = :y                 ¦ {on: [few, b]} & {on: [c, a]} ¦ 18 ¦ c
            4d  ¦ c = :x                            ¦ {on: [few, b, c]} ¦ 18 ¦ -
            15  ¦ a = :x and b in (5, 6) order by b ¦ {on: [a, b]} ¦ 15 ¦ a,b
            15b ¦ a = :x and b in (5, 6) order by b ¦ {on: [a, b]} ¦ 17 ¦ a,b FULL
            15c ¦ a in (5, 6) order by a            ¦ {on: [a, b]} ¦ 15 ¦ a FULL
            15d ¦ a in (5, 6) and b = any(:x) order by a ¦ {on: [a, b]} ¦ 15 ¦ a,b
            27  ¦ a = 5 or a = 6 order by a         ¦ {on: [a]} ¦ 17 ¦ a
            27b ¦ a = 5 or a = 6 order by a         ¦ {on: [a]} ¦ 18 ¦ a FULL
            25  ¦ a is not null and b = 1           ¦ {on: [a, b]} ¦ 15 ¦ -
            25b ¦ a = 1 and b is not null           ¦ {on: [a, b]} ¦ 15 ¦ a,>b
            25c ¦ a = 1 and b is not null           ¦ {on: [a, b]} ¦ 17 ¦ a
            25d ¦ b is not null order by a limit 5  ¦ {on: [a]} ¦ 15 ¦ -
            25e ¦ b is not null order by a limit 5  ¦ {on: [a]} ¦ 17 ¦ WALK FULL
            """)
    void dependsOnTheVersion(String row, String condition, String indexes, int version, String verdict) {
        assertThat(verdict("select * from t where " + condition, indexes, version))
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0}: {1} on {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            30  ¦ select * from t                                   ¦ {on: [a]} ¦ -
            31  ¦ select count(*) from t where a = :x               ¦ {on: [a]} ¦ a IOS
            31b ¦ select a from t where a = :x for update            ¦ {on: [a]} ¦ a
            31c ¦ select t.a from t join p on p.id = t.pid where t.a = :x for update ¦ {on: [a, pid]} ¦ a
            31d ¦ select t.a from t join p on p.id = t.pid where t.a = :x for no key update of p ¦ {on: [a, pid]} ¦ a IOS
            31e ¦ select q.a from t as q, p where p.id = q.pid and q.a = :x for share of p, q skip locked ¦ {on: [a, pid]} ¦ a
            31f ¦ select x.a from (select a from t where a = :x) x for key share ¦ {on: [a]} ¦ a
            32  ¦ select t.id from p join t on t.pid = p.id or t.k = p.g where p.id = :x ¦ {on: [pid]} ¦ -
            38  ¦ select a, b from t where a = :x                   ¦ {on: [a], include: [b]} ¦ a IOS
            38b ¦ select a, c from t where a = :x                   ¦ {on: [a], include: [b]} ¦ a
            42  ¦ select lower(email) from t where lower(email) = :x ¦ {on: [lower(email)]} ¦ lower(email)
            57e ¦ select * from t order by name <-> :q limit 5      ¦ {on: [name gist_trgm_ops], using: gist} ¦ WALK FULL
            57f ¦ select * from t order by name <-> :q              ¦ {on: [name gist_trgm_ops], using: gist} ¦ -
            57g ¦ select * from t order by name <-> :q desc limit 5 ¦ {on: [name gist_trgm_ops], using: gist} ¦ -
            57h ¦ select * from t order by name <-> :q limit 5      ¦ {on: [name gin_trgm_ops], using: gin} ¦ -
            57i ¦ select * from t where name % :q order by name <-> :q limit 5 ¦ {on: [name gist_trgm_ops], using: gist} ¦ name FULL
            57j ¦ select * from t where name in (:p, :q) order by name <-> :q limit 5 ¦ {on: [name gist_trgm_ops], using: gist} ¦ name
            77f ¦ select tsr from t where tsr && :x ¦ {on: [tsr], using: gist} ¦ tsr IOS
            77  ¦ select * from t order by a <-> :q limit 5         ¦ {on: [a], using: gist} ¦ WALK FULL
            77b ¦ select * from t order by lower(tsr) limit 5       ¦ {on: [tsr], using: gist} ¦ -
            42b ¦ select lower(email) from t where lower(email) = :x ¦ {on: [lower(email)], include: [email]} ¦ lower(email) IOS
            48  ¦ select t.a from t join p on t.pid = p.num where p.id = :x ¦ {on: [pid]} ¦ -
            68  ¦ select a from t where a = 1 and status = 'open'   ¦ {on: [a], where: status = 'open'} ¦ a IOS
            68b ¦ select a, status from t where a = 1 and status = 'open' ¦ {on: [a], where: status = 'open'} ¦ a
            16  ¦ select * from t order by a, b, c limit 5          ¦ {on: [a, b, c]} ¦ WALK FULL
            16b ¦ select * from t order by a, b, c, d limit 5       ¦ {on: [a, b, c]} ¦ -
            16c ¦ select * from t order by a, b, c                  ¦ {on: [a, b, c]} ¦ -
            16d ¦ select * from t limit 5                           ¦ {on: [a]} ¦ FIRST
            16e ¦ select * from t where b = 1 limit 5               ¦ {on: [a]} ¦ -
            80  ¦ select max(a) from t                              ¦ {on: [a]} ¦ WALK FULL IOS
            80b ¦ select max(b) from t where a = :x                 ¦ {on: [a, b]} ¦ a FULL IOS
            80c ¦ select a, max(b) from t group by a                ¦ {on: [a, b]} ¦ -
            80d ¦ select distinct a from t                          ¦ {on: [a, b]} ¦ -
            81  ¦ select distinct on (a) a, b from t order by a, b desc ¦ {on: [a, b desc]} ¦ -
            81b ¦ select distinct b from t where a = :x             ¦ {on: [a, b]} ¦ a IOS
            81c ¦ select distinct on (b) b, c from t where a = :x order by b, c desc ¦ {on: [a, b, c desc]} ¦ a FULL IOS
            82  ¦ select t.a from p join t on t.pid = p.id where p.id = :x ¦ {on: [pid]} ¦ pid
            82b ¦ select t.a from p join t on t.pid = p.id and t.k = 3 where p.id = :x ¦ {on: [k, pid]} ¦ k,pid
            82c ¦ select t.a from p left join t on t.pid = p.id where p.id = :x ¦ {on: [pid]} ¦ pid
            82d ¦ select p.g from t left join p on p.id = t.pid where p.id = :x ¦ {on: [pid]} ¦ pid IOS
            82e ¦ select p.g from t left join p on p.id = t.pid and p.id = :x ¦ {on: [pid]} ¦ -
            82f ¦ select t.a from p join t using (g) where p.id = :x ¦ {on: [g]} ¦ g
            82g ¦ select t.a from p, t where t.pid = p.id and p.id = :x ¦ {on: [pid]} ¦ pid
            82h ¦ select t.a from t join p on p.id = t.pid where t.k = 3 ¦ {on: [k]} ¦ k
            82i ¦ select p.g from p full join t on t.pid = p.id     ¦ {on: [pid]} ¦ -
            83  ¦ select * from p where p.id = :x and exists (select 1 from t where t.pid = p.id) ¦ {on: [pid]} ¦ pid IOS
            83b ¦ select * from p where p.id = :x and not exists (select 1 from t where t.pid = p.id) ¦ {on: [pid]} ¦ pid IOS
            83c ¦ select * from p where p.id = :x and p.id in (select pid from t) ¦ {on: [pid]} ¦ pid IOS
            83d ¦ select * from p where p.id = :x and p.id not in (select pid from t) ¦ {on: [pid]} ¦ -
            83e ¦ select * from t where t.pid in (select id from p where p.id = :x) ¦ {on: [pid]} ¦ pid
            83f ¦ select * from t where t.pid = (select max(id) from p) ¦ {on: [pid]} ¦ pid
            83g ¦ select * from p cross join lateral (select v.a from t v where v.pid = p.id order by v.k desc limit 1) x where p.id = :x ¦ {on: [pid, k desc]} ¦ pid FULL
            83h ¦ select p.id, (select count(*) from t where t.pid = p.id) from p where p.id = :x ¦ {on: [pid]} ¦ pid IOS
            83j ¦ select p.id, (select count(*) from t where t.pid = p.id and t.ts > :x) from p ¦ {on: [ts]} & {on: [pid, ts]} ¦ pid,>ts IOS
            83k ¦ select p.id from p where p.g < (select sum(a) from t where t.pid = p.id and t.ts > :x) ¦ {on: [ts]} & {on: [pid, ts]} ¦ pid,>ts
            83i ¦ select * from t where exists (select 1 from p where p.id = t.pid and p.id = :x) ¦ {on: [pid]} ¦ pid
            85  ¦ select a from t where a = 1 union all select b from t where b = 2 ¦ {on: [a]} & {on: [b]} ¦ a IOS; b IOS
            85b ¦ select a from t union all select b from t order by 1 limit 5 ¦ {on: [a]} & {on: [b]} ¦ WALK FULL IOS; WALK FULL IOS
            85c ¦ select a from t union all select b from t order by 1 limit 5 ¦ {on: [a]} ¦ WALK FULL IOS; -
            86  ¦ select * from (select a, b from t) x where x.a = :x ¦ {on: [a]} ¦ a
            86w ¦ select k, row_number() over (partition by pid order by k desc) from t where pid = :x ¦ {on: [pid, k desc]} ¦ pid IOS
            86x ¦ select * from (select id, row_number() over (partition by pid order by k) n from t) x where n = 1 ¦ {on: [pid, k]} ¦ -
            86b ¦ select * from (select a, max(b) m from t group by a) x where x.a = :x ¦ {on: [a]} ¦ a
            86c ¦ select * from (select a, max(b) m from t group by a) x where x.m = :x ¦ {on: [b]} ¦ -
            86d ¦ select * from (select a from t limit 10) x where x.a = :x ¦ {on: [b]} ¦ FIRST
            86e ¦ with x as (select a, b from t) select * from x where a = :x ¦ {on: [a]} ¦ a
            86f ¦ with x as materialized (select a, b from t) select * from x where a = :x ¦ {on: [a]} ¦ -
            86g ¦ with x as (select a, b from t) select * from x one, x other where one.a = :x and other.a = one.b ¦ {on: [a]} ¦ -
            86h ¦ select * from (select a from t union all select b from t) x where x.a = :x ¦ {on: [a]} & {on: [b]} ¦ a IOS; b IOS
            86i ¦ with recursive r as (select id, pid from t where id = :x union all select t.id, t.pid from t join r on t.id = r.pid) select * from r ¦ {on: [a]} ¦ id; id
            87  ¦ select * from t where email = :x order by a       ¦ {on: [email], unique: true} ¦ email FULL
            87b ¦ select * from t where email = :x order by a       ¦ {on: [email]} ¦ email
            91  ¦ update t set a = 1 where k = :x                   ¦ {on: [k]} ¦ k
            91b ¦ update t set a = 1 where b = :x                   ¦ {on: [k]} ¦ -
            91c ¦ delete from t using p where t.pid = p.id and p.id = :x ¦ {on: [pid]} ¦ pid
            91d ¦ insert into p (id) select id from t where b = :x  ¦ {on: [k]} ¦ -
            91e ¦ insert into t (id, k) values (1, 2) on conflict (k) do update set a = excluded.a + t.a ¦ {on: [k], unique: true} ¦ k
            92  ¦ select * from t where a = any(select g from p where id = :x) ¦ {on: [a]} ¦ a
            93  ¦ select * from unnest(:ids) as ids(id) join t on t.k = ids.id ¦ {on: [k]} ¦ k
            94  ¦ select * from t join elsewhere(:x) as e on e.id = t.k ¦ {on: [k]} ¦ k (blind)
            95  ¦ select * from t where a = random()                ¦ {on: [a]} ¦ -
            96  ¦ select t.* from t join p on p.id = t.pid order by t.a limit 5 ¦ {on: [a]} ¦ -
            97  ¦ select k from t where k = :x and not exists (select 1 from p where p.id = t.pid) ¦ {on: [k]} ¦ k
            97b ¦ select k from t where k = :x and not exists (select 1 from p where p.id = t.pid) ¦ {on: [k, pid]} ¦ k IOS
            98  ¦ select t.id from t left join p on p.id = t.pid where p.g is null limit 10 ¦ {on: [a]} ¦ -
            98b ¦ select t.id from t left join p on p.id = t.pid limit 10 ¦ {on: [a]} ¦ FIRST
            98c ¦ select t.id from t left join p on p.id = t.pid where exists (select 1 from p q where q.g = p.g) limit 10 ¦ {on: [a]} ¦ -
            99  ¦ select t.id from t join p on p.id = t.pid where t.k = :x order by p.id ¦ {on: [k, pid]} ¦ k FULL
            99b ¦ select t.id from t left join p on p.id = t.pid where t.k = :x order by p.id ¦ {on: [k, pid]} ¦ k
            99c ¦ select t.a from p left join t on t.pid = p.id where p.id = :x order by t.k ¦ {on: [pid, k]} ¦ pid
            99d ¦ select t.a from p join t on t.pid = p.id where p.g = :x and t.k = 5 order by t.k ¦ {on: [pid]} ¦ pid FULL
            66c ¦ select a from t where a = :x and status = 'open' and status = :s ¦ {on: [a], where: status = 'open'} ¦ a IOS
            66d ¦ select a from p left join t on t.a = p.g and t.status = 'open' and t.status = p.num::text where p.id = :x ¦ {on: [a], where: status = 'open'} ¦ a
            66e ¦ select * from t where a = 1 and a = :x ¦ {on: [a], where: a = 1, using: brin} ¦ §§
            66g ¦ select * from t where name like '%ab%' and a = 1 ¦ {on: [name gist_trgm_ops], using: gist, where: a = 1} ¦ §§
            66f ¦ select * from t where a = 1 and a = :x ¦ {on: [a], where: a = 1, using: hash} ¦ a
            25f ¦ select a from t where a = :x and (b is not null or c = 1) ¦ {on: [a]} ¦ a IOS
            25g ¦ select a from t where a = :x and (d is not null or c = 1) ¦ {on: [a]} ¦ a
            98d ¦ select t.id from p right join t on t.pid = p.id and t.a = :x where exists (select 1 from p q where q.g = p.g) ¦ {on: [a]} ¦ a
            98e ¦ select t.id from p right join t on t.pid = p.id and t.a = :x where not exists (select 1 from p q where q.g = p.g) ¦ {on: [a]} ¦ -
            98f ¦ select t.id from p right join t on t.pid = p.id and t.a = :x where exists (select 1 from p q where q.g = 5) ¦ {on: [a]} ¦ -
            98g ¦ select t.id from p full join t on t.k = p.g right join p q on q.id = p.id where q.id = :x ¦ {on: [k]} ¦ k
            98h ¦ select t.id from p full join t on t.k = p.g left join p q on q.id = p.id ¦ {on: [k]} ¦ -
            83l ¦ select * from t where t.id in (select g from p) ¦ {on: [a]} ¦ id
            30c ¦ select * from t where (a = :x or b = :y) and k = :z order by k ¦ {on: [a]} & {on: [b]} ¦ a + b FULL
            30d ¦ select * from t where (a = :x or b = :y) order by k ¦ {on: [a]} & {on: [b]} ¦ a + b
            31  ¦ select * from t where few = :x and many = :y ¦ {on: [few]} & {on: [many]} ¦ many
            31b ¦ select * from t where few = :x and many = :y ¦ {on: [few]} & {on: [many, a]} ¦ many
            31c ¦ select * from t where few = :x and many = :y order by b ¦ {on: [few, b]} & {on: [many]} ¦ few FULL
            99e ¦ select t.a from p left join t on t.pid = p.id and t.k = :x ¦ {on: [k, pid]} ¦ k,pid
            """)
    void judgesQueries(String row, String sql, String indexes, String verdict) {
        assertThat(verdict(sql, indexes, 18)).isEqualTo(verdict);
    }
}
