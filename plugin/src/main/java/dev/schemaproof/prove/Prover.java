package dev.schemaproof.prove;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the proofs about one relational store on one database. */
public final class Prover {

    private final List<Proof> proofs;

    /** Makes all proofs. */
    public Prover() {
        this(Proofs.all());
    }

    /** Measures what contracts gain, of those whose statement without the copy gives the same answer. */
    public static Prover measuring() {
        return new Prover(List.of(new AppliesCleanly(), new InsteadGivesTheSameAnswer(), new ContractsEarnTheirGain()));
    }

    Prover(List<Proof> proofs) {
        this.proofs = List.copyOf(proofs);
    }

    /**
     * Makes every proof, as far as the one before it allows. A database that fails, and time that runs out, are results
     * too; what comes back is never a hang. All connections are closed then.
     */
    public ProofReport prove(ProofRequest request) {
        List<ProofResult> results = new ArrayList<>();
        List<PatternPlan> plans;
        List<MeasuredGain> gains;
        Optional<String> stopped = Optional.empty();
        try (Bench bench = new Bench(request)) {
            for (Proof proof : proofs) {
                if (stopped.isPresent()) {
                    results.add(ProofResult.of(
                            proof.name(), bench.storeName(), Verdict.NOT_PROVEN, "not tried, as " + stopped.get()));
                } else {
                    stopped = prove(proof, bench, results);
                }
            }
            plans = bench.plans();
            gains = bench.gains();
        }
        return new ProofReport(
                request.store().name().value(), request.database().description(), results, plans, gains);
    }

    /** Makes one proof; answers why the others cannot be tried, if they cannot. */
    private static Optional<String> prove(Proof proof, Bench bench, List<ProofResult> results) {
        int before = results.size();
        try {
            proof.prove(bench, results::add);
        } catch (OutOfTimeException late) {
            return failed(proof, bench, results, "time ran out; `schema.timeout` sets how much there is");
        } catch (SQLException error) {
            if (bench.deadline().passed()) {
                return failed(proof, bench, results, "time ran out; `schema.timeout` sets how much there is");
            }
            if (SqlStates.gone(error)) {
                return failed(
                        proof,
                        bench,
                        results,
                        "the connection to " + bench.request().database().description() + " was lost: "
                                + Words.message(error));
            }
            failed(proof, bench, results, "the database refused a step of the proof: " + Words.message(error));
        }
        boolean applied = results.subList(before, results.size()).stream()
                .noneMatch(result -> result.verdict() == Verdict.FAILED);
        return proof instanceof AppliesCleanly && !applied
                ? Optional.of("the generated SQL does not apply")
                : Optional.empty();
    }

    private static Optional<String> failed(Proof proof, Bench bench, List<ProofResult> results, String why) {
        results.add(ProofResult.of(proof.name(), bench.storeName(), Verdict.FAILED, why));
        return Optional.of(why);
    }
}
