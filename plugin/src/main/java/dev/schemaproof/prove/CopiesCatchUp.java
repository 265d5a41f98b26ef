package dev.schemaproof.prove;

import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.model.Contract;
import dev.schemaproof.prove.data.NoRowsException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Copies that a job brings up to date, or a fold of what triggers lay aside, are right after one run of it, whatever several
 * connections have written before and while it ran; the run itself fails for none of that.
 */
public final class CopiesCatchUp implements Proof {

    private static final String NAME = "copies-catch-up";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prove(Bench bench, Consumer<ProofResult> results) throws SQLException {
        for (ScheduledCopy copy : copies(bench, results)) {
            bench.deadline().check();
            try {
                results.accept(new CatchUpTrial(bench, copy).run());
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
                .scheduledIn(bench.store())
                .forEach(summary -> ScheduledCopy.collect(
                        NAME, summary.contract(), ScheduledCopy.of(bench, summary), copies, results));
        bench.request()
                .facts()
                .contracts()
                .scheduledCopiesIn(bench.store())
                .forEach(copy ->
                        ScheduledCopy.collect(NAME, copy.contract(), ScheduledCopy.of(bench, copy), copies, results));
        bench.request().facts().contracts().summariesIn(bench.store()).stream()
                .filter(SummaryContract::isFolded)
                .forEach(summary -> ScheduledCopy.collect(
                        NAME, summary.contract(), ScheduledCopy.folded(bench, summary), copies, results));
        return copies;
    }

    static ProofResult result(Contract contract, Verdict verdict, String statement) {
        return ScheduledCopy.result(NAME, contract, verdict, statement);
    }
}
