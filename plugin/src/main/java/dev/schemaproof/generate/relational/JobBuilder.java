package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.analysis.contract.ContractAnalysis;
import dev.schemaproof.analysis.contract.CopyContract;
import dev.schemaproof.analysis.contract.SummaryContract;
import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.generate.relational.JobScript.Job;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Durations;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Model;
import dev.schemaproof.model.RelationalStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides what {@code triggers.sql} says of the procedures that jobs run. */
public final class JobBuilder {

    private static final List<Integer> PARTS_OF_AN_HOUR = List.of(30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1);
    private static final List<Integer> PARTS_OF_A_DAY = List.of(12, 8, 6, 4, 3, 2, 1);

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

    /** The statement that brings the copies of a contract up to date, without parameters. */
    public static String call(Model model, Contract contract, Entity holder) {
        return "CALL " + procedure(model, contract, holder) + "()";
    }

    /**
     * The name of the procedure of a contract: made of the contract's, with words that SQL does not read apart; only where two
     * contracts come to the same is it taken as it is.
     */
    public static String procedure(Model model, Contract contract, Entity holder) {
        var name = contract.name().value();
        var words = words(name);
        var alone = model.contracts().values().stream()
                .noneMatch(other ->
                        !other.equals(contract) && words(other.name().value()).equals(words));
        return DIALECT.qualified(
                holder.relational().schema(), PostgresNames.fit("schemaproof_job_" + (alone ? words : name)));
    }

    private static String words(String name) {
        return name.replace('-', '_');
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
        var every = contract.sync().flatMap(Contract.Sync::every).orElseThrow().value();
        return new Job(
                notes(contract, holder, every),
                procedure(model, contract, holder),
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

    private List<String> notes(Contract contract, Entity holder, Duration every) {
        var call = call(model, contract, holder);
        List<String> notes = new ArrayList<>(DIALECT.commentLines(
                contract.name() + ", to be run every " + Durations.shown(every) + ", outside of a transaction:"));
        DIALECT.commentLines(call + ";").forEach(line -> notes.add("    " + line));
        schedule(every).ifPresent(schedule -> {
            notes.add("Where the extension pg_cron is there, once:");
            DIALECT.commentLines("SELECT cron.schedule("
                            + DIALECT.literal(contract.name().value()) + ", '" + schedule + "', "
                            + DIALECT.literal(call) + ");")
                    .forEach(line -> notes.add("    " + line));
        });
        return notes;
    }

    /** As pg_cron understands it, at least so often; empty below a second. */
    static Optional<String> schedule(Duration every) {
        var minutes = every.toMinutes();
        if (every.toSeconds() == 0) {
            return Optional.empty();
        } else if (minutes == 0) {
            return Optional.of(every.toSeconds() == 1 ? "1 second" : every.toSeconds() + " seconds");
        } else if (minutes < 60) {
            return Optional.of("*/" + largest(PARTS_OF_AN_HOUR, minutes) + " * * * *");
        } else if (every.toHours() < 24) {
            return Optional.of("0 */" + largest(PARTS_OF_A_DAY, every.toHours()) + " * * *");
        }
        return Optional.of("0 0 * * *");
    }

    private static int largest(List<Integer> parts, long wanted) {
        return parts.stream().filter(part -> part <= wanted).findFirst().orElseThrow();
    }
}
