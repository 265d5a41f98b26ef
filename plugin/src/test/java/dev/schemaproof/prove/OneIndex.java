package dev.schemaproof.prove;

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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a database does for a statement with an index that it has no other besides, and whether that is what a verdict says of
 * this index. Whole tables and sorts are priced out: so what the database can do shows, not what it finds cheapest.
 *
 * @param table the table of the statement
 * @param name the name of the index
 * @param few the columns that declare few distinct values
 */
record OneIndex(String table, String name, RandomAccess.Index index, List<String> few) {

    private static final Pattern PARAMETER = Pattern.compile(":p\\d+");

    /**
     * One of the ways that a database has to answer a statement.
     *
     * @param reads how it does without an order
     * @param ordered how it does in the order wanted
     */
    record Way(ReadPlan reads, ReadPlan ordered) {}

    /** The ways to answer a statement, the straight one first. */
    record Ways(List<Way> all) {

        Way straight() {
            return all.get(0);
        }

        /** Whether the conditions contradict each other, so that nothing is read. */
        boolean empty() {
            return straight().ordered().empty();
        }

        /** The way that reads least, whatever its order. */
        ReadPlan deepest() {
            return all.stream()
                    .map(Way::reads)
                    .max(Comparator.comparingInt(ReadPlan::depth))
                    .orElseThrow();
        }

        @Override
        public String toString() {
            return all.stream().map(Way::reads).map(ReadPlan::toString).collect(Collectors.joining("\n    or "))
                    + "\n    with order " + straight().ordered();
        }
    }

    /** What creates it. */
    String sql() {
        return index.sql(table).replaceFirst("INDEX \\w+ ON", "INDEX " + name + " ON");
    }

    /** Whether it leaves rows out, other than those that lack a value. */
    boolean narrow() {
        return !index.where().isEmpty() && !index.where().endsWith("is not null");
    }

    /** Has a session show what is possible. */
    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("SET enable_seqscan = off");
        }
    }

    /** Asks the database for its ways. */
    Ways ways(Connection connection, int version, RandomAccess.Query query) throws SQLException {
        var ordered = read(connection, version, query.sql(table), true);
        var ways = new ArrayList<Way>();
        if (ordered.empty()) {
            return new Ways(List.of(new Way(ordered, ordered)));
        }
        var same = query.order().isEmpty() && !query.limited();
        var reads = same ? ordered : read(connection, version, query.withoutOrder(table), true);
        ways.add(new Way(reads, ordered));
        if (!query.alternatives().isEmpty()) {
            var apart = read(connection, version, query.sql(table), false);
            ways.add(new Way(read(connection, version, query.withoutOrder(table), false), apart));
            for (var condition : query.alternatives()) {
                var arms = new ArrayList<ReadPlan>();
                for (var arm : query.arms(condition)) {
                    var single = version < 17 ? arm.withoutLists() : arm;
                    arms.add(read(connection, version, single.withoutOrder(table), true));
                }
                // An alternative that no row fulfils is still one that the database asks an index for
                arms.stream()
                        .filter(arm -> arms.stream().noneMatch(ReadPlan::empty))
                        .min(Comparator.comparingInt(ReadPlan::depth))
                        .ifPresent(worst -> ways.add(new Way(worst, apart)));
            }
        }
        if ((version < 17 || !index.method().equals("btree")) && query.hasLists()) {
            // These prefer to test the lists of later columns row by row where there are few rows
            ways.add(new Way(read(connection, version, query.withoutLists().withoutOrder(table), true), ordered));
        }
        return new Ways(ways);
    }

    /**
     * What is wrong with a verdict: what is served has to be so in one way, what isn't in none.
     *
     * @param coverage the verdict on the table; this is the only index that it may name
     */
    Optional<String> judge(RandomAccess.Query query, Coverage coverage, Ways ways, Tally tally) {
        var judged = ways.all().stream()
                .map(way -> judge(query, coverage, way.reads(), way.ordered(), tally))
                .toList();
        var agreed = coverage.served()
                ? judged.stream().anyMatch(Optional::isEmpty)
                : judged.stream().allMatch(Optional::isEmpty);
        return agreed
                ? Optional.empty()
                : judged.stream().flatMap(Optional::stream).findFirst();
    }

    private Optional<String> judge(
            RandomAccess.Query query, Coverage coverage, ReadPlan reads, ReadPlan ordered, Tally tally) {
        var own = coverage.seeks().stream()
                .filter(seek -> seek.index().name().equals(name))
                .toList();
        if (!own.isEmpty() && coverage.means() == Coverage.Means.SEEK) {
            var seek = own.get(0);
            if (!reads.indexed()) {
                return Optional.of("SERVED, but not usable");
            }
            if (!reads.bounded() && !narrow()) {
                return Optional.of("SERVED, but reads all");
            }
            var sought =
                    seek.sought().stream().map(Term::text).map(OneIndex::plain).toList();
            var range = seek.range().map(Term::text).map(OneIndex::plain);
            if (own.size() == 1
                    && (!sought.equals(
                                    reads.sought().stream().map(OneIndex::plain).toList())
                            || !range.equals(reads.range().map(OneIndex::plain)))) {
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
                    .filter(unfit -> unfit.index().name().equals(name))
                    .map(Coverage.Unfit::reason)
                    .findFirst();
            if (reason.isPresent() && reason.get() == Coverage.Reason.HARDLY_NARROWS) {
                tally.explained(reason.get().name());
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

    private ReadPlan read(Connection connection, int version, String sql, boolean inOrder) throws SQLException {
        var trees = Set.of("btree", "gist").contains(index.method()) && inOrder;
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
                return ReadPlan.of(PlanNode.parse(row.getString(1)), index, few, version >= 18);
            }
        } catch (SQLException error) {
            throw new SQLException(sql, error);
        }
    }
}
