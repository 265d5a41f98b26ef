package dev.schemaproof.prove.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;

/** That the planner believes in declared sizes: the same for every engine that can reach the files. */
final class PlannerTwinCheck {

    private static final long ROWS = 500_000_000;
    private static final long PAGES = 5_000_000;
    private static final long INDEX_PAGES = 1_500_000;

    private PlannerTwinCheck() {}

    /** On PostgreSQL 18 and newer, which can restore statistics. */
    static void check(RunningDatabase database) throws SQLException {
        EngineTestBed.execute(
                database,
                "CREATE TABLE posts (id bigint PRIMARY KEY, body text)",
                "INSERT INTO posts SELECT n, 'text' FROM generate_series(1, 10) n",
                restore("posts", PAGES),
                restore("posts_pkey", INDEX_PAGES));
        assertThat(rowsPlanned(database)).isLessThan(10_000);

        RelationFiles files = database.files().orElseThrow();
        files.extend(Map.of(
                path(database, "posts"), PAGES * Segments.PAGE_BYTES,
                path(database, "posts_pkey"), INDEX_PAGES * Segments.PAGE_BYTES));

        assertThat(rowsPlanned(database)).isBetween(ROWS * 99 / 100, ROWS * 101 / 100);
        assertThat(EngineTestBed.query(database, "EXPLAIN SELECT body FROM posts WHERE id = 7"))
                .first()
                .asString()
                .startsWith("Index Scan using posts_pkey");
        assertThat(EngineTestBed.query(database, "SELECT pg_relation_size('posts')"))
                .containsExactly(Long.toString(PAGES * Segments.PAGE_BYTES));
    }

    private static String restore(String relation, long pages) {
        return "SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', '" + relation + "', 'relpages', "
                + pages + "::integer, 'reltuples', " + ROWS + "::real)";
    }

    static String path(RunningDatabase database, String relation) throws SQLException {
        return EngineTestBed.query(database, "SELECT pg_relation_filepath('" + relation + "')")
                .get(0);
    }

    private static long rowsPlanned(RunningDatabase database) throws SQLException {
        String plan =
                EngineTestBed.query(database, "EXPLAIN SELECT * FROM posts").get(0);
        return Long.parseLong(plan.replaceAll(".*rows=([0-9]+).*", "$1"));
    }
}
