package dev.schemaproof.prove;

import dev.schemaproof.analysis.Facts;
import dev.schemaproof.generate.Artifact;
import dev.schemaproof.model.RelationalStore;
import dev.schemaproof.prove.engine.RunningDatabase;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be proven.
 *
 * @param facts the model, without findings of severity error
 * @param store the store to prove
 * @param artifacts what was generated for the model; paths begin with the store's name
 * @param database a database with nothing in it, which stays open and is the caller's to close
 * @param settings how much is tried
 * @param deadline when it must be over
 * @param plans how the patterns were planned before, on the same kind of engine, where that was kept
 */
public record ProofRequest(
        Facts facts,
        RelationalStore store,
        List<Artifact> artifacts,
        RunningDatabase database,
        ProofSettings settings,
        Deadline deadline,
        Optional<PlanBaseline> plans) {

    /** Without plans to compare with. */
    public ProofRequest(
            Facts facts,
            RelationalStore store,
            List<Artifact> artifacts,
            RunningDatabase database,
            ProofSettings settings,
            Deadline deadline) {
        this(facts, store, artifacts, database, settings, deadline, Optional.empty());
    }

    public ProofRequest {
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(plans, "plans");
        artifacts = List.copyOf(artifacts);
    }
}
