package dev.schemaproof.prove;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.Coverage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares what the analysis of a model says of a table with several indexes with what a database does with it. What the
 * verdict says of the index that it names is held against the database that has only this one; that it is the best one,
 * against what the database does with each other one alone; and alternatives that need several, and that there is none,
 * against the bitmaps that it makes of all together.
 */
final class SeveralAgreement {

    private static final int ENTITIES = 5;
    private static final int QUERIES = 20;

    private final Connection connection;
    private final Explained database;
    private final int version;
    private final Tally tally;

    SeveralAgreement(Connection connection, int version, Tally tally) throws SQLException {
        this.connection = connection;
        this.database = new Explained(connection);
        this.version = version;
        this.tally = tally;
        OneIndex.prepare(connection);
    }

    /** An entity, its indexes, and statements on it. */
    private record Entity(
            String table, RandomAccess access, List<RandomAccess.Index> indexes, List<RandomAccess.Query> queries) {

        static Entity of(String table, Random random) {
            var access = new RandomAccess(random);
            var several = new RandomIndexes(random, access);
            var indexes = several.indexes();
            return new Entity(
                    table,
                    access,
                    indexes,
                    Stream.generate(() -> several.query(indexes)).limit(QUERIES).toList());
        }

        List<OneIndex> each() {
            var few = access.columns().stream()
                    .filter(RandomAccess.Column::few)
                    .map(RandomAccess.Column::name)
                    .toList();
            return IntStream.range(0, indexes.size())
                    .mapToObj(i -> new OneIndex(table, table + "_i" + i, indexes.get(i), few))
                    .toList();
        }

        String yaml() {
            return "  " + table.toUpperCase(java.util.Locale.ROOT) + ":\n    table: " + table
                    + "\n    attributes:\n      id: bigint\n"
                    + access.columns().stream()
                            .map(column -> "      " + column.yaml() + "\n")
                            .collect(Collectors.joining())
                    + "    key: [id]\n    indexes:\n"
                    + each().stream()
                            .map(one ->
                                    "      " + one.name() + ": " + one.index().yaml() + "\n")
                            .collect(Collectors.joining());
        }

        String patterns() {
            return IntStream.range(0, QUERIES)
                    .mapToObj(q -> "  " + table + "q" + q + ":\n    sql: |\n      "
                            + queries.get(q).sql(table) + "\n")
                    .collect(Collectors.joining());
        }
    }

    /** Compares the cases of a seed. */
    void compare(long seed) throws SQLException {
        var random = new Random(seed);
        var entities = IntStream.range(0, ENTITIES)
                .mapToObj(i -> Entity.of("t" + i, random))
                .toList();
        var facts = new Facts(Models.read("schema: random\nstores: {main: {engine: postgresql, version: " + version
                + "}}\nentities:\n" + entities.stream().map(Entity::yaml).collect(Collectors.joining())
                + "accessPatterns:\n"
                + entities.stream().map(Entity::patterns).collect(Collectors.joining())));
        for (var entity : entities) {
            execute("CREATE TABLE " + entity.table() + " (id bigint, "
                    + entity.access().columns().stream()
                            .map(column -> column.name() + " " + column.sql() + (column.optional() ? "" : " NOT NULL"))
                            .collect(Collectors.joining(", "))
                    + ")");
            for (var one : entity.each()) {
                execute(one.sql());
            }
            compare(seed, entity, facts);
            execute("DROP TABLE " + entity.table());
        }
    }

    private void compare(long seed, Entity entity, Facts facts) throws SQLException {
        var alone = new ArrayList<Map<OneIndex, OneIndex.Ways>>();
        entity.queries().forEach(query -> alone.add(new LinkedHashMap<>()));
        for (var one : entity.each()) {
            leave(entity, List.of(one));
            for (var q = 0; q < QUERIES; q++) {
                alone.get(q)
                        .put(one, one.ways(connection, version, entity.queries().get(q)));
            }
        }
        for (var q = 0; q < QUERIES; q++) {
            var access = facts.access().of(entity.table() + "q" + q).orElseThrow();
            var query = entity.queries().get(q);
            if (!access.shape().sound() || access.coverages().size() != 1) {
                throw new AssertionError("not read: " + query.sql(entity.table()));
            }
            if (alone.get(q).values().stream().noneMatch(OneIndex.Ways::empty)) {
                compare(seed, entity, query, access.coverages().get(0), alone.get(q));
            }
        }
    }

    private void compare(
            long seed, Entity entity, RandomAccess.Query query, Coverage coverage, Map<OneIndex, OneIndex.Ways> alone)
            throws SQLException {
        tally.verdict(kind(coverage));
        var told = judge(entity, query, coverage, alone);
        tally.count(
                told,
                () -> "seed " + seed + ": " + query.sql(entity.table()) + "\n    few "
                        + entity.each().get(0).few() + "\n    says " + Agreement.verdict(coverage)
                        + coverage.seeks().stream()
                                .map(seek -> seek.index().name())
                                .toList()
                        + alone.entrySet().stream()
                                .map(entry -> "\n  on " + entry.getKey().sql()
                                        + coverage.unfit().stream()
                                                .filter(unfit -> unfit.index()
                                                        .name()
                                                        .equals(entry.getKey().name()))
                                                .map(unfit -> "\n    " + unfit.reason() + ": " + unfit.sentence())
                                                .collect(Collectors.joining())
                                        + "\n    does " + entry.getValue())
                                .collect(Collectors.joining()));
    }

    private static String kind(Coverage coverage) {
        return coverage.seeks().size() > 1 ? "SEVERAL" : coverage.means().name();
    }

    private Optional<String> judge(
            Entity entity, RandomAccess.Query query, Coverage coverage, Map<OneIndex, OneIndex.Ways> alone)
            throws SQLException {
        var taken = alone.keySet().stream()
                .filter(one -> coverage.takes(one.name()))
                .toList();
        if (coverage.seeks().size() > 1) {
            return together(entity, query, taken);
        } else if (taken.size() == 1) {
            var one = taken.get(0);
            var told = one.judge(query, coverage, alone.getOrDefault(one, null), tally);
            return told.isPresent() || coverage.means() != Coverage.Means.SEEK
                    ? told
                    : better(query, coverage, one, alone);
        }
        for (var entry : alone.entrySet()) {
            var told = entry.getKey().judge(query, coverage, entry.getValue(), tally);
            if (told.isPresent()) {
                return told;
            }
        }
        if (coverage.served()) {
            return Optional.empty();
        }
        var narrowing = entity.each().stream()
                .filter(one -> coverage.unfit().stream()
                        .noneMatch(unfit -> unfit.index().name().equals(one.name())
                                && unfit.reason() == Coverage.Reason.HARDLY_NARROWS))
                .toList();
        leave(entity, entity.each());
        return bitmap(entity, query).isBounded(narrowing, version)
                ? Optional.of("UNSERVED, but bounded by several")
                : Optional.empty();
    }

    /**
     * Whether the indexes serve the alternatives together. What else is asked for may make a bitmap of one of them cheaper on
     * no rows, though it is read as a whole: without that it has to show, or for each alternative alone.
     */
    private Optional<String> together(Entity entity, RandomAccess.Query query, List<OneIndex> taken)
            throws SQLException {
        leave(entity, taken);
        if (bitmap(entity, query).isBounded(taken, version)) {
            return Optional.empty();
        }
        for (var condition : query.alternatives()) {
            var or = false;
            leave(entity, taken);
            // With one other condition, as it may be that of a partial index
            for (var other : query.conditions()) {
                var kept = other.equals(condition) ? List.of(condition) : List.of(condition, other);
                var plan = bitmap(entity, new RandomAccess.Query(query.items(), kept, List.of(), false));
                if (plan.isBounded(taken, version)) {
                    tally.explained("WITHOUT_THE_REST");
                    return Optional.empty();
                }
                or |= plan.isOr();
            }
            var arms = new java.util.TreeSet<String>();
            for (var one : taken) {
                leave(entity, List.of(one));
                for (var arm : query.arms(condition)) {
                    if (bitmap(entity, arm).isBounded(List.of(one), version)) {
                        arms.add(arm.conditions().toString());
                    }
                }
            }
            if (or && arms.size() == query.arms(condition).size()) {
                tally.explained("ARM_ELSEWHERE");
                return Optional.empty();
            }
        }
        return Optional.of("SERVED, but not usable together");
    }

    /** Whether another index alone is sought by more columns than the one that is said to be taken. */
    private Optional<String> better(
            RandomAccess.Query query, Coverage coverage, OneIndex taken, Map<OneIndex, OneIndex.Ways> alone) {
        var seek = coverage.seeks().get(0);
        for (var entry : alone.entrySet()) {
            var other = entry.getValue().straight().reads();
            var sought = other.sought().size() - seek.sought().size();
            var deeper = sought > 0
                    || sought == 0 && other.range().isPresent() && seek.range().isEmpty();
            if (entry.getKey().equals(taken) || coverage.singleRow() || !deeper) {
                continue;
            }
            var unfit = coverage.unfit().stream()
                    .filter(one -> one.index().name().equals(entry.getKey().name()))
                    .findFirst();
            if (unfit.isPresent() && !query.alternatives().isEmpty()) {
                // Bitmaps of alternatives are put together, where one index leads to all rows without them
                tally.explained("ALTERNATIVES");
            } else if (unfit.filter(one -> one.reason() == Coverage.Reason.HARDLY_NARROWS)
                    .isEmpty()) {
                return Optional.of("better: " + entry.getKey().name());
            }
        }
        return Optional.empty();
    }

    /** A plan that reads indexes by bitmaps only. */
    private Bitmap bitmap(Entity entity, RandomAccess.Query query) throws SQLException {
        return new Bitmap(database.plan(
                "SET enable_bitmapscan = on; SET enable_indexscan = off; SET enable_indexonlyscan = off;"
                        + " SET enable_sort = on",
                query.withoutOrder(entity.table())));
    }

    private record Bitmap(PlanNode plan) {

        /** Whether it puts together what several reads find. */
        boolean isOr() {
            return plan.all().anyMatch(node -> node.type().equals("BitmapOr"));
        }

        /** Whether what is read of each index, or of one of those whose rows are all asked for, is bounded. */
        boolean isBounded(List<OneIndex> indexes, int version) {
            return plan.all()
                    .filter(node -> node.type().equals("Bitmap Heap Scan"))
                    .anyMatch(node -> isBounded(node.children().get(0), indexes, version));
        }

        private static boolean isBounded(PlanNode node, List<OneIndex> indexes, int version) {
            return switch (node.type()) {
                case "BitmapAnd" -> node.children().stream().anyMatch(child -> isBounded(child, indexes, version));
                case "BitmapOr" -> node.children().stream().allMatch(child -> isBounded(child, indexes, version));
                default ->
                    indexes.stream()
                            .filter(one -> node.text("Index Name")
                                    .filter(one.name()::equals)
                                    .isPresent())
                            .anyMatch(one -> one.narrow()
                                    || ReadPlan.bound(
                                                            node.text("Index Cond")
                                                                    .orElse(""),
                                                            one.index(),
                                                            one.few(),
                                                            version >= 18)
                                                    .depth()
                                            > 0);
            };
        }
    }

    /** Has the planner see only some of the indexes. */
    private void leave(Entity entity, List<OneIndex> seen) throws SQLException {
        execute("UPDATE pg_index SET indisvalid = indexrelid::regclass::text IN ("
                + seen.stream().map(one -> "'" + one.name() + "'").collect(Collectors.joining(", "))
                + ") WHERE indrelid = '" + entity.table() + "'::regclass");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException error) {
            throw new SQLException(sql, error);
        }
    }
}
