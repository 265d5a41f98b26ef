package dev.schemaproof.prove;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.Coverage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Compares what the analysis of a model says of an index with what a database does with it. Each index stands alone on its
 * table.
 */
final class Agreement {

    private static final int QUERIES = 20;

    private final Connection connection;
    private final int version;
    private final Tally tally;
    private final boolean partitioned;

    /**
     * @param partitioned whether each table is divided into partitions, none of which is passed over: how each is read shows
     */
    Agreement(Connection connection, int version, boolean partitioned, Tally tally) throws SQLException {
        this.connection = connection;
        this.version = version;
        this.partitioned = partitioned;
        this.tally = tally;
        OneIndex.prepare(connection);
        execute("SET enable_partition_pruning = " + (partitioned ? "off" : "on"));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException error) {
            throw new SQLException(sql, error);
        }
    }

    /** One entity with one index, and statements on it. */
    private record Entity(
            RandomAccess random,
            RandomAccess.Index index,
            List<RandomAccess.Query> queries,
            Optional<RandomPartitions.Division> division) {}

    /** Compares the cases of a seed. */
    void compare(long seed) throws SQLException {
        var random = new Random(seed);
        var entities = new ArrayList<Entity>();
        for (var i = 0; i < 10; i++) {
            var access = new RandomAccess(random);
            // A unique index of a table with partitions has to have the partition key
            var index = partitioned ? access.index().notUnique() : access.index();
            var queries = new ArrayList<RandomAccess.Query>();
            for (var q = 0; q < QUERIES; q++) {
                queries.add(access.query(index));
            }
            var division = partitioned
                    ? Optional.of(RandomPartitions.division(
                            random, index.parts().get(0).term()))
                    : Optional.<RandomPartitions.Division>empty();
            entities.add(new Entity(access, index, queries, division));
        }
        var facts = new Facts(Models.read(model(entities)));
        for (var i = 0; i < entities.size(); i++) {
            var entity = entities.get(i);
            execute("CREATE TABLE t" + i + " (id bigint, "
                    + entity.random().columns().stream()
                            .map(column -> column.name() + " " + column.sql() + (column.optional() ? "" : " NOT NULL"))
                            .collect(Collectors.joining(", "))
                    + ")"
                    + entity.division().map(RandomPartitions.Division::clause).orElse(""));
            if (entity.division().isPresent()) {
                for (var partition : entity.division().get().statements("t" + i)) {
                    execute(partition);
                }
            }
            execute(entity.index().sql("t" + i));
            for (var q = 0; q < QUERIES; q++) {
                var access = facts.access().of("e" + i + "q" + q).orElseThrow();
                if (!access.shape().sound() || access.coverages().size() != 1) {
                    throw new AssertionError(
                            "not read: " + entity.queries().get(q).sql("t" + i));
                }
                compare(
                        seed,
                        "t" + i,
                        entity,
                        entity.queries().get(q),
                        access.coverages().get(0));
            }
            execute("DROP TABLE t" + i);
        }
    }

    private String model(List<Entity> entities) {
        var text = new StringBuilder();
        text.append("schema: random\nstores: {main: {engine: postgresql, version: ")
                .append(version)
                .append("}}\n");
        text.append("entities:\n");
        for (var i = 0; i < entities.size(); i++) {
            text.append("  T")
                    .append(i)
                    .append(":\n    table: t")
                    .append(i)
                    .append("\n    attributes:\n      id: bigint\n");
            entities.get(i)
                    .random()
                    .columns()
                    .forEach(column ->
                            text.append("      ").append(column.yaml()).append('\n'));
            var name = "t" + i;
            entities.get(i).division().ifPresent(division -> text.append(division.yaml(name)));
            text.append("    key: [id]\n    indexes:\n      t")
                    .append(i)
                    .append("_i: ")
                    .append(entities.get(i).index().yaml())
                    .append('\n');
        }
        text.append("accessPatterns:\n");
        for (var i = 0; i < entities.size(); i++) {
            for (var q = 0; q < QUERIES; q++) {
                text.append("  e")
                        .append(i)
                        .append('q')
                        .append(q)
                        .append(":\n    sql: |\n      ")
                        .append(entities.get(i).queries().get(q).sql("t" + i))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private void compare(long seed, String table, Entity entity, RandomAccess.Query query, Coverage coverage)
            throws SQLException {
        var one = new OneIndex(table, table + "_i", entity.index(), few(entity));
        var ways = one.ways(connection, version, query);
        if (ways.empty()) {
            return;
        }
        tally.verdict(coverage.means().name());
        tally.count(
                one.judge(query, coverage, ways, tally),
                () -> "seed " + seed + ": " + query.sql(table) + "\n    on "
                        + entity.index().sql(table) + "\n    few "
                        + few(entity) + "\n    says " + verdict(coverage) + " "
                        + coverage.unfit().stream()
                                .filter(unfit -> unfit.index().name().equals(one.name()))
                                .map(unfit -> unfit.reason() + ": " + unfit.sentence())
                                .toList()
                        + "\n    does " + ways);
    }

    private static List<String> few(Entity entity) {
        return entity.random().columns().stream()
                .filter(RandomAccess.Column::few)
                .map(RandomAccess.Column::name)
                .toList();
    }

    static String verdict(Coverage coverage) {
        return coverage + " " + coverage.order() + (coverage.indexOnly() ? " index only" : "")
                + (coverage.singleRow() ? " single" : "") + " filters " + coverage.filters();
    }
}
