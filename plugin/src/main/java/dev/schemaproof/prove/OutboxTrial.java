package dev.schemaproof.prove;

import dev.schemaproof.model.Durations;
import dev.schemaproof.model.Entity;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The trial of one copy that the consumer of an outbox brings up to date. */
final class OutboxTrial {

    /** How many statements are followed by a call each. */
    private static final int ONE_BY_ONE = 40;

    private final Bench bench;
    private final NotedCopy noted;
    private final KeptCopy copy;
    private final Synthesizer synthesizer;
    private final List<OutboxConsumer> consumers = new ArrayList<>();
    private Population population = new Population();

    OutboxTrial(Bench bench, NotedCopy noted) {
        this.bench = bench;
        this.noted = noted;
        copy = noted.copy();
        synthesizer = CopiesStayExact.synthesizer(bench);
    }

    ProofResult run() throws SQLException, NoRowsException {
        try (Connection connection = bench.connect()) {
            Storm.hurryDeadlocks(connection);
            Storm.execute(connection, "SET lock_timeout = '20s'");
            fill(connection);
            Optional<Flaw> flaw = consumed(connection, "a first call of the consumer");
            if (flaw.isEmpty() && copy instanceof SummaryCopy) {
                flaw = truncated(connection);
                fill(connection);
            }
            if (flaw.isEmpty()) {
                flaw = consumed(connection, "the rows had come back");
            }
            if (flaw.isEmpty()) {
                flaw = oneByOne(connection);
            }
            OutboxInterruptions interruptions = new OutboxInterruptions(bench, noted, workloads(1), population);
            if (flaw.isEmpty()) {
                flaw = interruptions.firstFlaw(connection);
            }
            Outcome storms = new Outcome(0, 0, 0, 0);
            for (int beside = 1; beside <= 2 && flaw.isEmpty(); beside++) {
                Flaws found = new Flaws();
                storms = storms.plus(storm(beside, found));
                flaw = found.first.isPresent()
                        ? found.first
                        : consumed(
                                connection,
                                beside == 1
                                        ? "many had written beside a consumer"
                                        : "many had written beside two consumers");
            }
            if (flaw.isEmpty()) {
                flaw = byHand();
            }
            return flaw.isPresent() ? flawed(flaw.get()) : judge(storms, interruptions);
        }
    }

    /** The first thing that was found to be wrong. */
    private static final class Flaws {
        private Optional<Flaw> first = Optional.empty();
    }

    private void fill(Connection connection) throws SQLException, NoRowsException {
        population = synthesizer.fill(
                connection,
                List.of(noted.scheduled().links().get(0).child()),
                bench.settings().rows());
    }

    /** One call, after which nothing may be wrong, and nothing wait. */
    private Optional<Flaw> consumed(Connection connection, String after) throws SQLException {
        try {
            noted.scheduled().run(connection, OutboxConsumer.IN_SMALL_BATCHES);
        } catch (SQLException error) {
            return failure(connection, error, "the consumer fails");
        }
        return left(noted, connection, after);
    }

    private static Optional<Flaw> failure(Connection connection, SQLException error, String sentence)
            throws SQLException {
        if (connection.isClosed() || SqlStates.gone(error)) {
            throw error;
        }
        return Optional.of(new Flaw(sentence, Optional.of(Words.message(error))));
    }

    /** What is wrong while nobody writes, or still waits. */
    static Optional<Flaw> left(NotedCopy noted, Connection connection, String after) throws SQLException {
        KeptCopy copy = noted.copy();
        List<Drift> wrong = copy.recount(connection);
        List<List<String>> found = copy.generatedDrift(connection);
        long waiting = noted.waiting(connection);
        long shown = noted.clock(connection).waiting();
        if (!wrong.isEmpty()) {
            return Optional.of(new Flaw(
                    (waiting == 0 ? "nothing waits any more, but it is wrong after " : "it is wrong after ") + after,
                    Optional.of(Words.count(wrong.size(), "row") + " of "
                            + Words.name(copy.holder().table().value()) + ": "
                            + Words.some(wrong.stream().map(Drift::toString).toList()))));
        } else if (!found.isEmpty()) {
            return Optional.of(new Flaw(
                    Words.name(Reconciliation.driftPath(copy.name())) + " finds rows after " + after
                            + ", though every copy is right",
                    Optional.of(Words.some(found.stream().map(List::toString).toList()))));
        } else if (waiting != 0) {
            return Optional.of(new Flaw(
                    "notes still wait after " + after, Optional.of(Words.count(waiting, "note") + " in the outbox")));
        }
        return shown == 0
                ? Optional.empty()
                : Optional.of(Flaw.of("the clock shows notes after " + after + ", though none waits"));
    }

    /** TRUNCATE says of no row that it is gone. */
    private Optional<Flaw> truncated(Connection connection) throws SQLException {
        Entity child = noted.scheduled().links().get(0).child();
        Storm.execute(connection, "TRUNCATE " + SummaryCopy.table(child) + " CASCADE");
        return consumed(connection, "TRUNCATE of " + Words.name(child.table().value()));
    }

    /** Every kind of statement by itself, so that no other covers for what it leaves out. */
    private Optional<Flaw> oneByOne(Connection connection) throws SQLException {
        List<Workload> workloads = workloads(0);
        for (int i = 0; i < ONE_BY_ONE; i++) {
            bench.deadline().check();
            Command command = workloads.get(i % workloads.size()).next();
            try {
                command.run(connection);
            } catch (SQLException error) {
                if (connection.isClosed() || !SqlStates.refused(error)) {
                    throw error;
                }
            }
            Optional<Flaw> flaw = consumed(connection, "a single statement");
            if (flaw.isPresent()) {
                return Optional.of(new Flaw(
                        flaw.get().sentence(),
                        Optional.of(flaw.get().detail().map(rows -> rows + "; ").orElse("") + command.sql())));
            }
        }
        return Optional.empty();
    }

    /** One for each link, from a place of its own. */
    private List<Workload> workloads(int place) {
        int links = noted.scheduled().links().size();
        int first = bench.settings().connections() * 2 + place * links;
        return IntStream.range(0, links).mapToObj(i -> workload(i, first + i)).toList();
    }

    private Workload workload(int place, int number) {
        List<Link> links = noted.scheduled().links();
        Link link = links.get(place % links.size());
        Entity parent = link.parent();
        return new Workload(
                List.of(link),
                synthesizer.rowsOf(link.child(), noted.scheduled().conditions()),
                Map.of(parent, synthesizer.rowsOf(parent, List.of())),
                population,
                new SplittableRandom(bench.settings().seed() + number),
                CopiesStayExact.SERIALS_A_CONNECTION * (number + 1));
    }

    /** Lets all write at once, and calls one or two consumers all the while. */
    private Outcome storm(int beside, Flaws flaws) throws SQLException {
        int connections = bench.settings().connections();
        List<Workload> workloads = IntStream.range(0, connections)
                .mapToObj(i -> workload(i, i + (beside - 1) * connections))
                .toList();
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "schemaproof-consumer");
            made.setDaemon(true);
            return made;
        });
        try (Connection first = bench.connect();
                Connection second = bench.connect()) {
            OutboxConsumer one = new OutboxConsumer(noted, first);
            OutboxConsumer other = new OutboxConsumer(noted, second);
            consumers.add(one);
            consumers.add(other);
            return new Storm(bench).run(workloads, bench.settings().seed() + beside, () -> {
                Future<Optional<Flaw>> meanwhile = thread.submit(() -> beside == 2 ? called(other) : Optional.empty());
                flaws.first = called(one);
                Optional<Flaw> elsewhere = ended(meanwhile);
                flaws.first = flaws.first.isPresent() ? flaws.first : elsewhere;
                return flaws.first.isEmpty();
            });
        } finally {
            thread.shutdownNow();
        }
    }

    private Optional<Flaw> called(OutboxConsumer consumer) throws SQLException {
        bench.deadline().check();
        try {
            consumer.call();
            return Optional.empty();
        } catch (SQLException error) {
            return failure(consumer.connection(), error, "the consumer fails while others write");
        }
    }

    private static Optional<Flaw> ended(Future<Optional<Flaw>> running) throws SQLException {
        try {
            return running.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SQLException error) {
                throw error;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new OutOfTimeException();
        }
    }

    private Optional<Flaw> byHand() throws SQLException {
        try (Connection connection = bench.connect()) {
            connection.setAutoCommit(false);
            CopyTrials trials = new CopyTrials(copy, connection);
            Optional<Flaw> flaw = trials.directWritesAreRefused(List.of());
            return flaw.isPresent() ? flaw : trials.damageIsFoundAndRepaired();
        }
    }

    private ProofResult flawed(Flaw flaw) {
        return OutboxesLoseNothing.result(
                        noted.scheduled().contract(),
                        Verdict.FAILED,
                        copy.described() + " is not kept by its outbox: " + flaw.sentence())
                .withDetails(flaw.detail().stream().toList());
    }

    private ProofResult judge(Outcome storms, OutboxInterruptions interruptions) {
        long broughtUp = consumers.stream().mapToLong(OutboxConsumer::broughtUp).sum();
        double longest =
                consumers.stream().mapToDouble(OutboxConsumer::longest).max().orElse(0);
        if (storms.changed() == 0 || broughtUp == 0 || !interruptions.missed().isEmpty()) {
            return notProven("hardly a row could be made up that counts, so too little is shown about "
                            + copy.described())
                    .withDetails(interruptions.missed().stream()
                            .map(missed -> "it could not be brought about " + missed)
                            .toList());
        }
        if (longest * 1e9 > noted.allowed().toNanos()) {
            return notProven(copy.described() + " was out of date for longer than the allowed "
                            + Durations.shown(noted.allowed()) + ", though its consumer never paused")
                    .withDetails(List.of("the oldest note had been waiting for " + shown(longest)));
        }
        return proven(storms, longest);
    }

    private ProofResult notProven(String statement) {
        return OutboxesLoseNothing.result(noted.scheduled().contract(), Verdict.NOT_PROVEN, statement);
    }

    private ProofResult proven(Outcome storms, double longest) {
        List<String> tables = noted.scheduled().links().stream()
                .flatMap(link -> List.of(link.child(), link.parent()).stream())
                .map(entity -> Words.name(entity.table().value()))
                .distinct()
                .toList();
        return OutboxesLoseNothing.result(
                        noted.scheduled().contract(),
                        Verdict.PROVEN,
                        copy.described() + " is right when its outbox is empty, behind "
                                + Words.count(storms.statements(), "statement") + " from "
                                + Words.count(bench.settings().connections(), "connection")
                                + " beside one consumer and beside two (0 drift)")
                .withDetails(List.of(
                        "the statements inserted, changed, moved and deleted rows of " + Words.and(tables)
                                + ", at READ COMMITTED, REPEATABLE READ and SERIALIZABLE, with savepoints and rollbacks",
                        Words.count(ONE_BY_ONE, "statement")
                                + (copy instanceof SummaryCopy ? ", and a TRUNCATE," : "")
                                + " were each followed by a call, after which nothing was wrong and nothing waited",
                        "a consumer that was cut off where it had written and not committed lost nothing, nor did one while"
                                + " others committed there, or where it waited for a lock",
                        "no note waited for longer than the allowed " + Durations.shown(noted.allowed())
                                + ", by the generated clock, while the consumer was called again and again",
                        "a direct write to it is refused",
                        "a copy damaged on purpose is found, alone, by "
                                + Words.name(Reconciliation.driftPath(copy.name())) + " and put right by "
                                + Words.name(Reconciliation.repairPath(copy.name()))))
                .withFigures(List.of(
                        Figure.of("statements", storms.statements()),
                        Figure.of("connections", bench.settings().connections()),
                        Figure.of("drift", 0),
                        Figure.varying(
                                "calls meanwhile",
                                consumers.stream()
                                        .mapToLong(OutboxConsumer::calls)
                                        .sum()),
                        Figure.varying(
                                "rows brought up to date meanwhile",
                                consumers.stream()
                                        .mapToLong(OutboxConsumer::broughtUp)
                                        .sum()),
                        new Figure("longest staleness", shown(longest), true),
                        Figure.varying("retries", storms.retries()),
                        Figure.varying("statements that changed rows", storms.changed())));
    }

    private static String shown(double seconds) {
        return Durations.shown(Duration.ofMillis(Math.round(seconds * 1e3)));
    }
}
