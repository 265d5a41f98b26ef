package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Everything that the templates of {@code <contract>.drift.sql} and {@code <contract>.repair.sql} print.
 *
 * @param driftHeading what the first is, one line each
 * @param repairHeading what the second is
 * @param tag of the dollar quotes around the repair
 * @param tally what the contract sums up
 * @param wrong the variable for a row that is out of date
 * @param right the variable for the true value
 * @param value the true value for the key of a wrong row
 * @param flush the trigger that brings the copy up to date at commit; empty where none does
 */
public record ReconcileScript(
        List<String> driftHeading,
        List<String> repairHeading,
        String tag,
        Tally tally,
        String wrong,
        String right,
        String value,
        String flush)
        implements DriftScript {

    public ReconcileScript {
        driftHeading = List.copyOf(driftHeading);
        repairHeading = List.copyOf(repairHeading);
    }

    @Override
    public boolean isSummary() {
        return true;
    }

    static ReconcileScript of(Model model, SummaryContract summary) {
        var tally = Tally.of(summary);
        var taken = Set.of(summary.child().table().value());
        var wrong = SqlText.unlike("wrong", taken);
        var repair = new ArrayList<>(Headings.of("Repair for the contract " + summary.name(), model, summary.store()));
        summary.repair().ifPresent(when -> repair.addAll(DIALECT.commentLines("When it runs: " + when)));
        return new ReconcileScript(
                Headings.of("Drift of the contract " + summary.name(), model, summary.store()),
                repair,
                DIALECT.dollarTag("schemaproof", tally.toString()),
                tally,
                wrong,
                SqlText.unlike("counted", taken),
                tally.valueFor(wrong),
                summary.isDeferred() ? SyncBuilder.FLUSH : "");
    }
}
