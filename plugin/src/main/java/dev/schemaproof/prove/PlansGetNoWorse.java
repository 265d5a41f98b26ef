package dev.schemaproof.prove;

import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Located;
import dev.schemaproof.prove.PlanBaseline.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** No access pattern is planned at more cost than when the team last accepted the plans; without such a file, nothing is said. */
public final class PlansGetNoWorse implements Proof {

    @Override
    public String name() {
        return "plans-get-no-worse";
    }

    @Override
    public void prove(Bench bench, Consumer<ProofResult> results) {
        bench.request().plans().ifPresent(baseline -> prove(bench, baseline, results));
    }

    private void prove(Bench bench, PlanBaseline baseline, Consumer<ProofResult> results) {
        Map<String, PatternPlan> plans = bench.plans().stream()
                .filter(plan -> plan.growth().isPresent())
                .collect(Collectors.toMap(PatternPlan::pattern, Function.identity()));
        if (plans.isEmpty()) {
            return;
        }
        int kept = 0;
        List<String> better = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (AccessPattern pattern : bench.patterns()) {
            String name = pattern.name().value();
            PatternPlan plan = plans.get(name);
            Optional<Entry> before = baseline.of(bench.storeName(), name);
            if (plan == null) {
                continue;
            }
            if (before.isEmpty()) {
                unknown.add(name);
            } else if (before.get().betterThan(plan)) {
                results.accept(worse(pattern.name(), before.get(), plan));
            } else if (before.get().readLessThan(plan)) {
                results.accept(readsMore(pattern.name(), before.get(), plan));
            } else {
                kept++;
                if (before.get().worseThan(plan) || before.get().readMoreThan(plan)) {
                    better.add(name);
                }
            }
        }
        List<String> gone = baseline.entries().stream()
                .filter(entry -> entry.store().equals(bench.storeName()))
                .map(Entry::pattern)
                .filter(name -> bench.patterns().stream()
                        .noneMatch(pattern -> pattern.name().value().equals(name)))
                .toList();
        results.accept(ProofResult.of(
                        name(),
                        bench.storeName(),
                        Verdict.PROVEN,
                        Words.count(kept, "pattern is", "patterns are") + " planned at no more cost than before"
                                + (unknown.isEmpty()
                                        ? ""
                                        : ", " + Words.number(unknown.size()) + " for the first time"))
                .withDetails(Stream.of(
                                detail("planned at less cost than before, or with fewer pages read: ", better),
                                detail("not in the baseline yet: ", unknown),
                                detail("in the baseline, but no longer in the model: ", gone))
                        .flatMap(Optional::stream)
                        .toList()));
    }

    private static Optional<String> detail(String what, List<String> names) {
        return names.isEmpty() ? Optional.empty() : Optional.of(what + Words.names(names));
    }

    private ProofResult worse(Located<String> pattern, Entry before, PatternPlan now) {
        return sideBySide(
                pattern,
                "is planned at " + times(now.cost() / Math.max(before.cost(), 0.01)) + " the cost of before",
                shown(before.cost(), before.rows(), before.buffers(), before.plan()),
                shown(now.cost(), now.rows(), now.buffers(), now.line()));
    }

    private ProofResult readsMore(Located<String> pattern, Entry before, PatternPlan now) {
        double ratio =
                now.buffers().orElse(0) / (double) Math.max(before.buffers().orElse(0), 1);
        String line = now.execution()
                .flatMap(Execution::figures)
                .map(Execution.Figures::line)
                .orElse(now.line());
        return sideBySide(
                pattern,
                "reads " + times(ratio) + " the pages of before",
                shown(before.cost(), before.rows(), before.buffers(), before.plan()),
                shown(now.cost(), now.rows(), now.buffers(), now.line())
                        + (line.equals(now.line()) ? "" : "; on the rows of the proof: " + line));
    }

    private ProofResult sideBySide(Located<String> pattern, String statement, String before, String now) {
        return ProofResult.of(name(), pattern.value(), Verdict.FAILED, statement)
                .withDetails(List.of(
                        "before: " + before,
                        "now:    " + now,
                        "mend what made it dearer, or accept it with `" + PlanBaseline.COMMAND + "`"))
                .at(pattern.at());
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, ratio < 10 ? "%.1f times" : "%,.0f times", ratio);
    }

    private static String shown(double cost, long rows, OptionalLong buffers, String plan) {
        return String.format(
                Locale.ROOT,
                "cost %,.2f for %s%s: %s",
                cost,
                Words.count(rows, "row"),
                buffers.isPresent() ? ", " + Words.count(buffers.getAsLong(), "page") + " read" : "",
                plan);
    }
}
