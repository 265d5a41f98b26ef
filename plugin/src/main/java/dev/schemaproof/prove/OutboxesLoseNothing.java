package dev.schemaproof.prove;

import dev.schemaproof.model.Contract;
import dev.schemaproof.prove.data.NoRowsException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Copies that the consumer of an outbox brings up to date are right when the outbox is empty: whatever is written, by several
 * connections at once, beside one consumer and beside two, and though a consumer dies in the middle. They are stale for no longer
 * than the contract allows while the consumer is called again and again.
 */
public final class OutboxesLoseNothing implements Proof {

    private static final String NAME = "outboxes-lose-nothing";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prove(Bench bench, Consumer<ProofResult> results) throws SQLException {
        for (ScheduledCopy copy : copies(bench, results)) {
            bench.deadline().check();
            try {
                results.accept(new OutboxTrial(bench, NotedCopy.of(bench, copy)).run());
            } catch (NoRowsException none) {
                results.accept(result(copy.contract(), Verdict.NOT_PROVEN, String.valueOf(none.getMessage())));
            }
        }
    }

    private static List<ScheduledCopy> copies(Bench bench, Consumer<ProofResult> results) {
        List<ScheduledCopy> copies = new ArrayList<>();
        bench.request()
                .facts()
                .contracts()
                .notedIn(bench.store())
                .forEach(summary -> ScheduledCopy.collect(
                        NAME, summary.contract(), ScheduledCopy.of(bench, summary), copies, results));
        bench.request()
                .facts()
                .contracts()
                .notedCopiesIn(bench.store())
                .forEach(copy ->
                        ScheduledCopy.collect(NAME, copy.contract(), ScheduledCopy.of(bench, copy), copies, results));
        return copies;
    }

    static ProofResult result(Contract contract, Verdict verdict, String statement) {
        return ScheduledCopy.result(NAME, contract, verdict, statement);
    }
}
