package dev.schemaproof.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.Coverage;
import dev.schemaproof.analysis.access.Term;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A plan that names an index says little of how much of it is read; the pages that are read say it. On rows that were really
 * loaded, a search reads about as many pages of the index as hold the entries that its bounding columns have, and what isn't
 * called served reads a good part of the index.
 */
class PagesReadTest {

    private static final int CASES = Integer.getInteger("schemaproof.agreement", 600) / 10;
    private static final long SEED = Long.getLong("schemaproof.seed", 1);
    static final int ROWS = 40_000;

    /** Fewer entries than this stand on no full page of an index of four integers, deleted or split pages apart. */
    static final int ENTRIES_A_PAGE = 100;

    /** A descent from the root of a tree of so many rows, with the neighbour of the leaf and a page of the visibility map. */
    static final int PAGES_A_DESCENT = 5;

    /** By how many values they have. */
    static final Map<String, Integer> COLUMNS = new TreeMap<>(Map.of("a", 4, "b", 60, "c", 1000, "d", ROWS));

    /** Conditions by their columns, on an index. */
    private record Case(List<String> index, Map<String, String> conditions) {

        String sql(String table, Stream<String> columns) {
            var where = columns.map(conditions::get).collect(Collectors.joining(" and "));
            return " from " + table + (where.isEmpty() ? "" : " where " + where);
        }
    }

    static IntStream versions() {
        return AgreementTest.versions();
    }

    private static Case next(Random random) {
        var columns = new ArrayList<>(COLUMNS.keySet());
        Collections.shuffle(columns, random);
        var index = List.copyOf(columns.subList(0, 2 + random.nextInt(3)));
        var conditions = new LinkedHashMap<String, String>();
        for (var column : index) {
            if (random.nextInt(100) < 65) {
                var values = COLUMNS.get(column);
                var value = random.nextInt(values);
                conditions.put(
                        column,
                        switch (random.nextInt(5)) {
                            case 0 -> column + " between " + value + " and " + (value + values / 20);
                            case 1 -> column + " in (" + value + ", " + (value + 1) + ", " + (value + 2) + ")";
                            case 2 -> column + " >= " + (values - 1 - values / 30);
                            default -> column + " = " + value;
                        });
            }
        }
        if (conditions.isEmpty()) {
            conditions.put(index.get(0), index.get(0) + " = 1");
        }
        return new Case(index, conditions);
    }

    private static Coverage coverage(Case it, int version) {
        var attributes = COLUMNS.entrySet().stream()
                .map(column -> column.getKey() + ": {type: int, values: {distinct: " + column.getValue() + "}}")
                .collect(Collectors.joining(", "));
        return new Facts(Models.read("""
                        schema: pages
                        stores: {main: {engine: postgresql, version: %d}}
                        entities:
                          T: {table: t, attributes: {id: int, %s}, key: [id], indexes: {i: {on: [%s]}}}
                        accessPatterns:
                          it:
                            sql: |
                              select %s%s
                        """.formatted(
                                version,
                                attributes,
                                String.join(", ", it.index()),
                                it.index().get(0),
                                it.sql("t", it.conditions().keySet().stream()))))
                .access()
                .of("it")
                .orElseThrow()
                .coverages()
                .get(0);
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    void asManyPagesAreReadAsTheVerdictBounds(int version) throws Exception {
        var server = new TestServer(version);
        server.beforeAll(null);
        var random = new Random(SEED);
        var bounded = 0;
        var whole = 0;
        try (var connection = server.database().connect()) {
            load(connection);
            for (var i = 0; i < CASES; i++) {
                var it = next(random);
                var coverage = coverage(it, version);
                execute(connection, "CREATE INDEX i ON t (" + String.join(", ", it.index()) + ")");
                var pages = pages(connection, it);
                var size = number(connection, "SELECT pg_relation_size('i') / 8192");
                execute(connection, "DROP INDEX i");
                var said = it + " on PostgreSQL " + version + ": " + coverage + " reads " + pages + " of " + size;
                if (coverage.served()) {
                    assertThat(pages).as(said).isLessThanOrEqualTo(most(connection, it, coverage));
                    bounded++;
                } else if (!skipped(it, version)) {
                    assertThat(pages).as(said).isGreaterThan(size / 4);
                    whole++;
                }
            }
        } finally {
            server.afterAll(null);
        }
        assertThat(bounded).isGreaterThan(CASES / 4);
        assertThat(whole).isGreaterThan(CASES / 20);
    }

    /** PostgreSQL 18 may skip columns of more values too, with some success. */
    private static boolean skipped(Case it, int version) {
        return version >= 18 && it.index().stream().limit(1).allMatch(column -> COLUMNS.get(column) < 1000);
    }

    private static long most(Connection connection, Case it, Coverage coverage) throws SQLException {
        var seek = coverage.seeks().get(0);
        var bounding = Stream.concat(seek.sought().stream(), seek.range().stream())
                .map(Term::text)
                .toList();
        var entries = number(connection, "SELECT count(*)" + it.sql("t", bounding.stream()));
        var descents = 1L;
        for (var column : it.index()) {
            if (seek.skipped().stream().anyMatch(term -> term.text().equals(column))) {
                // To each value and behind it
                descents *= 2L * COLUMNS.get(column) + 2;
            } else if (bounding.contains(column) && it.conditions().get(column).contains(" in ")) {
                descents *= 3;
            }
        }
        return entries / ENTRIES_A_PAGE + descents * PAGES_A_DESCENT;
    }

    /** Loads a table of numbers, all of whose rows are visible to all. */
    static void load(Connection connection) throws SQLException {
        execute(
                connection,
                "CREATE TABLE t AS SELECT "
                        + COLUMNS.entrySet().stream()
                                .map(column ->
                                        "(hashint4(i * 4 + " + (column.getKey().charAt(0) - 'a') + ") & 2147483647) % "
                                                + column.getValue() + " AS " + column.getKey())
                                .collect(Collectors.joining(", "))
                        + " FROM generate_series(1, " + ROWS + ") i");
        // Only rows whose transaction is on disk are visible to all, so that the index alone is read
        execute(connection, "CHECKPOINT");
        execute(connection, "VACUUM ANALYZE t");
        for (var priced : List.of("seqscan", "bitmapscan")) {
            execute(connection, "SET enable_" + priced + " = off");
        }
    }

    private static long pages(Connection connection, Case it) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT "
                        + it.index().get(0) + it.sql("t", it.conditions().keySet().stream()))) {
            row.next();
            var scan = PlanNode.parse(row.getString(1))
                    .all()
                    .filter(node -> node.text("Index Name").isPresent())
                    .findFirst()
                    .orElseThrow();
            return Stream.of("Shared Hit Blocks", "Shared Read Blocks")
                    .mapToLong(name -> Long.parseLong(scan.text(name).orElse("0")))
                    .sum();
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
        }
    }
}
