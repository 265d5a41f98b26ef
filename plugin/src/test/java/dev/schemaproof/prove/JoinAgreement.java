package dev.schemaproof.prove;

import dev.schemaproof.Models;
import dev.schemaproof.analysis.Facts;
import dev.schemaproof.analysis.access.Coverage;
import dev.schemaproof.analysis.access.PatternAccess;
import dev.schemaproof.analysis.access.Term;
import dev.schemaproof.prove.RandomJoins.Named;
import dev.schemaproof.prove.RandomJoins.Query;
import dev.schemaproof.prove.RandomJoins.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares what the analysis of a model says of statements that join tables with what a database does: which columns of which
 * index bound what is read of each table, by constants and by the rows of others. Tables are joined row by row, and the database takes the tables to be of such sizes that the order in which the analysis reaches
 * them pays; then of any others.
 */
final class JoinAgreement {

    private static final int QUERIES = 40;

    /** Rows that tables seem to have, from the one from which to begin. */
    private static final List<Long> SIZES = List.of(1_000L, 100_000L, 10_000_000L);

    private static final Pattern OPEN_RANGE = Pattern.compile("(\\w+\\.\\w+) > :p\\d+");

    private final Explained database;
    private final Tally tally;
    private final int version;
    private Map<String, Named> indexes = Map.of();

    JoinAgreement(Connection connection, int version, Tally tally) throws SQLException {
        this.database = new Explained(connection);
        this.version = version;
        this.tally = tally;
        database.execute("SET plan_cache_mode = force_generic_plan");
        // Nothing is cheaper than to read little, however it is read
        database.execute("SET seq_page_cost = 0.0001");
        database.execute("SET random_page_cost = 0.0001");
        database.execute("SET enable_bitmapscan = off");
        database.execute("SET enable_memoize = off");
        database.execute("SET enable_material = off");
    }

    /** Compares the cases of a seed. */
    void compare(long seed) throws SQLException {
        var joins = new RandomJoins(new Random(seed));
        var tables = joins.tables();
        var queries = new ArrayList<Query>();
        for (var q = 0; q < QUERIES; q++) {
            queries.add(joins.query(tables));
        }
        var facts = new Facts(Models.read(model(tables, queries)));
        indexes = tables.stream()
                .flatMap(table -> table.indexes().stream())
                .collect(Collectors.toMap(Named::name, index -> index));
        for (var table : tables) {
            for (var statement : table.sql().toList()) {
                database.execute(statement);
            }
            database.execute("INSERT INTO " + table.name() + " SELECT "
                    + table.columns().stream().map(column -> "i").collect(Collectors.joining(", "))
                    + " FROM generate_series(1, 2000) i");
        }
        for (var q = 0; q < QUERIES; q++) {
            var access = facts.access().of("q" + q).orElseThrow();
            if (!access.shape().sound() || !access.shape().blind().isEmpty()) {
                throw new AssertionError("not read: " + queries.get(q).sql());
            }
            compare(seed, queries.get(q), access);
        }
        for (var table : tables) {
            database.execute("DROP TABLE " + table.name());
        }
    }

    private String model(List<Table> tables, List<Query> queries) {
        var text = new StringBuilder();
        text.append("schema: joins\nstores: {main: {engine: postgresql, version: ")
                .append(version)
                .append("}}\nentities:\n");
        tables.forEach(table -> text.append(table.yaml()));
        text.append("accessPatterns:\n");
        for (var q = 0; q < queries.size(); q++) {
            text.append("  q")
                    .append(q)
                    .append(":\n    sql: |\n      ")
                    .append(queries.get(q).sql())
                    .append('\n');
        }
        return text.toString();
    }

    private void compare(long seed, Query query, PatternAccess access) throws SQLException {
        var verdict = new LinkedHashMap<String, Coverage>();
        access.coverages().forEach(coverage -> verdict.put(coverage.use().name(), coverage));
        var walked = verdict.values().stream()
                .anyMatch(coverage ->
                        Set.of(Coverage.Means.WALK, Coverage.Means.FIRST).contains(coverage.means()));
        var statement = walked ? query.sql() : query.withoutOrder();
        var orders = permutations(List.copyOf(verdict.keySet()));
        var plans = new ArrayList<JoinPlan>();
        var whole = verdict.values().stream().anyMatch(coverage -> !coverage.served());
        var agreeing = false;
        for (var order : orders) {
            var plan = plan(order, statement, !walked, false);
            if (plan.empty()) {
                return;
            }
            plans.add(plan);
            agreeing |= judge(verdict, plan, true).isEmpty();
            if (agreeing && !whole) {
                break;
            }
        }
        var kind = agreeing ? Optional.<String>empty() : nearly(query, verdict, plans);
        if (whole) {
            kind = wholes(verdict, plans, kind);
        }
        var sorted = new ArrayList<JoinPlan>();
        if (kind.isEmpty() && !query.order().isEmpty() && !walked) {
            kind = order(query, access, verdict, orders, sorted);
        }
        verdict.values().forEach(coverage -> tally.verdict(coverage.means().name()));
        var free = plan(orders.get(0), statement, true, true);
        free.joins().stream().filter(join -> !join.equals("Nested Loop")).forEach(join -> {
            tally.explained(join.equals("Hash Join") ? "HASH_JOIN" : "MERGE_JOIN");
        });
        if (plans.get(0).scans().size() < verdict.size()) {
            tally.explained("JOIN_REMOVED");
        }
        tally.count(
                kind,
                () -> "seed " + seed + ": " + query.sql() + "\n    on "
                        + indexes.values().stream()
                                .filter(index -> query.tables().stream()
                                        .anyMatch(table -> index.name().startsWith(table)))
                                .map(index -> index.index()
                                        .sql(index.name().replaceFirst("_.*", ""))
                                        .replaceFirst("CREATE ", "")
                                        .replaceFirst("\\w+_i ON", index.name() + " ON"))
                                .sorted()
                                .toList()
                        + "\n    says "
                        + access.coverages().stream().map(Agreement::verdict).toList() + " sorts " + access.sorts()
                        + "\n    does "
                        + plans.stream().map(JoinPlan::toString).collect(Collectors.joining("\n    or   "))
                        + "\n    with order " + sorted);
    }

    /** What isn't sorted by the verdict has to come in order in one way, what is in none that reads no more. */
    private Optional<String> order(
            Query query,
            PatternAccess access,
            Map<String, Coverage> verdict,
            List<List<String>> orders,
            List<JoinPlan> sorted)
            throws SQLException {
        var full = query.steps().stream().anyMatch(step -> step.kind() == RandomJoins.Kind.FULL);
        if (full || !access.served()) {
            return Optional.empty();
        } else if (access.sorts().isEmpty() && isOneRow(query, verdict)) {
            tally.explained("SORTS_ONE_ROW");
            return Optional.empty();
        }
        var said = access.sorts().isEmpty();
        var ordered = false;
        for (var order : orders) {
            var plan = plan(order, query.withoutLimit(), false, false);
            sorted.add(plan);
            ordered |= !plan.sorted()
                    && (judge(verdict, plan, !said).isEmpty() || said && readsLess(query, verdict, plan));
            if (ordered) {
                break;
            }
        }
        return said == ordered ? Optional.empty() : Optional.of(said ? "ORDER: says more" : "order: says less");
    }

    /** Whether what is to be sorted comes from one row, by a key that is given, or all that is joined is one row. */
    private static boolean isOneRow(Query query, Map<String, Coverage> verdict) {
        var tested = query.steps().stream()
                .filter(step -> step.kind() == RandomJoins.Kind.NOT_EXISTS)
                .map(RandomJoins.Step::table)
                .toList();
        return verdict.entrySet().stream()
                                .filter(entry -> !tested.contains(entry.getKey()))
                                .allMatch(entry -> entry.getValue().singleRow())
                        && query.sql().matches(".*\\.id = :p\\d+.*")
                || query.order().stream()
                        .map(key -> key.replaceFirst("\\..*", ""))
                        .allMatch(table -> isGiven(query, table, "id")
                                || query.steps().stream()
                                        .anyMatch(step -> step.table().equals(table)
                                                        && step.own().equals("id")
                                                        && isGiven(query, step.to(), step.other())
                                                || step.to().equals(table)
                                                        && step.other().equals("id")
                                                        && isGiven(query, step.table(), step.own())));
    }

    private static boolean isGiven(Query query, String table, String column) {
        return query.sql().contains(table + "." + column + " = :p");
    }

    /**
     * Where an index is missing the analysis says for which conditions, and the database may begin elsewhere: but it can't do
     * with fewer tables as a whole, nor does it need more.
     */
    private Optional<String> wholes(Map<String, Coverage> verdict, List<JoinPlan> plans, Optional<String> kind) {
        var fewest = plans.stream()
                .mapToLong(plan -> plan.wholes() - unserved(verdict, plan))
                .min()
                .orElseThrow();
        if (fewest != 0) {
            return Optional.of(fewest < 0 ? "UNSERVED, but bounded" : "SERVED, but reads more tables as a whole");
        }
        kind.ifPresent(elsewhere -> tally.explained("WHOLE_ELSEWHERE"));
        return Optional.empty();
    }

    /** How many of the tables of a plan are said to be read as a whole. */
    private static long unserved(Map<String, Coverage> verdict, JoinPlan plan) {
        return plan.scans().keySet().stream()
                .filter(table -> Set.of(Coverage.Means.NONE, Coverage.Means.WALK, Coverage.Means.FIRST)
                        .contains(verdict.get(table).means()))
                .count();
    }

    /** What is wrong with the first plan, if none reads as little as the verdict says, if by something else. */
    private Optional<String> nearly(Query query, Map<String, Coverage> verdict, List<JoinPlan> plans) {
        var told = plans.stream().map(plan -> judge(verdict, plan, false)).toList();
        if (told.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        } else if (plans.stream().anyMatch(plan -> readsLess(query, verdict, plan))) {
            // What constants lead to is reached first, even where rows of others would bound one more column
            tally.explained("REACHED_EARLIER");
            return Optional.empty();
        }
        return told.get(0);
    }

    /** Whether a plan does what the verdict says of each table, or bounds it by more columns as rows of others lead to it. */
    private boolean readsLess(Query query, Map<String, Coverage> verdict, JoinPlan plan) {
        return plan.scans().entrySet().stream().allMatch(entry -> {
            var coverage = verdict.get(entry.getKey());
            var scan = entry.getValue();
            var told = judge(coverage, scan, plan, false);
            return told.isEmpty()
                    || told.get().equals("depth: says less")
                            && scan.bound().sought().stream()
                                    .filter(column -> coverage.seeks().get(0).sought().stream()
                                            .noneMatch(term -> term.text().equals(column)))
                                    .noneMatch(column -> isGiven(query, entry.getKey(), column));
        });
    }

    private Optional<String> judge(Map<String, Coverage> verdict, JoinPlan plan, boolean exactly) {
        for (var entry : verdict.entrySet()) {
            var scan = plan.scans().get(entry.getKey());
            var told = scan == null ? Optional.<String>empty() : judge(entry.getValue(), scan, plan, exactly);
            if (told.isPresent()) {
                return told;
            }
        }
        return Optional.empty();
    }

    private Optional<String> judge(Coverage coverage, JoinPlan.Scan scan, JoinPlan plan, boolean exactly) {
        return switch (coverage.means()) {
            case SEEK -> seek(coverage, scan, exactly);
            case WALK ->
                scan.filtered() || plan.sorted() || scan.index().isEmpty()
                        ? Optional.of("WALK, but the database cannot")
                        : scan.index().equals(coverage.seeks().get(0).index().name())
                                ? only(coverage, scan)
                                : Optional.empty();
            case FIRST -> scan.filtered() ? Optional.of("FIRST, but filtered") : Optional.empty();
            default -> scan.bounded() ? Optional.of("unserved, but bounded") : Optional.empty();
        };
    }

    private boolean wholeKey(JoinPlan.Scan scan) {
        var index = indexes.get(scan.index()).index();
        return index.unique() && scan.bound().sought().size() == index.parts().size();
    }

    private Optional<String> seek(Coverage coverage, JoinPlan.Scan scan, boolean exactly) {
        if (!scan.bounded()) {
            return Optional.of("SERVED, but reads all");
        }
        var seek = coverage.seeks().get(0);
        var sought = seek.sought().stream().map(Term::text).toList();
        var range = seek.range().map(Term::text);
        if (scan.bound().sought().equals(sought) && scan.bound().range().equals(range)) {
            return scan.index().equals(seek.index().name()) ? only(coverage, scan) : Optional.empty();
        }
        if (!exactly && (coverage.singleRow() || wholeKey(scan))) {
            // There is one row at most, by whatever else it is found
            tally.explained("OF_ONE_ROW");
            return Optional.empty();
        }
        if (!exactly
                && scan.bound().depth() == seek.depth()
                && scan.bound().sought().size() <= sought.size()) {
            tally.explained("AS_MANY_COLUMNS");
            return Optional.empty();
        }
        return Optional.of(seek.depth() > scan.bound().depth() ? "DEPTH: says more" : "depth: says less");
    }

    private static Optional<String> only(Coverage coverage, JoinPlan.Scan scan) {
        return coverage.indexOnly() == scan.indexOnly()
                ? Optional.empty()
                : Optional.of(coverage.indexOnly() ? "INDEX ONLY, but reads the table" : "index only, but not said");
    }

    /** The plan where the tables seem to be the larger the later they come. */
    private JoinPlan plan(List<String> order, String sql, boolean sorts, boolean anyJoin) throws SQLException {
        var sizes = new HashMap<String, Long>();
        for (var i = 0; i < order.size(); i++) {
            sizes.put(order.get(i), SIZES.get(i));
        }
        database.resize(sizes);
        var joins = anyJoin ? "on" : "off";
        return JoinPlan.of(
                database.plan(
                        "SET enable_sort = " + (sorts ? "on" : "off") + "; SET enable_hashjoin = " + joins
                                + "; SET enable_mergejoin = " + joins,
                        narrowed(sql)),
                indexes);
    }

    /** With a second end to open ranges, of which the planner would expect a third of all rows, as much as all of another. */
    private static String narrowed(String sql) {
        return OPEN_RANGE.matcher(sql).replaceAll("$0 and $1 < :p0");
    }

    /** All orders, the given one first. */
    private static List<List<String>> permutations(List<String> names) {
        if (names.size() <= 1) {
            return List.of(names);
        }
        var found = new ArrayList<List<String>>();
        for (var first : names) {
            var rest = new ArrayList<>(names);
            rest.remove(first);
            for (var permutation : permutations(rest)) {
                var whole = new ArrayList<String>();
                whole.add(first);
                whole.addAll(permutation);
                found.add(whole);
            }
        }
        return List.copyOf(new java.util.LinkedHashSet<>(found));
    }
}
