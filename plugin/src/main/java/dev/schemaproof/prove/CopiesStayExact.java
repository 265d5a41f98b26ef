package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.SourceText;
import dev.schemaproof.prove.CopyTrials.Flaw;
import dev.schemaproof.prove.CopyTrials.NewRow;
import dev.schemaproof.prove.Storm.Outcome;
import dev.schemaproof.prove.SummaryCopy.Drift;
import dev.schemaproof.prove.data.NoRowsException;
import dev.schemaproof.prove.data.Population;
import dev.schemaproof.prove.data.Row;
import dev.schemaproof.prove.data.RowMaker;
import dev.schemaproof.prove.data.Synthesizer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies that triggers keep are exact whatever several connections write at the same time; and the statements that find
 * and repair drift do so, which is shown by damage done on purpose.
 */
public final class CopiesStayExact implements Proof {

    /** Far enough apart that the rows of two connections never bear the same number. */
    static final long SERIALS_A_CONNECTION = 1_000_000;

    private static final int NEW_PARENTS = 8;

    @Override
    public String name() {
        return "copies-stay-exact";
    }

    @Override
    public void prove(Bench bench, Consumer<ProofResult> results) throws SQLException {
        Map<String, List<SummaryContract>> byChild = new LinkedHashMap<>();
        for (SummaryContract contract : bench.request().facts().contracts().summariesIn(bench.store())) {
            byChild.computeIfAbsent(contract.child().name().value(), child -> new ArrayList<>())
                    .add(contract);
        }
        for (List<SummaryContract> contracts : byChild.values()) {
            bench.deadline().check();
            prove(bench, contracts, results);
        }
        FollowTrial.prove(bench, results);
    }

    /** Proves the contracts that sum up rows of the same child, as a write to it changes all of their copies. */
    private void prove(Bench bench, List<SummaryContract> contracts, Consumer<ProofResult> results)
            throws SQLException {
        List<SummaryCopy> copies = new ArrayList<>();
        for (SummaryContract contract : contracts) {
            SummaryCopy.of(bench, contract)
                    .ifPresentOrElse(
                            copies::add,
                            () -> results.accept(result(
                                    contract,
                                    Verdict.FAILED,
                                    "no statements were generated that find and repair its drift")));
        }
        if (copies.isEmpty()) {
            return;
        }
        List<SummaryContract> provable =
                copies.stream().map(SummaryCopy::contract).toList();
        Synthesizer synthesizer = synthesizer(bench);
        try {
            Trial trial = new Trial(bench, copies, provable, synthesizer);
            trial.fill();
            trial.run().forEach(results);
        } catch (NoRowsException none) {
            for (SummaryContract contract : provable) {
                results.accept(
                        result(contract, Verdict.NOT_PROVEN, none.getMessage())
                                .withDetails(
                                        List.of(
                                                "declare `values` for the attributes of `" + none.entity()
                                                        + "`, as in `values: {skew: {DE: 60%, FR: 40%}}`, so that fitting rows can be made up")));
            }
        }
    }

    /** What fills tables for all proofs of a run: triggers keep their copies themselves. */
    static Synthesizer synthesizer(Bench bench) {
        return synthesizer(bench, maintained(bench));
    }

    static Synthesizer synthesizer(Bench bench, Set<Attribute> maintained) {
        return new Synthesizer(
                bench.request().facts(),
                bench.store(),
                maintained,
                bench.settings().seed());
    }

    /** The copies that the database keeps. */
    static Set<Attribute> maintained(Bench bench) {
        Set<Attribute> maintained = followed(bench);
        bench.request()
                .facts()
                .contracts()
                .triggeredIn(bench.store())
                .forEach(contract -> maintained.add(contract.copy()));
        return maintained;
    }

    private static Set<Attribute> followed(Bench bench) {
        Set<Attribute> followed = new LinkedHashSet<>();
        bench.request()
                .facts()
                .contracts()
                .followedIn(bench.store())
                .forEach(contract -> followed.add(contract.copy()));
        return followed;
    }

    private ProofResult result(SummaryContract contract, Verdict verdict, String statement) {
        return ProofResult.of(name(), contract.name(), verdict, statement)
                .at(contract.contract()
                        .duplicates()
                        .map(Contract.Duplicates::at)
                        .orElse(contract.contract().name().at()));
    }

    /** The trial of all copies that one child feeds. */
    private final class Trial {

        private final Bench bench;
        private final List<SummaryCopy> copies;
        private final List<SummaryContract> contracts;
        private final Synthesizer synthesizer;
        private final RowMaker childRows;
        private final Map<Entity, RowMaker> parentRows = new LinkedHashMap<>();
        private Population population = new Population();

        Trial(Bench bench, List<SummaryCopy> copies, List<SummaryContract> contracts, Synthesizer synthesizer) {
            this.bench = bench;
            this.copies = copies;
            this.contracts = contracts;
            this.synthesizer = synthesizer;
            List<SourceText> conditions = contracts.stream()
                    .flatMap(contract -> contract.where().stream())
                    .toList();
            this.childRows = synthesizer.rowsOf(contracts.get(0).child(), conditions);
            contracts.forEach(contract ->
                    parentRows.computeIfAbsent(contract.parent(), parent -> synthesizer.rowsOf(parent, List.of())));
        }

        void fill() throws SQLException, NoRowsException {
            try (Connection connection = bench.connect()) {
                population = synthesizer.fill(
                        connection,
                        List.of(contracts.get(0).child()),
                        bench.settings().rows());
            }
        }

        List<ProofResult> run() throws SQLException {
            Map<SummaryCopy, Flaw> flaws = new LinkedHashMap<>();
            int interleavings = 0;
            for (SummaryCopy copy : copies) {
                Interleavings pairs = new Interleavings(
                        bench,
                        copy,
                        Link.of(copy.contract()),
                        workload(bench.settings().connections()));
                List<List<String>> parents = population.keysOf(copy.contract().parent());
                Optional<Flaw> flaw = pairs.firstFlaw(parents.get(0), parents.get(parents.size() - 1));
                flaw.ifPresent(found -> flaws.put(copy, found));
                interleavings = Math.max(interleavings, pairs.count());
            }
            Optional<Outcome> storm = flaws.isEmpty() ? Optional.of(storm(flaws)) : Optional.empty();
            List<ProofResult> results = new ArrayList<>();
            for (SummaryCopy copy : copies) {
                Optional<Flaw> flaw = Optional.ofNullable(flaws.get(copy));
                results.add(flaw.isPresent() ? flawed(copy, flaw.get()) : judge(copy, storm, interleavings));
            }
            return results;
        }

        /** All write at once; where changes are laid aside, these are folded in meanwhile. */
        private Outcome storm(Map<SummaryCopy, Flaw> flaws) throws SQLException {
            Folding folding = new Folding(bench, contracts);
            try {
                return new Storm(bench).runAround(copies, this::workload, flaws);
            } finally {
                folding.end()
                        .ifPresent(message -> copies.stream()
                                .filter(copy -> copy.contract().isFolded())
                                .forEach(copy -> flaws.putIfAbsent(
                                        copy, new Flaw("a fold fails while others write", Optional.of(message)))));
            }
        }

        private Workload workload(int number) {
            return new Workload(
                    contracts.stream().map(Link::of).toList(),
                    childRows,
                    parentRows,
                    population,
                    new SplittableRandom(bench.settings().seed() + number),
                    SERIALS_A_CONNECTION * (number + 1));
        }

        private ProofResult flawed(SummaryCopy copy, Flaw flaw) {
            return result(copy.contract(), Verdict.FAILED, copy.described() + " is not exact: " + flaw.sentence())
                    .withDetails(flaw.detail().stream().toList());
        }

        private ProofResult judge(SummaryCopy copy, Optional<Outcome> storm, int interleavings) throws SQLException {
            SummaryContract contract = copy.contract();
            long statements = storm.map(Outcome::statements).orElse(0L);
            String what = Words.count(statements, "statement") + " from "
                    + Words.count(bench.settings().connections(), "connection");
            try (Connection connection = bench.connect()) {
                connection.setAutoCommit(false);
                CopyTrials trials = new CopyTrials(copy, connection);
                Optional<Flaw> flaw = storm.isEmpty() ? Optional.empty() : trials.nothingHasDrifted(what);
                if (flaw.isEmpty()) {
                    flaw = trials.directWritesAreRefused(newRows(contract));
                }
                if (flaw.isEmpty()) {
                    flaw = trials.truncateCounts(contract);
                }
                if (flaw.isEmpty()) {
                    List<List<String>> held =
                            copy.held(connection).stream().map(Drift::key).toList();
                    flaw = trials.keyChangesCount(
                            held.size() < 2
                                    ? List.of()
                                    : workload(bench.settings().connections() + 1)
                                            .keyChanges(Link.of(contract), held.get(0), held.get(1)));
                }
                if (flaw.isEmpty()) {
                    flaw = trials.damageIsFoundAndRepaired();
                }
                if (flaw.isPresent()) {
                    return flawed(copy, flaw.get());
                }
                if (storm.isEmpty()) {
                    return result(
                            contract,
                            Verdict.NOT_PROVEN,
                            copy.described()
                                    + " was not tried by many at once, as another copy of the same rows drifts");
                }
                if (storm.get().changed() == 0 || copy.held(connection).stream().noneMatch(copy::holdsSome)) {
                    return result(
                            contract,
                            Verdict.NOT_PROVEN,
                            "hardly a row of "
                                    + Words.name(contract.child().name().value())
                                    + " could be made up that counts, so nothing is shown about " + copy.described());
                }
                return proven(copy, what, storm.get(), interleavings);
            }
        }

        private ProofResult proven(SummaryCopy copy, String what, Outcome storm, int interleavings) {
            SummaryContract contract = copy.contract();
            return result(contract, Verdict.PROVEN, copy.described() + " is exact after " + what + " (0 drift)")
                    .withDetails(List.of(
                            "the statements inserted, moved, merged, updated and deleted rows of "
                                    + Words.name(contract.child().table().value())
                                    + ", and deleted and inserted rows of "
                                    + Words.name(contract.parent().table().value())
                                    + ", at READ COMMITTED, REPEATABLE READ and SERIALIZABLE, with savepoints and rollbacks",
                            "no committed state that was looked at meanwhile held a wrong copy",
                            "every pair of writes to one row was met in both orders of commit",
                            "TRUNCATE of " + Words.name(contract.child().table().value()) + " sets it to "
                                    + switch (contract.summary().start()) {
                                        case ZERO -> "zero";
                                        case FALSE -> "false";
                                        case NOTHING -> "nothing";
                                    },
                            "a direct write to it is refused",
                            "a copy damaged on purpose is found, alone, by "
                                    + Words.name(Reconciliation.driftPath(contract.name())) + " and put right by "
                                    + Words.name(Reconciliation.repairPath(contract.name()))))
                    .withFigures(List.of(
                            Figure.of("statements", storm.statements()),
                            Figure.of("connections", bench.settings().connections()),
                            Figure.of("drift", 0),
                            Figure.varying("pairs of writes", interleavings),
                            Figure.varying("snapshots looked at", storm.looks() * copies.size()),
                            Figure.varying("retries", storm.retries()),
                            Figure.varying("statements that changed rows", storm.changed())));
        }

        /** Rows that could be inserted, without and with a value for the copy. */
        private List<NewRow> newRows(SummaryContract contract) {
            RowMaker plain = synthesizer.rowsOf(contract.parent(), List.of());
            // What follows another row is filled, whatever the counts are
            RowMaker full = synthesizer(bench, followed(bench)).rowsOf(contract.parent(), List.of());
            SplittableRandom random = new SplittableRandom(bench.settings().seed());
            List<NewRow> parents = new ArrayList<>();
            for (int i = 0; i < NEW_PARENTS; i++) {
                Optional<Row> drawn = full.draw(random, SERIALS_A_CONNECTION / 2 + i, i, population, Map.of());
                drawn.ifPresent(row -> {
                    Map<String, @Nullable String> values = new LinkedHashMap<>(row.values());
                    bench.request().facts().contracts().summariesIn(bench.store()).stream()
                            .filter(other -> other.parent().equals(contract.parent()))
                            .forEach(other -> values.put(
                                    other.copy().name().value(),
                                    switch (other.summary().start()) {
                                        case ZERO -> "0";
                                        case FALSE -> "false";
                                        case NOTHING -> null;
                                    }));
                    String start = switch (contract.summary().start()) {
                        case ZERO -> "5";
                        case FALSE -> "true";
                        case NOTHING ->
                            childRows.value(contract.summary().inputs().get(0), random, SERIALS_A_CONNECTION / 2, 0);
                    };
                    values.put(contract.copy().name().value(), start);
                    Map<String, @Nullable String> without = new LinkedHashMap<>();
                    plain.attributes()
                            .forEach(attribute -> without.put(
                                    attribute.name().value(),
                                    values.get(attribute.name().value())));
                    parents.add(new NewRow(
                            new Command(plain.insert(1), new Row(contract.parent(), without).inOrder()),
                            new Command(full.insert(1), new Row(contract.parent(), values).inOrder())));
                });
            }
            return parents;
        }
    }
}
