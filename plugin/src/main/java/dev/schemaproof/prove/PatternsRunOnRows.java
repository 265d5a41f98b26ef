package dev.schemaproof.prove;

import dev.schemaproof.generate.relational.PatternSql;
import dev.schemaproof.model.AccessPattern;
import dev.schemaproof.model.Entity;
import dev.schemaproof.prove.data.BulkFiller;
import dev.schemaproof.prove.data.BulkFiller.Filled;
import dev.schemaproof.prove.data.Synthesizer;
import dev.schemaproof.prove.data.Volume;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The access patterns can be run on rows such as the model describes; how many pages each of them reads is noted. The rows are
 * in a copy of the empty database, or on a server of the user's, where each run has one database only, in that itself until they
 * are taken out again. They are fewer than declared: what a pattern reads that finds its rows does not depend on how many others
 * there are.
 */
public final class PatternsRunOnRows implements Proof {

    private static final String SUFFIX = "_filled";

    /** How many rows all tables have together, where that leaves each as many as any may have: what is loaded in some seconds. */
    private static final long ROWS = 200_000;

    @Override
    public String name() {
        return "patterns-run-on-rows";
    }

    @Override
    public void prove(Bench bench, Consumer<ProofResult> results) throws SQLException {
        if (bench.plans().isEmpty()) {
            return;
        }
        Map<AccessPattern, Set<Entity>> tables = tables(bench);
        Set<Entity> entities = new LinkedHashSet<>();
        tables.values().forEach(entities::addAll);
        Predicate<Entity> view = bench.request().facts().contracts()::isView;
        if (entities.removeIf(view)) {
            // Its rows come from whatever its query reads
            bench.entities().stream().filter(view.negate()).forEach(entities::add);
        }
        boolean copied = bench.request().database().files().isPresent();
        try (Connection connection =
                copied ? bench.connections().open(TwinPlanner.copy(bench, SUFFIX)) : bench.connect()) {
            try {
                Synthesizer synthesizer = CopiesStayExact.synthesizer(bench);
                Volume volume = Volume.atMost(bench.settings().volume(), ROWS, synthesizer.withParents(entities));
                Filled filled = new BulkFiller(
                                synthesizer,
                                bench.request().facts(),
                                volume,
                                bench.settings().seed(),
                                Noon.in(connection))
                        .fill(connection, entities);
                Map<String, Execution> executions =
                        run(bench, new PatternRuns(bench, connection, synthesizer, volume), tables, filled);
                bench.executed(executions);
                results.accept(result(bench, volume, executions));
            } finally {
                if (!copied && !connection.isClosed()) {
                    GainTables.empty(bench, connection);
                }
            }
        }
    }

    /** The tables that each pattern's plan reads or writes; patterns that the database refuses have none. */
    private static Map<AccessPattern, Set<Entity>> tables(Bench bench) throws SQLException {
        Map<AccessPattern, Set<Entity>> tables = new LinkedHashMap<>();
        for (AccessPattern pattern : bench.patterns()) {
            if (bench.plans().stream()
                    .anyMatch(plan -> plan.pattern().equals(pattern.name().value()))) {
                Set<Entity> entities = new LinkedHashSet<>();
                bench.planner()
                        .plan(bench.statementOf(pattern).sql())
                        .all()
                        .flatMap(node -> node.text("Relation Name").stream())
                        .flatMap(table -> bench.entityOfTable(table).stream())
                        .forEach(entities::add);
                tables.put(pattern, entities);
            }
        }
        return tables;
    }

    private static Map<String, Execution> run(
            Bench bench, PatternRuns runs, Map<AccessPattern, Set<Entity>> tables, Filled filled) throws SQLException {
        Map<String, Execution> executions = new LinkedHashMap<>();
        // Writes leave traces in tables and indexes, though they are taken back
        List<AccessPattern> readsFirst = tables.keySet().stream()
                .sorted(Comparator.comparing(pattern -> writes(bench, pattern)))
                .toList();
        for (AccessPattern pattern : readsFirst) {
            bench.deadline().check();
            PatternSql statement = bench.statementOf(pattern);
            Set<Entity> entities = tables.getOrDefault(pattern, Set.of());
            Optional<String> missing = entities.stream()
                    .flatMap(entity -> Optional.ofNullable(
                            filled.refused().get(entity.name().value()))
                            .stream())
                    .findFirst();
            executions.put(
                    pattern.name().value(),
                    missing.isPresent() ? Execution.none(missing.get()) : runs.run(pattern, statement, entities));
        }
        return executions;
    }

    private static boolean writes(Bench bench, AccessPattern pattern) {
        return bench.plans().stream()
                .filter(plan -> plan.pattern().equals(pattern.name().value()))
                .anyMatch(plan -> plan.line().matches("(Insert|Update|Delete|Merge) .*"));
    }

    private ProofResult result(Bench bench, Volume volume, Map<String, Execution> executions) {
        List<String> not = new ArrayList<>();
        long run = 0;
        for (Map.Entry<String, Execution> execution : executions.entrySet()) {
            Optional<String> why = execution.getValue().why();
            if (why.isPresent()) {
                not.add(Words.name(execution.getKey()) + ": " + why.get());
            } else {
                run++;
            }
        }
        String rows = " on at most " + Words.count(volume.most(), "row") + " a table";
        if (run == 0) {
            return ProofResult.of(name(), bench.storeName(), Verdict.NOT_PROVEN, "no pattern could be run" + rows)
                    .withDetails(not);
        }
        String most = executions.entrySet().stream()
                .filter(execution -> execution.getValue().figures().isPresent())
                .max(Comparator.comparingLong(execution ->
                        execution.getValue().figures().orElseThrow().buffers()))
                .map(execution -> Words.name(execution.getKey()) + " reads the most, "
                        + Words.count(
                                execution.getValue().figures().orElseThrow().buffers(), "page"))
                .orElseThrow();
        return ProofResult.of(
                        name(),
                        bench.storeName(),
                        not.isEmpty() ? Verdict.PROVEN : Verdict.NOT_PROVEN,
                        Words.count(run, "pattern was", "patterns were") + " run" + rows + "; " + most
                                + (not.isEmpty() ? "" : "; " + Words.number(not.size()) + " could not be run"))
                .withDetails(not);
    }
}
