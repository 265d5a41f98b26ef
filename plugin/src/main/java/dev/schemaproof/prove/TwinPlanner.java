package dev.schemaproof.prove;

import dev.schemaproof.dialect.postgresql.PostgresDialect;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.prove.data.ColumnStatistics;
import dev.schemaproof.prove.data.DeclaredStatistics;
import dev.schemaproof.prove.data.TableStatistics;
import dev.schemaproof.prove.data.Volume;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Plans on a copy of the empty database that the planner takes for a full one: it has the declared statistics, and files
 * of the size that the declared rows would take. The files are sparse and take no room; nothing can be read there, only
 * planned.
 *
 * <p>PostgreSQL takes the number of pages from the length of the file, so that statistics alone would be planned as one
 * row.
 */
final class TwinPlanner extends Planner {

    private static final String SUFFIX = "_twin";
    private static final String OTHER_SUFFIX = "_twin_other";

    /** More would be too many files of 1 GiB. */
    private static final long MOST_BYTES = 4L << 40;

    private static final PostgresDialect SQL = new PostgresDialect();

    /** Half of the pages: neither a table that was just vacuumed nor one that never is. */
    private static final double ALL_VISIBLE = 0.5;

    /** The share of different values among those of an expression that nothing is known about. */
    private static final double EXPRESSION_DISTINCT = 0.5;

    private static final int EXPRESSION_WIDTH = 16;

    private static final String INDEXES = """
            SELECT n.nspname, t.relname, i.relname, m.amname, x.indisunique,
                   ARRAY(SELECT coalesce(a.attname::text, '') FROM generate_series(1, x.indnatts::int) p(ord)
                         LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[p.ord - 1]
                                                  AND a.attnum <> 0
                         ORDER BY p.ord),
                   ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = i.oid ORDER BY a.attnum),
                   pg_relation_filepath(i.oid),
                   ARRAY(SELECT pg_get_indexdef(i.oid, p.ord, true) FROM generate_series(1, x.indnatts::int) p(ord)
                         ORDER BY p.ord),
                   pg_get_expr(x.indpred, x.indrelid)
            FROM pg_index x
            JOIN pg_class i ON i.oid = x.indexrelid AND i.relkind = 'i'
            JOIN pg_class t ON t.oid = x.indrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace
            JOIN pg_am m ON m.oid = i.relam
            WHERE t.relkind IN ('r', 'm') AND n.nspname !~ '^(pg_|information_schema)'
            ORDER BY n.nspname, i.relname
            """;

    private static final String TABLES = """
            SELECT n.nspname, t.relname, pg_relation_filepath(t.oid),
                   ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum > 0),
                   coalesce(r.relname, t.relname), count(*) OVER (PARTITION BY coalesce(r.oid, t.oid))
            FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
            LEFT JOIN pg_class r ON r.oid = pg_partition_root(t.oid)
            WHERE t.relkind IN ('r', 'm') AND n.nspname !~ '^(pg_|information_schema)' ORDER BY n.nspname, t.relname
            """;

    /** The same database at another volume, and how many times the declared rows it has. */
    private final Connection other;

    private final double volume;

    private TwinPlanner(Connection declared, Connection other, double volume) {
        super(declared);
        this.other = other;
        this.volume = volume;
    }

    static TwinPlanner open(Bench bench) throws SQLException {
        PGSimpleDataSource declared = copy(bench, SUFFIX);
        long bytes = new Building(bench, declared, 1).build();
        double volume = bytes <= MOST_BYTES / Growth.TIMES ? Growth.TIMES : 1.0 / Growth.TIMES;
        PGSimpleDataSource other = copy(bench, OTHER_SUFFIX);
        new Building(bench, other, volume).build();
        return new TwinPlanner(session(bench, declared), session(bench, other), volume);
    }

    /** A new one, as a session that has seen the empty files would go on with their sizes. */
    private static Connection session(Bench bench, PGSimpleDataSource twin) throws SQLException {
        Connection connection = bench.connections().open(twin);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET max_parallel_workers_per_gather = 0");
        }
        Noon.in(connection);
        return connection;
    }

    @Override
    Optional<Growth> growth(String sql) throws SQLException {
        PlanNode plan = planWithoutCache(sql);
        PlanNode otherwise = planWithoutCache(other, sql);
        return Optional.of(volume > 1 ? Growth.between(1, plan, otherwise) : Growth.between(volume, otherwise, plan));
    }

    @Override
    public void close() {
        super.close();
        close(other);
    }

    @Override
    boolean knowsVolumes() {
        return true;
    }

    @Override
    String manner() {
        return "at the declared rows";
    }

    /** Copies the database; the copy goes with the server, which is ours. */
    static PGSimpleDataSource copy(Bench bench, String suffix) throws SQLException {
        PGSimpleDataSource original = bench.request().database().dataSource().unwrap(PGSimpleDataSource.class);
        String name;
        try (Connection connection = bench.connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT current_database()")) {
                row.next();
                name = row.getString(1);
            }
            statement.execute("CREATE DATABASE " + SQL.identifier(name + suffix) + " TEMPLATE " + SQL.identifier(name));
        }
        PGSimpleDataSource twin = new PGSimpleDataSource();
        twin.setURL(original.getURL());
        twin.setUser(original.getUser());
        twin.setPassword(original.getPassword());
        twin.setDatabaseName(name + suffix);
        return twin;
    }

    /** Makes the copy look full. */
    private static final class Building {

        private final Bench bench;
        private final PGSimpleDataSource twin;
        private final String schema;
        private final StatisticsSql sql;
        /** By SQL schema and table. */
        private final Map<List<String>, TableStatistics> statistics = new LinkedHashMap<>();

        private final List<String> restore = new ArrayList<>();
        private final Map<String, Long> bytesByPath = new LinkedHashMap<>();
        private long bytes;

        Building(Bench bench, PGSimpleDataSource twin, double volume) {
            this.bench = bench;
            this.twin = twin;
            this.schema = bench.request().database().schema();
            this.sql = StatisticsSql.of(bench.request().database().majorVersion());
            DeclaredStatistics declared = new DeclaredStatistics(bench.request().facts(), Volume.times(volume));
            for (Entity entity : bench.entities()) {
                statistics.put(
                        List.of(
                                entity.relational().schema().map(Located::value).orElse(schema),
                                entity.table().value()),
                        declared.of(entity));
            }
        }

        /** Answers how many bytes its files seem to have. */
        long build() throws SQLException {
            try (Connection connection = bench.connections().open(twin)) {
                tables(connection);
                restore(connection);
            }
            // A new session sees the full tables, and can say how many rows a partial index is for
            try (Connection connection = bench.connections().open(twin)) {
                indexes(connection);
                restore(connection);
            }
            return bytes;
        }

        private void restore(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                for (String sql : restore) {
                    statement.execute(sql);
                }
                // What is still in memory would be written over the files, and shorten them again
                statement.execute("CHECKPOINT");
            }
            bench.request().database().files().orElseThrow().extend(bytesByPath);
            bytes += bytesByPath.values().stream().mapToLong(length -> length).sum();
            restore.clear();
            bytesByPath.clear();
        }

        private void tables(Connection connection) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement(TABLES)) {
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        String place = row.getString(1);
                        // The rows of a table that is divided are in its parts, about as many in each
                        Optional<TableStatistics> declared =
                                Optional.ofNullable(statistics.get(List.of(place, row.getString(5))));
                        if (declared.isPresent()) {
                            TableStatistics table = declared.get().part(row.getString(2), row.getLong(6));
                            statistics.put(List.of(place, table.table()), table);
                            restore.add("ALTER TABLE " + SQL.identifier(place) + "." + SQL.identifier(table.table())
                                    + " SET (autovacuum_enabled = off)");
                            relation(place, table.table(), row.getString(3), table.pages(), table.rows());
                            // A column that is missing is for another proof to report
                            List<String> columns =
                                    List.of((String[]) row.getArray(4).getArray());
                            table.columns().stream()
                                    .filter(column -> columns.contains(column.column()))
                                    .forEach(column ->
                                            restore.add(sql.attribute(place, table.table(), table.rows(), column)));
                        }
                    }
                }
            }
        }

        private void indexes(Connection connection) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement(INDEXES)) {
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        TableStatistics table = statistics.get(List.of(row.getString(1), row.getString(2)));
                        if (table != null) {
                            index(connection, table, row);
                        }
                    }
                }
            }
        }

        private void index(Connection connection, TableStatistics table, ResultSet row) throws SQLException {
            String place = row.getString(1);
            String index = row.getString(3);
            boolean unique = row.getBoolean(5);
            String[] columns = (String[]) row.getArray(6).getArray();
            String[] names = (String[]) row.getArray(7).getArray();
            Map<String, ColumnStatistics> byName =
                    table.columns().stream().collect(Collectors.toMap(ColumnStatistics::column, column -> column));
            String[] parts = (String[]) row.getArray(9).getArray();
            double entries = table.rows() * share(connection, place, row.getString(2), row.getString(10));
            double width = 0;
            double distinct = 1;
            boolean ascending = false;
            for (int i = 0; i < columns.length; i++) {
                ColumnStatistics column = byName.get(columns[i]);
                if (column == null) {
                    column = expression(names[i], parts[i], table, unique && columns.length == 1);
                    restore.add(sql.attribute(place, index, table.rows(), column));
                }
                width += column.width();
                distinct *= column.distinct();
                ascending |= i == 0 && column.ordered();
            }
            double different = unique ? entries : Math.min(entries, distinct);
            relation(
                    place,
                    index,
                    row.getString(8),
                    table.indexPages(row.getString(4), width, Math.max(1, different), entries, ascending),
                    Math.round(entries));
        }

        /** The share of the table's rows that a partial index is for, as the planner itself expects. */
        private static double share(Connection connection, String place, String table, @Nullable String condition)
                throws SQLException {
            if (condition == null) {
                return 1;
            }
            String from = "SELECT FROM " + SQL.identifier(place) + "." + SQL.identifier(table);
            double all = plan(connection, from).rows();
            return Math.min(1, plan(connection, from + " WHERE " + condition).rows() / Math.max(1, all));
        }

        /** An expression over one column is taken to have as many values as that, unless the index says that all differ. */
        private static ColumnStatistics expression(
                String name, String expression, TableStatistics table, boolean unique) {
            List<ColumnStatistics> mentioned = table.columns().stream()
                    .filter(column -> SqlWords.mentions(expression, column.column()))
                    .toList();
            double distinct = mentioned.size() == 1 ? mentioned.get(0).distinct() : table.rows() * EXPRESSION_DISTINCT;
            return new ColumnStatistics(
                    name,
                    Math.max(1, unique ? table.rows() : distinct),
                    mentioned.size() == 1 ? mentioned.get(0).nulls() : 0,
                    mentioned.size() == 1 ? mentioned.get(0).width() : EXPRESSION_WIDTH,
                    1,
                    false,
                    Map.of(),
                    false,
                    false);
        }

        private void relation(String place, String name, String path, long pages, long rows) {
            restore.add(sql.relation(place, name, pages, rows, (long) (pages * ALL_VISIBLE)));
            bytesByPath.put(path, pages * TableStatistics.PAGE);
        }
    }
}
