package dev.schemaproof.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionalSqlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            a = :x and b = :y or c = :x             ¦ a = $1 and b = $2 or c = $1         ¦ x,y
            a = :x::int and b::date > :y            ¦ a = $1::int and b::date > $2        ¦ x,y
            a in (:x,:y)                            ¦ a in ($1,$2)                        ¦ x,y
            a in:ids                                ¦ a in $1                             ¦ ids
            a=:x                                    ¦ a=$1                                ¦ x
            a>=:x and a<-:y                         ¦ a>=$1 and a<-$2                     ¦ x,y
            a <@:x                                  ¦ a <@$1                              ¦ x
            'it''s :x' = :y                         ¦ 'it''s :x' = $1                     ¦ y
            E'it\\'s :x' = :y                       ¦ E'it\\'s :x' = $1                   ¦ y
            'ends in \\' = :y                       ¦ 'ends in \\' = $1                   ¦ y
            e'\\\\' = :y                            ¦ e'\\\\' = $1                        ¦ y
            U&'\\0041:x' = :y                       ¦ U&'\\0041:x' = $1                   ¦ y
            $$:x ' " $$ = :y                        ¦ $$:x ' " $$ = $1                    ¦ y
            $a$ :x $$ :z $b$ $a$ = :y               ¦ $a$ :x $$ :z $b$ $a$ = $1           ¦ y
            a$b$ = :y                               ¦ a$b$ = $1                           ¦ y
            "odd "":x"" name" = :y                  ¦ "odd "":x"" name" = $1              ¦ y
            /* :x /* :z */ ' */ :y                  ¦ /* :x /* :z */ ' */ $1              ¦ y
            tags[1:2] = :y                          ¦ tags[1:2] = $1                      ¦ y
            tags[a:b] = :y                          ¦ tags[a:b] = $1                      ¦ y
            tags[f(a):b] = :y                       ¦ tags[f(a):b] = $1                   ¦ y
            tags[:x] = :y                           ¦ tags[$1] = $2                       ¦ x,y
            array[:x, :y]                           ¦ array[$1, $2]                       ¦ x,y
            f(a := :x)                              ¦ f(a := $1)                          ¦ x
            data ? 'k' and a ?| :y                  ¦ data ? 'k' and a ?| $1              ¦ y
            :größe                                  ¦ $1                                  ¦ größe
            :a1_b + :A1_B                           ¦ $1 + $2                             ¦ a1_b,A1_B
            a : b                                   ¦ a : b                               ¦ §§
            :1                                      ¦ :1                                  ¦ §§
            select :x ; ;                           ¦ select $1                           ¦ x
            """)
    void rewritesParametersAndNothingElse(String named, String positional, String names) {
        var sql = PositionalSql.of(named);
        assertThat(sql.sql()).isEqualTo(positional);
        assertThat(String.join(",", sql.parameterNames())).isEqualTo(names);
    }

    @Test
    void knowsLineComments() {
        assertThat(PositionalSql.of("a = :x -- :z 'it\n and b = :y -- the end ;\n")
                        .sql())
                .isEqualTo("a = $1 -- :z 'it\n and b = $2");
    }

    @Test
    void knowsLiteralsContinuedOnTheNextLine() {
        assertThat(PositionalSql.of("E'a' -- c\n '\\' :x' = :y").sql()).isEqualTo("E'a' -- c\n '\\' :x' = $1");
        assertThat(PositionalSql.of("'a' '\\' = :y").sql()).isEqualTo("'a' '\\' = $1");
    }

    @Test
    void countsBeyondNine() {
        var named = new StringBuilder();
        for (var i = 1; i <= 12; i++) {
            named.append(":p").append(i).append(' ');
        }
        assertThat(PositionalSql.of(named.toString()).sql()).endsWith("$9 $10 $11 $12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'",
                "'abc :x",
                "\"abc :x",
                "$$ :x",
                "$tag$ :x",
                "/* :x",
                "E'\\",
                ":",
                "::",
                "$",
                "$$$",
                "[",
                "[:",
                "'\n'"
            })
    void leavesWhatHasNoEndAlone(String sql) {
        assertThat(PositionalSql.of(sql)).isEqualTo(new PositionalSql(sql, java.util.List.of()));
    }
}
