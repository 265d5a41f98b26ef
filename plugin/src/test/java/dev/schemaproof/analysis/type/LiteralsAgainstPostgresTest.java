package dev.schemaproof.analysis.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.prove.TestServer;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is no value of a type for us is none for PostgreSQL: every text is tried as a value of every type. */
class LiteralsAgainstPostgresTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final List<String> TYPES = List.of(
            "text",
            "varchar",
            "uuid",
            "int2",
            "int4",
            "int8",
            "numeric",
            "float4",
            "float8",
            "bool",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "jsonb",
            "json",
            "bytea",
            "inet",
            "cidr",
            "text[]",
            "int4[]",
            "uuid[]",
            "tstzrange",
            "tsrange",
            "daterange",
            "int4range",
            "int8range",
            "numrange",
            "point",
            "tsvector",
            "bit",
            "varbit",
            "money",
            "macaddr",
            "macaddr8",
            "xml",
            "name",
            "pg_lsn",
            "oid",
            "path",
            "box");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "it's",
            "\n",
            "abc",
            "0",
            "-1",
            "5",
            "007",
            "32767",
            "2147483647",
            "9223372036854775807",
            "1.5",
            "-1.5",
            "3.14",
            "1e2",
            "NaN",
            "infinity",
            "-infinity",
            "true",
            "yes",
            "2026-01-01",
            "2026-13-01",
            "2026-01-01 12:00",
            "2026-01-01 12:00Z",
            "2026-01-01T12:00",
            "2026-01-01 1",
            "2026-01-01 1234",
            "20260101",
            "20261301",
            "2026010112",
            "123456",
            "1234567",
            "12345",
            "now",
            "today",
            "tomorrow",
            "epoch",
            "allballs",
            "today 12:00",
            "12:00",
            "12:00:01.5",
            "12:",
            "1 day",
            "2 hours",
            "1 day 2:00",
            "P1D",
            "1-2",
            "1/2",
            "1 5",
            "1,5",
            "1 5 7",
            "1 2 3 4",
            "[1,5)",
            "(1,2)",
            "(1,2),(3,4)",
            "{1,2}",
            "[a,b)",
            "[1,)",
            "(,)",
            "[,2026-01-01)",
            "[2020-01-01,2021-01-01)",
            "[today,infinity)",
            "[1.5,2)",
            "empty",
            "{}",
            "[1, 2]",
            "{a}",
            "\\xdead",
            "\\xd",
            "back\\slash",
            "back\\\\slash",
            "\\101",
            "\\9",
            "10.0.0.1",
            "10.0.0.1/8",
            "10.1/16",
            "10.1",
            "::1",
            "::1/128",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:1.2.3.4",
            "1:2",
            "a:1",
            "a:b",
            "a:0",
            "a: b",
            "a:1,2B b",
            ":a",
            "a :1",
            "08:00:2b:01:02:03",
            "08002b010203",
            "00000000-0000-0000-0000-000000000000",
            "101",
            "B101",
            "1.00",
            "$1.00",
            "(5)",
            "5-",
            "5%",
            "5 kr",
            "данные",
            "a b",
            "<a/>",
            "@",
            "0/16B3748",
            "((0,0),(1,1))");

    private static final PostgresDialect DIALECT = new PostgresDialect();

    private final Literals literals =
            new Literals(Models.read("schema: x\nentities: {T: {attributes: {id: int}, key: [id]}}"));

    @Test
    void acceptsWhatIsAccepted() throws SQLException {
        var wronged = new ArrayList<String>();
        try (var connection = SERVER.database().connect();
                var statement = connection.createStatement()) {
            for (var type : TYPES) {
                for (var text : TEXTS) {
                    if (isRefused(type, text) && isValue(statement, type, text)) {
                        wronged.add(type + " " + text);
                    }
                }
            }
        }
        assertThat(wronged).isEmpty();
    }

    /** What random models have met, or may. */
    @Test
    void refusesWhatLooksLikeAnother() {
        var met = new TreeSet<String>();
        for (var type : TYPES) {
            for (var text : TEXTS) {
                if (isRefused(type, text)) {
                    met.add(type + " " + text);
                }
            }
        }
        assertThat(met)
                .contains(
                        "interval [1,5)",
                        "interval (1,2)",
                        "interval {1,2}",
                        "interval 2026-01-01 12:00",
                        "interval today",
                        "interval 1e2",
                        "time 2026-01-01",
                        "time infinity",
                        "time today 12:00",
                        "time 1 5 7",
                        "time 12345",
                        "date 1e2",
                        "date allballs",
                        "date 2026-01-01 1",
                        "timestamptz 20261301",
                        "timestamp (1,2),(3,4)",
                        "tstzrange [1,5)",
                        "daterange [a,b)",
                        "int4range [2020-01-01,2021-01-01)",
                        "int4range [1.5,2)",
                        "inet 3.14",
                        "inet 5",
                        "inet 12:00",
                        "inet 08:00:2b:01:02:03",
                        "inet 1:2",
                        "cidr 1:2",
                        "tsvector 12:00",
                        "tsvector a:0",
                        "tsvector a: b",
                        "tsvector 2026-01-01 12:00",
                        "money 2026-01-01",
                        "money 1 day",
                        "money 00000000-0000-0000-0000-000000000000",
                        "money данные",
                        "macaddr 00000000-0000-0000-0000-000000000000",
                        "bytea back\\slash",
                        "bytea \\9",
                        "bytea \\xd");
    }

    private boolean isRefused(String type, String text) {
        var known = type.endsWith("[]")
                ? SqlType.builtIn(type.substring(0, type.length() - 2)).array()
                : SqlType.builtIn(type);
        return literals.problem(known, text).isPresent();
    }

    private static boolean isValue(Statement statement, String type, String text) {
        try {
            statement.execute("SELECT " + DIALECT.literal(text) + "::" + type);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
