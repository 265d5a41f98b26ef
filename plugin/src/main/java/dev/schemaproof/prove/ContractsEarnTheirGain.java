package dev.schemaproof.prove;

import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.prove.MeasuredGain.Step;
import dev.schemaproof.prove.data.BulkFiller.Filled;
import dev.schemaproof.prove.data.Volume;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A contract gains what it claims: its pattern and the statement that does without the copy are run on more and more synthetic
 * rows, and planned at the declared ones. What the copy costs is measured beside it. The run's own database is filled for that,
 * and emptied of what other proofs left there.
 */
public final class ContractsEarnTheirGain implements Proof {

    @Override
    public String name() {
        return "contracts-earn-their-gain";
    }

    @Override
    public void prove(Bench bench, Consumer<ProofResult> results) throws SQLException {
        // Tables that are declared to have as many rows are filled together
        Map<Long, List<GainCase>> byRows = new LinkedHashMap<>();
        for (Contract contract : bench.model().contracts().values()) {
            bench.deadline().check();
            try {
                GainCase.of(bench, contract)
                        .ifPresent(found -> byRows.computeIfAbsent(
                                        found.largest().expectedRows(), rows -> new ArrayList<>())
                                .add(found));
            } catch (NotMeasuredException none) {
                results.accept(notMeasured(contract, none.getMessage()));
            }
        }
        Pricing pricing = new Pricing(bench);
        for (List<GainCase> together : byRows.values()) {
            new Measuring(bench, together, pricing, results).run();
        }
    }

    private ProofResult notMeasured(Contract contract, String why) {
        return ProofResult.of(name(), contract.name().value(), Verdict.NOT_PROVEN, "its gain is not measured: " + why)
                .at(contract.gain().flatMap(Contract.Gain::atLeast).map(Located::at));
    }

    /** Contracts that can be measured on the same rows. */
    private final class Measuring {

        private final Bench bench;
        private final List<GainCase> cases;
        private final Consumer<ProofResult> results;
        private final Entity largest;
        private final Set<Entity> entities = new LinkedHashSet<>();
        private final Map<String, List<Step>> steps = new LinkedHashMap<>();
        private final Map<String, String> why = new LinkedHashMap<>();
        private final Map<String, Price> prices = new LinkedHashMap<>();
        private final Pricing pricing;

        private Map<String, Long> rows = Map.of();

        Measuring(Bench bench, List<GainCase> cases, Pricing pricing, Consumer<ProofResult> results) {
            this.bench = bench;
            this.cases = cases;
            this.pricing = pricing;
            this.results = results;
            this.largest = cases.get(0).largest();
            cases.forEach(one -> entities.addAll(one.filled()));
        }

        void run() throws SQLException {
            try (Connection connection = bench.connect()) {
                GainTables tables = new GainTables(bench, connection);
                long before = 0;
                for (long step : bench.settings().gain().steps()) {
                    bench.deadline().check();
                    Volume volume = GainTables.volume(largest, step);
                    // A table that is declared smaller has no more rows than declared
                    if (volume.rows(largest) > before) {
                        before = volume.rows(largest);
                        measure(connection, tables.fill(entities, volume), volume);
                    }
                }
                for (GainCase one : cases) {
                    if (!why.containsKey(one.name())) {
                        prices.put(one.name(), pricing.of(connection, one));
                    }
                }
                for (GainCase one : cases) {
                    judge(one, tables.state());
                }
            }
        }

        private void measure(Connection connection, Filled filled, Volume volume) throws SQLException {
            rows = filled.rows();
            GainRuns runs = new GainRuns(bench, connection);
            for (GainCase one : cases) {
                Optional<String> missing = one.filled().stream()
                        .flatMap(entity -> Optional.ofNullable(
                                filled.refused().get(entity.name().value()))
                                .stream())
                        .findFirst();
                try {
                    if (missing.isPresent()) {
                        throw new NotMeasuredException(missing.get());
                    }
                    Step step = runs.run(one, volume);
                    steps.computeIfAbsent(one.name(), contract -> new ArrayList<>())
                            .add(step);
                    why.remove(one.name());
                } catch (NotMeasuredException none) {
                    // Few rows may hold none that the pattern asks for, so that only the last step tells
                    why.put(one.name(), none.getMessage());
                }
            }
        }

        private void judge(GainCase one, String state) throws SQLException {
            String reason = why.get(one.name());
            if (reason != null) {
                results.accept(notMeasured(one.contract(), reason));
                return;
            }
            MeasuredGain measured = new MeasuredGain(
                    one.name(),
                    one.pattern().name().value(),
                    steps.getOrDefault(one.name(), List.of()),
                    planned(one),
                    prices.getOrDefault(one.name(), Price.NONE));
            bench.gained(measured);
            GainWords words = new GainWords(measured, one, state, rows);
            results.accept(ProofResult.of(name(), one.name(), words.verdict(), words.statement())
                    .at(one.claim().at())
                    .withDetails(words.details())
                    .withFigures(words.figures()));
            Rates.of(bench, one, measured)
                    .filter(Rates::losing)
                    .ifPresent(rates ->
                            results.accept(ProofResult.of(name(), one.name(), Verdict.NOT_PROVEN, rates.statement())
                                    .at(one.contract().name().at())));
        }

        /** How much dearer the planner takes the other statement to be at the declared rows. */
        private Optional<Double> planned(GainCase one) throws SQLException {
            Planner planner = bench.planner();
            if (!planner.knowsVolumes()) {
                return Optional.empty();
            }
            double with = planner.plan(one.asked().sql()).totalCost();
            double without = planner.plan(one.other().sql()).totalCost();
            return with <= 0 ? Optional.empty() : Optional.of(without / with);
        }
    }
}
