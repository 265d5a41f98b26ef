package dev.schemaproof.prove;

import dev.schemaproof.prove.RandomJoins.Named;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a plan reads each of the tables that it joins.
 *
 * @param scans by the table's name in the statement; those that the planner could leave out aren't there
 * @param sorted whether rows are sorted, other than to find those that are equal
 * @param joins the kinds of joins
 * @param empty whether nothing is read, as the conditions contradict each other
 */
record JoinPlan(Map<String, Scan> scans, boolean sorted, Set<String> joins, boolean empty) {

    /**
     * How one table is read.
     *
     * @param index the name of the index; empty where the table itself is read
     * @param bound what bounds what is read of it
     * @param indexOnly whether nothing but the index is read
     * @param filtered whether rows are tested one by one
     */
    record Scan(String index, ReadPlan.Bound bound, boolean indexOnly, boolean filtered) {

        boolean bounded() {
            return bound.depth() > 0;
        }
    }

    /** How many tables are read from one end to the other. */
    long wholes() {
        return scans.values().stream().filter(scan -> !scan.bounded()).count();
    }

    static JoinPlan of(PlanNode root, Map<String, Named> indexes) {
        var scans = new LinkedHashMap<String, Scan>();
        var joins = new TreeSet<String>();
        root.all().forEach(node -> {
            node.text("Alias").ifPresent(alias -> scans.put(alias, scan(node, indexes)));
            if (node.type().endsWith("Join") || node.type().equals("Nested Loop")) {
                joins.add(node.type());
            }
        });
        var empty = root.all()
                .anyMatch(node ->
                        node.text("One-Time Filter").filter("false"::equals).isPresent());
        return new JoinPlan(new HashMap<>(scans), sorts(root), joins, empty);
    }

    private static Scan scan(PlanNode node, Map<String, Named> indexes) {
        var name = node.text("Index Name").orElse("");
        var bound = name.isEmpty()
                ? new ReadPlan.Bound(List.of(), java.util.Optional.empty())
                : ReadPlan.bound(
                        node.text("Index Cond").orElse(""), indexes.get(name).index(), List.of(), false);
        return new Scan(
                name,
                bound,
                node.type().equals("Index Only Scan"),
                node.text("Filter").isPresent());
    }

    private static boolean sorts(PlanNode node) {
        return node.children().stream()
                        .anyMatch(child -> sorts(child)
                                || !Set.of("Unique", "Aggregate", "Merge Join").contains(node.type()) && isSort(child))
                || isSort(node);
    }

    private static boolean isSort(PlanNode node) {
        return node.type().equals("Sort") || node.type().equals("Incremental Sort");
    }
}
