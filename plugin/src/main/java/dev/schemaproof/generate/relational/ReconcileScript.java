package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.CountContract;
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
 * @param tally what the contract counts
 * @param wrong the variable for a row that is out of date
 * @param counted the variable for the true number
 * @param refers the condition that a row refers to the wrong row's key
 */
public record ReconcileScript(
        List<String> driftHeading,
        List<String> repairHeading,
        String tag,
        Tally tally,
        String wrong,
        String counted,
        String refers) {

    public ReconcileScript {
        driftHeading = List.copyOf(driftHeading);
        repairHeading = List.copyOf(repairHeading);
    }

    static ReconcileScript of(Model model, CountContract count) {
        var tally = Tally.of(count);
        var taken = Set.of(count.child().table().value());
        var wrong = SqlText.unlike("wrong", taken);
        var repair = new ArrayList<>(Headings.of("Repair for the contract " + count.name(), model, count.store()));
        count.repair().ifPresent(when -> repair.addAll(DIALECT.commentLines("When it runs: " + when)));
        return new ReconcileScript(
                Headings.of("Drift of the contract " + count.name(), model, count.store()),
                repair,
                DIALECT.dollarTag("schemaproof", tally.toString()),
                tally,
                wrong,
                SqlText.unlike("counted", taken),
                tally.refersTo(wrong));
    }
}
