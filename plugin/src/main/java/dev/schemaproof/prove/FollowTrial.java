package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.model.Attribute;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The trial of all copies that one table holds of rows that it refers to. */
final class FollowTrial {

    private static final String PROOF = "copies-stay-exact";
    private static final int NEW_ROWS = 8;

    private final Bench bench;
    private final List<FollowedCopy> copies;
    private final Synthesizer synthesizer;
    private final RowMaker childRows;
    private final Map<Entity, RowMaker> sourceRows = new LinkedHashMap<>();
    private Population population = new Population();

    private FollowTrial(Bench bench, List<FollowedCopy> copies) {
        this.bench = bench;
        this.copies = copies;
        synthesizer = CopiesStayExact.synthesizer(bench);
        childRows = synthesizer.rowsOf(copies.get(0).holder(), List.of());
        copies.stream()
                .flatMap(copy -> copy.contract().path().stream())
                .forEach(step ->
                        sourceRows.computeIfAbsent(step.target(), source -> synthesizer.rowsOf(source, List.of())));
    }

    /** Proves the contracts of one table together, as a write to it fills all of its copies. */
    static void prove(Bench bench, Consumer<ProofResult> results) throws SQLException {
        Map<String, List<FollowedCopy>> byTable = new LinkedHashMap<>();
        for (CopyContract contract : bench.request().facts().contracts().followedIn(bench.store())) {
            FollowedCopy.of(bench, contract)
                    .ifPresentOrElse(
                            copy -> byTable.computeIfAbsent(
                                            contract.entity().name().value(), table -> new ArrayList<>())
                                    .add(copy),
                            () -> results.accept(result(
                                    contract,
                                    Verdict.FAILED,
                                    "no statements were generated that find and repair its drift")));
        }
        for (List<FollowedCopy> ofTable : byTable.values()) {
            bench.deadline().check();
            try {
                new FollowTrial(bench, ofTable).run().forEach(results);
            } catch (NoRowsException none) {
                ofTable.forEach(copy ->
                        results.accept(result(copy.contract(), Verdict.NOT_PROVEN, String.valueOf(none.getMessage()))));
            }
        }
    }

    private static ProofResult result(CopyContract contract, Verdict verdict, String statement) {
        return ProofResult.of(PROOF, contract.name(), verdict, statement)
                .at(contract.contract()
                        .duplicates()
                        .map(Contract.Duplicates::at)
                        .orElse(contract.contract().name().at()));
    }

    private List<ProofResult> run() throws SQLException, NoRowsException {
        try (Connection connection = bench.connect()) {
            population = synthesizer.fill(
                    connection,
                    List.of(copies.get(0).holder()),
                    bench.settings().rows());
        }
        Map<FollowedCopy, Flaw> flaws = new LinkedHashMap<>();
        int interleavings = 0;
        for (FollowedCopy copy : copies) {
            List<List<String>> sources = population.valuesOf(
                    copy.contract().target(), copy.contract().referred());
            if (sources.isEmpty()) {
                continue;
            }
            int met = 0;
            for (Link link : Link.of(copy.contract())) {
                if (!flaws.containsKey(copy)) {
                    Interleavings pairs = new Interleavings(
                            bench, copy, link, workload(bench.settings().connections()));
                    pairs.firstFlaw(sources.get(0), sources.get(sources.size() - 1))
                            .ifPresent(found -> flaws.put(copy, found));
                    met += pairs.count();
                }
            }
            interleavings = Math.max(interleavings, met);
        }
        Optional<Outcome> storm = flaws.isEmpty()
                ? Optional.of(new Storm(bench).runAround(copies, this::workload, flaws))
                : Optional.empty();
        List<ProofResult> results = new ArrayList<>();
        for (FollowedCopy copy : copies) {
            Optional<Flaw> flaw = Optional.ofNullable(flaws.get(copy));
            results.add(flaw.isPresent() ? flawed(copy, flaw.get()) : judge(copy, storm, interleavings));
        }
        return results;
    }

    private Workload workload(int number) {
        return new Workload(
                copies.stream()
                        .flatMap(copy -> Link.of(copy.contract()).stream())
                        .toList(),
                childRows,
                sourceRows,
                population,
                new SplittableRandom(bench.settings().seed() + number),
                CopiesStayExact.SERIALS_A_CONNECTION * (number + 1));
    }

    private static ProofResult flawed(FollowedCopy copy, Flaw flaw) {
        return result(copy.contract(), Verdict.FAILED, copy.described() + " is not exact: " + flaw.sentence())
                .withDetails(flaw.detail().stream().toList());
    }

    private ProofResult judge(FollowedCopy copy, Optional<Outcome> storm, int interleavings) throws SQLException {
        CopyContract contract = copy.contract();
        long statements = storm.map(Outcome::statements).orElse(0L);
        String what = Words.count(statements, "statement") + " from "
                + Words.count(bench.settings().connections(), "connection");
        try (Connection connection = bench.connect()) {
            connection.setAutoCommit(false);
            CopyTrials trials = new CopyTrials(copy, connection);
            Optional<Flaw> flaw = storm.isEmpty() ? Optional.empty() : trials.nothingHasDrifted(what);
            List<Drift> sources = copy.differing(connection);
            boolean differ = sources.size() > 1;
            if (flaw.isEmpty() && differ) {
                flaw = trials.directWritesAreRefused(newRows(copy, sources));
            }
            if (flaw.isEmpty() && differ) {
                flaw = trials.damageIsFoundAndRepaired();
            }
            if (flaw.isPresent()) {
                return flawed(copy, flaw.get());
            }
            if (storm.isEmpty()) {
                return result(
                        contract,
                        Verdict.NOT_PROVEN,
                        copy.described() + " was not tried by many at once, as another copy in the same table drifts");
            }
            if (!differ
                    || storm.get().changed() == 0
                    || copy.held(connection).stream().allMatch(row -> row.held() == null)) {
                return result(
                        contract,
                        Verdict.NOT_PROVEN,
                        "hardly two rows of "
                                + Words.name(contract.target().name().value())
                                + " could be made up that differ and are referred to, so nothing is shown about "
                                + copy.described());
            }
            return proven(copy, what, storm.get(), interleavings);
        }
    }

    private ProofResult proven(FollowedCopy copy, String what, Outcome storm, int interleavings) {
        CopyContract contract = copy.contract();
        String table = Words.name(contract.entity().table().value());
        String source = Words.name(contract.target().table().value());
        String further = contract.path().stream()
                .skip(1)
                .map(step -> Words.name(step.target().table().value()))
                .distinct()
                .collect(Collectors.joining(" and "));
        return result(contract, Verdict.PROVEN, copy.described() + " is exact after " + what + " (0 drift)")
                .withDetails(List.of(
                        "the statements inserted, moved, merged, updated and deleted rows of " + table
                                + ", and changed, deleted and inserted rows of " + source
                                + (further.isEmpty() ? "" : ", and changed those of " + further + " that they lead to")
                                + ", at READ COMMITTED, REPEATABLE READ and SERIALIZABLE, with savepoints and rollbacks",
                        "no committed state that was looked at meanwhile held a wrong copy",
                        "every pair of writes to rows of one source, and of a change of the source, was met in both orders of"
                                + " commit, and none was refused that had only to wait",
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

    /** Rows that refer to one source and could be inserted, without the copy and with that of another. */
    private List<NewRow> newRows(FollowedCopy copy, List<Drift> sources) {
        CopyContract contract = copy.contract();
        Set<Attribute> others = CopiesStayExact.maintained(bench);
        others.remove(contract.copy());
        RowMaker full = CopiesStayExact.synthesizer(bench, others).rowsOf(contract.entity(), List.of());
        SplittableRandom random = new SplittableRandom(bench.settings().seed());
        List<NewRow> rows = new ArrayList<>();
        for (int i = 0; i < NEW_ROWS; i++) {
            childRows
                    .draw(
                            random,
                            CopiesStayExact.SERIALS_A_CONNECTION / 2 + i,
                            i,
                            population,
                            Map.of(
                                    contract.reference().role().value(),
                                    sources.get(0).key()))
                    .ifPresent(row -> {
                        Map<String, @Nullable String> values = new LinkedHashMap<>();
                        full.attributes()
                                .forEach(attribute -> values.put(
                                        attribute.name().value(),
                                        row.values().get(attribute.name().value())));
                        values.put(
                                contract.copy().name().value(), sources.get(1).held());
                        rows.add(new NewRow(
                                new Command(childRows.insert(1), row.inOrder()),
                                new Command(full.insert(1), new Row(contract.entity(), values).inOrder())));
                    });
        }
        return rows;
    }
}
