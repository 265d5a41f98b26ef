package dev.schemaproof.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.prove.TestServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Storage parameters and options of operator classes have the limits that the server says. */
class ParameterLimitsTest {

    @RegisterExtension
    static final TestServer OLDEST = new TestServer(15);

    @RegisterExtension
    static final TestServer NEWEST = new TestServer(18);

    private static final Map<String, String> COLUMNS = Map.of(
            "btree", "a int", "hash", "a int", "gist", "a point", "spgist", "a point", "gin", "a int[]", "brin",
            "a int");

    /** Columns that operator classes with options are for. */
    private static final Map<String, String> CLASSES = Map.of(
            "gist tsvector_ops", "a tsvector",
            "gist gist_trgm_ops", "a text",
            "gist gist_hstore_ops", "a hstore",
            "gist gist__intbig_ops", "a int[]",
            "gist gist__int_ops", "a int[]",
            "gist gist_ltree_ops", "a ltree",
            "gist gist__ltree_ops", "a ltree[]",
            "brin int8_bloom_ops", "a bigint",
            "brin timestamptz_minmax_multi_ops", "a timestamptz");

    @Test
    void tablesTakeTheirParameters() throws Exception {
        for (var server : Map.of(15, OLDEST, 18, NEWEST).entrySet()) {
            try (var connection = server.getValue().database().connect()) {
                for (var parameter : StorageParameter.ofTable().values()) {
                    judge(
                            connection,
                            parameter,
                            server.getKey(),
                            "CREATE TABLE t (a text) WITH (" + parameter.name() + " = '%s')");
                }
            }
        }
    }

    @Test
    void indexesTakeTheirParameters() throws Exception {
        for (var server : Map.of(15, OLDEST, 18, NEWEST).entrySet()) {
            try (var connection = server.getValue().database().connect()) {
                for (var method : COLUMNS.entrySet()) {
                    for (var parameter :
                            StorageParameter.ofIndex(method.getKey()).values()) {
                        judge(
                                connection,
                                parameter,
                                server.getKey(),
                                "CREATE TABLE t (" + method.getValue() + "); CREATE INDEX ON t USING " + method.getKey()
                                        + " (a) WITH (" + parameter.name() + " = '%s')");
                    }
                }
            }
        }
    }

    @Test
    void operatorClassesTakeTheirOptions() throws Exception {
        for (var server : Map.of(15, OLDEST, 18, NEWEST).entrySet()) {
            try (var connection = server.getValue().database().connect()) {
                for (var extension : List.of("pg_trgm", "hstore", "intarray", "ltree")) {
                    try (var statement = connection.createStatement()) {
                        statement.execute("CREATE EXTENSION " + extension);
                    }
                }
                for (var known : CLASSES.entrySet()) {
                    var names = known.getKey().split(" ");
                    var options = OperatorClassOption.of(names[0], names[1]);
                    assertThat(options).isNotEmpty();
                    for (var option : options.values()) {
                        judge(
                                connection,
                                option,
                                server.getKey(),
                                "CREATE TABLE t (" + known.getValue() + "); CREATE INDEX ON t USING " + names[0]
                                        + " (a " + names[1] + " (" + option.name() + " = '%s'))");
                    }
                }
            }
        }
    }

    private static void judge(Connection connection, StorageParameter parameter, int version, String statement)
            throws SQLException {
        var expected = new LinkedHashMap<String, Boolean>();
        var known = parameter.since() <= version;
        for (var value : values(parameter)) {
            expected.put(value, known && parameter.takes(value));
        }
        var found = new LinkedHashMap<String, Boolean>();
        for (var value : expected.keySet()) {
            found.put(value, takes(connection, statement.formatted(value)));
        }
        assertThat(found)
                .as("%s in PostgreSQL %s: %s", parameter.name(), version, statement)
                .isEqualTo(expected);
    }

    private static List<String> values(StorageParameter parameter) {
        if (parameter.kind() != StorageParameter.Kind.NUMBER) {
            var values = new ArrayList<>(parameter.words());
            values.addAll(List.of("on", "off", "true", "maybe", "2"));
            return values;
        }
        var step = parameter.most().scale() > 0 ? new BigDecimal("0.0001") : BigDecimal.ONE;
        return List.of(
                parameter.least().subtract(step).toPlainString(),
                parameter.least().toPlainString(),
                parameter.most().toPlainString(),
                parameter.most().add(step).toPlainString(),
                "none");
    }

    private static boolean takes(Connection connection, String statement) throws SQLException {
        connection.setAutoCommit(false);
        try (var prepared = connection.createStatement()) {
            prepared.execute(statement);
            return true;
        } catch (SQLException e) {
            return false;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
