package dev.schemaproof.prove;

import dev.schemaproof.output.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node of a plan, as {@code EXPLAIN (FORMAT JSON)} prints it.
 *
 * @param properties its own, by the names that EXPLAIN gives them; lists of texts with commas between
 * @param children the nodes that it takes rows from
 */
record PlanNode(Map<String, String> properties, List<PlanNode> children) {

    PlanNode {
        properties = Map.copyOf(properties);
        children = List.copyOf(children);
    }

    /** Reads the answer of EXPLAIN. */
    static PlanNode parse(String json) {
        if (Json.read(json) instanceof List<?> list
                && !list.isEmpty()
                && list.get(0) instanceof Map<?, ?> answer
                && answer.get("Plan") instanceof Map<?, ?> plan) {
            return node(plan);
        }
        throw new IllegalArgumentException("EXPLAIN answered without a plan");
    }

    private static PlanNode node(Map<?, ?> map) {
        Map<String, String> properties = new HashMap<>();
        List<PlanNode> children = new ArrayList<>();
        map.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                list.stream().filter(Map.class::isInstance).forEach(child -> children.add(node((Map<?, ?>) child)));
                if (!list.isEmpty() && list.stream().allMatch(String.class::isInstance)) {
                    properties.put(
                            String.valueOf(name),
                            list.stream().map(String::valueOf).collect(Collectors.joining(", ")));
                }
            } else {
                properties.put(String.valueOf(name), String.valueOf(value));
            }
        });
        return new PlanNode(properties, children);
    }

    /** The kind of node, such as {@code Index Scan}. */
    String type() {
        return text("Node Type").orElse("");
    }

    Optional<String> text(String property) {
        return Optional.ofNullable(properties.get(property));
    }

    /** The planner's estimate for the node with all below it, in its own unit. */
    double totalCost() {
        return text("Total Cost").map(Double::parseDouble).orElse(0.0);
    }

    /** The planner's estimate of how many rows come out of it; of a statement that writes, how many it writes. */
    double rows() {
        return type().equals("ModifyTable") && !children.isEmpty()
                ? children.get(0).rows()
                : text("Plan Rows").map(Double::parseDouble).orElse(0.0);
    }

    /** The sort that comes last, of all rows that come out; empty where they come in order or in any. */
    Optional<PlanNode> lastSort() {
        if (type().equals("Sort")) {
            return Optional.of(this);
        }
        boolean keepsOrder = type().equals("Limit")
                || type().equals("LockRows")
                || type().equals("Result")
                || type().equals("Subquery Scan")
                || type().equals("Unique");
        return keepsOrder ? children.stream().findFirst().flatMap(PlanNode::lastSort) : Optional.empty();
    }

    /** This node and all below it. */
    Stream<PlanNode> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(PlanNode::all));
    }
}
