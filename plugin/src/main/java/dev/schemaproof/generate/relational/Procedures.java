package dev.schemaproof.generate.relational;

import static dev.schemaproof.generate.relational.SqlText.DIALECT;

import dev.schemaproof.dialect.postgresql.PostgresNames;
import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Contract.Mechanism;
import dev.schemaproof.model.Contract.Staleness;
import dev.schemaproof.model.Contract.Sync;
import dev.schemaproof.model.Durations;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.model.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The procedures that bring copies up to date, of jobs and of outboxes: their names, and when they are to be called. */
public final class Procedures {

    /** The view that says how long the notes of outboxes have been waiting. */
    public static final String CLOCK = "schemaproof_staleness";

    private static final List<Integer> PARTS_OF_AN_HOUR = List.of(30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1);
    private static final List<Integer> PARTS_OF_A_DAY = List.of(12, 8, 6, 4, 3, 2, 1);

    private Procedures() {}

    /** The statement that brings the copies of a contract up to date, without parameters. */
    public static String call(Model model, Contract contract, Entity holder) {
        return "CALL " + name(model, contract, holder) + "()";
    }

    /** The name of the procedure of a contract that a job or an outbox keeps. */
    public static String name(Model model, Contract contract, Entity holder) {
        return qualified(
                holder, (isOutbox(contract) ? "schemaproof_consume_" : "schemaproof_job_") + words(model, contract));
    }

    /** The table that holds the notes of a contract that an outbox keeps. */
    public static String outbox(Model model, Contract contract, Entity holder) {
        return qualified(holder, "schemaproof_outbox_" + words(model, contract));
    }

    /** Beside the table of an entity. */
    static String qualified(Entity holder, String name) {
        return DIALECT.qualified(holder.relational().schema(), PostgresNames.fit(name));
    }

    /**
     * What the names of a contract's own things end with: its name, with words that SQL does not read apart; only where two
     * contracts come to the same is it taken as it is.
     */
    static String words(Model model, Contract contract) {
        var name = contract.name().value();
        var words = words(name);
        var alone = model.contracts().values().stream()
                .noneMatch(other ->
                        !other.equals(contract) && words(other.name().value()).equals(words));
        return alone ? words : name;
    }

    private static String words(String name) {
        return name.replace('-', '_');
    }

    /**
     * How often it is to be called: as the contract says, and otherwise twice in the time for which its copy may be stale, so that
     * half of that time is left to the calls themselves.
     */
    public static Duration interval(Contract contract) {
        return contract.sync()
                .flatMap(Sync::every)
                .map(Located::value)
                .orElseGet(() -> allowed(contract).dividedBy(2));
    }

    /** For how long the copy may be stale. */
    static Duration allowed(Contract contract) {
        return contract.staleness().flatMap(Staleness::allowed).orElseThrow().value();
    }

    private static boolean isOutbox(Contract contract) {
        return contract.sync()
                .flatMap(Sync::by)
                .filter(by -> by.value() == Mechanism.OUTBOX)
                .isPresent();
    }

    /** What is to be scheduled for a contract, as lines of a comment. */
    static List<String> notes(Model model, Contract contract, Entity holder) {
        return notes(contract.name().value(), call(model, contract, holder), interval(contract));
    }

    /** What is to be run, how often and how, as lines of a comment. */
    static List<String> notes(String name, String call, Duration every) {
        List<String> notes = new ArrayList<>(DIALECT.commentLines(
                name + ", to be run every " + Durations.shown(every) + ", outside of a transaction:"));
        DIALECT.commentLines(call + ";").forEach(line -> notes.add("    " + line));
        schedule(every).ifPresent(schedule -> {
            notes.add("Where the extension pg_cron is there, once:");
            DIALECT.commentLines("SELECT cron.schedule("
                            + DIALECT.literal(name) + ", '" + schedule + "', "
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
