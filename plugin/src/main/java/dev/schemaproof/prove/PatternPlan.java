package dev.schemaproof.prove;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * How an access pattern is planned for any values of its parameters.
 *
 * @param pattern the pattern's name
 * @param line the plan in a line: {@code Limit > Index Scan of posts by idx_posts_author}
 * @param cost what the planner expects it to cost, in its own unit: reading a page in order is 1
 * @param rows how many rows the planner expects to come out
 * @param growth what becomes of it with more rows, where the planner knows the volumes
 * @param execution what running it came to, where that was tried
 */
public record PatternPlan(
        String pattern, String line, double cost, long rows, Optional<Growth> growth, Optional<Execution> execution) {

    public PatternPlan {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(growth, "growth");
        Objects.requireNonNull(execution, "execution");
    }

    /** A plan that was not run. */
    PatternPlan(String pattern, String line, double cost, long rows, Optional<Growth> growth) {
        this(pattern, line, cost, rows, growth, Optional.empty());
    }

    /** This plan with what running it came to. */
    PatternPlan withExecution(Optional<Execution> other) {
        return new PatternPlan(pattern, line, cost, rows, growth, other);
    }

    /** The most pages that it read, where it was run. */
    public OptionalLong buffers() {
        return execution
                .flatMap(Execution::figures)
                .map(figures -> OptionalLong.of(figures.buffers()))
                .orElse(OptionalLong.empty());
    }

    static PatternPlan of(String pattern, PlanNode plan, Optional<Growth> growth) {
        return new PatternPlan(pattern, line(plan), plan.totalCost(), Math.round(plan.rows()), growth);
    }

    /** The plan in a line. */
    static String line(PlanNode node) {
        List<PlanNode> below = node.children();
        String own = own(node);
        return switch (below.size()) {
            case 0 -> own;
            case 1 -> own + " > " + line(below.get(0));
            default -> below.stream().map(PatternPlan::line).collect(Collectors.joining(", ", own + " (", ")"));
        };
    }

    private static String own(PlanNode node) {
        String what = node.text("Operation").orElse(node.type());
        Optional<String> table = node.text("Relation Name").or(() -> node.text("CTE Name"));
        return what
                + table.map(name -> " of " + name).orElse("")
                + node.text("Index Name").map(name -> " by " + name).orElse("");
    }
}
