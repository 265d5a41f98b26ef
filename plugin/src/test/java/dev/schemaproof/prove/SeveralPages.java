package dev.schemaproof.prove;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.Coverage;
import dev.schemaproof.analysis.access.Term;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares the pages that a database reads of a loaded table by the index that a verdict names with those that the bounding
 * columns account for, and with those that it reads when it is free to choose among several.
 */
final class SeveralPages {

    private static final int QUERIES = 8;

    /** What the planner itself looks at, and pages of the visibility map. */
    private static final int SLACK = 10;

    private final Connection connection;
    private final int version;
    private final Tally tally;

    SeveralPages(Connection connection, int version, Tally tally) throws SQLException {
        this.connection = connection;
        this.version = version;
        this.tally = tally;
        PagesReadTest.load(connection);
    }

    /** An index on columns of the table. */
    private record Index(String name, List<String> parts, List<String> include, String where) {

        String yaml() {
            return name + ": {on: [" + String.join(", ", parts) + "]"
                    + (include.isEmpty() ? "" : ", include: " + include)
                    + (where.isEmpty() ? "" : ", where: " + where) + "}";
        }

        String sql() {
            return "CREATE INDEX " + name + " ON t (" + String.join(", ", parts) + ")"
                    + (include.isEmpty() ? "" : " INCLUDE (" + String.join(", ", include) + ")")
                    + (where.isEmpty() ? "" : " WHERE " + where);
        }
    }

    /** A statement; alternatives stand instead of conditions. */
    private record Query(Map<String, String> conditions, List<String> alternatives, String items, String tail) {

        String where(Stream<String> columns) {
            var all = Stream.concat(
                            columns.filter(conditions::containsKey).map(conditions::get),
                            alternatives.isEmpty()
                                    ? Stream.of()
                                    : Stream.of("(" + String.join(" or ", alternatives) + ")"))
                    .collect(Collectors.joining(" and "));
            return all.isEmpty() ? "" : " where " + all;
        }

        /** The conditions that bound what is read of an index, and its predicate. */
        String bounded(List<String> columns, String predicate) {
            var all = Stream.concat(
                            columns.stream().filter(conditions::containsKey).map(conditions::get),
                            predicate.isEmpty() ? Stream.of() : Stream.of(predicate))
                    .collect(Collectors.joining(" and "));
            return all.isEmpty() ? "" : " where " + all;
        }

        String sql() {
            return "select " + items + " from t" + where(conditions.keySet().stream()) + tail;
        }
    }

    /** What a run has read. */
    private record Read(PlanNode plan, long index, long table) {

        long all() {
            return index + table;
        }

        boolean has(String type) {
            return plan.all().anyMatch(node -> node.type().equals(type));
        }

        String indexes() {
            return plan.all()
                    .flatMap(node -> node.text("Index Name").stream())
                    .sorted()
                    .toList()
                    .toString();
        }
    }

    /** Compares the cases of a seed. */
    void compare(long seed) throws SQLException {
        var random = new Random(seed);
        var indexes = indexes(random);
        var queries =
                Stream.generate(() -> query(random, indexes)).limit(QUERIES).toList();
        var facts = new Facts(Models.read(model(indexes, queries)));
        for (var index : indexes) {
            execute(index.sql());
        }
        for (var q = 0; q < QUERIES; q++) {
            var coverage = facts.access().of("q" + q).orElseThrow().coverages().get(0);
            compare(seed, indexes, queries.get(q), coverage);
        }
        for (var index : indexes) {
            execute("DROP INDEX " + index.name());
        }
    }

    private static List<Index> indexes(Random random) {
        var found = new LinkedHashMap<List<String>, Index>();
        var count = 2 + random.nextInt(3);
        while (found.size() < count) {
            var columns = new ArrayList<>(PagesReadTest.COLUMNS.keySet());
            Collections.shuffle(columns, random);
            var parts = List.copyOf(columns.subList(0, 1 + random.nextInt(3)));
            var rest = columns.subList(parts.size(), columns.size());
            var where = random.nextInt(100) < 20
                    ? List.of("a = 1", "b < 20", "c >= 500").get(random.nextInt(3))
                    : "";
            var include = random.nextInt(100) < 25 ? List.of(rest.get(0)) : List.<String>of();
            found.putIfAbsent(parts, new Index("i" + found.size(), parts, include, where));
        }
        return List.copyOf(found.values());
    }

    private static String condition(Random random, String column) {
        var values = PagesReadTest.COLUMNS.get(column);
        var value = random.nextInt(values);
        return switch (random.nextInt(7)) {
            case 0 -> column + " between " + value + " and " + (value + values / 20);
            case 1 -> column + " in (" + value + ", " + (value + 1) + ", " + (value + 2) + ")";
            case 2 -> column + " >= " + (values - 1 - values / 30);
            default -> column + " = " + value;
        };
    }

    private static Query query(Random random, List<Index> indexes) {
        var conditions = new LinkedHashMap<String, String>();
        var alternatives = new LinkedHashSet<String>();
        for (var i = 0; i < 2; i++) {
            var index = indexes.get(random.nextInt(indexes.size()));
            if (!index.where().isEmpty() && random.nextInt(100) < 60) {
                conditions.putIfAbsent(index.where().substring(0, 1), index.where());
            }
            for (var part : index.parts()) {
                if (random.nextInt(100) < 55) {
                    conditions.putIfAbsent(part, condition(random, part));
                }
            }
        }
        if (random.nextInt(100) < 25) {
            for (var i = 0; i < 2; i++) {
                var index = indexes.get(random.nextInt(indexes.size()));
                alternatives.add(condition(random, index.parts().get(0)));
            }
            conditions.keySet().removeIf(column -> random.nextInt(100) < 75);
        }
        if (conditions.isEmpty() && alternatives.size() < 2) {
            conditions.put("b", condition(random, "b"));
        }
        var ordering = indexes.get(random.nextInt(indexes.size())).parts();
        var key = ordering.get(random.nextInt(ordering.size()));
        return new Query(
                conditions,
                alternatives.size() < 2 ? List.of() : List.copyOf(alternatives),
                random.nextInt(100) < 50 ? "*" : ordering.get(0),
                random.nextInt(100) < 35 ? " order by " + key + (random.nextBoolean() ? " limit 10" : "") : "");
    }

    private String model(List<Index> indexes, List<Query> queries) {
        return "schema: pages\nstores: {main: {engine: postgresql, version: " + version
                + "}}\nentities:\n  T:\n    table: t\n    attributes:\n"
                + PagesReadTest.COLUMNS.entrySet().stream()
                        .map(column -> "      " + column.getKey() + ": {type: int, values: {distinct: "
                                + column.getValue() + "}}\n")
                        .collect(Collectors.joining())
                + "    indexes:\n"
                + indexes.stream().map(index -> "      " + index.yaml() + "\n").collect(Collectors.joining())
                + "accessPatterns:\n"
                + IntStream.range(0, queries.size())
                        .mapToObj(q -> "  q" + q + ":\n    sql: |\n      "
                                + queries.get(q).sql() + "\n")
                        .collect(Collectors.joining());
    }

    private void compare(long seed, List<Index> indexes, Query query, Coverage coverage) throws SQLException {
        var several = coverage.seeks().size() > 1;
        tally.verdict(several ? "SEVERAL" : coverage.means().name());
        var taken =
                indexes.stream().filter(index -> coverage.takes(index.name())).toList();
        leave(coverage.served() ? taken : indexes);
        var named = read("off", query.sql());
        leave(indexes);
        var free = read("on", query.sql());
        var told = coverage.served()
                ? served(indexes, query, coverage, named).or(() -> better(indexes, coverage, named, free))
                : unserved(query, named);
        tally.count(
                told,
                () -> "seed " + seed + ": " + query.sql() + "\n    on "
                        + indexes.stream().map(Index::sql).toList() + "\n    says " + Agreement.verdict(coverage)
                        + taken + "\n    named " + named.index() + " and " + named.table() + " of the table, by "
                        + named.indexes() + "\n    free " + free.index() + " and " + free.table() + " by "
                        + free.indexes());
    }

    /** What is served reads no more of its index than the bounding columns account for. */
    private Optional<String> served(List<Index> indexes, Query query, Coverage coverage, Read named)
            throws SQLException {
        if (coverage.means() != Coverage.Means.SEEK) {
            // Until the limit is reached, without a test of rows
            return named.all() > 2 * SLACK ? Optional.of("SERVED, but reads more than its limit") : Optional.empty();
        }
        var most = (long) SLACK;
        for (var seek : coverage.seeks()) {
            var index = indexes.stream()
                    .filter(one -> one.name().equals(seek.index().name()))
                    .findFirst()
                    .orElseThrow();
            var bounding = Stream.concat(seek.sought().stream(), seek.range().stream())
                    .map(Term::text)
                    .toList();
            var entries = coverage.seeks().size() == 1
                    ? number("SELECT count(*) FROM t" + query.bounded(bounding, index.where()))
                    : number("SELECT count(*) FROM t" + query.where(Stream.of()));
            var descents = 1L;
            for (var column : index.parts()) {
                if (seek.skipped().stream().anyMatch(term -> term.text().equals(column))) {
                    descents *= 2L * PagesReadTest.COLUMNS.get(column) + 2;
                } else if (bounding.contains(column)) {
                    descents *= 3;
                }
            }
            most += entries / PagesReadTest.ENTRIES_A_PAGE + descents * PagesReadTest.PAGES_A_DESCENT;
        }
        return named.index() > most ? Optional.of("SERVED, but reads more than its bounds: " + most) : Optional.empty();
    }

    /** Where nothing leads to the rows, all of the table is read, or much of an index. */
    private Optional<String> unserved(Query query, Read free) throws SQLException {
        var whole = number("SELECT min(relpages) FROM pg_class WHERE relname ~ '^i[0-9]$'");
        if (free.all() > whole / 4) {
            return Optional.empty();
        } else if (query.tail().contains("limit")) {
            tally.explained("LIMIT_REACHED");
            return Optional.empty();
        } else if (version >= 18) {
            tally.explained("SKIPPED_MANY");
            return Optional.empty();
        }
        return Optional.of("UNSERVED, but reads little");
    }

    /** What the planner takes when it is free reads no less than the index that is named, but for known reasons. */
    private Optional<String> better(List<Index> indexes, Coverage coverage, Read named, Read free) {
        if (free.all() + SLACK >= named.all()) {
            return Optional.empty();
        }
        if (free.has("BitmapAnd")) {
            tally.explained("BITMAP_AND");
        } else if (free.has("Seq Scan")) {
            tally.explained("MOST_ROWS");
        } else if (free.indexes().equals(named.indexes())) {
            tally.explained("BITMAP_OF_THE_SAME");
        } else if (free.has("BitmapOr") || coverage.seeks().size() > 1) {
            tally.explained("OTHER_ARMS");
        } else if (free.has("Limit")) {
            tally.explained("ORDER_FIRST");
        } else if (coverage.order() != Coverage.Order.NONE && free.has("Sort")) {
            tally.explained("SORTED_INSTEAD");
        } else if (coverage.seeks().get(0).depth() >= depth(indexes, free)) {
            // Of no more columns, but with values that fewer rows have
            tally.explained("RARER_VALUES");
        } else {
            return Optional.of("better: another index");
        }
        return Optional.empty();
    }

    /** How many columns bound what a plan reads of its one index. */
    private static int depth(List<Index> indexes, Read free) {
        return indexes.stream()
                .filter(index -> free.indexes().equals("[" + index.name() + "]"))
                .findFirst()
                .map(index -> ReadPlan.bound(
                                free.plan()
                                        .all()
                                        .flatMap(node -> node.text("Index Cond").stream())
                                        .findFirst()
                                        .orElse(""),
                                new RandomAccess.Index(
                                        "btree",
                                        index.parts().stream()
                                                .map(part -> new RandomAccess.Part(part, false, "", ""))
                                                .toList(),
                                        List.of(),
                                        "",
                                        false),
                                List.of(),
                                false)
                        .depth())
                .orElse(Integer.MAX_VALUE);
    }

    private Read read(String sequential, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = " + sequential + "; SET enable_bitmapscan = on");
            // Planning reads pages too
            statement.execute("EXPLAIN " + sql);
            var before = fetched();
            try (var row = statement.executeQuery("EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, FORMAT JSON) " + sql)) {
                row.next();
                var plan = PlanNode.parse(row.getString(1));
                var after = fetched();
                return new Read(plan, after[0] - before[0], after[1] - before[1]);
            }
        } finally {
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    /** The pages of indexes and of the table that this transaction has asked for. */
    private long[] fetched() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT sum(pg_stat_get_xact_blocks_fetched(oid)) FILTER (WHERE relkind = 'i'),"
                                + " sum(pg_stat_get_xact_blocks_fetched(oid)) FILTER (WHERE relkind = 'r')"
                                + " FROM pg_class WHERE relname = 't' OR relname ~ '^i[0-9]$'")) {
            row.next();
            return new long[] {row.getLong(1), row.getLong(2)};
        }
    }

    /** Has the planner see only some of the indexes. */
    private void leave(List<Index> seen) throws SQLException {
        execute("UPDATE pg_index SET indisvalid = indexrelid::regclass::text IN ("
                + seen.stream().map(index -> "'" + index.name() + "'").collect(Collectors.joining(", ", "", ", ''"))
                + ") WHERE indrelid = 't'::regclass");
    }

    private long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
