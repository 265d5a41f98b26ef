package dev.schemaproof.prove;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.Coverage;
import dev.schemaproof.analysis.access.Term;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares what the analysis of a model says of an index with what a database does with it. Each index stands alone on its
 * table, and whole tables and sorts are priced out: so what the database can do shows, not what it finds cheapest.
 */
final class Agreement {

    private static final int QUERIES = 20;
    private static final Pattern PARAMETER = Pattern.compile(":p\\d+");

    private final Connection connection;
    private final int version;
    private final TreeMap<String, List<String>> disagreements = new TreeMap<>();
    private final TreeMap<String, Integer> reasons = new TreeMap<>();
    private final TreeMap<String, Integer> verdicts = new TreeMap<>();
    private int cases;

    private final boolean partitioned;

    /**
     * @param partitioned whether each table is divided into partitions, none of which is passed over: how each is read shows
     */
    Agreement(Connection connection, int version, boolean partitioned) throws SQLException {
        this.connection = connection;
        this.version = version;
        this.partitioned = partitioned;
        execute("SET enable_partition_pruning = " + (partitioned ? "off" : "on"));
        execute("SET plan_cache_mode = force_generic_plan");
        execute("SET enable_seqscan = off");
    }

    int cases() {
        return cases;
    }

    /** By kind, with the cases. */
    TreeMap<String, List<String>> disagreements() {
        return disagreements;
    }

    /** How often it was said for which reason that an index doesn't serve though the database can use it. */
    TreeMap<String, Integer> reasons() {
        return reasons;
    }

    /** How often there was which verdict. */
    TreeMap<String, Integer> verdicts() {
        return verdicts;
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
        var ordered = read(table, entity, query.sql(table), true);
        if (ordered.empty()) {
            return;
        }
        cases++;
        var same = query.order().isEmpty() && !query.limited();
        var reads = same ? ordered : read(table, entity, query.withoutOrder(table), true);
        var ways = new ArrayList<Way>();
        ways.add(new Way(reads, ordered));
        if (!query.alternatives().isEmpty()) {
            var apart = read(table, entity, query.sql(table), false);
            ways.add(new Way(read(table, entity, query.withoutOrder(table), false), apart));
            for (var condition : query.alternatives()) {
                var arms = new ArrayList<ReadPlan>();
                for (var arm : query.arms(condition)) {
                    arms.add(read(table, entity, (version < 17 ? arm.withoutLists() : arm).withoutOrder(table), true));
                }
                arms.stream()
                        .filter(arm -> !arm.empty())
                        .min(Comparator.comparingInt(ReadPlan::depth))
                        .ifPresent(worst -> ways.add(new Way(worst, apart)));
            }
        }
        if ((version < 17 || !entity.index().method().equals("btree")) && query.hasLists()) {
            // These prefer to test the lists of later columns row by row where there are few rows
            ways.add(new Way(read(table, entity, query.withoutLists().withoutOrder(table), true), ordered));
        }
        var own = coverage.seeks().stream()
                .filter(seek -> seek.index().name().equals(table + "_i"))
                .toList();
        verdicts.merge(coverage.means().name(), 1, Integer::sum);
        var shown = "seed " + seed + ": " + query.sql(table) + "\n    on "
                + entity.index().sql(table) + "\n    few "
                + few(entity) + "\n    says " + verdict(coverage) + " "
                + coverage.unfit().stream()
                        .filter(unfit -> unfit.index().name().equals(table + "_i"))
                        .map(unfit -> unfit.reason() + ": " + unfit.sentence())
                        .toList()
                + "\n    does "
                + ways.stream().map(Way::reads).map(ReadPlan::toString).collect(Collectors.joining("\n    or "))
                + "\n    with order " + ordered;
        judge(entity, query, coverage, own, ways)
                .ifPresent(kind -> disagreements
                        .computeIfAbsent(kind, unseen -> new ArrayList<>())
                        .add(shown));
    }

    private static List<String> few(Entity entity) {
        return entity.random().columns().stream()
                .filter(RandomAccess.Column::few)
                .map(RandomAccess.Column::name)
                .toList();
    }

    /**
     * One of the ways that a database has to answer a statement.
     *
     * @param reads how it does without an order
     * @param ordered how it does in the order wanted
     */
    private record Way(ReadPlan reads, ReadPlan ordered) {}

    /** What is served has to be so in one way, what isn't in none. */
    private Optional<String> judge(
            Entity entity, RandomAccess.Query query, Coverage coverage, List<Coverage.Seek> own, List<Way> ways) {
        var judged = ways.stream()
                .map(way -> judge(entity, query, coverage, own, way.reads(), way.ordered()))
                .toList();
        var agreed = coverage.served()
                ? judged.stream().anyMatch(Optional::isEmpty)
                : judged.stream().allMatch(Optional::isEmpty);
        return agreed
                ? Optional.empty()
                : judged.stream().flatMap(Optional::stream).findFirst();
    }

    private Optional<String> judge(
            Entity entity,
            RandomAccess.Query query,
            Coverage coverage,
            List<Coverage.Seek> own,
            ReadPlan reads,
            ReadPlan ordered) {
        var partial = !entity.index().where().isEmpty();
        if (!own.isEmpty() && coverage.means() == Coverage.Means.SEEK) {
            var seek = own.get(0);
            if (!reads.indexed()) {
                return Optional.of("SERVED, but not usable");
            }
            if (!reads.bounded() && !partial) {
                return Optional.of("SERVED, but reads all");
            }
            var sought =
                    seek.sought().stream().map(Term::text).map(Agreement::plain).toList();
            var range = seek.range().map(Term::text).map(Agreement::plain);
            if (own.size() == 1
                    && (!sought.equals(reads.sought().stream()
                                    .map(Agreement::plain)
                                    .toList())
                            || !range.equals(reads.range().map(Agreement::plain)))) {
                return Optional.of(
                        coverage.seeks().get(0).depth() > reads.depth() ? "DEPTH: says more" : "depth: says less");
            }
            return order(query, coverage, reads, ordered);
        }
        if (coverage.means() == Coverage.Means.WALK) {
            if (!ordered.indexed() || !ordered.ordered() || ordered.filter().isPresent()) {
                return Optional.of("WALK, but the database cannot");
            }
            return only(coverage, ordered);
        }
        if (coverage.means() == Coverage.Means.FIRST) {
            return ordered.filter().isPresent() ? Optional.of("FIRST, but filtered") : Optional.empty();
        }
        if (reads.bounded()) {
            var reason = coverage.unfit().stream()
                    .filter(unfit -> unfit.index().name().endsWith("_i"))
                    .map(Coverage.Unfit::reason)
                    .findFirst();
            if (reason.isPresent() && reason.get() == Coverage.Reason.HARDLY_NARROWS) {
                reasons.merge(reason.get().name(), 1, Integer::sum);
                return Optional.empty();
            }
            return Optional.of(
                    reason.map(known -> "unserved, but bounded: " + known).orElse("UNSERVED without a reason"));
        }
        return Optional.empty();
    }

    private static Optional<String> order(
            RandomAccess.Query query, Coverage coverage, ReadPlan reads, ReadPlan ordered) {
        if (!query.order().isEmpty() && !query.items().contains("count(*)") && !coverage.singleRow()) {
            // An order at the price of a shallower search is none
            var given = ordered.depth() < reads.depth()
                            && !(ordered.ordered()
                                    && coverage.order() == Coverage.Order.FULL
                                    && coverage.presorted() == 0)
                    ? Coverage.Order.NONE
                    : ordered.ordered()
                            ? Coverage.Order.FULL
                            : ordered.presorted().getAsInt() > 0 ? Coverage.Order.PREFIX : Coverage.Order.NONE;
            if (coverage.order() != given) {
                return Optional.of((coverage.order().compareTo(given) < 0 ? "ORDER: says " : "order: says ")
                        + coverage.order() + ", is " + given);
            }
        }
        return only(coverage, ordered);
    }

    private static Optional<String> only(Coverage coverage, ReadPlan ordered) {
        return coverage.indexOnly() == ordered.indexOnly()
                ? Optional.empty()
                : Optional.of(coverage.indexOnly() ? "INDEX ONLY, but reads the table" : "index only, but not said");
    }

    private static String plain(String term) {
        return term.startsWith("(") && term.endsWith(")") ? term.substring(1, term.length() - 1) : term;
    }

    static String verdict(Coverage coverage) {
        return coverage + " " + coverage.order() + (coverage.indexOnly() ? " index only" : "")
                + (coverage.singleRow() ? " single" : "") + " filters " + coverage.filters();
    }

    private ReadPlan read(String table, Entity entity, String sql, boolean inOrder) throws SQLException {
        var trees = Set.of("btree", "gist").contains(entity.index().method()) && inOrder;
        var onOff = trees
                ? "off; SET enable_indexscan = on; SET enable_indexonlyscan = on; SET enable_sort = off; "
                : "on; SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_sort = on; ";
        var parameters = new AtomicInteger();
        var numbered = PARAMETER.matcher(sql).replaceAll(found -> "\\$" + parameters.incrementAndGet());
        var nulls = parameters.get() == 0
                ? ""
                : Collections.nCopies(parameters.get(), "NULL").stream().collect(Collectors.joining(", ", "(", ")"));
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            // In one go, as the way to the server takes longer than planning
            statement.execute("DEALLOCATE ALL; SET enable_bitmapscan = " + onOff + "PREPARE it AS " + numbered
                    + "; EXPLAIN (FORMAT JSON) EXECUTE it" + nulls);
            while (statement.getResultSet() == null) {
                statement.getMoreResults();
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return ReadPlan.of(PlanNode.parse(row.getString(1)), entity.index(), few(entity), version >= 18);
            }
        } catch (SQLException error) {
            throw new SQLException(sql, error);
        }
    }
}
