package dev.schemaproof.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.diagnostic.Location;
import dev.schemaproof.model.SourceText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedSqlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // A column gives its name, on either side of the operator
                "SELECT * FROM a WHERE id = $1 | SELECT * FROM a WHERE id = :id",
                "SELECT * FROM a WHERE $1 = a.owner_id | SELECT * FROM a WHERE :owner_id = a.owner_id",
                "SELECT * FROM a WHERE lower(a.email) = lower($1) | SELECT * FROM a WHERE lower(a.email) = lower(:email)",
                "SELECT * FROM a WHERE \"userId\" = $1 | SELECT * FROM a WHERE \"userId\" = :userid",
                "SELECT * FROM a WHERE id = ANY($1) AND b LIKE $2 | SELECT * FROM a WHERE id = ANY(:id) AND b LIKE :b",
                // One name for each place, and no name twice
                "SELECT * FROM a WHERE x = $1 AND y = $1 | SELECT * FROM a WHERE x = :x AND y = :x",
                "SELECT * FROM a WHERE at >= $1 AND at < $2 | SELECT * FROM a WHERE at >= :at AND at < :at_2",
                "SELECT * FROM a WHERE at BETWEEN $1 AND $2 | SELECT * FROM a WHERE at BETWEEN :at_from AND :at_to",
                "SELECT $1 | SELECT :value",
                "SELECT * FROM a LIMIT $1 OFFSET $2 | SELECT * FROM a LIMIT :limit OFFSET :offset",
                // Lists
                "SELECT * FROM a WHERE id IN ($1, $2, $3) | SELECT * FROM a WHERE id = ANY (:id_list)",
                "SELECT * FROM a WHERE id NOT IN ($1,$2) | SELECT * FROM a WHERE id <> ALL (:id_list)",
                "SELECT * FROM a WHERE id IN ($1 /*, ... */) | SELECT * FROM a WHERE id = ANY (:id_list)",
                "SELECT * FROM a WHERE id IN ($1) | SELECT * FROM a WHERE id IN (:id)",
                "SELECT * FROM a WHERE id IN (SELECT x FROM b) | SELECT * FROM a WHERE id IN (SELECT x FROM b)",
                // Writes
                "INSERT INTO a (id, name) VALUES ($1, $2), ($3, $4) RETURNING id | INSERT INTO a (id, name) VALUES (:id, :name) RETURNING id",
                "INSERT INTO a (id, at) VALUES ($1, coalesce($2, now())) | INSERT INTO a (id, at) VALUES (:id, coalesce(:at, now()))",
                "INSERT INTO a VALUES ($1, $2) | INSERT INTO a VALUES (:value, :value_2)",
                "UPDATE a SET name = $2 WHERE id = $1; | UPDATE a SET name = :name WHERE id = :id",
                // Other spellings of parameters
                "SELECT * FROM a WHERE id = ? AND b=? | SELECT * FROM a WHERE id = :id AND b= :b",
                "SELECT * FROM a WHERE tags ? 'x' | SELECT * FROM a WHERE tags ? 'x'",
                "SELECT * FROM a WHERE id = @id AND b @> $1 | SELECT * FROM a WHERE id = :id AND b @> :b",
                "SELECT * FROM a WHERE id = sqlc.arg(user_id) AND b = sqlc.narg('nick') | SELECT * FROM a WHERE id = :user_id AND b = :nick",
                "SELECT * FROM a WHERE id = :id AND other = $1 AND id = $2 | SELECT * FROM a WHERE id = :id AND other = :other AND id = :id_2",
                // A parameter can't stand behind a type
                "SELECT * FROM a WHERE at > now() - interval $1 | SELECT * FROM a WHERE at > now() - :interval::interval",
                "SELECT * FROM a WHERE d = date $1 | SELECT * FROM a WHERE d = :d::date",
                "SELECT '$1', $$ $2 $$ FROM a -- $3 | SELECT '$1', $$ $2 $$ FROM a",
                "SELECT id/* x */FROM a | SELECT id FROM a",
            })
    void namesParameters(String given, String named) {
        assertThat(NamedSql.of(given, false).sql()).isEqualTo(named);
        assertThat(SqlParser.statement(SourceText.of(named, Location.startOf("f")))
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM a WHERE id = 7 AND b = 'x' LIMIT 20 | SELECT * FROM a WHERE id = :id AND b = :b LIMIT 20",
                "SELECT * FROM a WHERE id IN (1, 2) ORDER BY 1 | SELECT * FROM a WHERE id = ANY (:id_list) ORDER BY 1",
                "SELECT 1 FROM a WHERE d = date '2026-01-31' | SELECT 1 FROM a WHERE d = :d::date",
                "SELECT n::numeric(10, 2) FROM a OFFSET 40 | SELECT n::numeric(10, 2) FROM a OFFSET :offset",
                "INSERT INTO a (id, name) VALUES (1, 'x'), (2, 'y') | INSERT INTO a (id, name) VALUES (:id, :name)",
            })
    void putsParametersInPlaceOfValues(String given, String named) {
        assertThat(NamedSql.of(given, true).sql()).isEqualTo(named);
    }

    @Test
    void listsParametersInTheirOrder() {
        assertThat(NamedSql.of("SELECT :b FROM a WHERE x = $2 AND y = $1 AND z = :b", false)
                        .parameters())
                .containsExactly("b", "x", "y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "in",
                "insert into",
                "insert into a (",
                "values ($1",
                "'",
                "$1",
                "@",
                "not in ($1, $2",
                "sqlc.arg(",
                "date",
                "?",
                "=?"
            })
    void takesAnyText(String text) {
        assertThat(NamedSql.of(text, true).sql()).isNotNull();
        assertThat(NamedSql.of(text, false).sql()).isNotNull();
    }
}
