package dev.schemaproof.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.schemaproof.model.DataType;
import dev.schemaproof.model.ScalarKind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresDialectTest {

    private final PostgresDialect dialect = new PostgresDialect();

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    users,       users
                    _a1,         _a1
                    name,        name
                    Users,       "Users"
                    order,       "order"
                    user,        "user"
                    loop,        "loop"
                    1st,         "1st"
                    a-b,         "a-b"
                    a$b,         "a$b"
                    größe,       "größe"
                    say "hi",    "say ""hi\"""
                    """)
    void quotesOnlyWhatWouldBeMisread(String name, String written) {
        assertThat(dialect.identifier(name)).isEqualTo(written);
    }

    @Test
    void quotesLiterals() {
        assertThat(dialect.literal("it's")).isEqualTo("'it''s'");
        assertThat(dialect.literal("a\\' or 1=1")).isEqualTo("E'a\\\\'' or 1=1'");
        assertThat(dialect.literal("one\r\ntwo")).isEqualTo("E'one\\r\ntwo'");
    }

    @Test
    void choosesADollarTagThatTheBodyCannotEnd() {
        assertThat(dialect.dollarTag("body", "select 1")).isEqualTo("body");
        assertThat(dialect.dollarTag("body", "select '$body$'")).isEqualTo("body2");
        assertThat(dialect.dollarTag("body", "ends in $body")).isEqualTo("body2");
        assertThat(dialect.dollarTag("body", "$body $body2")).isEqualTo("body3");
    }

    @Test
    void leavesNoLineEndInAComment() {
        assertThat(dialect.commentLines(" one\ntwo\r\nthree\rfour\u2028five\u0085six\u000Bseven\ffin */ -- x \n"))
                .containsExactly("one", "two", "three", "four", "five", "six", "seven", "fin */ -- x");
    }

    @Test
    void translatesTypes() {
        assertThat(dialect.type(new DataType.Varying(20))).isEqualTo("varchar(20)");
        assertThat(dialect.type(new DataType.Fixed(2))).isEqualTo("char(2)");
        assertThat(dialect.type(new DataType.Decimal(10, 2))).isEqualTo("numeric(10,2)");
        assertThat(dialect.type(new DataType.Array(new DataType.Array(new DataType.Scalar(ScalarKind.FLOAT)))))
                .isEqualTo("real[][]");
        assertThat(dialect.type(new DataType.Named("Task Status"))).isEqualTo("\"Task Status\"");
        assertThat(dialect.type(new DataType.Native("geometry(Point,4326)"))).isEqualTo("geometry(Point,4326)");
        assertThat(Arrays.stream(ScalarKind.values())
                        .map(DataType.Scalar::new)
                        .map(dialect::type)
                        .toList())
                .isEqualTo(List.of(
                        "text",
                        "uuid",
                        "smallint",
                        "integer",
                        "bigint",
                        "real",
                        "double precision",
                        "boolean",
                        "date",
                        "time",
                        "timestamp",
                        "timestamptz",
                        "interval",
                        "jsonb",
                        "bytea",
                        "inet"));
        assertThatIllegalArgumentException().isThrownBy(() -> dialect.type(new DataType.Unreadable()));
    }

    @Test
    void namesWhatTheModelLeavesUnnamed() {
        assertThat(PostgresNames.primaryKey("users")).isEqualTo("users_pkey");
        assertThat(PostgresNames.unique("users", List.of("first", "last"))).isEqualTo("users_first_last_key");
        assertThat(PostgresNames.check("users", "age")).isEqualTo("users_age_check");
        assertThat(PostgresNames.foreignKey("posts", "author")).isEqualTo("posts_author_fkey");
    }

    @Test
    void cutsLongNamesToTwoThatDiffer() {
        var one = PostgresNames.unique("t".repeat(63), List.of("a"));
        var two = PostgresNames.unique("t".repeat(63), List.of("b"));
        assertThat(one).isNotEqualTo(two).startsWith("t".repeat(54) + "_").hasSize(63);
    }

    @Test
    void countsBytesAndCutsBetweenCharacters() {
        assertThat(PostgresNames.fit("ä".repeat(31) + "x")).isEqualTo("ä".repeat(31) + "x");
        var cut = PostgresNames.fit("😀".repeat(16));
        assertThat(PostgresNames.bytes(cut)).isLessThanOrEqualTo(63);
        assertThat(cut).startsWith("😀".repeat(13) + "_").hasSize(2 * 13 + 9);
    }
}
