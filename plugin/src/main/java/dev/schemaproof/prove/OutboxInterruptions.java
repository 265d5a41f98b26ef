package dev.schemaproof.prove;

import dev.schemaproof.prove.CopyTrials.Flaw;
import dev.schemaproof.prove.SummaryCopy.Drift;
import dev.schemaproof.prove.data.Population;
import dev.schemaproof.prove.data.Synthesizer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can happen to a consumer in the middle of its work, one after the other and under control: a gate stops it where it has
 * written a row and not committed, or another connection holds the row that it is about to write.
 */
final class OutboxInterruptions {

    private static final String GATE = "schemaproof_gate";

    /** Any number that nobody else locks. */
    private static final long GATE_LOCK = 5_227_193_641L;

    private static final String DEATH = "that a consumer dies where it has written and not committed";
    private static final String OVERTAKING = "that others write where a consumer has read and not committed";
    private static final String WAIT = "that others write where a consumer waits for a lock";

    private static final int TRIES = 300;
    private static final int LOOK_AGAIN_MILLIS = 3;

    private final Bench bench;
    private final NotedCopy noted;
    private final KeptCopy copy;
    private final List<Workload> workloads;
    private final Population population;
    private final Set<String> missed = new LinkedHashSet<>();
    private int drawn;

    /**
     * @param workloads what is written, by turns: one for each link
     * @param population the rows that were there at the beginning
     */
    OutboxInterruptions(Bench bench, NotedCopy noted, List<Workload> workloads, Population population) {
        this.bench = bench;
        this.noted = noted;
        this.copy = noted.copy();
        this.workloads = workloads;
        this.population = population;
    }

    /** Those that could not be brought about. */
    List<String> missed() {
        return List.copyOf(missed);
    }

    /**
     * Brings them about; answers the first thing that is wrong afterwards.
     *
     * @param writer a connection in auto-commit mode; nothing may wait in the outbox
     */
    Optional<Flaw> firstFlaw(Connection writer) throws SQLException {
        // Whoever meets a lock of the consumer writes something else
        Storm.execute(writer, "SET lock_timeout = '20ms'");
        plantGate(writer);
        try {
            Optional<Flaw> flaw = dies(writer);
            if (flaw.isEmpty()) {
                flaw = isOvertaken(writer);
            }
            return flaw.isPresent() ? flaw : waits(writer);
        } finally {
            if (!writer.isClosed()) {
                Storm.execute(writer, "DROP FUNCTION IF EXISTS " + GATE + " CASCADE");
                Storm.execute(writer, "SET lock_timeout = '20s'");
            }
        }
    }

    private void plantGate(Connection connection) throws SQLException {
        Storm.execute(
                connection,
                "CREATE OR REPLACE FUNCTION " + GATE + "() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN PERFORM pg_advisory_xact_lock_shared(" + GATE_LOCK + "); RETURN NULL; END'");
        Storm.execute(
                connection,
                "CREATE TRIGGER " + GATE + " AFTER UPDATE ON " + SummaryCopy.table(copy.holder())
                        + " FOR EACH ROW WHEN (OLD." + noted.scheduled().copyColumn() + " IS DISTINCT FROM NEW."
                        + noted.scheduled().copyColumn() + ") EXECUTE FUNCTION " + GATE + "()");
    }

    /** The consumer's connection is cut off where it has written a row. */
    private Optional<Flaw> dies(Connection writer) throws SQLException {
        if (outOfDate(writer).isEmpty()) {
            missed.add(DEATH);
            return Optional.empty();
        }
        try (Connection gate = bench.connect();
                Calling calling = new Calling()) {
            Storm.execute(gate, "SELECT pg_advisory_lock(" + GATE_LOCK + ")");
            calling.start(writer);
            if (calling.isDone()) {
                missed.add(DEATH);
                return ended(writer, calling);
            }
            Storm.execute(writer, "SELECT pg_terminate_backend(" + calling.process + ")");
            calling.awaitEnd();
        }
        return consumed(writer, "a consumer had died in the middle, and another had come");
    }

    /** Others commit where the consumer has written a row, after it has read what the row comes to. */
    private Optional<Flaw> isOvertaken(Connection writer) throws SQLException {
        Optional<Drift> wrong = outOfDate(writer);
        if (wrong.isEmpty()) {
            missed.add(OVERTAKING);
            return Optional.empty();
        }
        boolean changed;
        try (Connection gate = bench.connect();
                Calling calling = new Calling()) {
            Storm.execute(gate, "SELECT pg_advisory_lock(" + GATE_LOCK + ")");
            calling.start(writer);
            if (calling.isDone()) {
                missed.add(OVERTAKING);
                return ended(writer, calling);
            }
            changed = changes(writer, wrong.get());
            Storm.execute(gate, "SELECT pg_advisory_unlock(" + GATE_LOCK + ")");
            calling.awaitEnd();
            Optional<Flaw> failure = calling.failure("the consumer fails");
            if (failure.isPresent()) {
                return failure;
            }
        }
        if (!changed) {
            missed.add(OVERTAKING);
        }
        return consumed(writer, "others had written where a consumer had read and not committed");
    }

    /** Others commit where the consumer waits for the row. */
    private Optional<Flaw> waits(Connection writer) throws SQLException {
        Optional<Drift> wrong = outOfDate(writer);
        if (wrong.isEmpty()) {
            missed.add(WAIT);
            return Optional.empty();
        }
        boolean changed;
        try (Connection holder = bench.connect();
                Calling calling = new Calling()) {
            holder.setAutoCommit(false);
            lock(holder, wrong.get().key());
            calling.start(writer);
            changed = changes(writer, wrong.get());
            holder.rollback();
            calling.awaitEnd();
            Optional<Flaw> failure = calling.failure("the consumer fails");
            if (failure.isPresent()) {
                return failure;
            }
        }
        if (changed && now(writer, wrong.get().key()).isPresent()) {
            return Optional.of(
                    Flaw.of("the consumer writes what a row came to before it had locked it, not what it comes to"));
        }
        if (!changed) {
            missed.add(WAIT);
        }
        return consumed(writer, "others had written where a consumer had waited for a lock");
    }

    /** A consumer that ends where it should have been stopped has not written what is wrong. */
    private Optional<Flaw> ended(Connection writer, Calling calling) throws SQLException {
        Optional<Flaw> failure = calling.failure("the consumer fails");
        return failure.isPresent() ? failure : OutboxTrial.left(noted, writer, "a call of the consumer");
    }

    private void lock(Connection connection, List<String> key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM "
                + SummaryCopy.table(copy.holder()) + " WHERE "
                + SummaryCopy.equal(copy.holder(), copy.holder().keyNames()) + " FOR NO KEY UPDATE")) {
            Synthesizer.bind(statement, key);
            statement.execute();
        }
    }

    /** Writes until one copy is out of date, and no other, which others can change; empty where none comes about. */
    private Optional<Drift> outOfDate(Connection writer) throws SQLException {
        for (int i = 0; i < TRIES; i++) {
            write(writer, workload -> Optional.of(workload.next()));
            List<Drift> wrong = copy.recount(writer);
            // What is a copy of nothing leads to no source
            if (wrong.size() == 1 && (isSummary() || wrong.get(0).right() != null)) {
                return Optional.of(wrong.get(0));
            }
            if (!wrong.isEmpty()) {
                noted.scheduled().run(writer, "");
            }
        }
        return Optional.empty();
    }

    private boolean isSummary() {
        return copy instanceof SummaryCopy;
    }

    /** Writes until a row comes to something else; answers whether it does. */
    private boolean changes(Connection writer, Drift row) throws SQLException {
        for (int i = 0; i < TRIES; i++) {
            int number = i;
            write(writer, workload -> isSummary() ? ofChild(workload, row.key()) : ofSource(number));
            @Nullable String right = now(writer, row.key()).map(Drift::right).orElse(row.held());
            if (!Objects.equals(right, row.right())) {
                return true;
            }
        }
        return false;
    }

    /** The row, if its copy is out of date. */
    private Optional<Drift> now(Connection connection, List<String> key) throws SQLException {
        return copy.recount(connection).stream()
                .filter(row -> row.key().equals(key))
                .findFirst();
    }

    /** A child of a parent more, or some less, or anything. */
    private Optional<Command> ofChild(Workload workload, List<String> parent) {
        Link link = noted.scheduled().links().get(0);
        return switch (drawn % 3) {
            case 0 -> Optional.of(workload.next());
            case 1 -> workload.insert(link, parent);
            default -> Optional.of(workload.delete(link, parent, 2, 0));
        };
    }

    /** One source after the other. */
    private Optional<Command> ofSource(int number) {
        List<Link> links = noted.scheduled().links();
        Link last = links.get(links.size() - 1);
        List<List<String>> keys = population.valuesOf(last.parent(), last.referred());
        return keys.isEmpty()
                ? Optional.empty()
                : workloads.get(workloads.size() - 1).touchParent(last, keys.get(number % keys.size()));
    }

    private void write(Connection writer, Function<Workload, Optional<Command>> draw) throws SQLException {
        bench.deadline().check();
        drawn++;
        Workload workload = workloads.get(drawn % workloads.size());
        try {
            Optional<Command> command = draw.apply(workload);
            if (command.isPresent()) {
                command.get().run(writer);
            }
        } catch (SQLException error) {
            if (writer.isClosed()
                    || !(SqlStates.refused(error) || SqlStates.waitedTooLong(error) || SqlStates.retry(error))) {
                throw error;
            }
        }
    }

    private Optional<Flaw> consumed(Connection writer, String after) throws SQLException {
        try {
            noted.scheduled().run(writer, OutboxConsumer.IN_SMALL_BATCHES);
        } catch (SQLException error) {
            if (writer.isClosed() || SqlStates.gone(error)) {
                throw error;
            }
            return Optional.of(new Flaw("the consumer fails", Optional.of(Words.message(error))));
        }
        return OutboxTrial.left(noted, writer, after);
    }

    /** A call of the consumer in a session of its own. */
    private final class Calling implements AutoCloseable {

        private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "schemaproof-consumer");
            made.setDaemon(true);
            return made;
        });
        private final Connection connection;
        private final long process;
        private @Nullable Future<Long> running;

        Calling() throws SQLException {
            connection = bench.connect();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
                row.next();
                process = row.getLong(1);
            }
        }

        /** Lets it begin; comes back when it waits for others, or has ended. */
        void start(Connection watcher) throws SQLException {
            Future<Long> started =
                    thread.submit(() -> noted.scheduled().run(connection, OutboxConsumer.IN_SMALL_BATCHES));
            running = started;
            try (PreparedStatement statement =
                    watcher.prepareStatement("SELECT FROM pg_locks WHERE NOT granted AND pid = ?")) {
                statement.setLong(1, process);
                while (!started.isDone()) {
                    bench.deadline().check();
                    try (ResultSet row = statement.executeQuery()) {
                        if (row.next()) {
                            return;
                        }
                    }
                    TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new OutOfTimeException();
            }
        }

        boolean isDone() {
            return running().isDone();
        }

        private Future<Long> running() {
            return Objects.requireNonNull(running, "started");
        }

        /** Waits until it has ended, well or not. */
        void awaitEnd() {
            failure("");
        }

        /** What it ended with, if not well. */
        Optional<Flaw> failure(String sentence) {
            try {
                running().get();
                return Optional.empty();
            } catch (ExecutionException failed) {
                return Optional.of(new Flaw(
                        sentence, Optional.ofNullable(failed.getCause()).map(Throwable::getMessage)));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new OutOfTimeException();
            }
        }

        @Override
        public void close() throws SQLException {
            thread.shutdownNow();
            connection.close();
        }
    }
}
