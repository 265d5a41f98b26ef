package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.Coverage;
import dev.schemaproof.analysis.access.Pruning.Reach;
import dev.schemaproof.prove.RandomPartitions.Division;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In how many partitions the analysis says that rows are looked for is in how many the database does, with rows in each: the
 * statements are run by generic plans, for values from one end of what there is to the other.
 */
class PruningAgreementTest {

    private static final int CASES = Integer.getInteger("schemaproof.agreement", 600) / 12;
    private static final long SEED = Long.getLong("schemaproof.seed", 1);

    /** Values from the first partition to the last. */
    private static final List<Integer> VALUES = List.of(0, 1, 2, 3);

    private static final Pattern PARAMETER = Pattern.compile(":p\\d+");

    private final Tally tally = new Tally();

    static IntStream versions() {
        return AgreementTest.versions();
    }

    /** A way to divide by {@code k}, by {@code k} and {@code m}, or by one and then by the other. */
    private static Division division(Random random) {
        var inner = random.nextInt(3) == 0 ? Optional.of(one(random, "m")) : Optional.<Division>empty();
        if (inner.isPresent()) {
            var outer = one(random, "k");
            return new Division(
                    outer.by(),
                    outer.partitions(),
                    outer.partitions().keySet().stream().collect(Collectors.toMap(name -> name, name -> inner.get())));
        }
        return switch (random.nextInt(5)) {
            case 0 ->
                new Division(
                        "range (k, m)",
                        new TreeMap<>(Map.of(
                                "_p0", "from (minvalue, minvalue) to (1, 2)",
                                "_p1", "from (1, 2) to (2, 2)",
                                "_p2", "from (2, 2) to (maxvalue, maxvalue)")),
                        Map.of());
            case 1 -> hash("k, m");
            default -> one(random, "k");
        };
    }

    private static Division one(Random random, String column) {
        return switch (random.nextInt(3)) {
            case 0 ->
                new Division(
                        "range (" + column + ")",
                        new TreeMap<>(
                                Map.of("_a0", "from (0) to (1)", "_a1", "from (1) to (2)", "_a2", "from (2) to (4)")),
                        Map.of());
            case 1 ->
                new Division(
                        "list (" + column + ")",
                        new TreeMap<>(Map.of("_b0", "in (0)", "_b1", "in (1, 2)", "_b2", "in (3)")),
                        Map.of());
            default -> hash(column);
        };
    }

    private static Division hash(String columns) {
        var partitions = new TreeMap<String, String>();
        for (var i = 0; i < 3; i++) {
            partitions.put("_h" + i, "with (modulus 3, remainder " + i + ")");
        }
        return new Division("hash (" + columns + ")", partitions, Map.of());
    }

    private static String condition(Random random, String column) {
        return switch (random.nextInt(8)) {
            case 0 -> column + " >= :p1";
            case 1 -> column + " < :p1";
            case 2 -> column + " between :p1 and :p2";
            case 3 -> column + " in (:p1, :p2)";
            case 4 -> column + " = any(:p3)";
            case 5 -> "(" + column + " = :p1 or " + column + " = :p2 and a >= 0)";
            default -> column + " = :p1";
        };
    }

    /** A statement on the table, or on one whose rows lead to it. */
    private static String statement(Random random) {
        var conditions = new ArrayList<String>();
        for (var column : List.of("k", "m", "a")) {
            if (random.nextInt(100) < 45) {
                conditions.add(condition(random, "t." + column).replace("and a", "and t.a"));
            }
        }
        if (random.nextInt(4) == 0) {
            // Otherwise these few rows are found by other conditions first
            conditions.removeIf(condition -> !condition.matches("t\\.\\w = :p1"));
            conditions.add("t." + (random.nextBoolean() ? "k" : "m") + " = d.x");
            conditions.add("d.id = :p1");
            return "select t.a from d join t on " + String.join(" and ", conditions);
        }
        return "select t.a from t" + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions));
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    void theDatabaseReadsThePartitionsThatTheAnalysisSays(int version) throws Exception {
        var server = new TestServer(version);
        server.beforeAll(null);
        try (var connection = server.database().connect()) {
            execute(connection, "CREATE TABLE d (id int PRIMARY KEY, x int NOT NULL)");
            execute(connection, "INSERT INTO d VALUES (0, 0), (1, 1), (2, 2), (3, 3)");
            for (var setting : List.of(
                    "plan_cache_mode = force_generic_plan",
                    "enable_hashjoin = off",
                    "enable_mergejoin = off",
                    "enable_material = off",
                    "enable_memoize = off",
                    "enable_bitmapscan = off",
                    "enable_seqscan = off")) {
                execute(connection, "SET " + setting);
            }
            for (var seed = SEED; tally.cases() < CASES; seed++) {
                compare(connection, version, new Random(seed));
            }
            System.out.printf("PostgreSQL %d, pruning from seed %d: %s%n", version, SEED, tally);
            assertThat(tally.share()).as(tally.shown("")).isZero();
            for (var reach : Reach.values()) {
                assertThat(tally.verdicts(reach.name())).as(reach.name()).isPositive();
            }
        } finally {
            server.afterAll(null);
        }
    }

    private void compare(Connection connection, int version, Random random) throws SQLException {
        var division = division(random);
        execute(connection, "CREATE TABLE t (k int NOT NULL, m int NOT NULL, a int NOT NULL)" + division.clause());
        for (var partition : division.statements("t")) {
            execute(connection, partition);
        }
        // Each way to the table is by its index, so that the rows of another table lead to its partitions
        execute(connection, "CREATE INDEX t_km ON t (k, m)");
        execute(connection, "CREATE INDEX t_m ON t (m)");
        execute(
                connection,
                "INSERT INTO t SELECT k, m, a FROM generate_series(0, 3) k, generate_series(0, 3) m,"
                        + " generate_series(0, 3) a");
        execute(connection, "ANALYZE t");
        var leaves = number(
                connection, "SELECT count(*) FROM pg_partition_tree('t') WHERE isleaf AND relid <> 't'::regclass");
        for (var i = 0; i < 10; i++) {
            var sql = statement(random);
            var coverage = coverage(version, division, sql);
            var most = 0L;
            var least = leaves;
            for (var one : VALUES) {
                for (var other : List.of(0, one, 3)) {
                    var read = partitionsRead(connection, sql, one, other);
                    most = Math.max(most, read);
                    least = Math.min(least, read);
                }
            }
            var reach = coverage.pruning().orElseThrow().reach();
            var agreed = switch (reach) {
                case ONE -> most <= 1;
                case SOME -> most > 1 && least < leaves;
                case ALL -> least == leaves;
            };
            tally.verdict(reach.name());
            var found = least + " to " + most + " of " + leaves;
            tally.count(
                    agreed ? Optional.empty() : Optional.of("PARTITIONS: " + reach),
                    () -> sql + "\n    on " + division + "\n    says " + coverage + ", reads " + found);
        }
        execute(connection, "DROP TABLE t");
    }

    private static Coverage coverage(int version, Division division, String sql) {
        return new Facts(Models.read("""
                        schema: pruning
                        stores: {main: {engine: postgresql, version: %d}}
                        entities:
                          T:
                            table: t
                            attributes: {k: int, m: int, a: int}
                        %s    key: [k, m, a]
                            indexes: {t_km: {on: [k, m]}, t_m: {on: [m]}}
                          D: {table: d, attributes: {id: int, x: int}, key: [id]}
                        accessPatterns:
                          it:
                            sql: |
                              %s
                        """.formatted(version, division.yaml("t"), sql)))
                .access().of("it").orElseThrow().coverages().stream()
                        .filter(coverage -> coverage.use().name().equals("t"))
                        .findFirst()
                        .orElseThrow();
    }

    /** In how many partitions a plan that is made for any values looks for these. */
    private static long partitionsRead(Connection connection, String sql, int one, int other) throws SQLException {
        var values = new ArrayList<String>();
        var numbered = PARAMETER.matcher(sql).replaceAll(found -> {
            values.add(
                    switch (found.group()) {
                        case ":p1" -> String.valueOf(one);
                        case ":p2" -> String.valueOf(other);
                        default -> "'{" + one + "}'";
                    });
            return "\\$" + values.size();
        });
        try (var statement = connection.createStatement()) {
            statement.execute("DEALLOCATE ALL; PREPARE it AS " + numbered
                    + "; EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, FORMAT JSON) EXECUTE it"
                    + (values.isEmpty() ? "" : "(" + String.join(", ", values) + ")"));
            while (statement.getResultSet() == null) {
                statement.getMoreResults();
            }
            try (var row = statement.getResultSet()) {
                row.next();
                return PlanNode.parse(row.getString(1))
                        .all()
                        .filter(node -> node.text("Relation Name")
                                .filter(name -> name.startsWith("t"))
                                .isPresent())
                        .filter(node -> !node.text("Actual Loops").orElse("0").matches("0(\\.0+)?"))
                        .map(node -> node.text("Relation Name").get())
                        .distinct()
                        .count();
            }
        } catch (SQLException error) {
            throw new SQLException(sql, error);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException error) {
            throw new SQLException(sql, error);
        }
    }
}
