package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.ContractAnalysis;
import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.generate.relational.JobScript.Job;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides what {@code triggers.sql} says of the procedures that jobs run. */
final class JobBuilder {

    private final Model model;
    private final ContractAnalysis contracts;
    private final RelationalStore store;

    JobBuilder(Model model, ContractAnalysis contracts, RelationalStore store) {
        this.model = model;
        this.contracts = contracts;
        this.store = store;
    }

    JobScript build() {
        var jobs = Stream.concat(
                        contracts.scheduledIn(store).stream().map(this::job),
                        contracts.scheduledCopiesIn(store).stream().map(this::job))
                .toList();
        var said = jobs.toString();
        return new JobScript(DIALECT.dollarTag("schemaproof", said), DIALECT.dollarTag("procedure", said), jobs);
    }

    private Job job(SummaryContract summary) {
        return job(summary.contract(), summary.parent(), ReconcileScript.of(model, summary));
    }

    private Job job(CopyContract copy) {
        return job(copy.contract(), copy.entity(), CopyScript.of(model, copy));
    }

    private Job job(Contract contract, Entity holder, DriftScript drift) {
        // Neither variables nor what a statement calls its rows may hide a table
        var taken = model.entitiesOf(store).stream()
                .map(entity -> entity.table().value())
                .collect(Collectors.toUnmodifiableSet());
        return new Job(
                Procedures.notes(model, contract, holder),
                Procedures.name(model, contract, holder),
                SqlText.table(holder),
                DIALECT.literal(holder.table().value()),
                holder.keyNames().stream()
                        .map(name -> SqlText.column(holder, name))
                        .toList(),
                drift,
                SqlText.unlike("batch", taken),
                SqlText.unlike("next", taken),
                SqlText.unlike("last", taken),
                SqlText.unlike("wrong", taken),
                SqlText.unlike("counted", taken));
    }
}
