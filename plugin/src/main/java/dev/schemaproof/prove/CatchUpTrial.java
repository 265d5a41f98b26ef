package dev.schemaproof.prove;

import dev.schemaproof.model.Contract;
import dev.schemaproof.model.Durations;
import dev.schemaproof.model.Entity;
import dev.schemaproof.model.Located;
import dev.schemaproof.prove.CopyTrials.Flaw;
import dev.schemaproof.prove.Storm.Outcome;
import dev.schemaproof.prove.SummaryCopy.Drift;
import dev.schemaproof.prove.data.NoRowsException;
import dev.schemaproof.prove.data.Population;
import dev.schemaproof.prove.data.Synthesizer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The trial of one copy that a job or a fold brings up to date: it runs again and again while others write, and once afterwards;
 * a fold also twice at once.
 */
final class CatchUpTrial {

    /** So few that a run takes several batches. */
    private static final String IN_SMALL_BATCHES = "batch => 7";

    /** Nobody else holds a lock so long. */
    private static final String PATIENCE = "SET lock_timeout = '20s'";

    private final Bench bench;
    private final ScheduledCopy scheduled;
    private final KeptCopy copy;
    private final Synthesizer synthesizer;
    private Population population = new Population();
    private long runs;
    private long broughtUp;
    private Duration longest = Duration.ZERO;

    CatchUpTrial(Bench bench, ScheduledCopy scheduled) {
        this.bench = bench;
        this.scheduled = scheduled;
        copy = scheduled.copy();
        synthesizer = CopiesStayExact.synthesizer(bench);
    }

    ProofResult run() throws SQLException, NoRowsException {
        try (Connection connection = bench.connect()) {
            population = synthesizer.fill(
                    connection,
                    List.of(scheduled.links().get(0).child()),
                    bench.settings().rows());
            Storm.hurryDeadlocks(connection);
            Storm.execute(connection, PATIENCE);
            Flaws flaws = new Flaws();
            Outcome storm = storm(connection, flaws);
            if (flaws.first.isEmpty()) {
                flaws.first = afterwards(connection);
            }
            if (flaws.first.isPresent()) {
                return flawed(flaws.first.get());
            }
            if (storm.changed() == 0 || runs == 0 || broughtUp == 0) {
                return CopiesCatchUp.result(
                        scheduled.contract(),
                        Verdict.NOT_PROVEN,
                        "hardly a row could be made up that counts, so nothing is shown about " + copy.described());
            }
            return proven(storm);
        }
    }

    /** The first thing that was found to be wrong. */
    private static final class Flaws {
        private Optional<Flaw> first = Optional.empty();
    }

    /** Lets all write at once, and runs the job all the while. */
    private Outcome storm(Connection connection, Flaws flaws) throws SQLException {
        List<Workload> workloads = IntStream.range(0, bench.settings().connections())
                .mapToObj(this::workload)
                .toList();
        return new Storm(bench).run(workloads, bench.settings().seed(), () -> {
            flaws.first = meanwhile(connection);
            return flaws.first.isEmpty();
        });
    }

    private Optional<Flaw> meanwhile(Connection connection) throws SQLException {
        bench.deadline().check();
        try {
            long start = System.nanoTime();
            broughtUp += scheduled.run(connection, IN_SMALL_BATCHES);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            longest = took.compareTo(longest) > 0 ? took : longest;
            runs++;
            return Optional.empty();
        } catch (SQLException error) {
            return failure(connection, error, "the procedure fails while others write");
        }
    }

    private static Optional<Flaw> failure(Connection connection, SQLException error, String sentence)
            throws SQLException {
        if (connection.isClosed() || SqlStates.gone(error)) {
            throw error;
        }
        return Optional.of(new Flaw(sentence, Optional.of(Words.message(error))));
    }

    private Workload workload(int number) {
        Link link = scheduled.links().get(number % scheduled.links().size());
        Entity parent = link.parent();
        return new Workload(
                List.of(link),
                synthesizer.rowsOf(link.child(), scheduled.conditions()),
                Map.of(parent, synthesizer.rowsOf(parent, List.of())),
                population,
                new SplittableRandom(bench.settings().seed() + number),
                CopiesStayExact.SERIALS_A_CONNECTION * (number + 1));
    }

    /** Nobody else writes any more: one run puts every row right, and a second one finds nothing to do. */
    private Optional<Flaw> afterwards(Connection connection) throws SQLException {
        Optional<Flaw> flaw = caughtUp(connection);
        if (flaw.isEmpty() && scheduled.folded().isPresent()) {
            flaw = twiceAtOnce(connection);
        }
        if (flaw.isEmpty()) {
            flaw = late();
        }
        for (String wrong : scheduled.wrong()) {
            if (flaw.isEmpty()) {
                scheduled.damageAll(connection, wrong);
                flaw = caughtUp(connection);
            }
        }
        if (flaw.isEmpty()) {
            String before = scheduled.places(connection);
            if (scheduled.run(connection, "") != 0 || !before.equals(scheduled.places(connection))) {
                return Optional.of(Flaw.of("a second run of the procedure changes rows again"));
            }
        }
        return flaw.isEmpty() ? repaired() : flaw;
    }

    /** Two runs that begin with the same to do: each row takes part in one of them. */
    private Optional<Flaw> twiceAtOnce(Connection connection) throws SQLException {
        RunsAtOnce runsAtOnce = new RunsAtOnce(bench, scheduled);
        runsAtOnce.write(workload(bench.settings().connections()));
        Optional<Flaw> flaw = runsAtOnce.fail();
        return flaw.isPresent() ? flaw : left(connection);
    }

    /** What is written just behind a run that looks there waits for the next one, and until that is done. */
    private Optional<Flaw> late() {
        Optional<Duration> every =
                scheduled.contract().sync().flatMap(Contract.Sync::every).map(Located::value);
        Optional<Duration> allowed = scheduled
                .contract()
                .staleness()
                .flatMap(Contract.Staleness::allowed)
                .map(Located::value);
        return scheduled.folded().isEmpty()
                        || every.isEmpty()
                        || allowed.isEmpty()
                        || every.get().plus(longest).compareTo(allowed.get()) <= 0
                ? Optional.empty()
                : Optional.of(new Flaw(
                        "it gets staler than allowed, by the interval of its fold and the time that a run takes",
                        Optional.of("a run every " + Durations.shown(every.get()) + " that takes "
                                + Words.number(longest.toMillis()) + " ms can't hold a staleness of "
                                + Durations.shown(allowed.get()))));
    }

    private Optional<Flaw> caughtUp(Connection connection) throws SQLException {
        long wrong = copy.recount(connection).size();
        long changed;
        try {
            changed = scheduled.run(connection, IN_SMALL_BATCHES);
        } catch (SQLException error) {
            return failure(connection, error, "the procedure fails");
        }
        Optional<Flaw> left = left(connection);
        // A fold brings all copies up to date that share what is laid aside
        return left.isPresent()
                        || changed == wrong
                        || changed > wrong && scheduled.folded().isPresent()
                ? left
                : Optional.of(new Flaw(
                        "the procedure says something else than how many rows it has changed",
                        Optional.of(Words.count(wrong, "row") + " were out of date, and it says " + changed)));
    }

    private Optional<Flaw> left(Connection connection) throws SQLException {
        List<Drift> left = copy.recount(connection);
        List<List<String>> found = copy.generatedDrift(connection);
        if (!left.isEmpty()) {
            return Optional.of(new Flaw(
                    "it is still wrong after a run of the procedure, while nobody wrote",
                    Optional.of(Words.count(left.size(), "row") + " of "
                            + Words.name(copy.holder().table().value()) + ": "
                            + Words.some(left.stream().map(Drift::toString).toList()))));
        }
        long aside = scheduled.aside(connection);
        if (aside > 0) {
            return Optional.of(new Flaw(
                    "something is left aside by a run of the procedure, while nobody wrote",
                    Optional.of(Words.count(aside, "row") + " that nothing needs any more")));
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new Flaw(
                        Words.name(Reconciliation.driftPath(copy.name()))
                                + " finds rows after a run of the procedure, though every copy is right",
                        Optional.of(
                                Words.some(found.stream().map(List::toString).toList()))));
    }

    private Optional<Flaw> repaired() throws SQLException {
        try (Connection connection = bench.connect()) {
            connection.setAutoCommit(false);
            return new CopyTrials(copy, connection).damageIsFoundAndRepaired();
        }
    }

    private ProofResult flawed(Flaw flaw) {
        return CopiesCatchUp.result(
                        scheduled.contract(),
                        Verdict.FAILED,
                        copy.described() + " is not brought up to date: " + flaw.sentence())
                .withDetails(flaw.detail().stream().toList());
    }

    private ProofResult proven(Outcome storm) {
        List<String> tables = scheduled.links().stream()
                .flatMap(link -> List.of(link.child(), link.parent()).stream())
                .map(entity -> Words.name(entity.table().value()))
                .distinct()
                .toList();
        List<Figure> figures = new ArrayList<>(List.of(
                Figure.of("statements", storm.statements()),
                Figure.of("connections", bench.settings().connections()),
                Figure.of("drift", 0),
                Figure.varying("runs meanwhile", runs),
                Figure.varying("rows brought up to date meanwhile", broughtUp),
                Figure.varying("retries", storm.retries()),
                Figure.varying("statements that changed rows", storm.changed())));
        if (scheduled.folded().isPresent()) {
            figures.add(Figure.varying("milliseconds of the longest run", longest.toMillis()));
        }
        return CopiesCatchUp.result(
                        scheduled.contract(),
                        Verdict.PROVEN,
                        copy.described() + " is right after one run of its " + scheduled.means() + ", behind "
                                + Words.count(storm.statements(), "statement") + " from "
                                + Words.count(bench.settings().connections(), "connection") + " (0 drift)")
                .withDetails(List.of(
                        "the statements inserted, changed, moved and deleted rows of " + Words.and(tables)
                                + ", at READ COMMITTED, REPEATABLE READ and SERIALIZABLE, with savepoints and rollbacks",
                        "meanwhile the " + scheduled.means()
                                + " ran again and again, in batches of a few rows, and none of its runs failed or met a deadlock",
                        scheduled.folded().isPresent()
                                ? "two runs that began at once folded everything once; the next one wrote nothing, and nothing was"
                                        + " left aside; with the time that a run took, the interval holds the staleness that is allowed"
                                : "every copy was damaged on purpose, and one run put all of them right; a second one wrote nothing",
                        "a copy damaged on purpose is found, alone, by "
                                + Words.name(Reconciliation.driftPath(copy.name())) + " and put right by "
                                + Words.name(Reconciliation.repairPath(copy.name()))))
                .withFigures(figures);
    }
}
