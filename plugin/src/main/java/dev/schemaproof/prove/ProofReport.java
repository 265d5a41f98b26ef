package dev.schemaproof.prove;

import java.util.List;
import java.util.Objects;

/**
 * Everything that was proven, or not, about one store.
 *
 * @param store the store's name
 * @param engine what it was proven on, such as {@code embedded PostgreSQL 18.6}
 * @param results in the order of the proofs, and within each in the model's order
 * @param plans how the access patterns are planned, in the model's order; those that the database refuses have none
 * @param gains what the contracts gain and cost, as far as it was measured
 */
public record ProofReport(
        String store, String engine, List<ProofResult> results, List<PatternPlan> plans, List<MeasuredGain> gains) {

    /** Without gains. */
    public ProofReport(String store, String engine, List<ProofResult> results, List<PatternPlan> plans) {
        this(store, engine, results, plans, List.of());
    }

    public ProofReport {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(engine, "engine");
        results = List.copyOf(results);
        plans = List.copyOf(plans);
        gains = List.copyOf(gains);
    }

    /** Whether a proof failed. */
    public boolean failed() {
        return results.stream().anyMatch(result -> result.verdict() == Verdict.FAILED);
    }
}
